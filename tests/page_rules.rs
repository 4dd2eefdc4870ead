//! One invented page for each rule of the page reader.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use wirecopy::page::{Agency, CreditRole};
use wirecopy::page::{DropReason, LineClass, Page, PageArticle, read_str};
use wirecopy::{DateEvidence, Span, Timestamp};

const LEDE: &str = "Le pont de Sourlac a rouvert mardi à la circulation après onze mois de travaux, a annoncé le maire de la \
                    ville, venu couper le ruban devant plusieurs centaines d'habitants.";
const SECOND: &str = "Les travaux, retardés par une crue puis par une querelle entre deux entreprises, ont coûté trois millions de \
                      couronnes à la région, selon le conseil provincial.";
const OTHER: &str = "Une éclipse partielle de Lune sera visible jeudi soir depuis les îles Lannes, où les astronomes amateurs du \
                     club Orbite installeront leurs télescopes sur la plage.";
const OTHER_END: &str = "Les nuages annoncés pourraient gâcher le spectacle, prévient le centre de météorologie, qui conseille de \
                         monter sur les hauteurs du volcan pour l'observer.";

fn slice(page: &Page, span: Span) -> &str {
    span.slice(page.text()).unwrap()
}

fn lines(page: &Page) -> Vec<(usize, usize)> {
    page.articles().iter().map(|article| (article.first_line, article.last_line)).collect()
}

fn title<'a>(page: &'a Page, article: &PageArticle) -> &'a str {
    article.title.map_or("", |span| span.slice(page.text()).unwrap())
}

fn body(page: &Page, article: &PageArticle) -> String {
    article.body.iter().map(|&span| slice(page, span)).collect::<Vec<_>>().join("|")
}

fn dropped<'a>(page: &'a Page, article: &PageArticle, reason: DropReason) -> Vec<&'a str> {
    article
        .dropped
        .iter()
        .filter(|piece| piece.reason == reason)
        .map(|piece| piece.span.slice(page.text()).unwrap())
        .collect()
}

#[test]
fn two_articles_are_parted_by_a_credit() {
    let page = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\n{LEDE}\n\n{SECOND}\n\nAvec AFP\n\nÉclipse aux îles Lannes\n\n{OTHER}\n\n{OTHER_END}\n\nAna Lorne\n"
        ),
    );
    assert_eq!(lines(&page), [(1, 7), (9, 15)]);
    assert_eq!(title(&page, &page.articles()[1]), "Éclipse aux îles Lannes");
    assert_eq!(page.articles()[1].byline.map(|span| slice(&page, span)), Some("Ana Lorne"));
    assert_eq!(body(&page, &page.articles()[0]), format!("{LEDE}\n\n{SECOND}"));
}

#[test]
fn two_articles_without_any_sign_are_parted_by_their_words() {
    let page = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\n{LEDE}\n\n{SECOND}\n\nÉclipse partielle de Lune visible aux îles Lannes jeudi soir\n\n{OTHER}\n\n{OTHER_END}\n"
        ),
    );
    assert_eq!(lines(&page), [(1, 5), (7, 11)]);
}

#[test]
fn subheadings_open_no_article() {
    for heading in [
        "- Colère des riverains -",
        "Trois millions de couronnes",
        "« Une querelle »",
        "19h40 - Une querelle",
    ] {
        let page = read_str(
            "p",
            format!(
                "Sourlac retrouve son pont\n\n{LEDE}\n\n{heading}\n\n{SECOND}\n\n{SECOND} Encore.\n"
            ),
        );
        assert_eq!(lines(&page), [(1, 9)], "{heading}");
        assert_eq!(page.lines()[4].class, LineClass::Subheading, "{heading}");
    }
}

#[test]
fn a_repeated_title_and_a_doubled_caption_are_no_body() {
    let caption = "Le maire de Sourlac coupe le ruban. (AFP)";
    let page = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\n{caption}\n{caption}\nShort Url\nPublié le Mardi 3 mars 2026\n\nSourlac retrouve son pont\n\nSOURLAC: {LEDE}\n\n{SECOND}\n"
        ),
    );
    let article = &page.articles()[0];
    assert_eq!(body(&page, article), format!("{LEDE}\n\n{SECOND}"));
    assert_eq!(dropped(&page, article, DropReason::Caption), [caption, caption]);
    assert_eq!(dropped(&page, article, DropReason::TitleRepeated), ["Sourlac retrouve son pont"]);
    assert_eq!(dropped(&page, article, DropReason::Dateline), ["SOURLAC:"]);
    assert!(article.credits.iter().all(|credit| credit.role == CreditRole::Photo));
    assert!(matches!(article.published.evidence(), DateEvidence::PublicationLine(_)));
}

