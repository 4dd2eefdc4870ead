//! What a link says of two articles, on articles invented for it: kinds, attributes, explanation;
//! and what must hold for any two texts.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use wirecopy::links::{Direction, Link, LinkConfig, LinkKind, find_links};
use wirecopy::{Article, ArticleSet, Published, Span, Timestamp};

fn dated(id: &str, title: &str, day: u32, body: &str) -> Article {
    let noon = Timestamp::parse(&format!("2026-03-{day:02}T12:00:00Z")).unwrap();
    Article::new(id, body).unwrap().with_title(title).with_published(Published::at(noon))
}

fn link(articles: &[Article]) -> Option<Link> {
    let set = ArticleSet::new(articles, Default::default()).unwrap();
    find_links(&set, &LinkConfig::default()).unwrap().links.into_iter().next()
}

const LEDE: &str = "Le pont suspendu de Sourlac restera fermé aux camions jusqu'à la fin du printemps, a annoncé \
    vendredi la préfecture, après la découverte de fissures dans deux haubans lors d'une inspection.";
const BACKGROUND: &str = "Construit en 1931 par l'ingénieur Firmin Aubrelle, l'ouvrage de 212 mètres relie les deux \
    rives de la Vaire et supporte chaque jour quatre mille véhicules. Une crue avait emporté en 1968 sa pile nord, que \
    les carriers de Mireux avaient rebâtie en onze semaines avec la pierre de leur falaise.";
const QUOTE: &str = "« Nous ne jouerons pas avec la vie des gens pour trois palettes de tuiles, et si les transporteurs \
    veulent passer, qu'ils passent par la vallée comme leurs grands-pères le faisaient avec des mulets »";

#[test]
fn a_dispatch_inside_a_long_host_is_a_copy_with_a_direction() {
    let host = format!(
        "Les marchands de la foire aux anguilles ont trouvé porte close. Leurs étals sont restés dans la cour de la \
         halle, sous la pluie, et le comité des fêtes parle d'une catastrophe.\n\n{LEDE}\n\n{BACKGROUND}\n\nÀ la buvette, \
         on refait le monde en attendant que le soleil revienne sur les tréteaux. Les plus anciens se souviennent \
         d'autres hivers, d'autres foires, et d'un ours savant qui mangeait des crêpes au sarrasin devant l'église."
    );
    let found = link(&[
        dated("a", "Pont fermé", 6, &format!("{LEDE}\n\n{BACKGROUND}")),
        dated("b", "Une foire sous la pluie", 7, &host),
    ])
    .unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Copy, "weighed"));
    assert_eq!(found.attributes.direction, Direction::AToB);
    assert_eq!(found.explanation.figures.details_found, 1.0);
    assert!(found.explanation.missing_details.is_empty());
}

#[test]
fn a_new_toll_is_an_update_with_its_conflict() {
    let text = |toll: &str| {
        format!(
            "L'effondrement de la halle de Sourlac a fait {toll} morts vendredi en fin de matinée, a annoncé la \
             préfecture dans un bilan provisoire. {BACKGROUND}"
        )
    };
    let (a, b) = (text("3"), text("30"));
    let found = link(&[dated("a", "Halle", 6, &a), dated("b", "Halle", 6, &b)]).unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Update, "conflicting_numbers"));
    let [conflict] = found.attributes.conflicts.as_slice() else { panic!("{found:?}") };
    assert_eq!((conflict.a.slice(&a), conflict.b.slice(&b)), (Some("3"), Some("30")));
    assert_eq!(found.attributes.direction, Direction::Unknown);
}

#[test]
fn one_form_for_two_companies_is_a_series() {
    let text = |name: &str, profit: &str, sales: &str, change: &str, margin: &str, paid: &str| {
        format!(
            "Le groupe {name} a annoncé jeudi un bénéfice net de {profit} millions de florins pour l'exercice écoulé. \
             Le chiffre d'affaires ressort à {sales} milliards, en progression de {change}% sur un an, et la marge \
             opérationnelle à {margin}%. Le conseil proposera à l'assemblée un dividende de {paid} florin par action."
        )
    };
    let found = link(&[
        dated(
            "a",
            "Orvane publie ses comptes",
            5,
            &text("Orvane", "418", "6,3", "4,1", "9,8", "1,15"),
        ),
        dated(
            "b",
            "Tessal publie ses comptes",
            5,
            &text("Tessal", "77", "2,8", "6,5", "3,2", "0,40"),
        ),
    ])
    .unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Series, "weighed"));
    assert!(found.explanation.figures.details_found < 0.5);
    assert!(found.attributes.conflicts.is_empty(), "a form filled in anew contradicts nothing");
}

