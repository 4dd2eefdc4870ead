//! What wires, mails and feeds print, as it comes: title, text, writer, day and credits of each item.
//!
//! The files of `tests/dumps` were written for this project in the manner of the agencies' terminals (AFP, ANSA, AP, dpa,
//! EFE, Reuters), of mails (raw, forwarded, a newsletter; five languages) and of feeds (RSS on one line, Atom with escaped
//! tags). All names are invented.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use wirecopy::page::{CreditRole, Layout, Page, PageArticle, read_str};
use wirecopy::{Span, Timestamp};

fn show(page: &Page, span: Option<Span>) -> String {
    let text = span.and_then(|span| span.slice(page.text())).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The agencies that sign the text, each once.
fn signed(article: &PageArticle) -> Vec<String> {
    let of_text = article.credits.iter().filter(|credit| credit.role == CreditRole::Text);
    let mut found: Vec<String> = of_text.map(|credit| credit.agency.to_string()).collect();
    found.dedup();
    found
}

struct Item {
    title: &'static str,
    first: &'static str,
    last: &'static str,
    agency: &'static str,
    writer: &'static str,
}

/// Title, first and last words, agency; nobody is named as the writer.
fn item(
    title: &'static str,
    first: &'static str,
    last: &'static str,
    agency: &'static str,
) -> Item {
    Item { title, first, last, agency, writer: "" }
}

#[track_caller]
fn assert_items(name: &str, layout: Layout, dated: bool, items: &[Item]) {
    let path = format!("{}/tests/dumps/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let page = read_str(name, std::fs::read_to_string(path).unwrap());
    assert_eq!(page.layout(), layout, "{name}");
    assert_eq!(page.articles().len(), items.len(), "{name}: items");
    let from = Timestamp::parse("2026-03-02T00:00:00Z").unwrap();
    let until = Timestamp::parse("2026-03-05T00:00:00Z").unwrap();
    for (article, expected) in page.articles().iter().zip(items) {
        assert_eq!(show(&page, article.title), expected.title, "{name}: title");
        let pieces: Vec<String> =
            article.body.iter().map(|&span| show(&page, Some(span))).collect();
        let text = pieces.join(" ");
        assert!(text.starts_with(expected.first), "{name}: {text}");
        assert!(text.ends_with(expected.last), "{name}: {text}");
        assert_eq!(show(&page, article.byline), expected.writer, "{name}: byline");
        let agency: Vec<&str> = [expected.agency].into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(signed(article), agency, "{name}: credits");
        let photo = article.credits.iter().any(|credit| credit.role == CreditRole::Photo);
        assert!(!photo, "{name}: {:?}", article.credits);
        if dated {
            let clock = article.published.printed_clock().or(article.published.earliest());
            assert!(clock.is_some_and(|it| it >= from && it < until), "{name}: {clock:?}");
        }
    }
}

const FRENCH: &str = "Le pont de Sourlac a rouvert mardi";
const ENGLISH: &str = "The bridge of Sourlac was opened again";

#[test]
fn terminals_of_the_agencies() {
    let wire = Layout::WireDump;
    let title = "Le pont de Sourlac rouvre après onze mois (MAIRE)";
    let afp = item(title, FRENCH, "couronnes à la région.", "AFP");
    assert_items("wire_afp", wire, true, &[afp]);
    let title = "Sourlac, riapre il ponte dopo undici mesi";
    let ansa = item(title, "Il ponte di Sourlac ha riaperto", "sul prezzo dei cavi.", "ANSA");
    assert_items("wire_ansa", wire, false, &[ansa]);
    let title = "Brücke von Sourlac nach elf Monaten wieder offen";
    let dpa =
        item(title, "Die Brücke von Sourlac ist am", "wegen eines Streits zweier Firmen.", "dpa");
    assert_items("wire_dpa", wire, true, &[dpa]);
    let title = "El puente de Sourlac vuelve a abrirse tras once meses";
    let efe = item(title, "El puente de Sourlac volvió", "una disputa entre dos empresas.", "EFE");
    assert_items("wire_efe", wire, false, &[efe]);
    let title = "UPDATE 1-Bridge of Sourlac opens again after eleven months";
    let reuters = item(title, ENGLISH, "over the price of the steel cables.", "Reuters");
    assert_items("wire_reuters", wire, true, &[Item { writer: "By Ana Lorne", ..reuters }]);
    let first = item("Bridge of Sourlac opens again", ENGLISH, "contributed to this report.", "AP");
    let second = item(
        "Rural party picks its candidate in Ostrel",
        "The rural party chose its candidate",
        "who has never held an office.",
        "AP",
    );
    assert_items("wire_ap", wire, false, &[Item { writer: "By ANA LORNE", ..first }, second]);
}

#[test]
fn mails_in_five_languages() {
    let mail = Layout::EmailAlert;
    let title = "Le pont de Sourlac rouvre après onze mois";
    let raw = item(title, FRENCH, "couronnes à la région.", "AFP");
    assert_items("mail_raw_fr", mail, true, &[raw]);
    let title = "El puente de Sourlac vuelve a abrirse";
    let forwarded = item(title, "El puente de Sourlac volvió", "después por una disputa.", "EFE");
    assert_items("mail_es", mail, true, &[forwarded]);
    let title = "إعادة فتح جسر سورلاك بعد أحد عشر شهرا";
    let arabic = item(title, "أعيد الثلاثاء فتح جسر سورلاك", "سعر الكابلات الفولاذية.", "AFP");
    assert_items("mail_ar", mail, true, &[arabic]);
    let title = "霧浜大橋、11カ月ぶり通行再開";
    let japanese = item(title, "霧浜市は3日", "6月の県議会で決まる。", "Kyodo");
    assert_items("mail_ja", mail, true, &[japanese]);
    let newsletter = [
        item(
            "Brücke von Sourlac nach elf Monaten wieder offen",
            "Die Brücke von Sourlac ist am Dienstag",
            "dann wegen eines Streits zweier Firmen.",
            "dpa",
        ),
        item(
            "Maut auf der Brücke wird im Juni beschlossen",
            "Der Provinzrat von Ostrel will im Juni",
            "am Montag nach einer Sitzung.",
            "",
        ),
    ];
    assert_items("newsletter_de", mail, true, &newsletter);
}

#[test]
fn feeds_on_one_line_and_with_escaped_tags() {
    let feed = Layout::FeedItems;
    let first = item("Le pont de Sourlac rouvre", FRENCH, "ont coûté trois millions.", "AFP");
    let second = item(
        "Le péage sera décidé en juin",
        "Le conseil provincial se réunira",
        "du péage des travaux.",
        "",
    );
    assert_items("rss_one_line", feed, true, &[Item { writer: "Ana Lorne", ..first }, second]);
    let atom = item(
        "Bridge of Sourlac opens again",
        "Eleven months of repairs are over.",
        "Repairs had been delayed twice.",
        "Reuters",
    );
    assert_items("atom", feed, true, &[Item { writer: "Ana Lorne", ..atom }]);
}