#[test]
fn a_caption_in_the_body_under_a_repeated_slug_is_no_body() {
    let page = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\nsourlac retrouve\n\nLe pont de Sourlac vu du quai, le 3 mars 2026\n\n{LEDE}\n\nsourlac retrouve\n\nUn ouvrier sur le tablier du pont\n\n{SECOND}\n\nbur-roc/jnd\n"
        ),
    );
    let article = &page.articles()[0];
    assert_eq!(body(&page, article), format!("{LEDE}|{SECOND}"));
    assert_eq!(dropped(&page, article, DropReason::Caption).len(), 2);
    assert_eq!(dropped(&page, article, DropReason::SignOff), ["bur-roc/jnd"]);
    assert_eq!(
        (article.credits[0].agency, article.credits[0].role),
        (Agency::Afp, CreditRole::Text)
    );
}

#[test]
fn a_standfirst_that_the_body_repeats_is_kept_once() {
    let page = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\n  • {}\n\n{SECOND}\n{LEDE}\n{SECOND}\n{OTHER}\n",
            &LEDE[..90]
        ),
    );
    let article = &page.articles()[0];
    assert_eq!(body(&page, article), format!("{LEDE}\n{SECOND}\n{OTHER}"));
    assert_eq!(dropped(&page, article, DropReason::StandfirstRepeated).len(), 2);
}

#[test]
fn sidebars_boxes_and_comments_are_outside() {
    let rail: String = (1..20)
        .map(|n| {
            format!("{n} minutes ago\n\nUn titre de la liste numéro {n} sur un autre sujet\n\n")
        })
        .collect();
    for tail in [
        format!("OTHER NEWS\n\n{rail}"),
        "Partager cet article\nS'inscrire\nMe notifier des\nguest\n0 Commentaires\nInline Feedbacks\n".to_owned(),
        "TÉLÉCHARGER L'APPLICATION\n\nCommencez dès maintenant\n\nPrêt à lire la presse du monde? Téléchargez l'application.\n".to_owned(),
        "Lesen Sie auch\nKommentare\nImpressum\n".to_owned(),
    ] {
        let page = read_str("p", format!("Sourlac retrouve son pont\n\n{LEDE}\n\n{SECOND}\n\n{tail}"));
        assert_eq!(lines(&page), [(1, 5)], "{tail}");
        assert!(!page.outside().is_empty());
    }
}

#[test]
fn an_advert_between_paragraphs_is_dropped_and_the_article_goes_on() {
    let page = read_str("p", format!("Sourlac retrouve son pont\n\n{LEDE}\nPublicité\n{SECOND}\n"));
    assert_eq!(body(&page, &page.articles()[0]), format!("{LEDE}|{SECOND}"));
}

#[test]
fn cards_of_an_aggregator_are_articles_with_their_outlet() {
    let card = |name: &str, text: &str| {
        format!(
            "{name}\n{name}\n\nLa Gazette\n\ntimean hour ago\n\n  • La Gazette\n\n{name}\n\n{text}\n\n"
        )
    };
    let page = read_str(
        "p",
        format!(
            "{}{}",
            card("Sourlac retrouve son pont", &format!("{LEDE} {SECOND}")),
            card("Éclipse aux îles Lannes", &format!("{OTHER} {OTHER_END}"))
        ),
    );
    assert_eq!(lines(&page), [(1, 12), (14, 25)]);
    for article in page.articles() {
        assert_eq!(article.outlet.map(|span| slice(&page, span)), Some("La Gazette"));
        assert_eq!(article.body.len(), 1);
        assert_eq!(article.published, wirecopy::Published::UNKNOWN);
    }
}

#[test]
fn a_hard_wrapped_page_has_paragraphs() {
    let wrap = |text: &str| {
        let mut out = String::new();
        let mut column = 0;
        for word in text.split_whitespace() {
            if column + word.chars().count() + 1 > 60 {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
            }
            out.push_str(word);
            column += word.chars().count() + 1;
        }
        out
    };
    let page = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\n{}\n\n{}\n\n{}\n\nAvec AFP\n",
            wrap(LEDE),
            wrap(SECOND),
            wrap(OTHER)
        ),
    );
    let article = &page.articles()[0];
    assert_eq!(page.articles().len(), 1);
    assert_eq!(article.last_line, page.lines().len());
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&body(&page, article)), words(&format!("{LEDE} {SECOND} {OTHER}")));
}

