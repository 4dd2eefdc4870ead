//! Who is whose copy: the plan of a block of articles.

use crate::random::{Purpose, Random};

/// Articles of a block: one day of news. Copies of a text stand in the block of the text.
pub const BLOCK: usize = 1_000;

/// Articles of a block that stand in groups of copies.
const GROUPED: usize = 200;

/// Sizes of groups and how often they come.
const GROUP_SIZES: [(usize, usize); 6] = [(2, 50), (3, 20), (4, 12), (5, 8), (8, 7), (20, 3)];

/// Texts of a story that are written apart, and how often that comes.
const STORY_SIZES: [(usize, usize); 4] = [(1, 60), (2, 20), (3, 12), (5, 8)];

/// What stands at one place of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Slot {
    /// The text, unique in the corpus.
    pub(crate) group: u64,
    /// 0 is the text as written, others are edited copies.
    pub(crate) member: usize,
    /// Texts of one story tell of one happening in other words.
    pub(crate) story: u64,
}

/// The slots of a block in the order of the articles.
pub(crate) fn of_block(seed: u64, block: u64) -> Vec<Slot> {
    let mut random = Random::new(seed, Purpose::Block, block);
    let sizes = group_sizes(&mut random);
    let stories = stories(&mut random, sizes.len());
    let first = block * BLOCK as u64;
    let mut slots = Vec::with_capacity(BLOCK);
    for (group, (&size, &story)) in sizes.iter().zip(&stories).enumerate() {
        let (group, story) = (first + group as u64, first + story as u64);
        slots.extend((0..size).map(|member| Slot { group, member, story }));
    }
    random.shuffle(&mut slots);
    slots
}

fn group_sizes(random: &mut Random) -> Vec<usize> {
    let mut sizes = Vec::new();
    let mut left = GROUPED;
    while left >= 2 {
        let size = draw(random, &GROUP_SIZES).min(left);
        sizes.push(size);
        left -= size;
    }
    sizes.resize(sizes.len() + BLOCK - (GROUPED - left), 1);
    sizes
}

/// The story of each group; groups of copies and single texts are mixed.
fn stories(random: &mut Random, groups: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..groups).collect();
    random.shuffle(&mut order);
    let mut stories = vec![0; groups];
    let mut at = 0;
    let mut story = 0;
    while at < groups {
        let size = draw(random, &STORY_SIZES).min(groups - at);
        for &group in &order[at..at + size] {
            stories[group] = story;
        }
        at += size;
        story += 1;
    }
    stories
}

fn draw(random: &mut Random, sizes: &[(usize, usize)]) -> usize {
    let weights: Vec<usize> = sizes.iter().map(|&(_, weight)| weight).collect();
    sizes[random.weighted(&weights)].0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn a_fifth_of_the_articles_stand_in_groups() {
        for block in 0..20 {
            let slots = of_block(3, block);
            assert_eq!(slots.len(), BLOCK);
            let mut sizes: HashMap<u64, usize> = HashMap::new();
            for slot in &slots {
                *sizes.entry(slot.group).or_default() += 1;
            }
            let grouped: usize = sizes.values().filter(|&&size| size > 1).sum();
            assert!((199..=200).contains(&grouped), "block {block}: {grouped} in groups");
        }
    }
}
