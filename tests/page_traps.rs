//! Ordinary texts that hold what layouts are known by: numbered lists, links, share codes, end marks, labelled boxes. Each must
//! stay whole and keep its title.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use wirecopy::page::{Layout, Page, PageArticle, read_str};

const COUNCIL: &str = "The council of Brenholm has agreed to pay for the repair of the town's three old bridges, a plan that the mayor has \
                       put off twice since the flood of last winter.";
const PIERS: &str = "Engineers who looked at the piers in the autumn said that two of the bridges could be closed to lorries within a \
                     year if nothing was done about the stones.";
const WORK: &str = "The work is to begin in May and to last until the end of next year, and traffic will be led over the new road behind \
                    the station in the meantime.";
const FOOTBRIDGE: &str = "Residents of the old quarter have asked for a footbridge while the masons are there, but nobody could say on \
                          Monday where the money should come from.";
const HEAD: &str = "From: Ana Lorne <ana@example.invalid>\nTo: desk@example.invalid\nSubject: Brenholm pays for its old bridges\n\
                    Date: Wed, 15 Apr 2026 06:00:00 +0000\n\n";

fn title<'a>(page: &'a Page, article: &PageArticle) -> &'a str {
    article.title.map_or("", |span| span.slice(page.text()).unwrap())
}

fn titles(page: &Page) -> Vec<&str> {
    page.articles().iter().map(|article| title(page, article)).collect()
}

fn body(page: &Page) -> String {
    let spans = page.articles().iter().flat_map(|article| &article.body);
    spans.map(|span| span.slice(page.text()).unwrap()).collect::<Vec<_>>().join("\n")
}

/// One article of this title that holds all the texts.
#[track_caller]
fn assert_whole(page: &Page, expected: &str, texts: &[&str]) {
    assert_eq!(titles(page), [expected], "{:?}", page.layout());
    let body = body(page);
    for text in texts {
        assert!(body.contains(text), "{text}: {body}");
    }
}

const SUBJECT: &str = "Brenholm pays for its old bridges";

#[test]
fn a_mail_of_one_article_with_links_under_its_subheadings_is_one_article() {
    let more = "The mayor, who has led the town for nine years, said that no other work of this size would be paid for before the next vote, \
                whatever the harbour asks.";
    let mail = format!(
        "{HEAD}{COUNCIL}\n\nWhat the engineers said\n\n{PIERS}\nhttps://example.invalid/report\n\n{WORK}\n\nWhat comes next\n\n\
         {FOOTBRIDGE}\nhttps://example.invalid/plan\n\n{more}\n"
    );
    assert_whole(&read_str("m", mail), SUBJECT, &[COUNCIL, PIERS, WORK, FOOTBRIDGE, more]);
}

#[test]
fn a_letter_with_what_its_author_reads_below_is_one_article() {
    let mail = format!(
        "{HEAD}Dear readers,\n\n{COUNCIL}\n\n{PIERS}\n\n{WORK}\n\nWhat I am reading\n\n\
         - The keeper of the last lighthouse <https://example.invalid/a>\nA portrait of a man who has lit the same lamp for forty years.\n\n\
         - Why herring left the bay <https://example.invalid/b>\nA long report on warm water and small fish, with the best maps of them.\n\n\
         Until next week,\nAna\n"
    );
    assert_whole(&read_str("m", mail), SUBJECT, &[COUNCIL, PIERS, WORK, "A portrait of a man"]);
}

#[test]
fn a_mail_with_numbered_sources_below_its_text_is_one_article() {
    let mail = format!(
        "{HEAD}{COUNCIL} [1]\n\n{PIERS} [2]\n\n{WORK}\n\n[1] Report of the engineers on the piers\n\
         The report can be read by all who ask for it at the town hall.\nhttps://example.invalid/1\n\
         [2] Budget of the town of Brenholm\nThe budget is printed each spring and can be read at the town hall.\n\
         https://example.invalid/2\n"
    );
    assert_whole(&read_str("m", mail), SUBJECT, &[COUNCIL, PIERS, WORK]);
}

#[test]
fn a_press_release_above_a_list_of_others_is_not_lost() {
    let mail = format!(
        "{HEAD}{COUNCIL}\n\n{PIERS}\n\n{WORK}\n\nAlso today:\n\n1. Museum opens its new wing\nThe wing shows lamps of ships from three \
         centuries.\nhttps://example.invalid/1\n\n2. Ferry company hires\nThe company looks for twenty hands before the summer.\n\
         https://example.invalid/2\n"
    );
    assert_whole(&read_str("m", mail), SUBJECT, &[COUNCIL, PIERS, WORK, "The wing shows"]);
}

