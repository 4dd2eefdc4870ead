//! Every kernel reads every text as the reference does, one character after the other: hashes,
//! offsets, shapes, shingles.

#![expect(clippy::unwrap_used, reason = "a text that cannot be read has to fail its test")]

use minhash_lsh::Kernel;
use proptest::prelude::*;
use wirecopy::text::{Shingler, TextScheme, Token, TokenisedText, for_each_token};

/// Bytes a block and a chunk of the block kernels.
const BLOCK: usize = 64;
const CHUNK: usize = 1024;

/// Texts in which the rules meet.
const SAMPLES: &[&str] = &[
    "The port of Velmare reopened on Monday, its mayor said; 1,221 jobs (J. Ormel: \"a relief\") stay. ",
    "L’été dernier, «\u{a0}l’Œuvre de Zoé\u{a0}» a coûté 1\u{202f}221 M… — À ÇA ! Où ? Là. ÉTÉ NOËL\r\n\r\n",
    "æœßĳÆŒĲ œ æ ß Œuvre cœur nœud straße Ĳmuiden ğüşöçıİ ďťňř ąęćł",
    ". . ! ? : ; , \" « » “ ” „ … • \n \n\n \r\n\r\n \u{2028} \u{2029} \u{85} \u{a0} \u{202f} \u{2009} -- ‘’ ",
    "de\u{301}ja\u{300} vu, gou\u{ad}ver\u{ad}ne\u{ad}ment\u{200b} 漢字とカナ мир 12€ ½ µ þ ﬁn ｶﾞ 😀 한글 ไทย שָ ",
    "ONU G7 COVID19 3D iOS A B. C É ÉA 2026 ²3 m² ªº AAA aAA 9A9B ",
];

/// Runs of the scripts that the block kernels do not know, with what stands between their words in
/// news: words of one letter, of eight, of more than sixteen bytes and than thirty-two.
const SCRIPTS: &[&str] = &[
    "Порт города Ёлкино, в XXI веке №5 — «Северо-Восточный» ТУ154 й Электрооборудование. И вот",
    "Ο δήμαρχος της Βελμάρης είπε: «ΟΧΙ» στις 3 Μαΐου; ᾳ ἄνθρωπος· σ Ἀθῆναι, ηλεκτροεγκεφαλογράφημα",
    "قال رئيس بلدية فيلمار، في ١٢ مارس ٢٠٢٦: مَدْرَسَة كـــبيرة؟ ﷺ ٱلميناء والاستخداماتالاقتصادية؛ یک",
    "ראש העיר ולמאר אמר: \"שָׁלוֹם\" ב־12 במרץ. צה״ל ג׳ירפה א",
    "Վելմար քաղաքի նավահանգիստը։ Եւ և մեծ",
    "港は昨日、再び開いた。「がぎぐ」とパリ市長ｶﾞｯｷ（42歳）が言った。か\u{3099}は\u{309a}々〇㈱㎞ー・Ａ１",
    "维尔马港口，昨天“重新”开放：2026年11月A座。𠀀𠮷㐀鿿〡⼀豈，《新》",
    "벨마르 항구가 어제 다시 열렸다. \u{1112}\u{1161}\u{11ab}글 값 ABC뉴스 ㅋㅋ",
    "ท่าเรือเวลมาร์เปิดอีกครั้ง ๑๒ ก็ น้ำ ພາສາລາວ မြန်မာ ကမ္ဘာ ភាសាខ្មែរ",
    "वेलमार का बंदरगाह क़ल फिर खुला। हिन्दी \u{93f} বাংলা தமிழ் తెలుగు १२",
    "Cảng Vĩnh Hạ được mở lại hôm qua; Ðường phô\u{301} tiê\u{301}ng Viê\u{323}t ƯƠNG",
];

/// What joins a letter, ends its token or is not there, put between two characters of a run.
const BETWEEN: &[&str] = &[
    "\u{64e}",
    "\u{640}",
    "\u{5b8}",
    "\u{301}",
    "\u{323}\u{301}",
    "\u{345}",
    "\u{ad}",
    "\u{200d}",
    "\u{fe0f}",
    "\u{e0100}",
    "\u{3099}",
    "ﾞ",
    "\u{93c}",
    "\u{94d}",
    "\u{1039}",
    "\u{e33}",
    "\u{ad}\u{3099}",
    "\u{ad} ",
    "a",
    "Z9",
    "é",
    "Ω",
    "漢",
    "カ",
    "각",
    "。",
    " ",
    ". ",
    "\r\n\n",
    "😀",
    "\u{fffd}",
];