#[test]
fn a_body_in_one_line_is_an_article() {
    let page =
        read_str("p", format!("Sourlac retrouve son pont\n{LEDE} {SECOND} {OTHER} {OTHER_END}"));
    assert_eq!(lines(&page), [(1, 2)]);
}

#[test]
fn a_digest_of_thirty_briefs_with_titles_and_datelines_is_thirty_articles() {
    let text: String = (1..=30)
        .map(|n| format!("La brève numéro {n} du fil\n\n{n} mars 2026 09:{n:02} (GMT+1)\n\nSOURLAC (AFP) - Le pont numéro {n} a rouvert mardi à la circulation.\n\n"))
        .collect();
    let page = read_str("p", text);
    assert_eq!(page.articles().len(), 30);
    assert!(page.articles().iter().all(|article| article.brief && article.published.is_bounded()));
}

#[test]
fn short_pages_have_an_outcome() {
    assert!(read_str("p", "").articles().is_empty());
    assert!(read_str("p", "Accueil\nSport\n").articles().is_empty());
    let urgent = read_str(
        "p",
        "URGENT - Le pont de Sourlac s'est effondré mardi matin, selon les pompiers de la ville (AFP)",
    );
    assert_eq!(urgent.articles().len(), 1);
    assert_eq!(urgent.articles()[0].credits[0].role, CreditRole::Text);
    let flash = read_str("p", "FLASH - Ana Lorne remporte la première étape du Tour des Lannes\n");
    assert_eq!(flash.articles()[0].title, Some(flash.articles()[0].body[0]));
    let teasers = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\n{LEDE}\n\n{SECOND}\n\nAvec AFP\n\n\n\nÉclipse aux îles Lannes\n\nUne éclipse sera visible jeudi soir depuis les îles.\n"
        ),
    );
    assert_eq!(teasers.articles().len(), 1);
    assert!(teasers.outside().iter().any(|piece| piece.reason == DropReason::TooShort));
}

#[test]
fn english_german_arabic_and_japanese_pages_are_read() {
    let english = "Sourlac bridge reopens after eleven months\n\nPublished: March 3, 2026 2:05 PM GMT\n\nBy Ana Lorne\n\nSOURLAC, March 3 (Reuters) - \
        The bridge of Sourlac was opened again on Tuesday after eleven months of work, the mayor told a crowd of several hundred people.\n\n\
        \"We have waited long enough,\" he told AFP, before he cut the ribbon with a pair of garden scissors lent by a neighbour.\n\n\
        (Reporting by Ana Lorne; Editing by Karl Ost)\n\nRelated articles\nAnother headline\n";
    let page = read_str("p", english);
    let article = &page.articles()[0];
    assert_eq!(lines(&page), [(1, 11)]);
    assert_eq!(
        article.published.earliest(),
        Some(Timestamp::parse("2026-03-03T14:05:00Z").unwrap())
    );
    let roles: Vec<_> = article.credits.iter().map(|credit| (credit.agency, credit.role)).collect();
    assert_eq!(
        roles,
        [
            (Agency::Reuters, CreditRole::Text),
            (Agency::Afp, CreditRole::Attribution),
            (Agency::Reuters, CreditRole::Text)
        ]
    );

    let german = "Brücke in Sourlac wieder offen\n\nVeröffentlicht am Dienstag, 3. März 2026, 14:05 Uhr\n\nSourlac (dpa) - Die Brücke von Sourlac ist am \
        Dienstag nach elf Monaten wieder geöffnet worden, wie die Verwaltung der Stadt am Nachmittag mitteilte.\n\nDie Arbeiten hatten wegen eines \
        Hochwassers und eines Streits zweier Baufirmen länger gedauert als geplant, sagte der Bürgermeister.\n\n© dpa-infocom, dpa:260303-930-1/1\n";
    let page = read_str("p", german);
    assert_eq!(lines(&page), [(1, 9)]);
    assert!(
        page.articles()[0]
            .credits
            .iter()
            .all(|credit| (credit.agency, credit.role) == (Agency::Dpa, CreditRole::Text))
    );
    assert_eq!(
        page.articles()[0].published.printed_clock(),
        Some(Timestamp::parse("2026-03-03T14:05:00Z").unwrap())
    );

    let arabic = "إعادة فتح جسر سورلاك\n\nنشر في: الثلاثاء 3 مارس 2026\n\nسورلاك (أ ف ب) - أعيد فتح جسر سورلاك يوم الثلاثاء بعد أحد عشر شهرا من \
        الأشغال، بحسب ما أعلن رئيس البلدية أمام مئات من السكان الذين حضروا إلى المكان منذ الصباح الباكر للاحتفال بهذه المناسبة التي طال انتظارها.\n\n\
        وكانت الأشغال قد تأخرت بسبب فيضان ثم بسبب خلاف بين شركتين حول ثمن الفولاذ.\n";
    let page = read_str("p", arabic);
    assert_eq!(lines(&page), [(1, 7)]);
    assert!(page.articles()[0].published.is_bounded());
    assert_eq!(
        (page.articles()[0].credits[0].agency, page.articles()[0].credits[0].role),
        (Agency::Afp, CreditRole::Text)
    );

    let japanese = "霧浜の橋が再開\n\n2026年3月3日（火） 14時05分 配信\n\n【霧浜ロイター】霧浜市の大橋が三日、十一カ月の工事を終えて再び開通した。式典には市長をはじめ数百人の住民が集まり、\
        渡り初めを祝った。工事は洪水と二社の対立のため二度にわたって遅れ、費用は当初の見込みを大きく上回っていた。\n\n関連記事\n別の見出し\n";
    let page = read_str("p", japanese);
    assert_eq!(lines(&page), [(1, 5)]);
    let article = &page.articles()[0];
    assert_eq!(
        (article.credits[0].agency, article.credits[0].role),
        (Agency::Reuters, CreditRole::Text)
    );
    assert!(body(&page, article).starts_with("霧浜市の大橋"));
    assert!(!article.brief);
}