#[test]
fn a_letter_above_the_items_of_a_digest_is_an_article_of_its_own() {
    let mail = format!(
        "{HEAD}Dear readers,\n\n{COUNCIL}\n\n{PIERS}\n\n1. Work begins in May\n{WORK} {WORK}\nhttps://example.invalid/1\n\n\
         2. No footbridge for the old quarter\n{FOOTBRIDGE} {FOOTBRIDGE}\nhttps://example.invalid/2\n"
    );
    let page = read_str("m", mail);
    let expected = [SUBJECT, "Work begins in May", "No footbridge for the old quarter"];
    assert_eq!(titles(&page), expected);
    assert!(body(&page).contains(COUNCIL) && body(&page).contains(PIERS));
}

#[test]
fn an_item_of_a_digest_without_a_link_is_no_less_an_item() {
    let mail = format!(
        "{HEAD}1. Town pays for its bridges\n{COUNCIL}\nhttps://example.invalid/1\n\n2. Engineers warn\n{PIERS}\n\n\
         3. Work begins in May\n{WORK}\nhttps://example.invalid/3\n"
    );
    let page = read_str("m", mail);
    assert_eq!(
        titles(&page),
        ["Town pays for its bridges", "Engineers warn", "Work begins in May"]
    );
    assert!(body(&page).contains(PIERS));
}

#[test]
fn a_paragraph_behind_the_link_of_an_item_is_the_items() {
    let mail = format!(
        "{HEAD}1. Town pays for its bridges\n{COUNCIL}\n{WORK}\nhttps://example.invalid/1\n{PIERS}\n\n\
         2. No footbridge for the old quarter\n{FOOTBRIDGE}\nhttps://example.invalid/3\n"
    );
    let page = read_str("m", mail);
    assert_eq!(titles(&page), ["Town pays for its bridges", "No footbridge for the old quarter"]);
    let first = &page.articles()[0];
    assert!(first.body.iter().any(|span| span.slice(page.text()).unwrap().contains(PIERS)));
}

#[test]
fn dashes_between_the_sections_of_a_mail_open_no_signature() {
    let mail = format!(
        "Click here to unsubscribe\n\n{COUNCIL}\n\n--\n\nThe stones\n\n{PIERS}\n\n{WORK}\n\n--\n\n{FOOTBRIDGE}\n\n{WORK} It is late.\n\n\
         -- \nAna Lorne, desk\n"
    );
    let page = read_str("m", format!("{HEAD}{mail}"));
    assert_whole(&page, SUBJECT, &[COUNCIL, PIERS, WORK, FOOTBRIDGE]);
    assert!(!body(&page).contains("Ana Lorne, desk"));
}

#[test]
fn an_article_that_quotes_a_mail_is_no_mail() {
    let page = read_str(
        "p",
        format!(
            "{SUBJECT}\n\nBy Ana Lorne\n15 April 2026\n\n{COUNCIL}\n\nThe mail that the mayor sent reads:\n\nFrom: Mayor\nTo: \
             Council\nSubject: Bridges\nDate: 3 March 2026\n\nDear all, {PIERS}\n\n{WORK}\n"
        ),
    );
    assert_eq!(page.layout(), Layout::WebPage);
    assert_whole(&page, SUBJECT, &[COUNCIL, PIERS, WORK]);
}

#[test]
fn a_note_above_a_mail_that_is_passed_on_is_no_article() {
    for (label, note, from) in [
        ("Fwd: ", "---------- Forwarded message ---------", "From: Vera Holm\nSubject: Stones\n"),
        ("Re: ", "Thank you!\n\n-----Original Message-----", "From: Vera Holm\nSubject: Stones\n"),
        ("TR: ", "Pour info\n\n________________", "De : Vera Holm\nObjet : Stones\n"),
        ("", "Anfang der weitergeleiteten Nachricht:\n", "Von: Vera Holm\nBetreff: Stones\n"),
    ] {
        let head = HEAD.replace("Subject: ", &format!("Subject: {label}"));
        let page = read_str("m", format!("{head}{note}\n{from}\n{PIERS}\n\n{WORK}\n"));
        assert_whole(&page, "Stones", &[PIERS, WORK]);
    }
}

