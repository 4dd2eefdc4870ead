//! Layouts that are no site's page: each is known by its signs, cut by its marks, and can be forced.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use wirecopy::page::{
    Agency, CreditRole, DropReason, Layout, Page, PageArticle, PageReader, read_str,
};
use wirecopy::{Span, Timestamp};

const LEDE: &str = "Le pont de Sourlac a rouvert mardi à la circulation après onze mois de travaux, a annoncé le maire.";
const SECOND: &str =
    "Les travaux, retardés par une crue, ont coûté trois millions de couronnes à la région.";

fn slice(page: &Page, span: Span) -> &str {
    span.slice(page.text()).unwrap()
}

fn body(page: &Page, article: &PageArticle) -> String {
    let pieces: Vec<&str> = article.body.iter().map(|&span| slice(page, span)).collect();
    pieces.join("\n").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn titles(page: &Page) -> Vec<Option<&str>> {
    page.articles().iter().map(|it| it.title.map(|span| slice(page, span))).collect()
}

fn day(article: &PageArticle) -> Option<Timestamp> {
    article.published.printed_clock().map(|clock| {
        let seconds = clock.unix_seconds();
        clock.plus_seconds(-(seconds.rem_euclid(86_400)))
    })
}

fn third_of_march() -> Option<Timestamp> {
    Some(Timestamp::parse("2026-03-03T00:00:00Z").unwrap())
}

fn read(text: &str, layout: Layout) -> Page {
    let page = read_str("p", text);
    assert_eq!(page.layout(), layout);
    page
}

#[test]
fn a_wire_dump_is_cut_at_its_marks_and_its_takes_are_joined() {
    let text = format!(
        "ZCZC GAZ0412\nU B VAL-SOU /GAZ-QX12\nVALDORIE-PONT-TRAVAUX\nLe pont de Sourlac rouvre\n   SOURLAC, 3 mars 2026 (AFP) - {LEDE}\n   \
         {SECOND}\n(MORE)\nZCZC GAZ0413\nVALDORIE-PONT-TRAVAUX =2\nTAKE 2\n   Le péage sera décidé en juin par le conseil provincial.\nbur-kl/ost\n\
         AFP 031405 GMT MAR 26\nNNNN\n\nZCZC GAZ0414\nVALDORIE-ELECTIONS\nLe parti rural choisit son candidat\n   OSTREL (AFP) - Le parti rural a choisi \
         mardi son candidat à la mairie d'Ostrel.\nNNNN\n"
    );
    let page = read(&text, Layout::WireDump);
    assert_eq!(
        titles(&page),
        [Some("Le pont de Sourlac rouvre"), Some("Le parti rural choisit son candidat")]
    );
    let first = &page.articles()[0];
    assert_eq!(
        body(&page, first),
        format!("{LEDE} {SECOND} Le péage sera décidé en juin par le conseil provincial.")
    );
    assert_eq!(day(first), third_of_march());
    assert!(
        first
            .credits
            .iter()
            .all(|credit| credit.agency == Agency::Afp && credit.role == CreditRole::Text)
    );
    assert!(first.dropped.iter().any(|piece| piece.reason == DropReason::SignOff));
}

#[test]
fn a_dispatch_without_start_marks_is_known_by_slug_and_continuation() {
    let text = "VALDORIE-BRIDGE-REPAIRS\nBridge of Sourlac opens again after eleven months\n   SOURLAC, March 3, 2026 (Reuters) - The bridge of Sourlac was \
        opened again\n on Tuesday, the mayor said before several hundred inhabitants.\n   The repairs had been delayed by a flood and by a quarrel.\n\
        STORY CONTINUES\n";
    let page = read(text, Layout::WireDump);
    let article = &page.articles()[0];
    assert_eq!(titles(&page), [Some("Bridge of Sourlac opens again after eleven months")]);
    assert!(body(&page, article).starts_with("The bridge of Sourlac was opened again on Tuesday"));
    assert!(!body(&page, article).contains("CONTINUES"));
    assert_eq!(day(article), third_of_march());
}

#[test]
fn a_byte_order_mark_hides_no_mark_of_a_layout() {
    let text = format!("NNNN\nLe pont de Sourlac rouvre\n{LEDE}\nZCZC GAZ0412\n");
    let lines = |page: &Page| -> Vec<(usize, usize)> {
        page.articles().iter().map(|it| (it.first_line, it.last_line)).collect()
    };
    let marked = read_str("p", format!("\u{feff}{text}"));
    assert_eq!(lines(&marked), lines(&read_str("p", text)));
}

#[test]
fn a_mail_gives_subject_date_and_text_without_signature_and_quotes() {
    let text = format!(
        "From: Alertes de la Gazette <alertes@gazette.example>\nTo: ana@example.org\nSubject: Re: Le pont de Sourlac rouvre\nDate: Tue, 3 Mar 2026 14:05:00 +0100\n\n\
         {LEDE}\n\n{SECOND}\n\n> Merci de me tenir au courant du pont.\n> Ana\n\nPour ne plus recevoir cette newsletter, cliquez ici pour vous désinscrire.\n\n-- \nLa rédaction\n"
    );
    let page = read(&text, Layout::EmailAlert);
    assert_eq!(titles(&page), [Some("Le pont de Sourlac rouvre")]);
    let article = &page.articles()[0];
    assert_eq!(body(&page, article), format!("{LEDE} {SECOND}"));
    assert_eq!(
        article.published.earliest(),
        Some(Timestamp::parse("2026-03-03T13:05:00Z").unwrap())
    );
    assert!(article.dropped.iter().any(|piece| piece.reason == DropReason::Quoted));
}

#[test]
fn a_forwarded_mail_is_its_quoted_text_without_the_marks() {
    let text = format!(
        "De : Ana Lorne <ana@example.org>\nObjet : TR: Le pont rouvre\nEnvoyé : mardi 3 mars 2026 14:05\nÀ : Karl\n\nPour information.\n\n> {LEDE}\n>\n> {SECOND}\n> Le péage sera décidé en juin.\n"
    );
    let page = read(&text, Layout::EmailAlert);
    let article = &page.articles()[0];
    assert_eq!(titles(&page), [Some("Le pont rouvre")]);
    let found = body(&page, article);
    assert!(found.starts_with("Le pont de Sourlac") && !found.contains('>'), "{found}");
    assert_eq!(day(article), third_of_march());
}

#[test]
fn each_mail_of_a_box_is_an_article() {
    let mail = |subject: &str| {
        format!(
            "From: gazette@example.org\nSubject: {subject}\nDate: Tue, 3 Mar 2026 14:05:00 GMT\n\n{LEDE}\n\n"
        )
    };
    let page = read(&(mail("Le pont rouvre") + &mail("Le pont ferme")), Layout::EmailAlert);
    assert_eq!(titles(&page), [Some("Le pont rouvre"), Some("Le pont ferme")]);
}

#[test]
fn numbered_documents_with_labelled_fields_are_articles() {
    let document = |number: usize, title: &str| {
        format!(
            "                     {number} of 2 DOCUMENTS\n\n                     La Gazette de Sourlac\n\n                     Mardi 3 mars 2026\n\n{title}\n\nBYLINE: Ana Lorne\n\n\
             SECTION: REGIONS; Pg. 4\n\nLENGTH: 512 words\n\n{LEDE}\n\n{SECOND}\n\nLOAD-DATE: March 5, 2026\n\nLANGUAGE: FRENCH\n\nCopyright 2026 La Gazette\nAll Rights Reserved\n\n"
        )
    };
    let text = document(1, "Le pont de Sourlac rouvre après onze mois")
        + &document(2, "Le pont de Sourlac ferme encore une fois");
    let page = read(&text, Layout::PressDatabase);
    assert_eq!(
        titles(&page),
        [
            Some("Le pont de Sourlac rouvre après onze mois"),
            Some("Le pont de Sourlac ferme encore une fois")
        ]
    );
    for article in page.articles() {
        assert_eq!(body(&page, article), format!("{LEDE} {SECOND}"));
        assert_eq!(day(article), third_of_march());
        assert_eq!(article.outlet.map(|span| slice(&page, span)), Some("La Gazette de Sourlac"));
        assert_eq!(article.byline.map(|span| slice(&page, span)), Some("Ana Lorne"));
    }
    let articles = page.to_articles().unwrap();
    assert_eq!(articles[1].id().as_str(), "p#2");
}

#[test]
fn documents_closed_by_an_identifier_are_articles() {
    let document = |title: &str, id: &str| {
        format!(
            "Régions\n{title}\nPar Ana Lorne\n512 mots\n3 mars 2026\n14:05\nLa Gazette\nGAZSOU\nFrançais\nCopyright 2026 La Gazette Tous droits réservés\n\n{LEDE}\n\n{SECOND}\n\nDocument {id}\n\n"
        )
    };
    let text = document(
        "Le pont de Sourlac rouvre après onze mois de travaux",
        "GAZSOU0020260303em330001p",
    ) + &document(
        "Le pont de Sourlac ferme encore une fois pour travaux",
        "GAZSOU0020260303em330002q",
    );
    let page = read(&text, Layout::PressDatabase);
    assert_eq!(page.articles().len(), 2);
    for article in page.articles() {
        assert_eq!(body(&page, article), format!("{LEDE} {SECOND}"));
        assert_eq!(day(article), third_of_march());
    }
    assert_eq!(titles(&page)[0], Some("Le pont de Sourlac rouvre après onze mois de travaux"));
}

#[test]
fn documents_closed_by_a_line_of_rights_are_articles() {
    let document = |title: &str| {
        format!(
            "La Gazette de Sourlac\nMardi 3 mars 2026\n512 mots, p. 4\n\n{title}\n\nAna Lorne\n\n{LEDE}\n\n{SECOND}\n\n© 2026 La Gazette de Sourlac. Tous droits réservés.\nnews·20260303·GS·0412\n\n"
        )
    };
    let text = document("Le pont de Sourlac rouvre après onze mois")
        + &document("Le pont de Sourlac ferme encore une fois");
    let page = PageReader::new().layout(Layout::PressDatabase).read_str("p", text);
    assert_eq!(
        titles(&page),
        [
            Some("Le pont de Sourlac rouvre après onze mois"),
            Some("Le pont de Sourlac ferme encore une fois")
        ]
    );
    assert_eq!(
        page.articles()[1].outlet.map(|span| slice(&page, span)),
        Some("La Gazette de Sourlac")
    );
    assert_eq!(day(&page.articles()[1]), third_of_march());
}

#[test]
fn items_of_a_feed_are_articles_without_their_tags() {
    let text = "<rss><channel>\n<title>La Gazette</title>\n<item>\n<title>Le pont de Sourlac rouvre</title>\n<link>https://gazette.example/pont</link>\n\
        <pubDate>Tue, 03 Mar 2026 14:05:00 +0100</pubDate>\n<description><![CDATA[<p>Le pont a rouvert mardi&nbsp;: onze mois d&#39;attente.</p>]]></description>\n</item>\n\
        <item>\n<title>Le pont ferme</title>\n<pubDate>Wed, 04 Mar 2026 09:00:00 GMT</pubDate>\n</item>\n</channel></rss>\n";
    let page = read(text, Layout::FeedItems);
    assert_eq!(page.articles().len(), 2);
    let first = &page.articles()[0];
    let found = body(&page, first);
    assert!(!found.contains('<') && !found.contains('&') && !found.contains("]]>"), "{found}");
    assert!(found.starts_with("Le pont a rouvert mardi"), "{found}");
    assert_eq!(day(first), third_of_march());
    assert_eq!(body(&page, &page.articles()[1]), "Le pont ferme");
}

#[test]
fn labelled_items_begin_where_a_title_comes_again() {
    let item = |title: &str| {
        format!(
            "title: {title}\nlink: https://gazette.example/a\npubDate: Tue, 3 Mar 2026 14:05:00 GMT\ndescription: {LEDE}\n\n"
        )
    };
    let page = read(&(item("Le pont rouvre") + &item("Le pont ferme")), Layout::FeedItems);
    assert_eq!(titles(&page), [Some("Le pont rouvre"), Some("Le pont ferme")]);
    assert_eq!(body(&page, &page.articles()[1]), LEDE);
}

#[test]
fn a_live_blog_is_one_article_with_its_entries() {
    let entry = |time: &str, place: &str| {
        format!(
            "{time} - Nouvelles de {place}\n\nLe maire de {place} a déclaré que le pont de la ville serait rouvert dans la soirée aux piétons.\n\n"
        )
    };
    let text = format!(
        "Le pont de Sourlac rouvre: suivez la journée en direct\n\nPublié le mardi 3 mars 2026\n\n{}{}{}{}{}{}",
        entry("18h05", "Sourlac"),
        entry("16h40", "Ostrel"),
        entry("15h02", "Lurne"),
        entry("12h30", "Karsine"),
        entry("9h47", "Ondras"),
        entry("7h", "Lanz")
    );
    let page = read(&text, Layout::LiveBlog);
    assert_eq!(page.articles().len(), 1);
    let entries = &page.articles()[0].entries;
    let times: Vec<u16> = entries.iter().map(|entry| entry.minutes).collect();
    assert_eq!(times, [1085, 1000, 902, 750, 587, 420]);
    assert!(slice(&page, entries[1].span).contains("Le maire de Ostrel"));
}

#[test]
fn the_caller_outranks_the_text() {
    let text = format!("From: a@example.org\nSubject: Le pont\nDate: 3 Mar 2026\n\n{LEDE}\n");
    for layout in [
        Layout::WebPage,
        Layout::WireDump,
        Layout::FeedItems,
        Layout::LiveBlog,
        Layout::PressDatabase,
    ] {
        let page = PageReader::new().layout(layout).read_str("p", text.as_str());
        assert_eq!(page.layout(), layout);
    }
}

#[test]
fn plain_text_of_one_paragraph_a_line_and_of_wrapped_lines_is_one_article() {
    let plain = format!(
        "Le pont de Sourlac rouvre\n{LEDE}\n{SECOND}\nLe péage sera décidé en juin par le conseil provincial.\n"
    );
    let page = read(&plain, Layout::WebPage);
    assert_eq!(titles(&page), [Some("Le pont de Sourlac rouvre")]);
    assert_eq!(page.articles()[0].last_line, 4);
    let wrapped = "Bridge of Sourlac opens again after eleven months\n\n\
        The bridge of Sourlac was opened again to traffic on Tuesday after\n\
        eleven months of repairs, the mayor said before several hundred\n\
        inhabitants who had come with umbrellas and sandwiches to see it.\n\
        \x20  Repairs had been delayed twice, first by a flood and then by a\n\
        quarrel between two companies over the price of the steel cables,\n\
        which are made in the neighbouring town of Ostrel by one family.\n";
    let page = read(wrapped, Layout::WebPage);
    assert_eq!(page.articles().len(), 1);
    assert_eq!((page.articles()[0].first_line, page.articles()[0].last_line), (1, 8));
}

#[test]
fn a_lede_of_bullets_is_text_unless_it_comes_again() {
    let text = format!(
        "Le pont de Sourlac rouvre\n\n• {LEDE}\n• {SECOND}\n\nLe péage sera décidé en juin par le conseil provincial, qui se réunira à Ostrel.\n"
    );
    let page = read(&text, Layout::WebPage);
    let article = &page.articles()[0];
    assert!(body(&page, article).contains("onze mois de travaux"), "{}", body(&page, article));
    let again = format!("Le pont de Sourlac rouvre\n\n• {LEDE}\n\n{LEDE}\n\n{SECOND}\n");
    let page = read(&again, Layout::WebPage);
    assert_eq!(body(&page, &page.articles()[0]).matches("onze mois").count(), 1);
}

#[test]
fn text_that_is_no_prose_gives_no_article() {
    for text in [
        "Accueil\nMonde\nSport\nCulture\nMon compte\nRechercher\n",
        "Nous et nos partenaires utilisons des cookies pour mesurer l'audience de ce site et vous proposer des contenus adaptés.\nTout accepter\nTout refuser\n",
        "We value your privacy\nWe and our partners use cookies to access personal data such as your visit to this site. You can withdraw your consent at any time.\nAccept all\n",
        "Ville\tLundi\tMardi\nSourlac\t12,4\t13,1\nOstrel\t10,0\t11,7\nLurne\t9,8\t10,3\n",
        "| Sourlac | 12 | 13 |\n|---|---|---|\n| Ostrel | 10 | 11 |\n",
        "ZCZC\nNNNN\n",
        "From: a@example.org\nSubject:\n\n",
        "<rss><channel></channel></rss>",
        "1 of 1 DOCUMENTS\n\nLENGTH: 0 words\n",
    ] {
        let page = read_str("p", text);
        assert!(page.articles().is_empty(), "{text}: {:?}", page.articles());
        assert_eq!(page.to_articles().unwrap().len(), 0);
    }
}

#[test]
fn an_ampersand_between_words_is_no_reference_even_before_a_semicolon() {
    let text = "title: Le pont\npubDate: 3 Mar 2026\ndescription: Orval & fils; Brume &amp; Cie; A & B; le pont rouvre mardi.\n";
    let page = read(text, Layout::FeedItems);
    let body = body(&page, &page.articles()[0]);
    assert_eq!(body, "Orval & fils; Brume Cie; A & B; le pont rouvre mardi.");
}

#[test]
fn paragraphs_in_tags_on_lines_of_their_own_are_text_of_the_item() {
    let text = format!(
        "<item>\n<title>Le pont rouvre</title>\n<description><![CDATA[\n<p>{LEDE}</p>\n<p>{SECOND}</p>\n]]></description>\n\
         <dc:subject>Ponts</dc:subject>\n<link>https://gazette.example/1</link>\n</item>\n"
    );
    let page = read(&text, Layout::FeedItems);
    assert_eq!(body(&page, &page.articles()[0]), format!("{LEDE} {SECOND}"));
}

#[test]
fn a_load_date_behind_wide_blanks_is_cut_at_its_label() {
    let text = format!(
        "1 of 1 DOCUMENTS\n\nLe pont rouvre enfin\n\nLENGTH: 60 words\n\n{LEDE} {SECOND}\n\n\u{2003}\u{2003}LOAD-DATE: 3 mars 2026\n"
    );
    let page = read(&text, Layout::PressDatabase);
    assert_eq!(day(&page.articles()[0]), third_of_march());
    let date =
        page.articles()[0].dropped.iter().find(|it| it.reason == DropReason::PublicationLine);
    assert_eq!(date.map(|it| slice(&page, it.span)), Some("3 mars 2026"));
}

#[test]
fn what_is_cut_out_of_an_item_is_cut_once() {
    let text = "title: Le pont\npubDate: 3 Mar 2026\ndescription: Le pont <b ]]> rouvre &]]>; mardi ]]> <![CDATA[ ]]> à Sourlac.\n";
    let page = read(text, Layout::FeedItems);
    let article = &page.articles()[0];
    let mut spans: Vec<Span> = article.body.clone();
    spans.extend(article.dropped.iter().map(|it| it.span));
    spans.sort();
    assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{spans:?}");
}

/// Two dispatches of one dump, each in its agency's manner: title, day and agency of both.
#[test]
fn terminals_print_many_dispatches_without_a_mark_between_them() {
    let ap = "a0412\nBC-Valdoria-Bridge\nBridge of Sourlac opens again after eleven months of repairs and delays\nBy ANA LORNE\nAssociated Press\n\
        SOURLAC, Valdoria (AP) _ The bridge of Sourlac was opened again to traffic\non Tuesday after eleven months of repairs, the mayor said.\n   \
        Repairs had been delayed twice, first by a flood.\nAP-NY-03-03-26 0914EST\n-0-\n\na0413\nBC-Valdoria-Vote,1st Ld\n\
        Rural party picks its candidate in Ostrel\nOSTREL, Valdoria (AP) _ The rural party chose its candidate for mayor of\nOstrel on Tuesday, a \
        teacher of 41 years.\nAP-NY-03-03-26 1002EST\n";
    let xinhua = "Bridge of Sourlac reopens after 11 months\nSOURLAC, March 3 (Xinhua) -- The bridge of Sourlac was opened again to traffic on Tuesday \
        after eleven months of repairs, said the mayor. Enditem\n\nRural party picks candidate in Ostrel\nOSTREL, March 3 (Xinhua) -- The rural party chose \
        its candidate for mayor of Ostrel on Tuesday, a teacher of 41 years.\nEnditem\n";
    let efe = "VALDORIA PUENTES\nEl puente de Sourlac vuelve a abrirse tras once meses\n\nSourlac (Valdoria), 3 mar (EFE).- El puente de Sourlac volvió \
        a abrirse el martes al\ntráfico tras once meses de obras, dijo el alcalde. EFE\nkl/ost\n03/03/14-05/26\n\nVALDORIA ELECCIONES\n\
        El partido rural elige a su candidata en Ostrel\n\nOstrel (Valdoria), 3 mar (EFE).- El partido rural eligió el martes a su candidata a la\n\
        alcaldía de Ostrel, una maestra de 41 años. EFE\nmr/ost\n03/03/15-12/26\n";
    let ansa = "ZCZC0412/SXA\nR CRO S0A QBXB\nSourlac, riapre il ponte dopo undici mesi\n (ANSA) - SOURLAC, 03 MAR - Il ponte di Sourlac ha riaperto al\n\
        traffico martedì dopo undici mesi di lavori, ha detto il sindaco. (ANSA).\n     YKL-ML\n03-MAR-26 14:05 NNNN\nZCZC0413/SXA\nR POL S0A QBXB\n\
        Ostrel, il partito rurale sceglie la candidata\n (ANSA) - OSTREL, 03 MAR - Il partito rurale ha scelto martedì la sua\ncandidata a sindaco di \
        Ostrel, una maestra di 41 anni. (ANSA).\n     YKL-ML\n03-MAR-26 15:12 NNNN\n";
    let afp = "Valdorie-pont\nLe pont de Sourlac rouvre\n   SOURLAC, 3 mars 2026 (AFP) - Le pont de Sourlac a rouvert mardi à la\ncirculation après onze \
        mois de travaux, a annoncé le maire.\n   bur-kl/ost\nAFP 031405 GMT MAR 26\n\nValdorie-élections\nLe parti rural choisit sa candidate à Ostrel\n   \
        OSTREL, 3 mars 2026 (AFP) - Le parti rural a choisi mardi sa candidate à la\nmairie d'Ostrel, une institutrice de 41 ans.\n   bur-kl/ost\n\
        AFP 031512 GMT MAR 26\n";
    let dumps = [
        (ap, Agency::Ap, ["Bridge of Sourlac", "Rural party"], true),
        (xinhua, Agency::Xinhua, ["Bridge of Sourlac", "Rural party"], false),
        (efe, Agency::Efe, ["El puente", "El partido"], true),
        (ansa, Agency::Ansa, ["Sourlac, riapre", "Ostrel, il partito"], true),
        (afp, Agency::Afp, ["Le pont", "Le parti rural"], true),
    ];
    for (text, agency, begins, dated) in dumps {
        let page = read(text, Layout::WireDump);
        let titles = titles(&page);
        assert_eq!(titles.len(), 2, "{agency}: {titles:?}");
        for ((article, title), begin) in page.articles().iter().zip(&titles).zip(begins) {
            assert!(title.is_some_and(|title| title.starts_with(begin)), "{agency}: {titles:?}");
            assert!(article.outlet.is_none(), "{agency}");
            let of_text = article.credits.iter().filter(|credit| credit.role == CreditRole::Text);
            let mut signed: Vec<Agency> = of_text.map(|credit| credit.agency).collect();
            signed.dedup();
            assert_eq!(signed, [agency]);
            assert_eq!(day(article), dated.then(third_of_march).flatten(), "{agency}");
        }
    }
}