#[test]
fn every_span_points_into_the_page() {
    let page = read_str(
        "p",
        format!(
            "Sourlac retrouve son pont\n\nPublié le mardi 3 mars 2026\n\nSOURLAC (AFP) - {LEDE}\n\nAvec AFP\n"
        ),
    );
    let article = &page.articles()[0];
    let names: Vec<&str> = article.credits.iter().map(|credit| slice(&page, credit.span)).collect();
    assert_eq!(names, ["AFP", "AFP"]);
    let DateEvidence::PublicationLine(span) = article.published.evidence() else {
        panic!("{:?}", article.published)
    };
    assert_eq!(slice(&page, span), "mardi 3 mars 2026");
}

#[test]
fn a_dateline_below_a_heading_opens_the_next_dispatch_where_no_line_is_blank() {
    let arabic = "إعادة فتح جسر سورلاك بعد أحد عشر شهرا من الأشغال\n\
        سورلاك (فالدوريا) 3-3-2026 (أ ف ب) - أعيد الثلاثاء فتح جسر سورلاك أمام حركة المرور بعد أحد عشر شهرا من أعمال الترميم، بحسب ما أعلن رئيس البلدية أمام مئات السكان.\n\
        وكانت الأشغال قد تأخرت مرتين بسبب فيضان ثم بسبب خلاف بين شركتين على سعر الكابلات الفولاذية التي تصنع في أوستريل.\n\
        الحزب الريفي يختار معلمة مرشحة لرئاسة بلدية أوستريل\n\
        أوستريل - اختار الحزب الريفي الثلاثاء مرشحته لرئاسة بلدية أوستريل، وهي معلمة في الحادية والأربعين لم تتول أي منصب من قبل.\n\
        وستجرى الانتخابات في حزيران المقبل بعد تأجيلها مرتين.\n";
    let german = "Brücke von Sourlac nach elf Monaten wieder offen\n\
        Sourlac, 3. März 2026 - Die Brücke von Sourlac ist am Dienstag nach elf Monaten wieder für den Verkehr geöffnet worden, sagte der Bürgermeister vor mehreren Hundert Einwohnern der Stadt und der umliegenden Dörfer.\n\
        Die Arbeiten waren zweimal verschoben worden, erst wegen eines Hochwassers, dann wegen eines Streits zweier Firmen über den Preis der Stahlseile.\n\
        Landpartei wählt eine Lehrerin zur Kandidatin für das Amt des Bürgermeisters\n\
        Ostrel, 3. März 2026 - Die Landpartei hat am Dienstag ihre Kandidatin für das Amt des Bürgermeisters von Ostrel gewählt, eine Lehrerin von 41 Jahren.\n\
        Gewählt wird im Juni, nachdem die Wahl schon zweimal verschoben worden war.\n";
    for (text, second) in [(arabic, "الحزب"), (german, "Landpartei")] {
        let page = read_str("p", text);
        let titles: Vec<&str> = page
            .articles()
            .iter()
            .map(|it| it.title.unwrap().slice(page.text()).unwrap())
            .collect();
        assert_eq!(titles.len(), 2, "{titles:?}");
        assert!(titles[1].starts_with(second), "{titles:?}");
        assert!(page.articles()[0].published.printed_clock().is_some());
    }
}

