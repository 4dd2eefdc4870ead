//! Laws of the page reader on arbitrary and on adversarial text.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod timing;

use proptest::prelude::*;
use std::time::Duration;
use timing::timed;
use wirecopy::page::{read_dir, read_file, read_str};

#[path = "../fuzz/src/page.rs"]
#[expect(unreachable_pub, reason = "the body of a fuzz target is public in its own crate")]
mod laws;

/// Pieces that pages are made of, so that random pages reach every rule.
const PIECES: [&str; 46] = [
    "\n",
    "\n\n",
    "\r\n\r\n\r\n",
    "\u{85}",
    "Sourlac retrouve son pont après onze mois\n",
    "- Colère des riverains -\n",
    "Le pont de Sourlac a rouvert mardi à la circulation, a annoncé le maire de la petite ville.\n",
    "Les travaux, retardés par une crue, avaient commencé au printemps et coûté trois millions de couronnes à la région.\n",
    "SOURLAC, 3 mars (AFP) - Le pont de Sourlac a rouvert mardi à la circulation, a annoncé le maire.\n",
    "OSTREL (Reuters) -\n",
    "Publié le mardi 3 mars 2026 à 14h05\n",
    "Mis à jour le 4 mars 2026 à 9h00 GMT\n",
    "Ce vendredi 15 septembre, le pont rouvre.\n",
    "Avec AFP\n",
    "bur-roc/jnd\n",
    "Par Ana Lorne\n",
    "© AFP\n",
    "Le maire de Sourlac. (Photo by Ana LORNE / POOL / AFP)\n",
    "  • Le pont a rouvert mardi à la circulation\n",
    "31 minutes ago\n",
    "La Gazette2 days ago\n",
    "Partager   Enregistrer   Réagir\n",
    "Articles connexes\n",
    "Publicité\n",
    "新华社北京3月3日电（记者 李明）市长星期二宣布大桥重新开放。\n",
    "【ソウル聯合ニュース】橋は火曜日に再開した。住民は喜んでいる。\n",
    "سورلاك (أ ف ب) - أعيد فتح الجسر يوم الثلاثاء، بحسب ما قال رئيس البلدية.\n",
    "e\u{301}\u{301}\u{300} \u{feff}\u{200b}",
    "(((AFP)))",
    "12/3/2026 99:99 2026-13-45 2026年13月",
    "ZCZC GAZ0412\n",
    "NNNN\n",
    "VALDORIE-PONT-TRAVAUX\n",
    "(MORE)\n",
    "From: a@example.org\nSubject: Re: Le pont\nDate: 3 Mar 2026 99:99\n\n",
    "> cité\n",
    "-- \n",
    "<item>\n",
    "<title>Le pont &amp; la tour</title>\n",
    "<description><![CDATA[<p>Le pont&nbsp;rouvre &eacute; & < ]]></description></item>\n",
    "title: Le pont\npubDate: 3 Mar 2026\ndescription: Il rouvre.\n",
    "3 of 12 DOCUMENTS\n",
    "LENGTH: 512 words\nLOAD-DATE: March 3, 2026\n",
    "© 2026 La Gazette. Tous droits réservés.\n",
    "Document GAZSOU0020260303em330001p\n",
    "14h05 - Nouvelles de Sourlac\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_under_the_laws(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        laws::run(&bytes);
    }

    #[test]
    fn any_text_is_read_under_the_laws(text in "\\PC{0,300}") {
        laws::run(text.as_bytes());
    }

    #[test]
    fn pages_of_known_pieces_are_read_under_the_laws(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = picks.iter().map(|&pick| PIECES[pick]).collect();
        laws::run(text.as_bytes());
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_change_no_article(picks in prop::collection::vec(4..PIECES.len(), 0..30)) {
        let text: String = picks.iter().map(|&pick| PIECES[pick]).collect();
        let crlf = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let (plain, windows) = (read_str("p", text.as_str()), read_str("p", crlf.as_str()));
        let lines = |page: &wirecopy::page::Page| -> Vec<(usize, usize, usize)> {
            page.articles().iter().map(|a| (a.first_line, a.last_line, a.body_words)).collect()
        };
        prop_assert_eq!(lines(&plain), lines(&windows));
    }
}