#[test]
fn what_a_letter_answers_to_does_not_take_its_place() {
    for wrote in [
        "On Tue, 14 Apr 2026, Vera Holm wrote:",
        "On Tue, 14 Apr 2026 at 09:00, Vera Holm <vera@example.invalid>\nwrote:",
        "Le mar. 14 avr. 2026 à 09:00, Vera Holm <vera@example.invalid> a écrit :",
    ] {
        let mail = format!(
            "{HEAD}{COUNCIL}\n\n{PIERS}\n\n{wrote}\n> {WORK}\n> {FOOTBRIDGE}\n>\n>> And when?\n>> Soon?\n"
        );
        let page = read_str("m", mail);
        assert_whole(&page, SUBJECT, &[COUNCIL, PIERS]);
        assert!(!body(&page).contains(WORK) && !body(&page).contains("wrote:"), "{}", body(&page));
        assert_eq!(page.articles()[0].byline, None);
    }
}

#[test]
fn a_message_that_only_passes_on_is_read_by_what_it_quotes() {
    let mail =
        format!("{HEAD}See below, for tomorrow.\n\nVera Holm wrote:\n> {COUNCIL}\n>\n> {PIERS}\n");
    let page = read_str("m", mail);
    assert_whole(&page, SUBJECT, &[COUNCIL, PIERS]);
    assert!(!body(&page).contains("See below") && !body(&page).contains("wrote:"));
}

#[test]
fn share_codes_in_a_sentence_are_no_heads_of_a_terminal() {
    let page = read_str(
        "p",
        format!(
            "{SUBJECT}\n\nBy Ana Lorne\n15 April 2026\n\n{COUNCIL}\n\nThe shares RTRS-B and RTRS-C of the builder rose.\n\n{PIERS} The \
             codes are RTRS-X and RTRS-Y.\n\n{WORK}\n"
        ),
    );
    assert_eq!(page.layout(), Layout::WebPage);
    assert_whole(&page, SUBJECT, &[COUNCIL, PIERS, WORK]);
}

#[test]
fn a_labelled_box_below_a_text_makes_no_feed_of_it() {
    let page = read_str(
        "p",
        format!(
            "{SUBJECT}\n\nBy Ana Lorne\n15 April 2026\n\n{COUNCIL}\n\n{PIERS}\n\nLink: the report of the engineers\nTitle: On the piers of \
             Brenholm\nDescription: a hundred pages on stones and water\n\n{WORK}\n"
        ),
    );
    assert_eq!(page.layout(), Layout::WebPage);
    assert_whole(&page, SUBJECT, &[COUNCIL, PIERS, WORK]);
}

#[test]
fn tags_of_a_feed_in_an_article_about_feeds_make_none_of_it() {
    let example = "<item>\n<title>Bridge</title>\n<link>https://example.invalid</link>\n</item>";
    let head = format!("{SUBJECT}\n\nBy Ana Lorne\n15 April 2026\n\n{COUNCIL}");
    let text = format!("{head}\n\nA feed looks like this:\n\n{example}\n\n{PIERS}\n\n{WORK}\n");
    let page = read_str("p", text);
    assert_eq!(page.layout(), Layout::WebPage);
    assert_whole(&page, SUBJECT, &[COUNCIL, PIERS, WORK]);
}

#[test]
fn a_line_labelled_title_in_the_text_of_an_item_begins_no_other() {
    let item = |title: &str, text: &str| {
        format!(
            "title: {title}\nlink: https://example.invalid/1\npubDate: Wed, 15 Apr 2026 06:00:00 +0000\ndescription: {text}\n"
        )
    };
    let first = format!("{COUNCIL}\n\nTitle: On the piers\n\n{PIERS}\n");
    let page = read_str("f", item("Town pays", &first) + "\n" + &item("Engineers warn", WORK));
    assert_eq!(page.layout(), Layout::FeedItems);
    assert_eq!(titles(&page), ["Town pays", "Engineers warn"]);
    let body = body(&page);
    assert!([COUNCIL, PIERS, WORK].iter().all(|text| body.contains(text)), "{body}");
}

#[test]
fn a_short_title_that_a_photographers_line_repeats_is_no_name_of_the_site() {
    let text = |rights: &str| {
        format!("Brenholm pays\n\n15 April 2026\n\n{COUNCIL}\n\n{PIERS}\n\n{rights}\n")
    };
    let page = read_str("p", text("© Photo: Brenholm pays for it"));
    assert_whole(&page, "Brenholm pays", &[COUNCIL, PIERS]);
    let page = read_str("p", text("© 2026 Brenholm pays. All rights reserved."));
    assert_eq!(titles(&page), [""]);
}