#[test]
fn the_same_words_between_quotation_marks_are_a_quotation() {
    let found = link(&[
        dated(
            "a",
            "Le préfet campe sur ses positions",
            6,
            &format!("{QUOTE}, a lancé le préfet devant les maires réunis. La route de Mireux, elle, rouvrira lundi."),
        ),
        dated(
            "b",
            "Colère à la gare routière",
            6,
            &format!(
                "Les chauffeurs ont garé leurs camions en travers. Le mot du représentant de l'État, {QUOTE}, ne passe \
                 pas. Un barbecue a été allumé et les voisins apportent du pain, du fromage et quelques bouteilles."
            ),
        ),
    ])
    .unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Quotation, "quoted_words"));
    assert!(found.explanation.figures.quoted >= 0.8);
}

#[test]
fn an_old_paragraph_under_other_news_is_background() {
    let found = link(&[
        dated(
            "a",
            "Un camion tombe dans la rivière",
            2,
            &format!("Un conducteur a sauté dans la rivière avant son camion, lundi à l'aube, et nagé jusqu'au moulin. Ses \
                      collègues l'ont trouvé assis près du poêle, un chat sur les genoux. La cargaison flotte. {BACKGROUND}"),
        ),
        dated(
            "b",
            "Des funambules attendus dimanche",
            12,
            &format!("Trois funambules traverseront la rivière sur un fil, dimanche à midi, avec des seaux de lait. La \
                      mairie prête ses échelles, les pompiers leurs filets, et les écoles leurs tambours. {BACKGROUND}"),
        ),
    ])
    .unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Background, "weighed"));
    assert!(
        found.explanation.figures.position_a > 0.5 && found.explanation.figures.position_b > 0.5
    );
}

#[test]
fn the_method_footer_of_two_polls_makes_no_copy_though_one_text_is_little_else() {
    let footer = |days: &str, asked: &str| {
        format!(
            "Étude réalisée par l'institut Quorum auprès d'un échantillon d'habitants de la Vaire interrogés {days}. \
             Échantillon de {asked} personnes, représentatif de la population âgée de 18 ans et plus. La \
             représentativité de l'échantillon est assurée par la méthode des quotas appliqués au sexe, à l'âge, à la \
             profession et à la taille de la commune. La marge d'erreur est de deux à trois points."
        )
    };
    let report = format!(
        "Les habitants de la vallée n'ont jamais autant aimé leurs anguilles : sept sur dix en mangent une fois par mois, \
         deux de plus qu'il y a dix ans, et les jeunes davantage que leurs grands-parents. {}",
        footer("les 4 et 5 mars", "1 012")
    );
    let little = footer("du 11 au 13 janvier", "986");
    let found = link(&[
        dated("a", "L'anguille plaît", 6, &report),
        dated("b", "Le pont divise", 9, &little),
    ])
    .unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Quotation, "survey_footer"));
    assert!(found.explanation.containment_b > 0.8 && found.attributes.conflicts.is_empty());
    // The same poll in two articles is reuse like any other.
    let again = format!("{} Photo : archives.", footer("les 4 et 5 mars", "1 012"));
    let found =
        link(&[dated("a", "L'anguille plaît", 6, &report), dated("b", "Anguilles", 6, &again)])
            .unwrap();
    assert!(found.kind.makes_dispatches(), "{:?}", found.explanation);
}

