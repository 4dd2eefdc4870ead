//! Three groupings of one set, each finer than the next.

use super::Granularity;

/// The articles of a set in events, stories and topics at once: each event lies within one story and
/// each story within one topic.
///
/// The groups of a granularity are numbered by ascending smallest member, which is their key in the
/// report.
///
/// ```
/// use wirecopy::Article;
/// use wirecopy::stories::Granularity;
///
/// let articles = [
///     Article::new("a", "Le pont de Sourlac a rouvert mardi après trois mois de travaux sur la Vaire.")?,
///     Article::new("b", "Les automobilistes de Sourlac franchissent de nouveau la Vaire : le pont est rouvert.")?,
///     Article::new("c", "La chorale de Mireux fête ses cent ans par un concert à la halle.")?,
/// ];
/// let grouping = wirecopy::group(&articles)?;
/// let hierarchy = grouping.hierarchy();
/// assert_eq!(hierarchy.groups(Granularity::Event), [vec![0, 1], vec![2]]);
/// assert_eq!(hierarchy.group_of(Granularity::Topic, 2), Some(1));
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hierarchy {
    events: Partition,
    stories: Partition,
    topics: Partition,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Partition {
    groups: Vec<Vec<usize>>,
    of_article: Vec<usize>,
}

impl Hierarchy {
    /// Of the groups of `articles` articles at each granularity, each by ascending smallest member
    /// and nested.
    pub(crate) fn new(
        articles: usize,
        events: &[Vec<u32>],
        stories: &[Vec<u32>],
        topics: &[Vec<u32>],
    ) -> Hierarchy {
        Hierarchy {
            events: Partition::of(articles, events),
            stories: Partition::of(articles, stories),
            topics: Partition::of(articles, topics),
        }
    }

    /// The groups: indices of articles, ascending, by ascending smallest member.
    pub fn groups(&self, granularity: Granularity) -> &[Vec<usize>] {
        &self.at(granularity).groups
    }

    /// For each article the number of its group.
    pub fn of_article(&self, granularity: Granularity) -> &[usize] {
        &self.at(granularity).of_article
    }

    /// The number of the group of an article; `None` for one that the set does not have.
    pub fn group_of(&self, granularity: Granularity, article: usize) -> Option<usize> {
        self.at(granularity).of_article.get(article).copied()
    }

    /// The smallest member of the group of an article, by whose id the report calls the group.
    pub fn key_of(&self, granularity: Granularity, article: usize) -> Option<usize> {
        let group = self.group_of(granularity, article)?;
        self.at(granularity).groups.get(group)?.first().copied()
    }

    fn at(&self, granularity: Granularity) -> &Partition {
        match granularity {
            Granularity::Event => &self.events,
            Granularity::Story => &self.stories,
            Granularity::Topic => &self.topics,
        }
    }
}

impl Partition {
    fn of(articles: usize, groups: &[Vec<u32>]) -> Partition {
        let mut of_article = vec![0; articles];
        for (number, members) in groups.iter().enumerate() {
            for &article in members {
                if let Some(place) = of_article.get_mut(article as usize) {
                    *place = number;
                }
            }
        }
        let indices =
            |members: &Vec<u32>| members.iter().map(|&article| article as usize).collect();
        Partition { groups: groups.iter().map(indices).collect(), of_article }
    }
}
