//! What an editor decided about pairs of articles, which outranks what was found.

use crate::disjoint_sets::DisjointSets;
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Steps told at each end of a long chain of must-links: one of a hundred thousand is nothing to read.
const STEPS_TOLD: usize = 5;

/// Pairs of articles, by their ids, that must or must not be in one dispatch, and in one event and story.
///
/// Decisions outlive a run: they name ids and no indices, and with the feature `serde` they are written and read back
/// (`{"must_link": [["a", "b"]], "cannot_link": []}`). Ids that a collection does not have are kept and reported.
///
/// They bind the dispatches and the stories: who must be together is in one event, story and topic; who cannot be
/// together is in different events and stories, though maybe in one topic.
///
/// Both kinds carry on. Who must be with *b*, which must be with *c*, must be with *c*; whoever cannot be with one of them
/// cannot be with any (Wagstaff et al., *Constrained k-means clustering*, ICML 2001). A set in which that asks for
/// both is an error when it is handed to [`Config::with_decisions`](crate::Config::with_decisions).
///
/// ```
/// use wirecopy::{Article, Config, Decisions};
/// let text = "Le bac de Vireuil reprend lundi son service entre les deux rives, après six semaines de travaux.";
/// let articles = [Article::new("a", text)?, Article::new("b", text)?];
///
/// let decisions = Decisions::new().cannot_link("a", "b");
/// let grouping = wirecopy::group_with(&articles, &Config::new().with_decisions(decisions)?)?;
/// assert!(grouping.dispatches().dispatches.is_empty());
///
/// let both = Decisions::new().must_link("a", "b").must_link("b", "c").cannot_link("a", "c");
/// assert!(Config::new().with_decisions(both).unwrap_err().is_config());
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[must_use]
pub struct Decisions {
    /// Each pair ascending.
    must_link: BTreeSet<(String, String)>,
    cannot_link: BTreeSet<(String, String)>,
}

impl Decisions {
    /// None.
    pub fn new() -> Decisions {
        Decisions::default()
    }

    /// Adds: these two are of one dispatch and tell one event. Which of the two is named first does not matter.
    pub fn must_link(mut self, a: impl Into<String>, b: impl Into<String>) -> Decisions {
        self.must_link.insert(pair(a.into(), b.into()));
        self
    }

    /// Adds: these two are together in no dispatch, event or story. Which of the two is named first does not matter.
    pub fn cannot_link(mut self, a: impl Into<String>, b: impl Into<String>) -> Decisions {
        self.cannot_link.insert(pair(a.into(), b.into()));
        self
    }

    /// The pairs that must be together, each ascending, in order.
    pub fn must_links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.must_link.iter().map(|(a, b)| (a.as_str(), b.as_str()))
    }

    /// The pairs that cannot be together, each ascending, in order.
    pub fn cannot_links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cannot_link.iter().map(|(a, b)| (a.as_str(), b.as_str()))
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.must_link.is_empty() && self.cannot_link.is_empty()
    }

    /// Every id that a decision names, each once, ascending.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let pairs = self.must_links().chain(self.cannot_links());
        pairs.flat_map(|(a, b)| [a, b]).collect::<BTreeSet<_>>().into_iter()
    }

    /// Whether all of them can hold at once. O(decisions log decisions).
    ///
    /// # Errors
    /// `is_config`, naming the ids, when two articles that cannot be together must be, directly or over others.
    pub fn check(&self) -> Result<()> {
        let classes = self.classes();
        let torn = |(a, b): &(&str, &str)| a == b || classes.get(a) == classes.get(b);
        let Some((a, b)) = self.cannot_links().find(torn) else { return Ok(()) };
        let chain = self.chain(a, b);
        let steps = chain.len().saturating_sub(1);
        let told = |&at: &usize| at < STEPS_TOLD || at + STEPS_TOLD >= steps;
        let mut chain: Vec<String> = (0..steps)
            .filter(told)
            .map(|at| format!("{:?} with {:?}", chain[at], chain[at + 1]))
            .collect();
        if steps > chain.len() {
            chain.insert(STEPS_TOLD, format!("{} more", steps - chain.len()));
        }
        let must = if chain.is_empty() { "it is one article".into() } else { chain.join(", ") };
        Err(Error::config(format!(
            "decisions contradict each other: {a:?} cannot be with {b:?}, but must be: {must}; take back one of them"
        )))
    }

    /// For each id the number of its class: ids that must be together have one. An id of which only is said with whom it
    /// cannot be is a class of its own.
    pub(crate) fn classes(&self) -> BTreeMap<&str, usize> {
        let number: BTreeMap<&str, usize> = self.ids().zip(0..).collect();
        let mut sets = DisjointSets::new(number.len());
        for (a, b) in self.must_links() {
            if let (Some(&a), Some(&b)) = (number.get(a), number.get(b)) {
                sets.unite(a, b);
            }
        }
        number.into_iter().map(|(id, at)| (id, sets.smallest(at))).collect()
    }

    /// A shortest chain of must-links from `a` to `b`, which are in one class.
    fn chain<'d>(&'d self, a: &'d str, b: &'d str) -> Vec<&'d str> {
        let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (x, y) in self.must_links() {
            next.entry(x).or_default().push(y);
            next.entry(y).or_default().push(x);
        }
        // From the end, so that following the way back reads from the start.
        let mut towards: BTreeMap<&str, &str> = BTreeMap::from([(b, b)]);
        let mut queue = VecDeque::from([b]);
        while let Some(at) = queue.pop_front() {
            for &other in next.get(at).into_iter().flatten() {
                if !towards.contains_key(other) {
                    towards.insert(other, at);
                    queue.push_back(other);
                }
            }
        }
        let mut chain = vec![a];
        while let Some(&at) = chain.last().filter(|&&at| at != b) {
            let Some(&step) = towards.get(at) else { break };
            chain.push(step);
        }
        chain
    }
}

