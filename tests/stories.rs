//! Laws of the stories of a set. All texts are invented.

#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use proptest::prelude::*;
use std::collections::BTreeSet;
use wirecopy::dispatches::Dispatches;
use wirecopy::eval::{Partition, adjusted_rand_index};
use wirecopy::language::Language;
use wirecopy::links::Links;
use wirecopy::stories::{Granularity, Stories, StoryConfig, cluster, cluster_with, similarities};
use wirecopy::{Article, ArticleSet, Decisions, Published, Timestamp};

fn set_of(articles: &[Article]) -> ArticleSet {
    ArticleSet::new(articles, Default::default()).unwrap()
}

fn stories_of(set: &ArticleSet) -> Stories {
    cluster(set, &Links::default(), &Dispatches::default(), &StoryConfig::new()).unwrap()
}

/// Stories as ids, so that they can be compared whatever the input order.
fn ids(articles: &[Article]) -> Vec<Vec<String>> {
    let set = set_of(articles);
    let id = |article: &usize| set.articles()[*article].id().to_string();
    stories_of(&set).stories.iter().map(|s| s.articles.iter().map(id).collect()).collect()
}

fn on(day: i8) -> Published {
    Published::at(Timestamp::midnight(2026, 3, day).unwrap())
}

fn article(id: &str, text: &str) -> Article {
    Article::new(id, text).unwrap()
}

const WORDS: [&str; 24] = [
    "Sourlac", "Vaire", "Mireux", "Darval", "pont", "crue", "maire", "digue", "école", "grève",
    "gare", "train", "concert", "halle", "orage", "pompiers", "tribunal", "budget", "usine",
    "salaires", "forêt", "incendie", "le", "de",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(0..WORDS.len(), 0..40)
        .prop_map(|words| words.into_iter().map(|w| WORDS[w]).collect::<Vec<_>>().join(" "))
}

fn collections() -> impl Strategy<Value = Vec<Article>> {
    prop::collection::vec((texts(), prop::option::of(1_i8..15)), 0..20).prop_map(|articles| {
        articles
            .into_iter()
            .enumerate()
            .map(|(number, (text, day))| {
                let article = Article::new(format!("a{number:03}"), text).unwrap();
                day.map_or(article.clone(), |day| article.with_published(on(day)))
            })
            .collect()
    })
}

fn assert_partition(set: &ArticleSet, stories: &Stories) {
    let mut members: Vec<usize> =
        stories.stories.iter().flat_map(|s| s.articles.iter().copied()).collect();
    members.sort_unstable();
    assert_eq!(members, (0..set.len()).collect::<Vec<_>>());
    assert!(stories.stories.is_sorted_by_key(|story| story.articles[0]));
    for (number, story) in stories.stories.iter().enumerate() {
        assert!(story.articles.is_sorted());
        assert!(story.articles.iter().all(|&article| stories.of_article[article] == number));
        assert!(story.articles.contains(&story.central));
        assert!(1 <= story.origins.min && story.origins.min <= story.origins.max);
        assert!(story.origins.max <= story.articles.len());
        let shown: Vec<usize> = story.evidence.iter().map(|e| e.article).collect();
        assert_eq!(shown, if story.articles.len() > 1 { story.articles.clone() } else { vec![] });
        for evidence in &story.evidence {
            assert!(story.articles.contains(&evidence.nearest));
            assert_ne!(evidence.nearest, evidence.article);
            assert!((0.0..=1.0).contains(&evidence.similarity));
            assert!(evidence.words.len() <= 8);
        }
    }
}

