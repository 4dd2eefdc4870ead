//! Dispatches: maximal sets of aligned spans of one text, each held together by an anchor.
//!
//! A dispatch is not a set of articles that look alike but a set of *spans*: an article takes part in it with the words
//! that it shares, and may take part in others with other words. [`form()`] makes them of the copy and update links;
//! partial, background, series and quotation links never join.
//!
//! # Definition
//!
//! *Text.* Articles whose tokens are equal, every one, and that copy links join are one text. Identity is transitive,
//! so links in the shape of a star are enough. Everything below is said of texts and counts articles.
//!
//! *Edge.* Two texts with copy or update links between them share an edge. Its spans in each of the two are the tokens
//! of the passages of these links.
//!
//! *Sequel.* A neighbour is a sequel of a text when it surely came later, most of its first 40 tokens stand outside their
//! edge, and at least 0.4 of the words it has of its own stand in the text outside the edge, too (different words, by how
//! rare they are, without stop words). It took from the text and goes on with the same news.
//!
//! *Compilation.* A text contains a neighbour that is no sequel of it when at least
//! [`min_contained`](DispatchConfig::with_min_contained) of the neighbour stands in it. Two contained neighbours are related when an edge joins them, or when the spans of the longer
//! hold at least [`min_related`](DispatchConfig::with_min_related) of those of the shorter and no quotation, background or
//! series link explains it. A text is a compilation when it contains a neighbour related to none of the shorter ones it
//! contains. A long version that holds the urgent and the lead is none: these two are related. A compilation is
//! never an anchor. In the agency's own feed only other items of the feed count.
//!
//! *Region.* The neighbours of any other text fall into regions, each a stretch of the text that its neighbours share
//! among themselves. A region of sequels alone joins the one that holds most of the text's first 40 tokens, unless a
//! quotation, background or series link joins the longest neighbours of both. A text is an anchor with one of its regions,
//! so other texts that meet in it at different places, and that it does not contain, do not meet in its dispatch.
//!
//! *Covered.* Spans of a text are covered when at least [`min_overlap`](DispatchConfig::with_min_overlap) of them lie in
//! the dispatches it belongs to.
//!
//! *Anchor.* Of all texts that are no compilation, no anchor yet and not covered on a region, the next anchor is the one
//! that verifies the most articles not covered on their edge to it; ties go to the earliest possible date, the greater
//! length, the smaller id. Articles that it verifies on most of the longest stretch they share with anyone count before
//! the others. Without that an urgent would be the anchor of every long version that repeats its two sentences, by its
//! date, and the versions themselves would have to form a second dispatch.
//!
//! *Wire.* Where a text of the agency's own feed ([`Role::Wire`](crate::Role::Wire)) and a publisher's text that is the next
//! anchor verify each other, the wire's is the anchor if it verifies at least
//! [`min_overlap`](DispatchConfig::with_min_overlap) of the articles that the publisher's verifies, and of those that it verifies
//! well. It is then the [`source`](Dispatch::source) of the dispatch. An urgent of the feed does not become the anchor of the
//! long versions that repeat it.
//!
//! *Dispatch.* The anchor and the articles it verifies, each with its spans on the edge between them. This is repeated
//! until no text verifies an uncovered article. No member is there through another member. A copy or update link whose
//! ends share no dispatch on its spans is *cut*: kept and reported as a [`CutEdge`] with the reason.
//!
//! # A worked example
//!
//! Words of three unrelated texts `A`, `R` and `W`, by number; dates are hours:
//!
//! | article | hour | words |
//! |---|---|---|
//! | `afp` | 0 | A0–A99 |
//! | `copy` | 1 | A0–A89 and 9 of its own |
//! | `host` | 2 | A0–A99, 20 of its own, R0–R59 |
//! | `reuters` | 0 | R0–R59 |
//! | `edit1` … `edit4` | 0 … 3 | W0–W99, W30–W129, W60–W159, W90–W189 |
//!
//! Links join whoever shares at least half of the shorter: `afp`, `copy` and `host` with each other, `reuters` with
//! `host`, each edit with the next.
//!
//! `host` contains `reuters` (60 words) and, longer, `copy` and `afp`. `copy` is related to no shorter one, so `host` is
//! a compilation. `afp` and `copy` each verify 2 articles, and so do `edit2` and `edit3`; the earliest is `afp`, and
//! its dispatch is `afp`, `copy` and `host` with A0–A99, 100 of its 180 words. `edit2`, next by date, takes in `edit1`
//! and `edit3`. Then `reuters` verifies `host`, which is uncovered at R0–R59: a second membership, of coverage ⅓, which
//! links nobody to `afp`. `edit4` is left: it verifies `edit3` on W90–W159, of which W90–W129, 40 of 70, are covered.
//! The link of `edit3` and `edit4` is cut, because `edit2` does not verify `edit4`; `edit4` belongs to no dispatch.
//!
//! # What the spans cannot tell
//!
//! *Halves.* When one site took the first half of a text and another the second, the two share no word, and the whole
//! looks like a compilation of them. It is taken for one, because bringing strangers together is the worse mistake: each
//! half has a dispatch, and the whole is in both. It stays one text where the agency's own feed sent it whole, where
//! the halves stand in longer articles, which it does not contain, and where a half is a sequel: an urgent, the version
//! that keeps it whole, and the version that drops it under a new lede are one dispatch, that of the second.
//!
//! *Two agencies, one late.* Where only a late copy of one of the two dispatches in a host is known, and it opens with
//! words of its own about the happening of both, it is taken for a sequel of the host.
//!
//! *Drift.* When an edit takes up more new text than it keeps and others copy the new text, that is another text, and
//! the edit belongs to both dispatches, with other spans in each.
//!
//! *The source.* The anchor is the article that shows most, not the first and not the original. Who may have been first
//! is said by [`Dispatch::earliest_seen`]; that nobody has all the shared words, by
//! [`Dispatch::common_source_missing`]. Shared there are the runs of two members of one version in the words that each
//! has in the dispatch or, unless it is a compilation, in no dispatch, if this is its primary one. What hosts share of
//! other texts does not count; a paragraph that two copies have and the anchor lacks does.
//!
//! # Through a day
//!
//! The members that are copies of each other are a [`Version`]: urgent, lead, long version, correction. Versions are listed by
//! date, and [`Version::change`] says what was added and removed since the one listed before, and whether it *surely* came
//! later ([`VersionOrder`]): because the dates are disjoint, because it declares the other void, or because it carries on
//! an edit. Of three versions the third carries on what the second added to the first when it has most of those words (at least
//! 5), and most of what it has beyond the first is not in the second: then the second stands between the two, and as it surely
//! came after the first, the third came after it. Otherwise the order is unknown, and said to be.
//!
//! *Who picked it up.* [`Dispatch::pick_up`] counts each publisher once, with its share of the text, its delay to
//! the feed or to the earliest seen, and whether it credits the agency. Teasers are [`truncated`](Membership::truncated);
//! print, AMP and regional editions of one publisher are [twins](Membership::twin_of). None is dropped.
//!
//! *Decisions.* What the caller decided ([`form_with`]) outranks all of this: [`Decisions`](crate::Decisions).
//!
//! No date cuts: a verbatim text a year later is a late copy. Which of the copies to keep is another question, asked
//! with a [`KeepPolicy`] beside the grouping.

mod aligned;
mod body_spans;
mod carriage;
mod compilation;
mod config;
mod constraints;
mod cover;
mod cut;
mod dispatch;
mod edits;
mod form;
mod graph;
mod keep;
mod origins;
mod pick_up;
mod region;
mod runs;
mod scope;
mod seen;
mod sequel;
mod source;
mod token_set;
mod version;

pub use config::DispatchConfig;
pub use dispatch::{
    Compilation, CutEdge, CutReason, Dispatch, Dispatches, Membership, Origins, SeenInterval,
    Version, VersionChange, VersionOrder, Withdrawal,
};
pub use form::{form, form_with};
pub use keep::{KeepPolicy, KeepRule};
pub use pick_up::{CreditStatus, Delay, PickUp, PickedUp, Publisher, PublisherPickUp};
