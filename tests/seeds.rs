//! The whole chain on the two seed corpora, page by page, against their `expected.json`.
//!
//! The expectations were written with the texts, before any of them was read by a program. Each test lists every
//! disagreement. On `seeds` there may be none; on `seeds/variants`, to which nothing is fitted but which has shown defects that
//! were mended, no more than are written down here.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;
use wirecopy::page::{CreditRole, PageArticle, Reading};
use wirecopy::{Article, Grouping, Published, Timestamp};

struct Corpus {
    expected: Value,
    reading: Reading,
    grouping: Grouping,
}

static SEEDS: LazyLock<Corpus> = LazyLock::new(|| Corpus::read("seeds"));
static VARIANTS: LazyLock<Corpus> = LazyLock::new(|| Corpus::read("seeds/variants"));

type Pair = (String, String);

impl Corpus {
    fn read(directory: &str) -> Corpus {
        let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(directory);
        let expected =
            std::fs::read_to_string(directory.join("expected.json")).expect("the expectation");
        // Only its own pages: `seeds/variants` lies in `seeds`.
        let expected = expected.replace("\"pages/", "\"");
        let reading =
            wirecopy::page::read_dir(directory.join("pages")).expect("the directory of the pages");
        let grouping = wirecopy::group(&reading.articles).expect("the pages group");
        Corpus { expected: serde_json::from_str(&expected).expect("valid JSON"), reading, grouping }
    }

    fn list(&self, name: &str) -> &[Value] {
        self.expected[name].as_array().expect(name)
    }

    fn index(&self, id: &str) -> Option<usize> {
        self.grouping.set().articles().iter().position(|article| article.id().as_str() == id)
    }

    fn id(&self, index: usize) -> &str {
        self.grouping.set().articles()[index].id().as_str()
    }

    fn article(&self, id: &str) -> Option<&Article> {
        self.index(id).map(|index| &self.grouping.set().articles()[index])
    }

    fn page_article(&self, id: &str) -> Option<&PageArticle> {
        let (name, ordinal) = id.rsplit_once('#')?;
        let page = self.reading.pages.iter().find(|page| page.name() == name)?;
        page.articles().get(ordinal.parse::<usize>().ok()?.checked_sub(1)?)
    }