#[test]
fn the_news_of_last_week_behind_other_news_is_background_although_its_lede_is_found() {
    let verdict = format!(
        "Le tribunal de Sourlac a refusé jeudi de rouvrir le pont aux camions, comme le demandaient onze transporteurs, \
         parce que deux haubans neufs n'ont pas encore été posés. Les juges ont aussi condamné la société Vairotrans à \
         verser un florin à la commune. {LEDE}"
    );
    let first = format!(
        "{LEDE} Une déviation passe par la vallée et rallonge la route de trente kilomètres, avec deux tunnels étroits."
    );
    let found = |day: u32| {
        link(&[dated("a", "Pont fermé", 6, &first), dated("b", "Pont : le refus", day, &verdict)])
            .unwrap()
    };
    let week = found(13);
    assert!(week.explanation.figures.lede_found_a > 0.7);
    assert_eq!((week.kind, week.explanation.rule), (LinkKind::Background, "weighed"));
    assert_ne!(found(6).kind, LinkKind::Background, "the same day it is one story told on");
}

#[test]
fn a_lede_rewritten_the_same_day_is_no_background_and_makes_no_host_of_both_a_compilation() {
    let alert = "An ice road across lake Orvane gave way before noon on Friday and sank at least six lorries, wardens \
        said. The drivers walked to the shore on ladders, and the inn at Mireux gave them soup. Its landlord, Anselm \
        Dorvaux, had been told an hour before.";
    let brief = "An ice road across lake Orvane gave way before noon Friday, opening a channel as wide as a barge and \
        sinking at least six lorries, wardens said. \"We had an hour at most,\" said landlord Anselm Dorvaux of Mireux.";
    let whole = "An ice road across lake Orvane gave way before noon Friday, opening a channel as wide as a barge and \
        sinking at least six lorries, wardens said. \"We had an hour at most,\" said landlord Anselm Dorvaux of Mireux. \
        The drivers walked to the shore on ladders, and the inn at Mireux gave them soup. The county will build no \
        second road this winter and sends a ferry in April, with room for nine lorries and a crew of four.";
    let found = |day: u32| {
        link(&[dated("a", "Ice road sinks", 6, alert), dated("b", "Six lorries sink", day, brief)])
    };
    let same_day = found(6).unwrap();
    assert!(same_day.explanation.containment_a < 0.5 && same_day.explanation.containment_b < 0.6);
    let claims = |kind| matches!(kind, LinkKind::Partial | LinkKind::Update | LinkKind::Copy);
    assert!(claims(same_day.kind), "{:?}", same_day.explanation);
    let articles = [
        dated("a", "Ice road sinks", 6, alert),
        dated("b", "Six lorries sink", 6, brief),
        dated("c", "Lake road sinks with six lorries", 6, whole),
    ];
    let report = wirecopy::group(&articles).unwrap().report();
    assert!(report.articles.iter().all(|article| !article.compilation));
}

#[test]
fn the_words_of_a_site_before_two_news_of_one_day_are_no_reuse_and_make_no_story() {
    let site = "Sign up to the letter of the valley and never miss a story about the river, the bridge and the market of \
        Sourlac.";
    let roof = format!("{site} The council votes on Monday on the new school roof, which leaks.");
    let fox = format!("{site} A fox was seen in the library, and the cat of the baker ran off.");
    let articles = [dated("a", "School roof", 6, &roof), dated("b", "Fox in the library", 6, &fox)];
    let grouping = wirecopy::group(&articles).unwrap();
    let reused = |kind| matches!(kind, LinkKind::Partial | LinkKind::Update | LinkKind::Copy);
    assert!(grouping.links().links.iter().all(|link| !reused(link.kind)));
    assert_eq!(grouping.stories().count(), 2);
}

#[test]
fn days_with_one_between_them_are_two_days_apart() {
    let body = |start: &str| format!("{start} {BACKGROUND}");
    let on = |id: &str, day: i8, body: &str| {
        let day = Timestamp::midnight(2026, 3, day).unwrap();
        let whole =
            Published::between(Some(day), Some(day.plus_seconds(wirecopy::DAY - 1))).unwrap();
        Article::new(id, body).unwrap().with_published(whole)
    };
    let a = body(
        "Un conducteur a sauté dans la rivière avant son camion, lundi à l'aube, et nagé jusqu'au moulin. Ses collègues \
         l'ont trouvé assis près du poêle, un chat sur les genoux. La cargaison flotte.",
    );
    let b = body(
        "Trois funambules traverseront la rivière sur un fil, dimanche à midi, avec des seaux de lait. La mairie prête \
         ses échelles, les pompiers leurs filets, et les écoles leurs tambours.",
    );
    let found = |day: i8| link(&[on("a", 2, &a), on("b", day, &b)]).unwrap();
    let explanation = found(4).explanation;
    let days = [explanation.date_distance, explanation.likely_distance].map(|it| it.unwrap());
    assert_eq!((days[0] / 3_600, days[1]), (24, 2 * wirecopy::DAY));
    assert_eq!(found(4).kind, LinkKind::Background);
}

