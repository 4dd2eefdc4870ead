//! Properties of the search for duplicates of raw texts, against brute force.

use wirecopy::duplicates::{
    Banding, BucketCap, DuplicateConfig, DuplicateStatistics, Duplicates, Jaccard, Kernel,
    find_duplicates,
};
use wirecopy::text::{TextScheme, TokenisedText};

fn sets(texts: &[String]) -> Vec<Vec<u64>> {
    let scheme = TextScheme::default();
    texts
        .iter()
        .map(|text| {
            TokenisedText::of_text(text, &scheme).expect("short enough").shingles().to_vec()
        })
        .collect()
}

/// Every pair at or over the threshold, by comparing all; a text that equals an earlier one is paired with that alone.
fn brute_force(texts: &[String], threshold: Jaccard) -> Vec<(u32, u32, Jaccard)> {
    let sets = sets(texts);
    let first_of_kind = |set| sets.iter().position(|other| other == set);
    let mut found = Vec::new();
    for (i, a) in (0u32..).zip(&sets) {
        let is_first = first_of_kind(a) == Some(i as usize);
        for (j, b) in (0u32..).zip(&sets).skip(i as usize + 1) {
            let resemblance = Jaccard::between(a, b);
            let both_first = is_first && first_of_kind(b) == Some(j as usize);
            let counts = both_first || first_of_kind(b) == Some(i as usize);
            if counts && resemblance >= threshold {
                found.push((i, j, resemblance));
            }
        }
    }
    found
}

/// A sequence of numbers that looks random.
fn noise(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) % below
    }
}

/// Texts in families: each is a base with a share of its words changed.
fn families(seed: u64, bases: usize, members: usize, words: usize, changed: u64) -> Vec<String> {
    let mut next = noise(seed);
    let mut texts = Vec::new();
    for _ in 0..bases {
        let base: Vec<u64> = (0..words).map(|_| next(4000)).collect();
        for member in 0..members {
            let mut text = String::new();
            for &word in &base {
                let word = if member > 0 && next(1000) < changed { next(4000) } else { word };
                text.push_str(&format!("mot{word} "));
            }
            texts.push(text);
        }
    }
    texts
}

/// A plan that misses nothing at the threshold: one row a band.
fn all_pairs_plan() -> DuplicateConfig {
    let banding = Banding::new(128, 1).expect("128 lanes");
    DuplicateConfig::new().with_banding(banding).expect("as many lanes as there are")
}

fn check_promises(texts: &[String], found: &Duplicates, config: &DuplicateConfig) {
    let sets = sets(texts);
    let similarity = |a: u32, b: u32| Jaccard::between(&sets[a as usize], &sets[b as usize]);
    for pair in found.pairs() {
        assert!(pair.first < pair.second);
        assert_eq!(pair.resemblance, similarity(pair.first, pair.second));
        assert!(pair.resemblance >= config.threshold());
    }
    assert!(found.pairs().is_sorted_by_key(|pair| (pair.first, pair.second)));
    let mut group_of = vec![None; texts.len()];
    for (number, group) in found.groups().iter().enumerate() {
        assert!(group.members.len() >= 2 && group.members.contains(&group.anchor));
        assert!(group.members.is_sorted());
        for &member in &group.members {
            assert!(similarity(group.anchor, member) >= config.threshold());
            assert_eq!(group_of[member as usize].replace(number), None, "a text in two groups");
        }
    }
    for (text, &group) in group_of.iter().enumerate() {
        assert_eq!(found.group_of(text), group);
    }
    assert!(found.groups().is_sorted_by_key(|group| group.members[0]));
    let statistics = found.statistics();
    assert_eq!(statistics.verified_pairs as usize, found.pairs().len());
    assert_eq!(statistics.candidate_pairs, statistics.verified_pairs + statistics.refused_pairs);
    assert_eq!(statistics.groups as usize, found.groups().len());
}

#[test]
fn with_a_plan_that_misses_nothing_the_pairs_are_those_of_brute_force() {
    for seed in 0..4 {
        let texts = families(seed, 12, 5, 120, 20);
        let config = all_pairs_plan();
        let found = find_duplicates(&texts, &config).unwrap();
        check_promises(&texts, &found, &config);
        let pairs: Vec<_> =
            found.pairs().iter().map(|p| (p.first, p.second, p.resemblance)).collect();
        assert_eq!(pairs, brute_force(&texts, config.threshold()));
        assert!(pairs.len() > 20, "{}", pairs.len());
    }
}

#[test]
fn the_default_plan_keeps_its_recall() {
    let texts = families(7, 300, 2, 400, 20);
    let config = DuplicateConfig::new();
    let found = find_duplicates(&texts, &config).unwrap();
    check_promises(&texts, &found, &config);
    let truth = brute_force(&texts, config.threshold());
    let recall = found.pairs().len() as f64 / truth.len() as f64;
    // Each pair is found with at least .99; three standard errors below that for so many pairs.
    let slack = 3.0 * (0.99 * 0.01 / truth.len() as f64).sqrt();
    assert!(truth.len() > 100 && recall >= 0.99 - slack, "{recall} of {}", truth.len());
}