    /// The stories that decide nothing, as pairs.
    fn optional_stories(&self) -> BTreeSet<Pair> {
        self.list("stories_optional")
            .iter()
            .flat_map(|entry| pairs(&ids(&entry["members"])))
            .collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn ids(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|id| text(id).to_owned()).collect()
}

fn pair(a: &str, b: &str) -> Pair {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

fn pairs(members: &[String]) -> Vec<Pair> {
    let mut all = Vec::new();
    for (place, a) in members.iter().enumerate() {
        all.extend(members[place + 1..].iter().map(|b| pair(a, b)));
    }
    all
}

/// No more disagreements than are known; on a failure all are listed.
#[track_caller]
fn known(disagreements: &[String], known: usize) {
    assert!(
        disagreements.len() <= known,
        "{} disagreements, {known} known:\n{}",
        disagreements.len(),
        disagreements.join("\n")
    );
}

#[test]
fn every_article_is_found_with_its_title_and_lines_and_no_other() {
    known(&articles(&SEEDS), 0);
    known(&articles(&VARIANTS), 11);
}

#[test]
fn text_photo_and_attribution_credits_are_told_apart() {
    known(&credits(&SEEDS), 0);
    known(&credits(&VARIANTS), 1);
}

#[test]
fn publication_times_meet_what_the_pages_say_and_nothing_is_guessed() {
    known(&publication_times(&SEEDS), 0);
    known(&publication_times(&VARIANTS), 0);
}

#[test]
fn every_link_is_found_with_its_kind_and_attributes_and_no_trap_is() {
    known(&links(&SEEDS), 0);
    known(&links(&VARIANTS), 25);
}

#[test]
fn every_reused_passage_is_found_on_both_sides() {
    known(&passages(&SEEDS), 0);
    known(&passages(&VARIANTS), 2);
}

#[test]
fn every_dispatch_holds_its_members_and_hosts_and_nothing_else() {
    known(&dispatches(&SEEDS), 0);
    known(&dispatches(&VARIANTS), 8);
}

#[test]
fn every_story_holds_its_articles_and_nothing_else() {
    known(&stories(&SEEDS), 0);
    // 44 with the weighed cosines that the learned score took the place of.
    // 24 before forms of a word came into the score.
    known(&stories(&VARIANTS), 18);
}

fn articles(corpus: &Corpus) -> Vec<String> {
    let mut wrong = Vec::new();
    for expected in corpus.list("articles") {
        let id = text(&expected["id"]);
        let (Some(found), Some(article)) = (corpus.page_article(id), corpus.article(id)) else {
            wrong.push(format!("{id}: not found"));
            continue;
        };
        let title = article.title().unwrap_or_default();
        if title.split_whitespace().ne(text(&expected["title"]).split_whitespace()) {
            wrong.push(format!("{id}: title {title:?}"));
        }
        let lines = (found.first_line, found.last_line);
        let right = (&expected["start_line"], &expected["end_line"]);
        if (Some(lines.0 as u64), Some(lines.1 as u64)) != (right.0.as_u64(), right.1.as_u64()) {
            wrong.push(format!("{id}: lines {lines:?}, expected {right:?}"));
        }
    }
    if corpus.reading.articles.len() != corpus.list("articles").len() {
        let known: BTreeSet<&str> =
            corpus.list("articles").iter().map(|a| text(&a["id"])).collect();
        let found = corpus.reading.articles.iter().map(|article| article.id().as_str());
        wrong.extend(found.filter(|id| !known.contains(id)).map(|id| format!("{id}: no article")));
    }
    wrong
}

fn credits(corpus: &Corpus) -> Vec<String> {
    let mut wrong = Vec::new();
    for expected in corpus.list("articles") {
        let id = text(&expected["id"]);
        let Some(article) = corpus.article(id) else { continue };
        for (field, role) in [
            ("agency", CreditRole::Text),
            ("photo_credit", CreditRole::Photo),
            ("attributed", CreditRole::Attribution),
        ] {
            let right: BTreeSet<String> = ids(&expected[field]).into_iter().collect();
            let of = |role: CreditRole| -> BTreeSet<String> {
                let credits = article.credits().iter().filter(|credit| credit.role == role);
                credits.map(|credit| credit.agency.to_string()).collect()
            };
            let mut found = of(role);
            if role == CreditRole::Attribution {
                // An agency's own text says "told AFP" of itself; the expectation lists others alone.
                let own = of(CreditRole::Text);
                found.retain(|agency| !own.contains(agency));
            }
            if found != right {
                wrong.push(format!("{id}: {field} {found:?}, expected {right:?}"));
            }
        }
    }
    wrong
}

/// The expected publication: an instant, or a civil day of which the hours are not known.
fn expected_published(value: &Value) -> Published {
    let time = |field: &str| value[field].as_str().map(|t| Timestamp::parse(t).expect("RFC 3339"));
    match time("instant") {
        Some(instant) => Published::at(instant),
        None => Published::between(time("earliest"), time("latest")).expect("an interval"),
    }
}

fn publication_times(corpus: &Corpus) -> Vec<String> {
    let mut wrong = Vec::new();
    for expected in corpus.list("articles") {
        let id = text(&expected["id"]);
        let Some(article) = corpus.article(id) else { continue };
        let right = expected_published(&expected["published"]);
        let found = article.published();
        if found.is_bounded() != right.is_bounded() {
            wrong.push(format!("{id}: {found:?}, expected {right:?}"));
        } else if right.is_bounded() && found.distance(right) != Some(0) {
            wrong.push(format!("{id}: {found:?} does not meet {right:?}"));
        }
    }
    wrong
}

fn links(corpus: &Corpus) -> Vec<String> {
    let found: BTreeMap<Pair, &wirecopy::links::Link> = corpus
        .grouping
        .links()
        .links
        .iter()
        .map(|link| (pair(corpus.id(link.a), corpus.id(link.b)), link))
        .collect();
    let mut wrong = Vec::new();
    let mut listed = BTreeSet::new();
    for expected in corpus.list("links") {
        let names = pair(text(&expected["a"]), text(&expected["b"]));
        listed.insert(names.clone());
        let mut right = ids(&expected["also"]);
        right.insert(0, text(&expected["kind"]).to_owned());
        let Some(link) = found.get(&names) else {
            wrong.push(format!("{names:?}: no link, expected {right:?}"));
            continue;
        };
        let kind = link.kind.to_string();
        if !right.contains(&kind) {
            wrong.push(format!(
                "{names:?}: {kind} by {}, expected {right:?}",
                link.explanation.rule
            ));
        }
        let attributes = ids(&expected["attributes"]);
        let has = |attribute: &str| attributes.iter().any(|name| name == attribute);
        if link.attributes.truncated.is_some() != has("truncated") {
            wrong.push(format!("{names:?}: truncated {:?}", link.attributes.truncated));
        }
        if link.attributes.withdraws.is_some() != has("withdraws") {
            wrong.push(format!("{names:?}: withdraws {:?}", link.attributes.withdraws));
        }
        if has("conflicts") && link.attributes.conflicts.is_empty() {
            wrong.push(format!("{names:?}: no conflict"));
        }
    }
    let optional: BTreeSet<Pair> = corpus
        .list("optional")
        .iter()
        .map(|entry| pair(text(&entry[0]), text(&entry[1])))
        .collect();
    for (names, link) in &found {
        let kind = link.kind.to_string();
        let claims = ["copy", "update", "partial"].contains(&kind.as_str());
        if claims && !listed.contains(names) && !optional.contains(names) {
            wrong.push(format!("{names:?}: {kind} by {}, expected none", link.explanation.rule));
        }
    }
    wrong
}

fn passages(corpus: &Corpus) -> Vec<String> {
    let mut wrong = Vec::new();
    for expected in corpus.list("passages") {
        if expected["must"] != Value::Bool(true) {
            continue;
        }
        let (a, b) = (text(&expected["a"]), text(&expected["b"]));
        let (Some(a_index), Some(b_index)) = (corpus.index(a), corpus.index(b)) else { continue };
        let links = &corpus.grouping.links().links;
        let Some(link) = links.iter().find(|link| (link.a, link.b) == (a_index, b_index)) else {
            wrong.push(format!("{a} ~ {b}: no link"));
            continue;
        };
        for (side, spans) in [
            ("a_bytes", link.passages.iter().map(|passage| passage.a.span).collect::<Vec<_>>()),
            ("b_bytes", link.passages.iter().map(|passage| passage.b.span).collect()),
        ] {
            let bound = |place: usize| expected[side][place].as_u64().unwrap_or_default() as usize;
            let right = wirecopy::Span::new(bound(0), bound(1)).expect("a forward span");
            let covered: usize = spans
                .iter()
                .filter_map(|span| span.intersection(right))
                .map(wirecopy::Span::len)
                .sum();
            // Datelines and credits inside the run are no body, so a few bytes may be missing.
            if covered * 10 < right.len() * 8 {
                let first = text(&expected["first_words"]);
                wrong.push(format!("{a} ~ {b}: {covered} of {} bytes of {first:?}", right.len()));
            }
        }
    }
    wrong
}

fn dispatches(corpus: &Corpus) -> Vec<String> {
    let dispatches: Vec<BTreeSet<String>> = corpus
        .grouping
        .dispatches()
        .dispatches
        .iter()
        .map(|dispatch| {
            dispatch.members.iter().map(|member| corpus.id(member.article).to_owned()).collect()
        })
        .collect();
    let mut wrong = Vec::new();
    let mut allowed = Vec::new();
    for expected in corpus.list("dispatches") {
        let mut right: BTreeSet<String> = ids(&expected["members"]).into_iter().collect();
        right.extend(ids(&expected["hosts"]));
        if right.len() > 1 && !dispatches.iter().any(|found| right.is_subset(found)) {
            wrong.push(format!("{}: no dispatch holds {right:?}", text(&expected["name"])));
        }
        right.extend(ids(&expected["optional"]));
        allowed.push(right);
    }
    for found in &dispatches {
        if !allowed.iter().any(|right| found.is_subset(right)) {
            wrong.push(format!("no expected dispatch holds {found:?}"));
        }
    }
    let compilations: BTreeSet<&str> =
        corpus.grouping.dispatches().compilations.iter().map(|&index| corpus.id(index)).collect();
    for case in corpus.list("cases") {
        let expect = &case["expect"];
        let anchors = |id: &str| {
            let dispatches = &corpus.grouping.dispatches().dispatches;
            dispatches.iter().any(|dispatch| corpus.id(dispatch.anchor) == id)
        };
        if let Some(id) = expect["compilation"].as_str()
            && (!compilations.contains(id) || anchors(id))
        {
            wrong.push(format!("{id} is a compilation and never an anchor"));
        }
        if let Some(id) = expect["anchor"].as_str()
            && !anchors(id)
        {
            wrong.push(format!("{id} should be an anchor"));
        }
    }
    wrong
}

/// What does not come out yet (`QUALITY.md`): the observers who arrive three days after the truce share with it some
/// names and one paragraph of background. The test also fails when they
/// do come out, so that this list stays true.
const KNOWN_MISSES: [(&str, &str); 3] = [
    ("echo-deux-rives-analyse.txt#2", "radio-lurne.txt#1"),
    ("fil-info-4-mars.txt#2", "radio-lurne.txt#1"),
    ("horizon-estelmar.txt#1", "radio-lurne.txt#1"),
];

fn stories(corpus: &Corpus) -> Vec<String> {
    let mut right = BTreeSet::new();
    for expected in corpus.list("stories") {
        right.extend(pairs(&ids(&expected["members"])));
    }
    let mut found = BTreeSet::new();
    for story in corpus.grouping.stories() {
        let members: Vec<String> =
            story.articles().map(|article| article.id().as_str().to_owned()).collect();
        found.extend(pairs(&members));
    }
    let optional = corpus.optional_stories();
    let known: BTreeSet<Pair> = KNOWN_MISSES.iter().map(|(a, b)| pair(a, b)).collect();
    let known: BTreeSet<Pair> = known.intersection(&right).cloned().collect();
    let missed: BTreeSet<Pair> =
        right.difference(&found).filter(|names| !optional.contains(*names)).cloned().collect();
    let mut wrong = Vec::new();
    for names in missed.difference(&known) {
        wrong.push(format!("{names:?}: one story, kept apart"));
    }
    for names in known.difference(&missed) {
        wrong.push(format!("{names:?}: comes out now; take it off the list of known misses"));
    }
    for names in found.difference(&right).filter(|names| !optional.contains(names)) {
        wrong.push(format!("{names:?}: two stories, put together"));
    }
    wrong
}