proptest! {
    #[test]
    fn stories_partition_the_articles(articles in collections()) {
        let set = set_of(&articles);
        assert_partition(&set, &stories_of(&set));
    }

    #[test]
    fn input_order_changes_nothing(
        (articles, shuffled) in collections().prop_flat_map(|a| (Just(a.clone()), Just(a).prop_shuffle())),
    ) {
        let (set, other) = (set_of(&articles), set_of(&shuffled));
        prop_assert_eq!(stories_of(&set), stories_of(&other));
    }

    #[test]
    fn events_lie_in_stories_and_stories_in_topics_and_keep_their_times(articles in collections()) {
        // With the links and dispatches of the set: the texts are of few words and often copies.
        let grouping = wirecopy::group(&articles).unwrap();
        let hierarchy = grouping.hierarchy();
        for pair in Granularity::ALL.windows(2) {
            let (fine, wide) = (pair[0], pair[1]);
            for group in hierarchy.groups(fine) {
                let holders: BTreeSet<Option<usize>> =
                    group.iter().map(|&article| hierarchy.group_of(wide, article)).collect();
                prop_assert!(holders.len() == 1 && !holders.contains(&None), "{fine} in {wide}");
            }
        }
        for granularity in Granularity::ALL {
            let mut members: Vec<usize> = hierarchy.groups(granularity).concat();
            members.sort_unstable();
            prop_assert_eq!(members, (0..articles.len()).collect::<Vec<_>>());
            for (number, group) in hierarchy.groups(granularity).iter().enumerate() {
                prop_assert!(group.is_sorted());
                for &article in group {
                    prop_assert_eq!(hierarchy.group_of(granularity, article), Some(number));
                    prop_assert_eq!(hierarchy.key_of(granularity, article), Some(group[0]));
                }
            }
            prop_assert!(hierarchy.groups(granularity).is_sorted_by_key(|group| group[0]));
        }
    }

    #[test]
    fn events_last_two_days_and_stories_are_not_silent_for_three(articles in collections()) {
        // Without dispatches each article keeps its own time.
        let set = set_of(&articles);
        let found = stories_of(&set).hierarchy;
        let days = |group: &Vec<usize>| -> Vec<i64> {
            let known = group.iter().filter_map(|&a| set.articles()[a].published().earliest());
            let mut days: Vec<i64> = known.map(|time| time.unix_seconds() / 86_400).collect();
            days.sort_unstable();
            days
        };
        for event in found.groups(Granularity::Event).iter().map(days) {
            prop_assert!(event.last().unwrap_or(&0) - event.first().unwrap_or(&0) <= 2);
        }
        for story in found.groups(Granularity::Story).iter().map(days) {
            prop_assert!(story.windows(2).all(|pair| pair[1] - pair[0] <= 3));
        }
    }

    #[test]
    fn who_must_be_together_is_in_one_event_and_who_cannot_be_in_different_stories(
        articles in collections(),
        must in prop::collection::vec((0_usize..20, 0_usize..20), 0..6),
        cannot in prop::collection::vec((0_usize..20, 0_usize..20), 0..6),
    ) {
        let id = |number: usize| format!("a{number:03}");
        let decisions = must.iter().fold(Decisions::new(), |d, &(a, b)| d.must_link(id(a), id(b)));
        let decisions = cannot.iter().fold(decisions, |decisions, &(a, b)| {
            let more = decisions.clone().cannot_link(id(a), id(b));
            if more.check().is_ok() { more } else { decisions }
        });
        let set = set_of(&articles);
        let (links, dispatches) = (Links::default(), Dispatches::default());
        let found =
            cluster_with(&set, &links, &dispatches, &StoryConfig::new(), &decisions).unwrap();
        assert_partition(&set, &found);
        let known = |&(a, b): &(usize, usize)| a.max(b) < articles.len();
        let of = |granularity, (a, b)| {
            (found.hierarchy.group_of(granularity, a), found.hierarchy.group_of(granularity, b))
        };
        for pair in must.into_iter().filter(known) {
            for granularity in Granularity::ALL {
                let (a, b) = of(granularity, pair);
                prop_assert_eq!(a, b);
            }
        }
        let number = |id: &str| id[1..].parse::<usize>().unwrap();
        let apart = decisions.cannot_links().map(|(a, b)| (number(a), number(b)));
        for pair in apart.filter(known) {
            for granularity in [Granularity::Event, Granularity::Story] {
                let (a, b) = of(granularity, pair);
                prop_assert_ne!(a, b);
            }
        }
        let none = cluster_with(
            &set, &links, &dispatches, &StoryConfig::new(), &Decisions::new(),
        );
        prop_assert_eq!(none.unwrap(), stories_of(&set));
    }

    #[test]
    fn the_granularity_asked_for_is_one_of_the_three(articles in collections()) {
        let set = set_of(&articles);
        for granularity in Granularity::ALL {
            let config = StoryConfig::new().with_granularity(granularity);
            let found =
                cluster(&set, &Links::default(), &Dispatches::default(), &config).unwrap();
            assert_partition(&set, &found);
            prop_assert_eq!(&found.hierarchy, &stories_of(&set).hierarchy);
            let groups: Vec<&[usize]> = found.stories.iter().map(|s| s.articles.as_slice()).collect();
            prop_assert_eq!(groups, found.hierarchy.groups(granularity));
            let alone = wirecopy::stories::hierarchy(
                &set, &Links::default(), &Dispatches::default(), &config,
            );
            prop_assert_eq!(alone.unwrap(), found.hierarchy);
        }
    }

    #[test]
    fn similarity_is_symmetric_and_a_share(articles in collections()) {
        let set = set_of(&articles);
        let pairs: Vec<(usize, usize)> =
            (0..set.len()).flat_map(|a| (0..set.len()).map(move |b| (a, b))).collect();
        let of = |pairs: &[(usize, usize)]| {
            similarities(&set, &Links::default(), &Dispatches::default(), pairs).unwrap()
        };
        let turned: Vec<(usize, usize)> = pairs.iter().map(|&(a, b)| (b, a)).collect();
        prop_assert_eq!(of(&pairs), of(&turned));
    }

    #[test]
    fn any_text_gets_an_answer(texts in prop::collection::vec(any::<String>(), 0..8)) {
        let articles: Vec<Article> = texts
            .into_iter()
            .enumerate()
            .map(|(n, text)| Article::new(format!("{n}"), text.clone()).unwrap().with_title(text))
            .collect();
        let set = set_of(&articles);
        assert_partition(&set, &stories_of(&set));
    }
}

