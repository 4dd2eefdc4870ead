//! Evaluation: how well an answer agrees with a reader's labels, and how sure that figure is.
//!
//! | question | function | of what |
//! |---|---|---|
//! | do the clusters agree? | [`bcubed`], [`adjusted_rand_index`], [`v_measure`], [`pairwise`] | two [`Partition`]s |
//! | … where an article may be in several? | [`extended_bcubed`] | two [`Memberships`] |
//! | all of them with intervals | [`clustering`] | two [`Partition`]s |
//! | are the passages found? | [`passages`] | labelled and reported ranges of text |
//! | are the articles of a page found? | [`segmentation`] | line ranges |
//! | are the kinds right? | [`Confusion`] | a label and a prediction an item |
//! | does a score follow a reader's scale? | [`pearson`] | pairs of numbers |
//! | which items are for choosing, which for reporting? | [`half`] | ids |
//! | how sure is a figure? | [`Bootstrap`], [`wilson`] | parts of a sum, a proportion |
//!
//! A figure of a small set without its interval says little: 17 right of 17 has the 95 % interval .82 to 1.
//!
//! # Resampling
//! Items of one story are right or wrong together, so intervals resample whole *gold clusters*, not items. Every
//! score of clusters here is a function of sums over the gold clusters (`…_parts` gives the summands, `…_of` the score
//! of their total), so a resample costs O(gold clusters) and not a new comparison.
//!
//! ```
//! use wirecopy::eval::{Bootstrap, Partition, bcubed, clustering};
//! let gold = Partition::from_labels(["flood", "flood", "flood", "vote", "vote"]);
//! let predicted = Partition::from_labels([1, 1, 2, 3, 3]);
//! let score = bcubed(&gold, &predicted)?;
//! assert_eq!(score.precision, 1.0);
//! assert!((score.recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0 + 1.0) / 5.0).abs() < 1e-12);
//!
//! let all = clustering(&gold, &predicted, &Bootstrap::default())?;
//! assert!(all.bcubed.recall_interval.low <= score.recall);
//! # Ok::<(), wirecopy::Error>(())
//! ```

mod bcubed;
mod bootstrap;
mod classification;
mod clustering;
mod contingency;
mod correlation;
mod extended_bcubed;
mod half;
mod memberships;
mod pairwise;
mod partition;
mod passages;
mod rand_index;
mod score;
mod segmentation;
mod v_measure;
mod wilson;

pub use bcubed::{bcubed, bcubed_of, bcubed_parts};
pub use bootstrap::{Bootstrap, Interval};
pub use classification::Confusion;
pub use clustering::{ClusteringScores, Estimate, ScoreEstimate, VMeasureEstimate, clustering};
pub use contingency::{Cell, Contingency};
pub use correlation::{pearson, pearson_of, pearson_parts};
pub use extended_bcubed::extended_bcubed;
pub use half::half;
pub use memberships::Memberships;
pub use pairwise::{pairwise, pairwise_of, pairwise_parts, pairwise_without_largest};
pub use partition::Partition;
pub use passages::{
    Claim, LabelledPassage, PassageCounts, PassageLabel, PassageScores, ReportedPassage, TextRange,
    passages,
};
pub use rand_index::{adjusted_rand_index, adjusted_rand_index_of, adjusted_rand_index_parts};
pub use score::Score;
pub use segmentation::{ArticleLines, SegmentationScores, segmentation};
pub use v_measure::{VMeasure, v_measure, v_measure_of, v_measure_parts};
pub use wilson::wilson;