fn schemes() -> [TextScheme; 2] {
    [TextScheme::default(), TextScheme::default().keep_accents(true)]
}

/// Reads a text on a kernel in every way there is and compares it with the reference, which reads
/// one character after the other and is what hands out folded forms.
fn check(kernel: Kernel, text: &str) {
    for scheme in schemes() {
        let mut expected: Vec<Token> = Vec::new();
        for_each_token(text, &scheme, |_, token| expected.push(token)).unwrap();
        let got = TokenisedText::of_text_on(text, &scheme, kernel).unwrap();
        if got.tokens() != expected {
            let different = got.tokens().iter().zip(&expected).find(|(a, b)| a != b);
            panic!("{kernel}: {text:?}: {different:?}\n{got:?}\n{expected:?}");
        }
        let hashes: Vec<u64> = expected.iter().map(|t| t.hash).collect();
        assert_eq!(got.shingles(), shingles(&hashes), "{kernel}: {text:?}");
        let mut shingler = Shingler::new(scheme).with_kernel(kernel).unwrap();
        assert_eq!(shingler.shingles_of(text), got.shingles(), "{kernel}: {text:?}");
        assert_eq!(shingler.token_hashes(), hashes, "{kernel}: {text:?}");
        let located = shingler.located_shingles_of(text).unwrap();
        assert_eq!(located.hashes(), got.shingles(), "{kernel}: {text:?}");
        let spans: Vec<[u32; 2]> = expected.iter().map(|t| [t.start, t.end]).collect();
        assert_eq!(located.token_spans(), spans, "{kernel}: {text:?}");
        for i in 0..=got.shingles().len() {
            let tokens = got.shingle_tokens(i);
            assert_eq!(located.span(i), tokens.and_then(|tokens| got.span(tokens)), "{kernel}");
        }
    }
}