#[test]
fn decomposed_text_is_cut_like_composed_text() {
    let composed = "Sourlac: l'été a brûlé les forêts\n\nPublié le 3 août 2026\n\nDes forêts entières ont brûlé près de Sourlac, \
                    où l'été a été très sec, a déclaré le préfet dans une déclaration à la presse, mardi.\n\nAvec AFP\n";
    let decomposed: String = composed
        .chars()
        .flat_map(|c| match c {
            'é' => vec!['e', '\u{301}'],
            'û' => vec!['u', '\u{302}'],
            'ê' => vec!['e', '\u{302}'],
            'è' => vec!['e', '\u{300}'],
            'ù' => vec!['u', '\u{300}'],
            'à' => vec!['a', '\u{300}'],
            other => vec![other],
        })
        .collect();
    let (nfc, nfd) = (read_str("p", composed), read_str("p", decomposed.as_str()));
    assert_eq!(nfc.articles().len(), 1);
    let (a, b) = (&nfc.articles()[0], &nfd.articles()[0]);
    assert_eq!(
        (a.first_line, a.last_line, a.body_words),
        (b.first_line, b.last_line, b.body_words)
    );
    assert_eq!(a.published.printed_clock(), b.published.printed_clock());
    assert_eq!(a.credits.len(), b.credits.len());
    assert!(nfc.lines().iter().zip(nfd.lines()).all(|(x, y)| x.class == y.class));
}

fn time(text: &str) -> Duration {
    let (page, took) = timed(|| read_str("p", text));
    assert!(page.lines().len() <= text.len() + 1);
    took
}

/// Four times the text may take four times as long; a quadratic reader would take sixteen.
fn assert_linear(name: &str, make: impl Fn(usize) -> String, size: usize) {
    let (small, large) = (make(size), make(4 * size));
    let best = |text: &str| (0..3).map(|_| time(text)).min().unwrap_or_default();
    let (one, four) = (best(&small), best(&large));
    assert!(
        four < one * 10 + Duration::from_millis(50),
        "{name}: {one:?} for one, {four:?} for four times the size"
    );
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let sentence = "Le pont de Sourlac a rouvert mardi, selon Yonhap, le 3 mars 2026 (AFP). ";
    assert_linear("one long line", |n| sentence.repeat(n), 2_000);
    assert_linear("short lines", |n| "Un titre court ici\n".repeat(n), 20_000);
    assert_linear(
        "titles and paragraphs",
        |n| format!("Un titre court ici\n\n{sentence}\n\n").repeat(n),
        2_000,
    );
    assert_linear(
        "different titles",
        |n| (0..n).map(|i| format!("Titre {i} sur le pont\n{sentence}\n")).collect(),
        4_000,
    );
    assert_linear("brackets", |n| "(".repeat(n), 100_000);
    assert_linear("digits", |n| "1".repeat(n), 100_000);
    assert_linear("slashes", |n| "a/".repeat(n), 50_000);
    assert_linear("kanji", |n| "新华社3月日".repeat(n), 10_000);
    assert_linear("capitals", |n| "AFP ".repeat(n), 50_000);
    assert_linear("bullets", |n| "• Le pont a rouvert mardi\n".repeat(n), 10_000);
    for (name, piece) in [
        ("dumps", "ZCZC\nLE PONT DE SOURLAC\n(MORE)\n"),
        ("mails", "From: a\nSubject: b\n\n> Le pont\n"),
        ("feeds", "<item>\n<title>a</title>\n<description>&amp;<b>x</b>\n"),
        ("documents", "1 of 2 DOCUMENTS\nLENGTH: 3 words\n\n"),
        ("rights", "512 words\n\n© 2026 La Gazette. Tous droits réservés.\n\n"),
        (
            "live",
            "14h05 - Le maire de Sourlac a rouvert le pont aux piétons dans la soirée de mardi.\n",
        ),
        (
            "boxes",
            "Le pont de Sourlac a rouvert mardi à la circulation, a dit le maire de la ville.\nNewsletter\nOK\n",
        ),
    ] {
        assert_linear(name, |n| piece.repeat(n), 4_000);
    }
    assert_linear(
        "open tags",
        |n| format!("title: a\nlink: b\ndescription: {}", "<a ".repeat(n)),
        40_000,
    );
    assert_linear(
        "hard-wrapped",
        |n| "sept mots qui tiennent tout juste dans une ligne de texte étroite\n".repeat(n),
        10_000,
    );
}