#[test]
fn resemblance_is_not_carried_from_one_text_to_the_next() {
    // Each text shares nine tenths of its words with the next: all chained, few alike.
    let mut next = noise(3);
    let words: Vec<String> = (0..600).map(|_| format!("mot{}", next(100_000))).collect();
    let texts: Vec<String> = (0..10).map(|at| words[at * 20..at * 20 + 400].join(" ")).collect();
    let config = all_pairs_plan();
    let found = find_duplicates(&texts, &config).unwrap();
    check_promises(&texts, &found, &config);
    assert!(found.groups().len() > 1, "connected components would make one group");
    assert!(found.statistics().pairs_across_groups > 0);
}

#[test]
fn empty_texts_are_nobodys_duplicates_and_short_ones_equal_only_themselves() {
    let texts = ["", " \n", "Sourlac ferme", "sourlac FERME", "Sourlac ferme ce soir", "?!"];
    let texts: Vec<String> = texts.map(str::to_owned).to_vec();
    let found = find_duplicates(&texts, &DuplicateConfig::new()).unwrap();
    check_promises(&texts, &found, &DuplicateConfig::new());
    assert_eq!(found.groups().len(), 1);
    assert_eq!(found.groups()[0].members, [2, 3]);
    assert_eq!((found.statistics().empty_texts, found.statistics().texts_below_shingle), (3, 3));
    assert_eq!(found.group_of(0), None);
    let none: [&str; 0] = [];
    assert!(find_duplicates(&none, &DuplicateConfig::new()).unwrap().groups().is_empty());
}

/// Plans under which buckets overflow, and under which different texts have one signature.
fn crowded_plans() -> Vec<DuplicateConfig> {
    let one = BucketCap::new(1).expect("one anchor");
    let few_lanes = |bands, rows| {
        let banding = Banding::new(bands, rows).expect("lanes");
        let config = DuplicateConfig::new().with_banding(banding).expect("at most 128 lanes");
        config.with_lanes(8).expect("eight lanes")
    };
    vec![
        DuplicateConfig::new(),
        all_pairs_plan(),
        DuplicateConfig::new().with_bucket_cap(one),
        few_lanes(2, 4),
        few_lanes(1, 8),
        few_lanes(8, 1).with_bucket_cap(one),
    ]
}

/// Families with exact copies and with copies that differ in nothing that reaches a shingle.
fn families_with_copies(seed: u64) -> Vec<String> {
    let mut texts = families(seed, 12, 8, 150, 12);
    texts.extend_from_within(3..9);
    texts.extend_from_within(3..5);
    let shouted: Vec<String> =
        texts[4..12].iter().map(|text| format!("{} !", text.to_uppercase())).collect();
    texts.extend(shouted);
    texts
}

fn shuffled(texts: &[String], seed: u64) -> Vec<String> {
    let mut next = noise(seed);
    let mut texts = texts.to_vec();
    for at in 1..texts.len() {
        texts.swap(at, next(at as u64 + 1) as usize);
    }
    texts
}

#[test]
fn the_order_of_the_texts_changes_places_only() {
    for (plan, config) in (0u64..).zip(crowded_plans()) {
        let texts = families_with_copies(plan);
        let here = find_duplicates(&texts, &config).unwrap();
        check_promises(&texts, &here, &config);
        assert!(here.statistics().identical_texts >= 16);
        for seed in 0..4 {
            let permuted = shuffled(&texts, seed);
            let there = find_duplicates(&permuted, &config).unwrap();
            assert_eq!(by_text(&texts, &here), by_text(&permuted, &there), "plan {plan}");
            assert_eq!(
                pairs_by_text(&texts, &here),
                pairs_by_text(&permuted, &there),
                "plan {plan}"
            );
            assert_eq!(counts(&here), counts(&there), "plan {plan}");
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let texts = families_with_copies(5);
    for config in crowded_plans() {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| find_duplicates(&texts, &config).unwrap())
        };
        let one = with(1);
        for threads in [2, 3, 8] {
            assert_eq!(with(threads), one);
        }
    }
}

/// Words in several scripts, with accents, digits and without spaces, so that every path of a kernel is taken.
fn in_other_scripts(text: &str) -> String {
    let numbers = text.split_whitespace().filter_map(|word| word.strip_prefix("mot"));
    let word = |number: &str| match number.len() % 4 {
        0 => format!("Évènement{number} "),
        1 => format!("событие{number}, "),
        2 => format!("川{number}の橋が"),
        _ => format!("الجسر{number} "),
    };
    numbers.map(word).collect()
}