fn pair(a: String, b: String) -> (String, String) {
    if a <= b { (a, b) } else { (b, a) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_contradiction_names_the_ids_and_the_chain_between_them() {
        let decisions =
            Decisions::new().must_link("c", "b").must_link("a", "b").cannot_link("c", "a");
        let message = decisions.check().unwrap_err().to_string();
        let told = r#""a" cannot be with "c", but must be: "a" with "b", "b" with "c""#;
        assert!(message.contains(told), "{message}");
        assert!(Decisions::new().cannot_link("a", "a").check().unwrap_err().is_config());
        assert!(Decisions::new().must_link("a", "a").check().is_ok());
    }

    #[test]
    fn a_contradiction_over_a_long_chain_is_a_short_message() {
        let id = |n: usize| format!("article {n:06}");
        let refusal = |length: usize| {
            let chain = (1..length).fold(Decisions::new(), |d, n| d.must_link(id(n - 1), id(n)));
            chain.cannot_link(id(0), id(length - 1)).check().unwrap_err().to_string()
        };
        assert_eq!(refusal(11).matches("\" with \"").count(), 10);
        let message = refusal(20_000);
        assert!(message.len() < 1_000 && message.contains("19989 more"), "{}", message.len());
        assert!(message.contains(&id(1)) && message.contains(&id(19_998)), "{message}");
    }

    proptest! {
        #[test]
        fn a_set_is_refused_exactly_when_its_closure_is_torn(
            must in prop::collection::vec((0u8..8, 0u8..8), 0..6),
            cannot in prop::collection::vec((0u8..8, 0u8..8), 0..4),
        ) {
            let mut reaches = [[false; 8]; 8];
            (0..8).for_each(|at| reaches[at][at] = true);
            for (a, b) in &must {
                (reaches[*a as usize][*b as usize], reaches[*b as usize][*a as usize]) = (true, true);
            }
            for via in 0..8 {
                for a in 0..8 {
                    for b in 0..8 {
                        reaches[a][b] |= reaches[a][via] && reaches[via][b];
                    }
                }
            }
            let torn = cannot.iter().any(|(a, b)| reaches[*a as usize][*b as usize]);
            let id = |n: &u8| format!("n{n}");
            let decisions = must.iter().fold(Decisions::new(), |d, (a, b)| d.must_link(id(a), id(b)));
            let decisions = cannot.iter().fold(decisions, |d, (a, b)| d.cannot_link(id(a), id(b)));
            prop_assert_eq!(decisions.check().is_err(), torn);
            let mut turned = Decisions::new();
            for (a, b) in cannot.iter().rev() {
                turned = turned.cannot_link(id(b), id(a));
            }
            for (a, b) in must.iter().rev() {
                turned = turned.must_link(id(b), id(a));
            }
            prop_assert_eq!(turned, decisions);
        }

        #[cfg(feature = "serde")]
        #[test]
        fn decisions_read_back_as_they_were(
            pairs in prop::collection::vec((".{0,3}", ".{0,3}", any::<bool>()), 0..6),
        ) {
            let add = |d: Decisions, (a, b, must): (String, String, bool)| match must {
                true => d.must_link(a, b),
                false => d.cannot_link(a, b),
            };
            let decisions = pairs.into_iter().fold(Decisions::new(), add);
            let text = serde_json::to_string(&decisions).unwrap();
            prop_assert_eq!(serde_json::from_str::<Decisions>(&text).unwrap(), decisions);
        }
    }
}