/// The name of a site or paper, what stands behind it, a title and the sentences of a text.
const MASTHEADS: [(&str, &str, [&str; 2]); 6] = [
    (
        "LE RAMEUR D'OSTREL - bulletin des amis de la rivière",
        "Les péniches reprennent le chemin du moulin",
        [
            "Trois péniches chargées de farine ont quitté lundi le moulin d'Ostrel, le premier convoi depuis que la rivière a \
             été rendue à la navigation par le conseil de la vallée.",
            "Les mariniers espèrent un départ par semaine avant l'été, si les écluses, rouvertes une à une, tiennent sous \
             le poids des convois de farine et de grain.",
        ],
    ),
    (
        "THE HARROW LANTERN | weekly of the fishing harbour",
        "Lighthouse keeper hands over the last lamp",
        [
            "The keeper of the Harrow lighthouse handed over the last oil lamp of the coast on Monday to the museum, which \
             will show it beside the log books of his grandfather.",
            "The lighthouse has burned electric light for a year, and the keeper said that the lamp had been lit only for \
             visitors and on the night of the great storm.",
        ],
    ),
    (
        "STEINWALDER BOTE – Zeitung für das obere Tal",
        "Die Seilbahn fährt wieder bis zum Gipfel",
        [
            "Die Seilbahn am Kleinen Horn fährt seit Montag wieder bis zum Gipfel, nachdem die Gemeinde die Stützen nach dem \
             Sturm des vergangenen Winters erneuert hat.",
            "Die Gemeinde rechnet mit doppelt so vielen Gästen wie vor dem Sturm, weil die Seilbahn jetzt auch abends fährt und \
             am Gipfel eine Hütte gebaut wurde.",
        ],
    ),
    (
        "EL FARO DE SORLAQUE (edición de la mañana)",
        "El mercado vuelve a la plaza vieja",
        [
            "El mercado de Sorlaque volvió el lunes a la plaza vieja después de dos años de obras, con sesenta puestos y una \
             fuente nueva que los vecinos habían pedido al ayuntamiento.",
            "Los vendedores del mercado pagarán la mitad durante el primer año, según el ayuntamiento, que espera llenar la \
             plaza también los domingos de invierno.",
        ],
    ),
    (
        "IL CORRIERE DI MARVANO, fondato nel 1887",
        "Riapre il teatro delle marionette",
        [
            "Il teatro delle marionette di Marvano ha riaperto lunedì con uno spettacolo sulla fondazione della città, dopo \
             che il comune aveva fatto rifare il tetto e la platea.",
            "Il comune ha comprato anche le marionette della famiglia che per un secolo aveva tenuto il teatro, e le \
             mostrerà ai bambini delle scuole.",
        ],
    ),
    (
        "ОСТРЕЛЬСКИЙ ВЕСТНИК - газета речного края",
        "Паром снова ходит через реку",
        [
            "Паром через реку у Остреля снова начал ходить в понедельник, после того как рабочие подняли со дна старую баржу, \
             которая закрывала путь с осени.",
            "Паром будет ходить каждые полчаса, сообщил начальник переправы, а весной через реку пустят и второй паром, \
             который строят на верфи.",
        ],
    ),
];

#[test]
fn a_masthead_in_capitals_with_a_motto_is_no_title() {
    for (masthead, headline, [lede, second]) in MASTHEADS {
        for head in ["", "OSTREL (AFP) - "] {
            let page = read_str(
                "p",
                format!(
                    "{masthead}\n\n{headline}\n\n{head}{lede}\n\n{second}\n\n{lede}\n\n{second}\n"
                ),
            );
            assert_eq!(page.articles().len(), 1, "{masthead}");
            assert_eq!(title(&page, &page.articles()[0]), headline, "{masthead}");
            assert_eq!(page.articles()[0].first_line, 3, "{masthead}");
        }
    }
}

#[test]
fn a_title_that_begins_in_capitals_is_no_masthead() {
    let headline = "INONDATIONS - le pont de Sourlac rouvre après onze mois de travaux";
    for below in ["Par Ana Lorne", "Publié le mardi 3 mars 2026"] {
        let page = read_str("p", format!("{headline}\n\n{below}\n\n{LEDE}\n\n{SECOND}\n"));
        assert_eq!(title(&page, &page.articles()[0]), headline, "{below}");
    }
}