#[test]
fn texts_without_a_telling_word_are_stories_of_their_own() {
    let articles: Vec<Article> =
        ["", "", "le la les", "le la les", "12", "12", "…", "Sourlac", "Sourlac", "à Sourlac"]
            .iter()
            .enumerate()
            .map(|(n, text)| article(&n.to_string(), text).with_language(Language::FRENCH))
            .collect();
    assert!(ids(&articles).iter().all(|story| story.len() == 1));
    assert!(stories_of(&set_of(&[])).stories.is_empty());
}

/// Texts of one script on different subjects, in a set that is mostly in another language: how common
/// a character is tells the articles of its own language.
#[test]
fn strangers_of_a_language_without_background_are_no_more_alike_in_a_set_of_another() {
    let japanese = Language::new("ja").unwrap();
    let own =
        ["市長は橋の修理を約束した。", "合唱団が百周年を祝った。", "選手は大会で金賞を得た。"];
    let own: Vec<Article> = own
        .iter()
        .enumerate()
        .map(|(n, text)| article(&format!("own{n}"), text).with_language(japanese))
        .collect();
    let others = (0..300).map(|n| {
        let text = format!("Le pont numéro {n} de Sourlac a rouvert mardi à la circulation.");
        article(&format!("z{n:03}"), &text).with_language(Language::FRENCH).with_published(on(3))
    });
    let mixed: Vec<Article> =
        own.iter().cloned().map(|a| a.with_published(on(3))).chain(others).collect();
    let alone: Vec<Article> = own.into_iter().map(|a| a.with_published(on(3))).collect();
    let of = |articles: &[Article]| {
        let pairs = [(0, 1), (0, 2), (1, 2)];
        let set = set_of(articles);
        similarities(&set, &Links::default(), &Dispatches::default(), &pairs).unwrap()
    };
    assert_eq!(of(&alone), of(&mixed));
}