/// Section 4 of docs/tokenisation.md, word for word.
fn shingles(tokens: &[u64]) -> Vec<u64> {
    let hash = |run: &[u64]| {
        let sum = run
            .iter()
            .fold(0u64, |sum, t| sum.wrapping_mul(0x082e_fa98_ec4e_6c89).wrapping_add(*t))
            .wrapping_add(0x4528_21e6_38d0_1377u64.wrapping_mul(run.len() as u64));
        let s = (sum ^ sum >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let s = (s ^ s >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        s ^ s >> 31
    };
    match tokens.len() {
        0 => Vec::new(),
        1..5 => vec![hash(tokens)],
        _ => tokens.windows(5).map(hash).collect(),
    }
}

/// The part of a sample, said again and again, from byte `from` on of about `length` bytes.
fn part(sample: &str, from: usize, length: usize) -> String {
    let text = sample.repeat((from + length) / sample.len() + 2);
    let from = (from..).find(|&at| text.is_char_boundary(at)).unwrap();
    let to = (from + length..).find(|&at| text.is_char_boundary(at)).unwrap();
    text[from..to].to_owned()
}

/// Memory with a page before and a page behind that nobody may read.
#[cfg(unix)]
mod guarded {
    #![expect(unsafe_code, reason = "only the system can make a page unreadable")]

    pub(super) struct Guarded {
        base: *mut u8,
        page: usize,
    }

    impl Guarded {
        pub(super) fn new() -> Guarded {
            // SAFETY: a new mapping of three pages, of which the outer two are then made
            // unreadable; nothing else knows of it.
            unsafe {
                let page = libc::sysconf(libc::_SC_PAGESIZE) as usize;
                let protection = libc::PROT_READ | libc::PROT_WRITE;
                let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
                let base = libc::mmap(std::ptr::null_mut(), 3 * page, protection, flags, -1, 0);
                assert_ne!(base, libc::MAP_FAILED);
                assert_eq!(libc::mprotect(base, page, libc::PROT_NONE), 0);
                let last = base.cast::<u8>().add(2 * page);
                assert_eq!(libc::mprotect(last.cast(), page, libc::PROT_NONE), 0);
                Guarded { base: base.cast(), page }
            }
        }

        /// The text at the very end of the readable page, or at its very start.
        pub(super) fn hold(&mut self, text: &str, at_end: bool) -> &str {
            assert!(text.len() <= self.page);
            let skip = if at_end { self.page - text.len() } else { 0 };
            // SAFETY: the middle page is readable and writable, holds the text wherever it is put,
            // and is borrowed as long as the answer; the bytes are those of a text.
            unsafe {
                let place = self.base.add(self.page + skip);
                place.copy_from_nonoverlapping(text.as_ptr(), text.len());
                std::str::from_utf8_unchecked(std::slice::from_raw_parts(place, text.len()))
            }
        }
    }

    impl Drop for Guarded {
        fn drop(&mut self) {
            // SAFETY: the mapping of `new`, which no text borrows any more.
            unsafe { libc::munmap(self.base.cast(), 3 * self.page) };
        }
    }
}

#[cfg(unix)]
fn nothing_outside_the_text_is_read(kernel: Kernel) {
    let mut page = guarded::Guarded::new();
    for sample in SAMPLES.iter().chain(SCRIPTS) {
        for length in (0..=3 * BLOCK + 1).chain(CHUNK - 3..CHUNK + 2 * BLOCK + 3) {
            let text = part(sample, 0, length);
            for at_end in [true, false] {
                check(kernel, page.hold(&text, at_end));
            }
        }
    }
}

#[cfg(not(unix))]
fn nothing_outside_the_text_is_read(_: Kernel) {}

fn every_length_at_every_place(kernel: Kernel) {
    for sample in SAMPLES {
        for from in 0..sample.len() {
            for length in (0..=3 * BLOCK + 1).step_by(7) {
                check(kernel, &part(sample, from, length + from % 7));
            }
        }
    }
}

/// A character before, in and after a word and alone, its first byte at `place`.
fn around(c: char, place: usize) -> String {
    format!("{}{c}b{c} {c} B.{c}{c} x", "a b".chars().cycle().take(place).collect::<String>())
}

fn every_character_that_blocks_know_at_every_edge(kernel: Kernel) {
    for c in ('\0'..='\u{24f}').chain('\u{2000}'..='\u{20cf}').chain('\u{300}'..='\u{345}') {
        for place in (0..4).chain(BLOCK - 5..BLOCK + 3) {
            check(kernel, &around(c, place));
        }
    }
}

fn every_character_there_is(kernel: Kernel) {
    let mut text = String::new();
    for c in '\0'..=char::MAX {
        text.push_str(&around(c, usize::from((c as u32).is_multiple_of(11))));
        if text.len() > 4 * CHUNK {
            check(kernel, &text);
            text.clear();
        }
    }
    check(kernel, &text);
}

/// Words of all lengths, also longer than a chunk, across the ends of chunks.
fn words_across_chunks(kernel: Kernel) {
    for length in [1, 7, 8, 9, 15, 16, 17, 40, BLOCK, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
        for letter in ["A", "é", "œ", "é\u{301}", "漢", "."] {
            for start in [0, 1, 2, CHUNK - 1, CHUNK, CHUNK + 1] {
                let word = letter.repeat(length);
                check(kernel, &format!("{}{word} b", "Ab. ".repeat(start / 4 + 1)));
                check(kernel, &format!("{}é{word}b c{word}", " ".repeat(start)));
            }
        }
    }
    for shift in 0..2 * BLOCK {
        let text = format!("{}{}", "x".repeat(shift), SAMPLES.concat().repeat(4));
        check(kernel, &text);
    }
}

/// One character that is not for blocks in a long text that is.
fn a_change_of_script_anywhere(kernel: Kernel) {
    for other in ["\u{ad}", "\u{301}", "€", "мир", "漢", " 漢 ", "\u{200b} ", "😀", "ﬁ"]
    {
        let text = part(SAMPLES[1], 0, 3 * BLOCK);
        for (at, _) in text.char_indices() {
            check(kernel, &format!("{}{other}{}", &text[..at], &text[at..]));
        }
    }
}

/// Every script, from every character on, and with something between any two characters.
fn runs_of_every_script(kernel: Kernel) {
    for script in SCRIPTS {
        for (at, _) in script.char_indices() {
            check(kernel, &script[at..]);
            check(kernel, &script[..at]);
            check(kernel, &format!("Le port. {}{script}", &script[at..]));
            for between in BETWEEN {
                check(kernel, &format!("{}{between}{}", &script[..at], &script[at..]));
            }
        }
        for other in SCRIPTS {
            check(kernel, &format!("{script}{other}"));
            check(kernel, &[*script, " ", other].concat().repeat(20));
        }
    }
}

/// Every letter in a word of its like that is as long as a window, shorter and longer.
fn every_letter_at_every_place_of_a_window(kernel: Kernel) {
    for c in ('\u{80}'..='\u{7ff}').chain('\u{3000}'..='\u{30ff}').step_by(3) {
        for (letter, length) in [("б", 9), ("か", 6)] {
            for place in 0..length {
                let word = letter.repeat(place) + c.encode_utf8(&mut [0; 4]);
                check(
                    kernel,
                    &format!("б {word}{} б, 漢 and an end", letter.repeat(length - place)),
                );
            }
        }
    }
}

fn the_seed_pages(kernel: Kernel) {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                check(kernel, &text);
                read += 1;
            }
        }
    }
    assert!(read > 5);
}