#[test]
fn every_kernel_finds_the_same_groups() {
    let mut texts = families_with_copies(43);
    texts.extend(families(47, 25, 4, 150, 30).iter().map(|text| in_other_scripts(text)));
    texts.extend(families(53, 25, 3, 18, 30));
    for plan in crowded_plans().into_iter().chain([DuplicateConfig::new(), all_pairs_plan()]) {
        let portable = plan.with_kernel(Kernel::Scalar).expect("every CPU runs it");
        let expected = find_duplicates(&texts, &portable).expect("short texts");
        assert!(expected.groups().len() > 20);
        for &kernel in Kernel::available() {
            let config = plan.with_kernel(kernel).expect("it is available");
            let found = find_duplicates(&texts, &config).expect("short texts");
            assert_eq!(found, expected, "{kernel}");
        }
    }
}

#[test]
fn texts_of_one_signature_but_other_sets_are_told_apart() {
    // One lane a band and eight lanes: most members of a family share the whole signature.
    let texts = families(9, 6, 10, 400, 1);
    let few = DuplicateConfig::new().with_banding(Banding::new(8, 1).unwrap()).unwrap();
    let config = few.with_lanes(8).unwrap();
    let found = find_duplicates(&texts, &config).unwrap();
    check_promises(&texts, &found, &config);
    let pairs: Vec<_> = found.pairs().iter().map(|p| (p.first, p.second, p.resemblance)).collect();
    assert_eq!(pairs, brute_force(&texts, config.threshold()));
    assert_eq!(found.groups().len(), 6);
}

/// Twenty sets, most of one signature, in two copies each, more than the cap compares with one another.
#[test]
fn copies_are_found_beyond_the_cap_among_texts_of_one_signature() {
    let base: Vec<String> = (0..400).map(|at| format!("mot{at}")).collect();
    let edited = |at: usize| {
        let mut words = base.clone();
        words[7 * at] = format!("autre{at}");
        words.join(" ")
    };
    let texts: Vec<String> =
        (0..20).map(edited).flat_map(|text| [text.clone(), format!("{text} !")]).collect();
    let banding = Banding::new(1, 8).unwrap();
    let config = DuplicateConfig::new().with_banding(banding).unwrap().with_lanes(8).unwrap();
    let config = config.with_bucket_cap(BucketCap::new(1).unwrap());
    let config = config.with_threshold(Jaccard::ONE).unwrap();
    let found = find_duplicates(&texts, &config).unwrap();
    check_promises(&texts, &found, &config);
    let pairs: Vec<_> = found.pairs().iter().map(|pair| (pair.first, pair.second)).collect();
    let expected: Vec<_> = (0..20).map(|at| (2 * at, 2 * at + 1)).collect();
    assert_eq!(pairs, expected);
}

#[test]
fn a_flood_of_copies_and_near_copies_is_one_group_in_linear_work() {
    let base = families(11, 1, 1, 300, 0).remove(0);
    let copies = vec![base.clone(); 20_000];
    let found = find_duplicates(&copies, &DuplicateConfig::new()).unwrap();
    assert_eq!(found.pairs().len(), copies.len() - 1);
    assert_eq!(found.groups()[0].members.len(), copies.len());
    assert_eq!(found.groups()[0].anchor, 0);

    let edited: Vec<String> =
        (0..4_000).map(|at| base.replacen("mot", &format!("mot{at} mot"), 1)).collect();
    let config = DuplicateConfig::new();
    let found = find_duplicates(&edited, &config).unwrap();
    let statistics = found.statistics();
    let per_text = config.banding().bands() as u64 * u64::from(config.bucket_cap().anchors());
    assert!(statistics.candidate_pairs <= per_text * statistics.texts, "{statistics}");
    assert!(statistics.candidates.pairs_left_out > 0, "the cap is counted");
    assert_eq!(found.groups().len(), 1, "{statistics}");
    assert_eq!(found.groups()[0].members.len(), edited.len());
}

/// The statistics without what depends on the order of the work: the memory, and how often texts of
/// one signature but several sets were looked at.
fn counts(found: &Duplicates) -> DuplicateStatistics {
    let mut statistics = *found.statistics();
    statistics.memory = Default::default();
    (statistics.candidate_pairs, statistics.refused_pairs) = (0, 0);
    statistics
}

/// The groups by the texts themselves.
fn by_text<'t>(texts: &'t [String], found: &Duplicates) -> Vec<(&'t str, Vec<&'t str>)> {
    let text = |at: &u32| texts[*at as usize].as_str();
    let mut groups: Vec<_> = found
        .groups()
        .iter()
        .map(|group| {
            let mut members: Vec<&str> = group.members.iter().map(text).collect();
            members.sort_unstable();
            (text(&group.anchor), members)
        })
        .collect();
    groups.sort_unstable();
    groups
}

fn pairs_by_text<'t>(texts: &'t [String], found: &Duplicates) -> Vec<(&'t str, &'t str, Jaccard)> {
    let pairs = found.pairs().iter().map(|pair| {
        let (a, b) = (texts[pair.first as usize].as_str(), texts[pair.second as usize].as_str());
        (a.min(b), a.max(b), pair.resemblance)
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    pairs
}
