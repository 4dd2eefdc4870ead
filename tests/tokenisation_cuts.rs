//! Where texts are cut and what shape tokens have, written out by hand for each script and rule.

use wirecopy::text::{TextScheme, TokenShape, TokenisedText};

/// The pieces of the original that became tokens.
fn cuts(text: &str) -> Vec<&str> {
    those(text, |_| true)
}

/// The pieces whose shape passes.
fn those(text: &str, shape: impl Fn(TokenShape) -> bool) -> Vec<&str> {
    TokenisedText::of_text(text, &TextScheme::default())
        .iter()
        .flat_map(|read| read.tokens())
        .filter(|token| shape(token.shape))
        .filter_map(|token| token.span().slice(text))
        .collect()
}

#[test]
fn punctuation_symbols_and_white_space_separate() {
    assert_eq!(
        cuts("L’œuvre : porte-parole, 1.221,5 € (5 %)"),
        ["L", "œuvre", "porte", "parole", "1", "221", "5", "5"]
    );
    assert_eq!(
        cuts("don't a_b x@site.example 😀 м\u{2bc}ята"),
        ["don", "t", "a", "b", "x", "site", "example", "м", "ята"]
    );
    assert!(cuts("😀 € — … \u{feff} \u{301}").is_empty());
}

#[test]
fn scripts_without_spaces_give_a_token_a_character_with_its_marks() {
    assert_eq!(cuts("新港ABC3号"), ["新", "港", "ABC3", "号"]);
    assert_eq!(cuts("ガ\u{30ab}\u{3099}ー"), ["ガ", "\u{30ab}\u{3099}", "ー"]);
    assert_eq!(cuts("ｶﾞﾗｽ"), ["ｶﾞ", "ﾗ", "ｽ"]);
    assert_eq!(cuts("น้ำใจ๒๕"), ["น้ำ", "ใ", "จ", "๒๕"]);
    assert_eq!(cuts("ພາສາ"), ["ພ", "າ", "ສ", "າ"]);
    assert_eq!(cuts("ស្រីក្រុង"), ["ស្រី", "ក្រុ", "ង"]);
    assert_eq!(cuts("ဒုက္ခ"), ["ဒု", "က္ခ"]);
    assert_eq!(cuts("\u{20000}\u{31350}\u{2f800}"), ["\u{20000}", "\u{31350}", "\u{2f800}"]);
}

#[test]
fn scripts_with_spaces_give_words_with_their_marks() {
    assert_eq!(cuts("हिन्दी में, कि\u{200d}ताब"), ["हिन्दी", "में", "कि\u{200d}ताब"]);
    assert_eq!(cuts("서울 시장은"), ["서울", "시장은"]);
    assert_eq!(cuts("אבג״ד"), ["אבג", "ד"]);
    assert_eq!(cuts("བོད་སྐད།"), ["བོད", "སྐད"]);
    assert_eq!(cuts("e\u{301}te\u{301}."), ["e\u{301}te\u{301}"]);
}

/// What has no base of its own is still somewhere, or is an accent that nothing carries.
#[test]
fn lone_marks_are_tokens_when_they_are_spelling() {
    assert_eq!(cuts(" \u{93f} \u{e48}ก"), ["\u{93f}", "\u{e48}", "ก"]);
    assert!(cuts("= \u{301} ≠ =\u{338}").is_empty());
}

#[test]
fn invisible_characters_are_covered_only_inside() {
    assert_eq!(cuts("\u{feff}\u{ad}gou\u{ad}verneur\u{ad}\u{200b} x"), ["gou\u{ad}verneur", "x"]);
    assert_eq!(cuts("e\u{34f}\u{301}\u{200d}"), ["e\u{34f}\u{301}"]);
}

#[test]
fn sentences_start_where_a_reader_would_say() {
    let starts = |text| those(text, TokenShape::starts_sentence);
    assert_eq!(starts("Le maire. Il part! Quand ? Hier"), ["Le", "Il", "Quand", "Hier"]);
    assert_eq!(starts("M. Ormel, de l'U.S. Navy, 1.5 km, site.example"), ["M"]);
    assert_eq!(
        starts("ligne\ncoupée\r\nsuite\n\nNouveau\r\n \t\r\nEncore"),
        ["ligne", "Nouveau", "Encore"]
    );
    assert_eq!(
        starts("Il dit «\u{a0}Non\u{a0}» et \"Oui\" ou “Si” puis"),
        ["Il", "Non", "Oui", "Si"]
    );
    assert_eq!(starts("Fin.» Puis (fin.) Après etc., Ormel"), ["Fin", "Puis", "Après"]);
    assert_eq!(starts("a • Un • Deux"), ["a", "Un", "Deux"]);
    assert_eq!(starts("港。市長！「船」は"), ["港", "市", "船"]);
}

#[test]
fn shapes_are_those_of_the_original_letters() {
    let text = "Velmare ONU COVID19 G7 3D m² ٣ É E\u{301}T iOS Ǆ ß 漢 ⅩⅣ";
    assert_eq!(
        those(text, TokenShape::is_capitalised),
        ["Velmare", "ONU", "COVID19", "G7", "É", "E\u{301}T", "Ǆ"]
    );
    assert_eq!(those(text, TokenShape::is_uppercase), ["ONU", "COVID19", "E\u{301}T"]);
    assert_eq!(those(text, TokenShape::has_digit), ["COVID19", "G7", "3D", "m²", "٣"]);
    assert_eq!(those(text, TokenShape::is_character), ["漢"]);
}