/// Pieces of all kinds, long enough for blocks to be passed whole.
fn any_mixture() -> impl Strategy<Value = String> {
    let sample = (prop::sample::select(SAMPLES), 0..200usize, 0..150usize)
        .prop_map(|(sample, from, length)| part(sample, from, length));
    let script = (prop::sample::select(SCRIPTS), 0..200usize, 0..150usize)
        .prop_map(|(script, from, length)| part(script, from, length));
    let between = prop::sample::select(BETWEEN).prop_map(str::to_owned);
    let hard =
        "  .'’«»“”…!:,\n\r\u{a0}\u{ad}\u{301}\u{323}éÉœŒßĳıİŉþµ½²ª€漢カﾞмЙ한😀\u{200b}\u{2028}aZ0";
    let hard = prop::collection::vec(prop::sample::select(hard.chars().collect::<Vec<_>>()), 0..12)
        .prop_map(String::from_iter);
    let latin = prop::collection::vec(
        prop_oneof![
            4 => prop::char::range(' ', '~'),
            2 => prop::char::range('\u{80}', '\u{17f}'),
            1 => prop::char::range('\u{2000}', '\u{203f}'),
        ],
        0..80,
    )
    .prop_map(String::from_iter);
    let any = prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter);
    let word = ("[a-zA-Z0-9é]{1,40}", 1..60usize).prop_map(|(word, times)| word.repeat(times));
    prop::collection::vec(
        prop_oneof![4 => sample, 4 => script, 2 => between, 4 => hard, 3 => latin, 1 => any, 1 => word],
        0..12,
    )
    .prop_map(|pieces| pieces.concat())
}

fn random_texts(kernel: Kernel) {
    proptest!(ProptestConfig::with_cases(3_000), |(text in any_mixture())| {
        check(kernel, &text);
    });
}

/// One module a kernel; where the CPU has not its instructions the tests say so.
macro_rules! every_kernel {
    ($($name:ident: $kernel:expr),* ; $tests:tt) => {
        $(every_kernel!(@one $name, $kernel, $tests);)*
    };
    (@one $name:ident, $kernel:expr, [$($test:ident),*]) => {
        mod $name {
            use super::Kernel;
            $(
                #[test]
                fn $test() {
                    if $kernel.is_available() {
                        super::$test($kernel);
                    } else {
                        eprintln!("skipped: this CPU does not run the kernel {}", $kernel);
                    }
                }
            )*
        }
    };
}

every_kernel! {
    scalar: Kernel::Scalar, neon: Kernel::Neon, avx2: Kernel::Avx2, avx512: Kernel::Avx512;
    [
        nothing_outside_the_text_is_read,
        every_length_at_every_place,
        every_character_that_blocks_know_at_every_edge,
        every_character_there_is,
        words_across_chunks,
        a_change_of_script_anywhere,
        runs_of_every_script,
        every_letter_at_every_place_of_a_window,
        the_seed_pages,
        random_texts
    ]
}
