//! Exports of press databases as they come, two generations of each: every document with its title, text, outlet, writer,
//! day and credits, and nothing of its fields in a text.
//!
//! The files of `tests/exports` were written for this project in the manner of Factiva (codes beside, codes above, none; in
//! German and Spanish), LexisNexis (numbered, and closed by `End of Document` below a cover), Europresse (plain, and
//! labels above their values), GENIOS and Nikkei Telecom. All names are invented.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use wirecopy::page::{CreditRole, Layout, Page, PageArticle, read_str};
use wirecopy::{Span, Timestamp};

fn export(name: &str) -> Page {
    let path = format!("{}/tests/exports/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let page = read_str(name, std::fs::read_to_string(path).unwrap());
    assert_eq!(page.layout(), Layout::PressDatabase, "{name}");
    page
}

fn show(page: &Page, span: Option<Span>) -> String {
    let text = span.and_then(|span| span.slice(page.text())).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn body(page: &Page, article: &PageArticle) -> String {
    let pieces: Vec<String> = article.body.iter().map(|&span| show(page, Some(span))).collect();
    pieces.join(" ")
}

/// "AFP text, Reuters photo": the credits in order, each once.
fn credits(article: &PageArticle) -> String {
    let mut found: Vec<String> = Vec::new();
    for credit in &article.credits {
        let role = match credit.role {
            CreditRole::Text => "text",
            CreditRole::Photo => "photo",
            _ => "attribution",
        };
        let credit = format!("{} {role}", credit.agency);
        if !found.contains(&credit) {
            found.push(credit);
        }
    }
    found.join(", ")
}

/// What two documents must give: title, first and last words of the text, outlet, writer, credits.
struct Document {
    title: &'static str,
    first: &'static str,
    last: &'static str,
    credits: &'static str,
}

#[track_caller]
fn assert_documents(name: &str, outlet: &str, writer: &str, documents: &[Document]) {
    let page = export(name);
    assert_eq!(page.articles().len(), documents.len(), "{name}: documents");
    let third = Timestamp::parse("2026-03-03T12:00:00Z").unwrap();
    for (article, expected) in page.articles().iter().zip(documents) {
        assert_eq!(show(&page, article.title), expected.title, "{name}: title");
        let text = body(&page, article);
        assert!(text.starts_with(expected.first), "{name}: {text}");
        assert!(text.ends_with(expected.last), "{name}: {text}");
        assert_eq!(show(&page, article.outlet), outlet, "{name}: outlet");
        assert_eq!(show(&page, article.byline), writer, "{name}: byline");
        assert_eq!(credits(article), expected.credits, "{name}: credits");
        let (earliest, latest) = (article.published.earliest(), article.published.latest());
        let day = earliest.is_some_and(|it| it.plus_seconds(-86_400) <= third)
            && latest.is_some_and(|it| it.plus_seconds(86_400) >= third);
        assert!(day, "{name}: {:?}", article.published);
        // From the title to the last line of text or credit.
        let lines: Vec<&str> = page.text().lines().collect();
        let first = lines[article.first_line - 1];
        assert!(first.contains(expected.title.split(' ').next().unwrap()), "{name}: {first}");
        let last = lines[article.first_line - 1..article.last_line].join(" ");
        assert!(last.contains(expected.last), "{name}: {last}");
    }
}

const ENGLISH: [&str; 2] = [
    "The bridge of Sourlac was opened again to traffic on Tuesday",
    "The provincial council will meet in Ostrel in June",
];
const ENGLISH_ENDS: [&str; 2] = [
    "by the provincial council, which meets in Ostrel.",
    "Lorries may cross without paying until then, the council said.",
];

#[test]
fn factiva_with_codes_beside_or_above_their_values() {
    let documents = |credits: &'static str| {
        [
            Document {
                title: "Bridge of Sourlac opens again after eleven months",
                first: ENGLISH[0],
                last: ENGLISH_ENDS[0],
                credits,
            },
            Document {
                title: "Toll on the bridge of Sourlac to be decided in June",
                first: ENGLISH[1],
                last: ENGLISH_ENDS[1],
                credits,
            },
        ]
    };
    let writers = "By Ana Lorne and Karl Ost";
    assert_documents("factiva_codes", "Sourlac Chronicle", writers, &documents("Reuters text"));
    assert_documents("factiva_codes_above", "Sourlac Chronicle", "By Ana Lorne", &documents(""));
    assert_documents("factiva_plain", "Sourlac Chronicle", "By Ana Lorne", &documents(""));
}

#[test]
fn factiva_in_german_and_spanish() {
    assert_documents(
        "factiva_german",
        "Sourlacher Bote",
        "Von Ana Lorne",
        &[
            Document {
                title: "Brücke von Sourlac nach elf Monaten wieder offen",
                first: "Die Brücke von Sourlac ist am Dienstag",
                last: "über den Preis der Stahlseile.",
                credits: "dpa text",
            },
            Document {
                title: "Maut auf der Brücke wird im Juni beschlossen",
                first: "Der Provinzrat entscheidet im Juni",
                last: "mit Musik zum letzten Mal.",
                credits: "dpa text",
            },
        ],
    );
    assert_documents(
        "factiva_spanish",
        "El Correo de Sourlac",
        "Ana Lorne",
        &[
            Document {
                title: "El puente de Sourlac vuelve a abrirse tras once meses",
                first: "El puente de Sourlac volvió a abrirse",
                last: "sobre el precio de los cables.",
                credits: "EFE text",
            },
            Document {
                title: "El peaje del puente se decidirá en junio",
                first: "El consejo provincial decidirá en junio",
                last: "su última travesía, con música.",
                credits: "EFE text",
            },
        ],
    );
}

#[test]
fn lexisnexis_numbered_and_closed_by_its_end() {
    let documents = [
        Document {
            title: "Bridge of Sourlac Opens Again After Eleven Months",
            first: ENGLISH[0],
            last: ENGLISH_ENDS[0],
            credits: "",
        },
        Document {
            title: "Toll on Bridge to Be Decided in June",
            first: ENGLISH[1],
            last: ENGLISH_ENDS[1],
            credits: "",
        },
    ];
    assert_documents("lexisnexis_numbered", "The Sourlac Chronicle", "By ANA LORNE", &documents);
    let writer = "Ana Lorne, Foreign Desk";
    assert_documents("lexisnexis_end_of_document", "The Sourlac Chronicle", writer, &documents);
}

#[test]
fn europresse_plain_and_with_labels_above_their_values() {
    let documents = |credits: &'static str| {
        [
            Document {
                title: "Le pont de Sourlac rouvre après onze mois",
                first: "Le pont de Sourlac a rouvert mardi",
                last: "qui se réunira à Ostrel.",
                credits,
            },
            Document {
                title: "Le péage du pont sera décidé en juin",
                first: "Le conseil provincial décidera en juin",
                last: "Jusque-là, les camions passeront sans payer.",
                credits,
            },
        ]
    };
    assert_documents("europresse", "La Gazette de Sourlac", "LORNE Ana", &documents(""));
    let above = "europresse_labels_above";
    assert_documents(above, "La Gazette de Sourlac", "Ana Lorne", &documents("AFP text"));
}