const BRIDGE: &str = "Le pont de Sourlac a rouvert à la circulation après trois mois de travaux sur la Vaire. \
    La maire, Anna Darval, a salué la fin d'un chantier retardé par les crues. Les camions devront encore attendre.";
const BRIDGE_OTHER: &str = "Anna Darval a inauguré le pont rénové de Sourlac. Fermé depuis trois mois à cause des crues de \
    la Vaire, l'ouvrage accueille de nouveau les voitures, mais pas encore les camions.";
const CHOIR: &str = "La chorale de Mireux fête ses cent ans ce soir à la halle. Cinquante chanteurs reprendront les airs \
    du premier concert, sous la direction de Paul Estienne.";

#[test]
fn one_happening_in_two_wordings_is_one_story_and_shows_why() {
    let articles = [article("a", BRIDGE), article("b", BRIDGE_OTHER), article("c", CHOIR)];
    let set = set_of(&articles);
    let stories = stories_of(&set);
    assert_eq!(stories.of_article, [0, 0, 1]);
    let evidence = &stories.stories[0].evidence[0];
    assert_eq!(evidence.nearest, 1);
    for word in ["sourlac", "vaire", "darval"] {
        assert!(evidence.words.iter().any(|shown| shown == word), "{:?}", evidence.words);
    }
}

#[test]
fn dates_part_what_words_do_not() {
    let near = [
        article("a", BRIDGE).with_published(on(2)),
        article("b", BRIDGE_OTHER).with_published(on(3)),
    ];
    assert_eq!(ids(&near).len(), 1);
    let far = [
        article("a", BRIDGE).with_published(on(2)),
        article("b", BRIDGE_OTHER).with_published(on(20)),
    ];
    assert_eq!(ids(&far).len(), 2);
}

#[test]
fn disjoint_intervals_part_too() {
    let bound = |day| Timestamp::midnight(2026, 3, day);
    let articles = [
        article("a", BRIDGE).with_published(Published::between(None, bound(2)).unwrap()),
        article("b", BRIDGE_OTHER).with_published(Published::between(bound(20), None).unwrap()),
    ];
    assert_eq!(ids(&articles).len(), 2);
}

/// Two years of one yearly meeting of the same two people in the same town, undated.
#[test]
fn two_meetings_a_year_apart_stay_apart_where_their_texts_differ() {
    let first = [
        "Le président Orvan a reçu hier à Sourlac le chancelier Telm. Les deux hommes ont signé un traité sur la pêche au \
         large de Brisemar, qui fixe les quotas de hareng et ouvre trois ports aux chalutiers.",
        "À Sourlac, Orvan et Telm ont paraphé le traité de pêche tant attendu. Quotas de hareng, ports ouverts aux \
         chalutiers : les armateurs de Brisemar se disent soulagés.",
    ];
    let second = [
        "Le président Orvan a accueilli à Sourlac le chancelier Telm pour leur rencontre annuelle. Ils ont annoncé la \
         construction d'une ligne ferroviaire à grande vitesse sous le massif du Kern, un tunnel de quarante kilomètres.",
        "Un tunnel ferroviaire de quarante kilomètres sous le Kern : c'est l'annonce d'Orvan et de Telm réunis à Sourlac. \
         La ligne à grande vitesse coûtera neuf milliards.",
    ];
    let articles: Vec<Article> = first
        .iter()
        .chain(&second)
        .enumerate()
        .map(|(n, text)| article(&n.to_string(), text))
        .collect();
    assert_eq!(ids(&articles), [["0", "1"], ["2", "3"]]);
}