/// What layouts and the search for boundaries could take the square of: pages of one kind of line, and no end to a head.
#[test]
fn time_grows_with_heads_and_lines_without_end_and_no_faster() {
    let title = "LE PONT DE SOURLAC EST OUVERT DEPUIS MARDI MATIN ET LA VILLE SE RETROUVE\n";
    assert_linear(
        "a title without end in an export",
        |n| {
            format!(
                "1 of 2 DOCUMENTS\n\nLENGTH: 3 words\n\nHEADLINE: Le pont\n{0}\nBODY:\nOui.\n",
                title.repeat(n)
            )
        },
        4_000,
    );
    assert_linear(
        "a plain title without end in an export",
        |n| {
            format!(
                "1 of 2 DOCUMENTS\n\n3 mars 2026\n\n{0}\nLENGTH: 3 words\n\nBODY:\nOui.\n",
                title.repeat(n)
            )
        },
        4_000,
    );
    assert_linear(
        "a headline without end on the wire",
        |n| format!("ZCZC GAZ0412\n{0}\nouvert\nNNNN\n", title.repeat(n)),
        4_000,
    );
    assert_linear(
        "a field without end in a feed",
        |n| {
            format!(
                "<item>\n<title>Le pont\n{0}</title>\n</item>\n",
                title.to_lowercase().repeat(n)
            )
        },
        4_000,
    );
    for (name, piece) in [
        ("one word a line", "pont\n"),
        ("blank lines", "\n"),
        ("carriage returns", "pont\r"),
        ("line separators", "Le pont rouvre mardi\u{2028}"),
        ("zeros", "\0\0 \0\n"),
        ("right to left", "أعيد فتح الجسر يوم الثلاثاء بحسب ما قال رئيس البلدية\n"),
        ("right to left, no line ends", "أعيد فتح الجسر "),
        (
            "datelines",
            "SOURLAC, 3 mars (AFP) - Le pont de Sourlac a rouvert mardi à la circulation, a dit le maire.\n",
        ),
        ("credits", "(AFP)\n\n"),
        ("days", "Publié le mardi 3 mars 2026\n"),
        (
            "codes",
            "HD  Le pont\nPD  3 mars 2026\nSN  Gazette\nLP\nOui.\nAN  Document GAZSOU0020260303em330001p\n",
        ),
        ("items on one line", "<item><title>Le pont</title><description>Oui</description></item>"),
    ] {
        assert_linear(name, |n| piece.repeat(n), 10_000);
    }
}

/// What the layouts of mails and of the wire, and stamps of terminals, could take the square of.
#[test]
fn time_grows_with_items_takes_and_stamps_and_no_faster() {
    let mail = "From: a\nSubject: b\nDate: Tue, 3 Mar 2026 14:05:00 +0000\n\n";
    let text = "Le pont de Sourlac a rouvert mardi à la circulation, a dit le maire\n";
    let address = "https://example.invalid/1\n";
    let items = format!("1. Le pont rouvre\n{text}{address}2. Le pont ferme\n{text}");
    for (name, head, piece, tail) in [
        ("heads of takes", "ZCZC\n", "a0413\n".to_owned(), ""),
        ("slugs", "ZCZC\n", "BC-VA--Bridge\n".to_owned(), ""),
        ("takes", "ZCZC\n", format!("a0413\n{text}"), ""),
        ("end marks", "", "(END)\n".to_owned(), ""),
        ("items by number", mail, format!("1. Le pont rouvre\n{text}"), ""),
        ("items by bullet", mail, format!("• Le pont rouvre\nGazette, 3 mars 2026\n{text}"), ""),
        ("items apart", mail, format!("\nLe pont rouvre\n{text}{address}"), ""),
        ("titles apart", mail, "\nLe pont rouvre\n".to_owned(), ""),
        ("links in an item", &format!("{mail}{items}"), address.to_owned(), &text.repeat(2)),
        ("feet", mail, "You are receiving this\n".to_owned(), ""),
        ("signatures", mail, "-- \n".to_owned(), ""),
        ("marks of forwarding", mail, "---------- Forwarded message ---------\n".to_owned(), ""),
        ("who wrote what is quoted", mail, "Ana Lorne wrote:\n> oui\n".to_owned(), ""),
        ("mails passed on", "", format!("{mail}Begin forwarded message:\n"), ""),
        ("titles in a feed", "title: a\nlink: b\ndescription: c\n", "title: a\n\n".to_owned(), ""),
        ("clocks before days", "", "14:05 March 3, 2026\n".to_owned(), ""),
        ("stamps of AP", "", "AP-NY-03-03-26 1405GMT\n".to_owned(), ""),
        (
            "titles above datelines",
            "",
            format!("Le pont rouvre\n\nSOURLAC, 3 mars (AFP) - {text}\n"),
            "",
        ),
    ] {
        assert_linear(name, |n| format!("{head}{}{tail}", piece.repeat(n)), 1_000);
    }
}

/// What stands in front of a number is not looked for over the whole line.
#[test]
fn a_line_of_numbers_without_blanks_takes_no_longer_than_one_with_blanks() {
    const BYTES: usize = 60_000;
    for piece in ["14:05:", "03/03/14-05/26"] {
        let best = |text: &str| (0..3).map(|_| time(text)).min().unwrap_or_default();
        let unbroken = best(&piece.repeat(BYTES / piece.len()));
        let broken = best(&format!("{piece} ").repeat(BYTES / piece.len()));
        assert!(
            unbroken < broken * 5 + Duration::from_millis(50),
            "{piece}: {unbroken:?} without blanks, {broken:?} with them"
        );
    }
}