#[test]
fn a_story_rewritten_through_the_day_is_an_update_though_most_words_are_new() {
    let said = [
        "« On n'a jamais vu la Vaire aussi haute depuis la crue qui a emporté la pile nord », raconte Firmin Aubrelle, 61 \
         ans, batelier à Mireux.",
        "Les pompiers ont évacué dans la nuit 240 habitants du quartier des Tanneurs vers le gymnase Darval.",
        "La préfecture a fermé la route 14 entre Sourlac et Mireux, où un talus menace de glisser sur la voie.",
        "Quelque 1 300 foyers restaient privés d'électricité, selon la régie Vairélec, qui promet le retour du courant.",
    ];
    let version = |[first, second, third, fourth, last]: [&str; 5]| {
        let [a, b, c, d] = said;
        format!("{first} {a} {second} {b} {third} {c} {fourth} {d} {last}")
    };
    let morning = version([
        "La crue de la Vaire a noyé dans la nuit le quartier des Tanneurs, à Mireux, où les habitants ont veillé, les yeux \
         sur l'échelle du vieux moulin et les meubles perchés sur des tréteaux. Beaucoup avaient mis les poules au grenier et les confitures sur l'armoire, \
         comme leurs grands-mères autrefois.",
        "À l'aube, des barques remontaient les ruelles pour livrer du pain et des bougies aux étages.",
        "Personne ne sait encore combien de caves sont noyées, ni quand les pompes arriveront de la plaine.",
        "Un cheval a été hissé au premier étage d'une grange, où il attend en mâchant du foin.",
        "Les écoles ouvriront plus tard.",
    ]);
    let evening = version([
        "La crue de la Vaire reculait vendredi soir dans le quartier des Tanneurs, à Mireux, au grand soulagement des \
         habitants qui balayaient déjà la boue devant leurs portes. Le meunier a planté un bâton dans la berge et jure que le niveau baisse d'une main par \
         heure.",
        "Des cars ont ramené les premiers sinistrés, accueillis par la fanfare avec de la soupe aux poireaux.",
        "Les assureurs tiendront dès demain une permanence sous la halle, avec des formulaires et du café.",
        "Il faudra des semaines pour sécher les murs, prévient un maçon en tapotant le plâtre gorgé d'eau.",
        "Le bal est reporté.",
    ]);
    let at = |id: &str, hour: u32, body: &str| {
        let time = Timestamp::parse(&format!("2026-03-06T{hour:02}:00:00Z")).unwrap();
        Article::new(id, body).unwrap().with_published(Published::at(time))
    };
    let found = link(&[at("a", 8, &morning), at("b", 19, &evening)]).unwrap();
    assert!(found.explanation.figures.lede_found_a < 0.3, "{:?}", found.explanation);
    assert_eq!(found.kind, LinkKind::Update, "{:?} {:?}", found.explanation, found.reasons());
}

#[test]
fn a_notice_in_the_words_of_all_notices_is_a_series() {
    let notice = |name: &str, day: &str| {
        format!(
            "{name} verse un dividende trimestriel de 17,5 centimes contre 17,5 centimes auparavant le {day}."
        )
    };
    // Others use the same words, each within a text of its own.
    let host = |id: &str, news: &str, name: &str, day: &str| {
        dated(id, news, 5, &format!("{news} {}", notice(name, day)))
    };
    let articles = [
        dated("a", "Orvane paie", 5, &notice("La tuilerie Orvane", "5 juin")),
        dated("b", "Brelle paie", 5, &notice("La compagnie Brelle et Fils", "15 juillet")),
        host(
            "c",
            "La foire aux anguilles de Mireux a fermé ses portes dimanche après douze jours de pluie fine et de fanfares.",
            "Quant au groupe Tessal, il",
            "9 mai",
        ),
        host(
            "d",
            "Un ours savant a dévoré onze crêpes au sarrasin devant les enfants médusés de l'école du vieux pont.",
            "La régie Vairélec",
            "2 août",
        ),
        host(
            "e",
            "Les carriers de la falaise réclament depuis lundi des chaussures neuves et un abri contre le vent du nord.",
            "La banque Darval",
            "30 septembre",
        ),
    ];
    let set = ArticleSet::new(&articles, Default::default()).unwrap();
    let links = find_links(&set, &LinkConfig::default()).unwrap().links;
    let notices = links.iter().find(|link| (link.a, link.b) == (0, 1)).unwrap();
    assert!(notices.explanation.figures.formula >= 0.5, "{:?}", notices.explanation);
    assert_eq!((notices.kind, notices.explanation.rule), (LinkKind::Series, "weighed"));
}