#[test]
fn genios_with_its_fields_below_the_text() {
    assert_documents(
        "genios",
        "",
        "Von Ana Lorne",
        &[
            Document {
                title: "Brücke von Sourlac nach elf Monaten wieder offen",
                first: "Die Brücke von Sourlac ist am Dienstag",
                last: "über den Preis der Stahlseile.",
                credits: "",
            },
            Document {
                title: "Maut auf der Brücke wird im Juni beschlossen",
                first: "Der Provinzrat entscheidet im Juni",
                last: "mit Musik zum letzten Mal.",
                credits: "",
            },
        ],
    );
}

#[test]
fn nikkei_telecom_with_day_and_length_below_the_title() {
    assert_documents(
        "nikkei",
        "",
        "",
        &[
            Document {
                title: "霧浜大橋、11カ月ぶり通行再開",
                first: "霧浜市は3日",
                last: "6月の県議会で決まる。",
                credits: "",
            },
            Document {
                title: "霧浜大橋の通行料、6月に決定へ",
                first: "霧浜大橋を渡るトラック",
                last: "最後の航海を終えた。",
                credits: "",
            },
        ],
    );
}

/// Without the lines that close documents, and without blank lines, every paragraph is still in a text.
#[test]
fn every_paragraph_of_a_garbled_export_is_in_a_text() {
    for name in ["factiva_codes", "factiva_plain", "lexisnexis_numbered", "europresse", "genios"] {
        let whole = export(name);
        let texts: Vec<String> = whole.articles().iter().map(|it| body(&whole, it)).collect();
        let unended: Vec<&str> =
            whole.text().lines().filter(|line| !line.starts_with("Document ")).collect();
        let unblanked: Vec<&str> =
            whole.text().lines().filter(|line| !line.trim().is_empty()).collect();
        for garbled in [unended.join("\n"), unblanked.join("\n")] {
            let page = read_str(name, garbled.as_str());
            let found: String = page.articles().iter().map(|it| body(&page, it)).collect();
            for sentence in texts.iter().flat_map(|text| text.split_inclusive(". ")) {
                assert!(found.contains(sentence.trim()), "{name}: {sentence}\n{garbled}");
            }
        }
    }
}