#[test]
#[ignore = "50 MB and a million lines: about half a minute"]
fn a_huge_page_is_read_in_seconds() {
    let line = "Le pont de Sourlac a rouvert mardi à la circulation. ".repeat(1_000_000);
    println!("one line of {} bytes: {:?}", line.len(), time(&line));
    let lines = "Un titre court\n".repeat(1_000_000);
    println!("a million short lines: {:?}", time(&lines));
}

/// A directory of its own for one test, removed at the end.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("wirecopy-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn article(number: usize) -> String {
    format!(
        "Titre numéro {number} sur le pont de Sourlac\n\nPublié le mardi 3 mars 2026\n\nSOURLAC (AFP) - Le pont {number} a rouvert \
         mardi à la circulation, a annoncé le maire {number}.\n"
    )
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = Folder::new("bad");
    folder.write("good.txt", article(1));
    folder.write("sub/deep/good.TXT", article(2));
    folder.write("passed-over.html", "<p>");
    folder.write("notes.md", "# Notes");
    folder.write(
        "html.txt",
        "\u{feff}\n<!DOCTYPE html>\n<html><body><p>Le pont a rouvert.</p></body></html>",
    );
    folder.write("latin1.txt", b"premi\xe8re ligne\nseconde");
    folder.write("utf16.txt", b"\xff\xfeP\0o\0n\0t\0");
    folder.write("empty.txt", "");
    folder.write("blank.txt", "\u{feff}\n \u{a0}\n");
    folder.write("menu.txt", "Accueil\nSport\n");
    let reading = read_dir(&folder.0).unwrap();
    let ids: Vec<&str> = reading.articles.iter().map(|article| article.id().as_str()).collect();
    assert_eq!(ids, ["good.txt#1", "sub/deep/good.TXT#1"]);
    let failures: Vec<(&str, Option<usize>, Option<usize>)> = reading
        .failures
        .iter()
        .map(|failure| (failure.file.as_str(), failure.line, failure.byte))
        .collect();
    assert_eq!(
        failures,
        [
            (".", None, None),
            ("blank.txt", None, None),
            ("empty.txt", None, None),
            ("html.txt", None, None),
            ("latin1.txt", Some(1), Some(5)),
            ("menu.txt", None, None),
            ("utf16.txt", None, Some(0)),
        ]
    );
    assert!(
        reading.failures[4]
            .to_string()
            .starts_with("latin1.txt, line 1, byte 5: byte 0xe8 is not UTF-8")
    );
    assert_eq!(reading.pages.len(), 5);
    assert!(reading.failures[0].reason.starts_with("1 file was passed over (.html"));
    assert!(reading.failures[3].reason.starts_with("is HTML; save the page as plain text"));
    assert!(read_file(folder.0.join("html.txt")).unwrap_err().is_input());
}

#[test]
fn a_directory_without_a_page_says_what_pages_are() {
    let folder = Folder::new("none");
    folder.write("notes.md", "# Notes");
    let reading = read_dir(&folder.0).unwrap();
    assert!(reading.articles.is_empty());
    let failures: Vec<String> = reading.failures.iter().map(ToString::to_string).collect();
    let told = ".: holds no .txt file; pages are read from plain text in UTF-8 (.txt)";
    assert_eq!(failures, [told]);
}

#[test]
fn a_directory_that_is_none_is_an_error() {
    assert!(read_dir("/nowhere/at/all").unwrap_err().is_io());
    let folder = Folder::new("file");
    folder.write("a.txt", article(1));
    assert!(read_dir(folder.0.join("a.txt")).unwrap_err().is_input());
}

#[cfg(unix)]
#[test]
fn links_that_form_a_loop_are_reported_and_not_followed() {
    let folder = Folder::new("loop");
    folder.write("sub/a.txt", article(1));
    std::os::unix::fs::symlink(&folder.0, folder.0.join("sub/up")).unwrap();
    let reading = read_dir(&folder.0).unwrap();
    assert_eq!(reading.articles.len(), 1);
    assert_eq!(reading.failures.len(), 1);
    assert_eq!(reading.failures[0].file, "sub/up");
}

#[test]
fn a_directory_is_read_alike_in_whatever_order_its_files_were_written() {
    let make = |name: &str, order: &[usize]| {
        let folder = Folder::new(name);
        for &number in order {
            folder.write(
                &format!("gazette.example/{number}.txt"),
                format!("Nos offres du jour\n\n{}\nRetour en haut", article(number)),
            );
        }
        let reading = read_dir(&folder.0).unwrap();
        reading
            .pages
            .iter()
            .map(|page| (page.name().to_owned(), page.articles().to_vec(), page.lines().to_vec()))
            .collect::<Vec<_>>()
    };
    assert_eq!(make("order-a", &[1, 2, 3, 4, 5, 6]), make("order-b", &[6, 2, 4, 1, 5, 3]));
}