#[test]
fn a_teaser_is_a_truncated_copy() {
    let whole = format!("{LEDE} {BACKGROUND}");
    let teaser = format!("{LEDE} Construit en 1931 par l'ingénieur...");
    let found =
        link(&[dated("a", "Le pont", 6, &whole), dated("b", "Le pont", 6, &teaser)]).unwrap();
    assert_eq!(found.kind, LinkKind::Copy);
    assert!(found.attributes.truncated.is_some());
}

#[test]
fn a_notice_withdraws_the_text_before_it_and_not_itself() {
    let first = format!("{LEDE} {BACKGROUND}");
    let notice = format!("Cette dépêche annule et remplace la précédente. {LEDE} {BACKGROUND}");
    let found = link(&[dated("a", "Pont", 6, &first), dated("b", "Pont", 6, &notice)]).unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Update, "withdrawal"));
    let (in_a, span) = found.attributes.withdraws.unwrap();
    assert_eq!((in_a, span.slice(&notice)), (false, Some("annule et remplace")));
    let twice = link(&[dated("a", "Pont", 6, &notice), dated("b", "Pont", 6, &notice)]).unwrap();
    assert_eq!((twice.kind, twice.attributes.withdraws), (LinkKind::Copy, None));
    let later = link(&[dated("a", "Pont", 9, &first), dated("b", "Pont", 6, &notice)]).unwrap();
    assert_eq!(later.attributes.withdraws, None, "the later text is not the withdrawn one");
}

#[test]
fn the_same_words_years_later_are_a_late_copy() {
    let body = format!("{LEDE} {BACKGROUND}");
    let at = |id: &str, date: &str| {
        Article::new(id, body.as_str())
            .unwrap()
            .with_published(Published::at(Timestamp::parse(date).unwrap()))
    };
    let found = link(&[at("a", "2026-03-06T12:00:00Z"), at("b", "2027-03-06T12:00:00Z")]).unwrap();
    assert_eq!((found.kind, found.explanation.rule), (LinkKind::Copy, "identical"));
    assert_eq!(found.attributes.direction, Direction::AToB);
}

#[test]
fn a_japanese_report_cut_and_another_report_in_its_form_are_told_apart() {
    let report = |place: &str, dead: &str, officer: &str| {
        format!(
            "{place}で十二日未明、木造二階建ての倉庫から火が出て全焼し、{dead}人が軽いけがをした。警察によると、火元は\
             一階の作業場とみられ、{officer}署が出火の原因を詳しく調べている。当時、倉庫には季節労働者が寝泊まりしていた。"
        )
    };
    let whole = report("霧浜市港町", "3", "霧浜東");
    let cut: String = whole.split_inclusive('。').take(2).collect();
    let found =
        link(&[dated("a", "倉庫火災", 12, &whole), dated("b", "倉庫全焼", 12, &cut)]).unwrap();
    assert_eq!(found.kind, LinkKind::Copy);
    let other = report("中瀬町栄区", "18", "中瀬西");
    let found =
        link(&[dated("a", "倉庫火災", 12, &whole), dated("b", "倉庫火災", 19, &other)]).unwrap();
    assert!(!matches!(found.kind, LinkKind::Copy), "{found:?}");
}