/// Every line of each export, cut short anywhere or with its ends and blank lines lost: no word of a text goes unseen.
#[test]
fn no_line_of_a_garbled_export_is_lost() {
    for name in ["factiva_codes", "factiva_plain", "lexisnexis_numbered", "europresse", "genios"] {
        let text = export(name).text().to_owned();
        let unended: Vec<&str> =
            text.lines().filter(|line| !line.starts_with("Document ")).collect();
        let unblanked: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let mut garbled = vec![unended.join("\n"), unblanked.join("\n")];
        let lines: Vec<&str> = text.lines().collect();
        garbled.extend((0..lines.len()).step_by(3).map(|cut| lines[..cut].join("\n")));
        garbled.extend((0..lines.len()).step_by(3).map(|cut| lines[cut..].join("\n")));
        for text in garbled {
            let page = read_str(name, text.as_str());
            let mut seen = vec![false; text.len()];
            let mut mark = |span: Span| seen[span.start()..span.end()].fill(true);
            for article in page.articles() {
                article.body.iter().copied().for_each(&mut mark);
                article.title.into_iter().for_each(&mut mark);
                article.dropped.iter().for_each(|piece| mark(piece.span));
            }
            page.outside().iter().for_each(|piece| mark(piece.span));
            for (at, c) in text.char_indices() {
                let line = text[at..].lines().next().unwrap_or_default();
                assert!(seen[at] || !c.is_alphanumeric(), "{name}: {line:?} is nowhere\n{text}");
            }
        }
    }
}

#[test]
fn a_strip_names_the_outlet_and_an_agency_below_the_title_signs_the_text() {
    let document = |day: &str, strip: &str, title: &str, writer: &str, text: &str| {
        format!(
            "{day}\n{strip}\n{title}\n{writer}\n\n{text}\n\n© 2026 {}. Tous droits réservés.\nLe présent document est protégé \
             par les lois et conventions internationales sur le droit d'auteur.\nnews·20260303·GS·0412\n\n",
            strip.split(" • ").next().unwrap()
        )
    };
    let text = document(
        "Mardi 3 mars 2026",
        "La Gazette de Sourlac • p. 4 • 187 mots",
        "Le pont de Sourlac rouvre après onze mois de travaux",
        "AFP",
        "Le pont de Sourlac a rouvert mardi à la circulation après onze mois de travaux, a annoncé le maire.",
    ) + &document(
        "Tuesday, March 3, 2026",
        "Ostrel Herald • 121 words • p. A7",
        "Rural party picks a teacher as its candidate for mayor",
        "Reuters",
        "The rural party chose its candidate for mayor of Ostrel on Tuesday, a teacher who has never held an office.",
    );
    let page = read_str("strips", text);
    assert_eq!(page.layout(), Layout::PressDatabase);
    let found: Vec<[String; 3]> = page
        .articles()
        .iter()
        .map(|it| [show(&page, it.title), show(&page, it.outlet), credits(it)])
        .collect();
    let expected = [
        [
            "Le pont de Sourlac rouvre après onze mois de travaux",
            "La Gazette de Sourlac",
            "AFP text",
        ],
        ["Rural party picks a teacher as its candidate for mayor", "Ostrel Herald", "Reuters text"],
    ];
    assert_eq!(found, expected);
}