#[test]
fn languages_without_a_background_have_stories() {
    let german = [
        "Die Brücke von Surlach ist nach drei Monaten wieder geöffnet. Bürgermeisterin Anna Darwall lobte die Arbeiten an \
         der Waire, die wegen des Hochwassers länger dauerten.",
        "Surlach hat seine Brücke wieder: Nach dem Hochwasser der Waire war sie drei Monate gesperrt. Anna Darwall \
         durchschnitt am Mittag das Band.",
        "Der Chor von Mirau feiert heute seinen hundertsten Geburtstag mit einem Konzert in der Markthalle.",
    ];
    let arabic = [
        "أعيد فتح جسر سورلاك فوق نهر فاير بعد ثلاثة أشهر من أعمال الترميم، وقالت رئيسة البلدية آنا دارفال إن الفيضان أخر العمل.",
        "رئيسة بلدية سورلاك آنا دارفال تفتتح الجسر فوق نهر فاير بعد الترميم الذي تأخر بسبب الفيضان.",
        "تحتفل جوقة ميرو بمرور مئة عام على تأسيسها بحفل موسيقي في السوق القديم.",
    ];
    let japanese = [
        "ソルラク市の橋が三か月の工事を終えて再び開通した。市長はヴェール川の洪水で工事が遅れたと述べた。",
        "洪水で閉鎖されていたソルラク市の橋が再開通した。ヴェール川にかかる橋の工事は三か月かかった。",
        "ミルー合唱団は今夜、創立百周年の記念演奏会を市場で開く。",
    ];
    for texts in [german, arabic, japanese] {
        let articles: Vec<Article> =
            texts.iter().enumerate().map(|(n, text)| article(&n.to_string(), text)).collect();
        assert_eq!(stories_of(&set_of(&articles)).of_article, [0, 0, 1], "{}", texts[0]);
    }
    let mixed: Vec<Article> = german
        .iter()
        .chain(&arabic)
        .chain(&japanese)
        .enumerate()
        .map(|(n, text)| article(&n.to_string(), text))
        .collect();
    assert_eq!(stories_of(&set_of(&mixed)).of_article, [0, 0, 1, 2, 2, 3, 4, 4, 5]);
}

#[test]
fn the_callers_language_outranks_detection() {
    let wrong = Language::new("ja").unwrap();
    let articles = [
        article("a", "Les habitants de la ville sont dans la rue avec leurs élus.")
            .with_language(wrong),
        article("b", "Les trains de la gare sont dans le tunnel avec leurs passagers.")
            .with_language(wrong),
    ];
    let set = set_of(&articles);
    let read = |set: &ArticleSet| {
        similarities(set, &Links::default(), &Dispatches::default(), &[(0, 1)]).unwrap()[0].get()
    };
    let french = [
        article("a", "Les habitants de la ville sont dans la rue avec leurs élus."),
        article("b", "Les trains de la gare sont dans le tunnel avec leurs passagers."),
    ];
    // Read as Japanese, the French stop words count as words in common.
    assert!(read(&set) > read(&set_of(&french)));
}

#[test]
fn ties_go_to_the_smaller_id() {
    let articles: Vec<Article> =
        ["b", "a", "d", "c"].map(|id| article(id, BRIDGE).with_published(on(2))).into();
    let set = set_of(&articles);
    let story = &stories_of(&set).stories[0];
    assert_eq!((story.articles.as_slice(), story.central), ([0, 1, 2, 3].as_slice(), 0));
    assert_eq!(story.evidence.iter().map(|e| e.nearest).collect::<Vec<_>>(), [1, 0, 0, 0]);
}

#[test]
fn thresholds_outside_the_range_are_a_config_error() {
    for threshold in [0.0, -0.1, 1.1, f64::NAN] {
        assert!(StoryConfig::new().with_threshold(threshold).unwrap_err().is_config());
    }
}

#[test]
fn pairs_outside_the_set_are_an_error() {
    let set = set_of(&[article("a", BRIDGE)]);
    let of = |pair| similarities(&set, &Links::default(), &Dispatches::default(), &[pair]);
    assert!(of((0, 1)).unwrap_err().is_config());
    assert!(of((0, 0)).is_ok());
}