/// Sentences that random articles are made of: names, numbers, quotations, scripts, dots.
const SENTENCES: &[&str] = &[
    LEDE,
    BACKGROUND,
    QUOTE,
    "Le maire de Mireux, Anna Darval, a compté 3 blessés et 1 250,5 florins de dégâts.",
    "Le maire de Mireux, Ilse Darval, a compté 30 blessés et 1 250,7 florins de dégâts.",
    "The mayor of Harrow said \"we will not close the bridge\" on Monday, 12 March 2026.",
    "أعلنت بلدية مرفأ أن الجسر سيغلق أمام الشاحنات حتى نهاية الربيع بعد العثور على 12 تشققا",
    "市長は12日、橋の閉鎖を発表し、「安全が第一だ」と述べた。",
    "Cette dépêche annule et remplace la précédente.",
    "Sondage réalisé en ligne sur un échantillon de 1 012 personnes, méthode des quotas, marge d'erreur de 3 points.",
    "La suite…",
    "'",
    "« « \" “",
];

fn any_body() -> impl Strategy<Value = String> {
    prop::collection::vec(0..SENTENCES.len(), 0..7)
        .prop_map(|at| at.into_iter().map(|at| SENTENCES[at]).collect::<Vec<_>>().join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Calling `a` `b` mirrors what is said of each and changes nothing else; all spans slice the
    /// texts they are of.
    #[test]
    fn exchanging_the_articles_mirrors_the_link(x in any_body(), y in any_body(), day in 1u32..20) {
        let forth = link(&[dated("a", "Le pont", 3, &x), dated("b", "Un pont", day, &y)]);
        let back = link(&[dated("b", "Le pont", 3, &x), dated("a", "Un pont", day, &y)]);
        prop_assert_eq!(&forth, &link(&[dated("b", "Un pont", day, &y), dated("a", "Le pont", 3, &x)]));
        prop_assert_eq!(forth.is_some(), back.is_some());
        if let (Some(forth), Some(back)) = (forth, back) {
            prop_assert_eq!(forth.kind, back.kind);
            prop_assert_eq!(forth.explanation.rule, back.explanation.rule);
            let (f, b) = (&forth.explanation.figures, &back.explanation.figures);
            prop_assert_eq!((f.lede_found_a, f.lede_found_b), (b.lede_found_b, b.lede_found_a));
            prop_assert_eq!((f.position_a, f.position_b), (b.position_b, b.position_a));
            prop_assert!((f.lede_agreement - b.lede_agreement).abs() < 1e-12);
            prop_assert_eq!((f.details_found, f.aligned_details_found), (b.details_found, b.aligned_details_found));
            prop_assert_eq!((f.quoted, f.lede_edit, f.survey_words), (b.quoted, b.lede_edit, b.survey_words));
            let mirrored = forth.attributes.truncated;
            let mirrored = mirrored.map(|it| wirecopy::links::Truncation { in_a: !it.in_a, ..it });
            prop_assert_eq!(mirrored, back.attributes.truncated);
            prop_assert_eq!(
                forth.attributes.withdraws.map(|(in_a, span)| (!in_a, span)),
                back.attributes.withdraws
            );
            let mut mirrored: Vec<(Span, Span)> =
                back.attributes.conflicts.iter().map(|conflict| (conflict.b, conflict.a)).collect();
            mirrored.sort_unstable();
            let conflicts: Vec<(Span, Span)> =
                forth.attributes.conflicts.iter().map(|conflict| (conflict.a, conflict.b)).collect();
            prop_assert_eq!(&conflicts, &mirrored);
            for (a, b) in conflicts {
                prop_assert!(a.slice(&x).is_some_and(|said| !said.is_empty()));
                prop_assert!(b.slice(&y).is_some_and(|said| !said.is_empty()));
            }
            let words = |text: &str| {
                wirecopy::text::TokenisedText::of_text(text, &Default::default()).unwrap().tokens().len()
            };
            let shorter = if words(&x) <= words(&y) { &x } else { &y };
            for span in forth.explanation.missing_details {
                prop_assert!(span.slice(shorter).is_some_and(|said| !said.is_empty()));
            }
        }
    }

    /// No text makes the rules panic.
    #[test]
    fn any_two_texts_have_an_answer(x in "\\PC{0,200}", y in "\\PC{0,200}", n in 0usize..200) {
        let n = (0..=n.min(x.len())).rev().find(|&n| x.is_char_boundary(n)).unwrap_or(0);
        link(&[dated("a", &y, 3, &x), dated("b", &x, 3, &format!("{}{y}", &x[..n]))]);
    }
}