#[test]
fn lists_tables_and_end_marks_split_no_article() {
    for (name, middle) in [
        ("codes", format!("a0413\n\n{PIERS}\n\na0414\n\n{WORK}\n\n-0-\n\n{FOOTBRIDGE}")),
        (
            "listicle",
            format!(
                "1. Walk along the quay\n\n{PIERS}\n\n2. Climb the tower\n\n{WORK}\n\n3. Eat herring\n\n{FOOTBRIDGE}"
            ),
        ),
        (
            "results",
            format!(
                "Results\n\nOstrel 2-1 Brenholm\nTarvane 0-0 Quillmouth\n14:05 Norvale 1-1 Sourlac\n\nStandings\n\n1. Ostrel 41\n2. Tarvane \
                 39\n3. Corvada 38\n\n{PIERS}"
            ),
        ),
        (
            "votes",
            format!(
                "Rural Party - 41.2 % (11)\nHarbour Union - 30.1 % (8)\nGreens - 8.1 % (2)\n\n{PIERS}"
            ),
        ),
        (
            "interview",
            format!(
                "Q: Why did you wait so long?\n\nA: {PIERS}\n\nQ: Who pays?\n\nA: {WORK}\n\nQ: And then?\n\nA: {FOOTBRIDGE}"
            ),
        ),
        (
            "recipe",
            format!(
                "Ingredients\n\n6 herrings\n2 apples\n1 tsp sugar\n\nMethod\n\n1. {PIERS}\n2. {WORK}\n3. {FOOTBRIDGE}"
            ),
        ),
        (
            "days",
            format!(
                "3 March 2026\n\n{PIERS}\n\n9 March 2026\n\n{WORK}\n\n14 March 2026\n\n{FOOTBRIDGE}"
            ),
        ),
    ] {
        let page = read_str(
            name,
            format!("{SUBJECT}\n\nBy Ana Lorne\n15 April 2026\n\n{COUNCIL}\n\n{middle}\n"),
        );
        assert_eq!(page.layout(), Layout::WebPage, "{name}");
        assert_eq!(titles(&page), [SUBJECT], "{name}");
        assert!(body(&page).contains(COUNCIL) && body(&page).contains(PIERS), "{name}");
    }
}

#[test]
fn a_recipe_a_list_of_places_and_an_interview_in_other_languages_stay_whole() {
    let pages = [
        (
            "Heringssalat nach Art der Insel",
            "Von Vera Holm\n15. April 2026\n\nDieser Salat wird in Brenholm zu jedem Fest gegessen und schmeckt am besten, wenn er eine \
             Nacht lang im Keller gestanden hat.\n\nZutaten\n\n6 Heringsfilets\n2 Äpfel\n1 TL Zucker\n\nZubereitung\n\n1. Die Filets eine \
             Stunde lang in kaltem Wasser liegen lassen und dann in Stücke von der Breite eines Daumens schneiden.\n2. Den Fisch \
             unterheben, die Schüssel zudecken und über Nacht kalt stellen.\n",
        ),
        (
            "« Le port ne fermera pas »",
            "Propos recueillis par Ana Lorne\nPublié le 15 avril 2026\n\nLe maire de Brenholm répond à nos questions sur les ponts de la ville \
             et sur les travaux qui commencent en mai.\n\nQ: Pourquoi avoir attendu si longtemps ?\n\nR: Parce que l'argent manquait, et que \
             la crue de l'hiver dernier a tout retardé.\n\nQ: Qui paiera ?\n\nR: La ville, la région et le port, à parts égales.\n",
        ),
        (
            "春の港町でしたい3つのこと",
            "2026年4月15日\n\n砂原市の旧港では、4月から毎週日曜日に朝市が開かれている。主催する商工会によると、今年は店の数が昨年の2倍に増えた。\n\n\
             1. 古い岸壁を歩く\n岸壁は昨年の嵐で一部が壊れたが、3月に修理が終わり、再び端まで歩けるようになった。\n\n\
             2. 灯台に登る\n灯台は土曜日と日曜日だけ公開される。入場料は300円で、小学生以下は無料となっている。（了）\n\n\
             3. ニシンを食べる\n市場の食堂では、その日に水揚げされたニシンを焼いて出す。正午には売り切れることが多いという。\n",
        ),
        (
            "Resultados de las elecciones en Corvada",
            "Por Ana Lorne\n15 de abril de 2026\n\nEl partido rural ganó el domingo las elecciones municipales de Corvada con once concejales, \
             dos más que hace cuatro años, según el recuento oficial.\n\nPartido Rural - 41,2 % (11)\nUnión del Puerto - 30,1 % (8)\nVerdes - \
             8,1 % (2)\n\nLa alcaldesa saliente felicitó a su rival en la misma noche y dijo que facilitará el traspaso de poderes durante \
             las próximas semanas.\n",
        ),
    ];
    for (title, rest) in pages {
        let page = read_str("p", format!("{title}\n\n{rest}"));
        assert_eq!(page.layout(), Layout::WebPage, "{title}");
        assert_eq!(titles(&page), [title]);
    }
}