/// Many articles with tied dates and scores: every text stands there several times.
fn many(count: usize) -> Vec<Article> {
    (0..count)
        .map(|n| {
            let story = n % 700;
            let word = |k: usize| WORDS[(story * 7 + k * (story % 5 + 1)) % 22];
            let text: Vec<String> =
                (0..12).map(|k| format!("{} {}{}", word(k), word(k + 3), story % 97)).collect();
            Article::new(format!("{:05}", (n * 7919) % count), text.join(" "))
                .unwrap()
                .with_published(on(1 + (story % 9) as i8))
        })
        .collect()
}

#[test]
fn five_thousand_articles_have_the_same_stories_in_every_order() {
    let mut articles = many(5_000);
    let expected = format!("{:?}", stories_of(&set_of(&articles)));
    for turn in 1..4 {
        articles.rotate_left(997 * turn);
        articles[..2_500].reverse();
        assert_eq!(format!("{:?}", stories_of(&set_of(&articles))), expected);
    }
}

/// What the goal of shuffle stability asks: an adjusted Rand index of 1 between insertion orders.
#[test]
fn the_adjusted_rand_index_between_insertion_orders_is_1() {
    let labels = |articles: &[Article]| {
        let set = set_of(articles);
        let found = stories_of(&set).hierarchy;
        let label =
            |at: usize| (set.articles()[at].id().clone(), found.group_of(Granularity::Topic, at));
        let mut labels: Vec<_> = (0..set.len()).map(label).collect();
        labels.sort();
        Partition::from_labels(labels.into_iter().map(|label| label.1))
    };
    let mut articles = many(1_200);
    let first = labels(&articles);
    for turn in 1..5 {
        articles.rotate_left(251 * turn);
        articles[..600].reverse();
        assert_eq!(adjusted_rand_index(&first, &labels(&articles)).unwrap(), 1.0);
    }
}

#[test]
fn a_subject_goes_on_over_years_and_its_stories_stay_apart() {
    let text = |part: &str| {
        format!(
            "Le procès du barrage de Vernoise : {part} Le barrage de Vernoise avait cédé sur la Vaire, \
             et la société Corvax, son exploitant, est accusée de négligence par les riverains."
        )
    };
    let parts =
        ["les experts sont entendus.", "le directeur de Corvax est jugé.", "l'appel est rejeté."];
    let mut articles: Vec<Article> = Vec::new();
    for (year, part) in (2021_i16..).zip(parts) {
        for outlet in ["a", "b"] {
            let day = Published::at(Timestamp::midnight(year, 3, 2).unwrap());
            let id = format!("{year} {outlet}");
            articles.push(article(&id, &text(part)).with_published(day));
        }
    }
    articles.push(article("chorale", CHOIR).with_published(on(2)));
    let set = set_of(&articles);
    let found = stories_of(&set).hierarchy;
    assert_eq!(found.groups(Granularity::Story).len(), 4);
    assert_eq!(found.groups(Granularity::Topic), [vec![0, 1, 2, 3, 4, 5], vec![6]]);
}

/// Texts of 12 words out of 300: each shares its words with thousands of others.
fn dense(count: usize) -> Vec<Article> {
    let mut state = 7_u64;
    let mut word = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("mot{:03}", (state >> 33) % 300)
    };
    let text = |n: usize| {
        let words: Vec<String> = (0..12).map(|_| word()).collect();
        article(&format!("{n:05}"), &words.join(" "))
    };
    (0..count).map(text).collect()
}

/// This took two minutes when each merge compared all neighbours.
#[test]
fn a_dense_collection_of_short_texts_is_grouped_in_seconds() {
    let set = set_of(&dense(5_000));
    let start = std::time::Instant::now();
    let found = stories_of(&set);
    assert_partition(&set, &found);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Each group has dozens of neighbours, in maps whose order is another in each run, and what one thread
/// has compared another reads.
#[cfg(feature = "rayon")]
#[test]
fn in_a_dense_collection_neither_order_nor_threads_nor_chance_change_anything() {
    let mut articles = dense(2_000);
    let run = |articles: &[Article], threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| format!("{:?}", stories_of(&set_of(articles))))
    };
    let first = run(&articles, 1);
    for threads in [1, 2, 8] {
        articles.rotate_left(731);
        articles[..900].reverse();
        assert!(run(&articles, threads) == first, "{threads} threads");
    }
}

#[cfg(feature = "rayon")]
#[test]
fn the_number_of_threads_changes_nothing() {
    let articles = many(1_500);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| format!("{:?}", stories_of(&set_of(&articles))))
    };
    let one = run(1);
    assert_eq!(run(2), one);
    assert_eq!(run(8), one);
}

#[test]
fn short_versions_of_one_dispatch_are_one_story_however_many() {
    // Two hundred undated flashes that differ in one word: each is linked to a few of the others, and
    // words that all of a set hold tell nothing.
    let words: Vec<String> = (0..40).map(|at| format!("motif{}", at * 7 % 41)).collect();
    let articles: Vec<Article> = (0..200)
        .map(|at| {
            let mut words = words.clone();
            words[20] = format!("variante{at}");
            Article::new(format!("{at:03}"), words.join(" ")).unwrap()
        })
        .collect();
    let grouping = wirecopy::group(&articles).unwrap();
    assert_eq!(grouping.dispatches().dispatches.len(), 1);
    assert_eq!(grouping.stories().count(), 1);
}

/// One summary under two titles, as feeds have it: of one outlet that is no news of one happening, of two it
/// is a copy.
#[test]
fn one_summary_under_two_titles_of_one_outlet_links_no_stories() {
    let summary = "Chaque soir, la rédaction revient sur ce qui a fait la journée dans la vallée de la Vaire, \
        avec ses reporters à Sourlac, à Mireux et à Valbrun, et ses invités en studio.";
    let similarity = |outlets: [&str; 2], linked: bool| {
        let titles = ["Le barrage de Sourlac vidé pour travaux", "La chorale de Mireux a cent ans"];
        let articles: Vec<Article> = ["a", "b"]
            .iter()
            .zip(titles.iter().zip(outlets))
            .map(|(id, (title, outlet))| {
                Article::new(*id, summary).unwrap().with_title(*title).with_outlet(outlet)
            })
            .collect();
        let set = ArticleSet::new(&articles, Default::default()).unwrap();
        let links = wirecopy::links::find_links(&set, &Default::default()).unwrap();
        assert_eq!(links.links.len(), 1);
        let links = if linked { links } else { Links::default() };
        similarities(&set, &links, &Dispatches::default(), &[(0, 1)]).unwrap()[0].get()
    };
    let (one, two) = (["gazette", "gazette"], ["gazette", "courrier"]);
    assert_eq!(similarity(one, true), similarity(one, false));
    assert!(similarity(two, true) > similarity(two, false));
}

/// So many articles with one title and one body.
fn reprints(prefix: &str, count: usize, title: &str, body: &str) -> Vec<Article> {
    let article = |n| Article::new(format!("{prefix}{n:05}"), body).unwrap().with_title(title);
    (0..count).map(article).collect()
}

const PARADE: &str = "La fanfare de Mireux ouvre le défilé des moissons";
const FLOODED: &str = "Sourlac : la Vaire déborde, la gare est fermée";

#[test]
fn one_title_without_a_body_is_one_event_however_many_articles_have_it() {
    for count in [5, 100, 10_000] {
        for body in ["", "Le préfet parle à midi."] {
            let articles = reprints("a", count, FLOODED, body);
            let found = wirecopy::group(&articles).unwrap();
            for granularity in Granularity::ALL {
                let groups = found.hierarchy().groups(granularity);
                assert_eq!(groups.len(), 1, "{count} {body:?} {granularity}");
            }
            let set = set_of(&articles);
            assert_eq!(stories_of(&set).stories.len(), 1, "{count} {body:?} without links");
        }
    }
}

#[test]
fn two_titles_are_two_topics_however_many_articles_have_them() {
    for count in [5, 100, 10_000] {
        // Their ids take turns.
        let mut articles = reprints("a", count, FLOODED, "");
        articles.extend(reprints("A", count, PARADE, ""));
        let found = wirecopy::group(&articles).unwrap();
        for granularity in Granularity::ALL {
            let groups = found.hierarchy().groups(granularity);
            assert!(groups.iter().all(|group| group.len() == count), "{count} {granularity}");
            assert_eq!(groups.len(), 2, "{count} {granularity}");
        }
    }
}

#[test]
fn one_title_again_after_weeks_is_another_event_of_one_topic() {
    for count in [5, 100, 10_000] {
        let mut articles = reprints("a", 2 * count, FLOODED, "");
        for (number, article) in articles.iter_mut().enumerate() {
            *article = article.clone().with_published(on(if number % 2 == 0 { 2 } else { 25 }));
        }
        let found = wirecopy::group(&articles).unwrap();
        let groups = |granularity| found.hierarchy().groups(granularity);
        for granularity in [Granularity::Event, Granularity::Story] {
            let halves: Vec<Vec<usize>> =
                (0..2).map(|half| (half..2 * count).step_by(2).collect()).collect();
            assert_eq!(groups(granularity), halves, "{count} {granularity}");
        }
        assert_eq!(groups(Granularity::Topic).len(), 1, "{count}");
    }
}

#[test]
fn other_news_in_the_same_set_is_grouped_as_without_the_reprints() {
    let flood = article("b", "La Vaire est sortie de son lit à Sourlac, la gare est fermée mardi.");
    let choir = article("c", "La chorale de Mireux fête ses cent ans par un concert à la halle.");
    for count in [1, 100, 10_000] {
        let mut articles = reprints("a", count, FLOODED, "La Vaire monte encore à Sourlac.");
        articles.extend([flood.clone(), choir.clone()]);
        let found = stories_of(&set_of(&articles));
        let (flood, choir) = (found.of_article[count], found.of_article[count + 1]);
        assert!(found.of_article[..=count].iter().all(|&story| story == flood), "{count}");
        assert_ne!(flood, choir, "{count}");
    }
}

#[test]
fn decisions_part_identical_texts() {
    let articles = reprints("a", 100, FLOODED, "");
    let decisions = Decisions::new().cannot_link("a00000", "a00001");
    let (links, dispatches, config) = (Links::default(), Dispatches::default(), StoryConfig::new());
    let set = set_of(&articles);
    let found = cluster_with(&set, &links, &dispatches, &config, &decisions).unwrap();
    assert_ne!(found.of_article[0], found.of_article[1]);
    assert_eq!(found.stories.len(), 2);
}

#[test]
fn one_word_alone_says_nothing_however_often_it_is_printed() {
    let found = stories_of(&set_of(&reprints("a", 100, "Sourlac", "")));
    assert_eq!(found.stories.len(), 100);
}

/// A flash, and the dispatch that begins with it.
#[test]
fn a_flash_and_the_dispatch_that_carries_it_are_one_story_in_one_outlet_too() {
    let flash = "SOURLAC (ANV) - La direction des forges de Sourlac et les trois syndicats ont signé jeudi un accord \
        qui met fin à douze jours de grève, a annoncé la préfecture.";
    let rest = "Le texte prévoit une prime de 400 euros et l'embauche de trente fondeurs. Les hauts fourneaux seront \
        rallumés lundi, après quatre jours de contrôle des conduites. À la sortie, la déléguée Aline Ferrand a parlé \
        d'un compromis arraché au petit matin ; le directeur, Paul Estève, de douze jours perdus pour des clients qui \
        ne reviendront pas tous. La région avancera une part des salaires, remboursée en trois ans.";
    let articles = [
        ("a", "Urgent : accord aux forges, fin de la grève", flash.to_owned()),
        ("b", "Forges de Sourlac : un accord met fin à la grève", format!("{flash} {rest}")),
    ];
    let articles: Vec<Article> = articles
        .iter()
        .map(|(id, title, body)| {
            let article = Article::new(*id, body.as_str()).unwrap();
            article.with_title(*title).with_outlet("dépêches").with_published(on(2))
        })
        .collect();
    assert_eq!(wirecopy::group(&articles).unwrap().stories().count(), 1);
}
