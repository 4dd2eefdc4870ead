//! Saved plain-text page → articles.
//!
//! A saved page holds none to many articles and a good deal of furniture: menus, captions printed twice, standfirsts that
//! repeat the body, lists of headlines, share buttons, comments. [`read_str`] finds the articles by structure (what stands
//! first, what is repeated, what follows a credit, where the words change) and by a short list of phrases; it needs no
//! model and no markup. [`read_dir`] also learns from the other pages which lines are furniture.
//!
//! Nothing is lost silently: every line of [`Page::lines`] has a class, and every piece that is not in a body is in
//! [`PageArticle::dropped`] or [`Page::outside`] with its reason.
//!
//! # Layouts
//! Not every text is a site's page. [`Layout`] names six ways in which texts are laid out; each text is asked for its own
//! ([`Page::layout`] says the answer), and [`PageReader::layout`] overrides it. Mails, feeds, wire dumps and exports of press
//! databases say by labels and codes where articles begin; a live blog is one article with [its
//! entries](PageArticle::entries). Wrapped lines, one paragraph a line and ledes in bullets need no layout of their own.
//!
//! # Text that is no prose
//! Menus, consent texts and tables give no article: [`read_dir`] reports such a page as a [`Failure`] that says so.
//!
//! # Policy for short texts
//! A stretch of fewer than 40 words is an article ([`PageArticle::brief`]) only if it shows a sign of one: a dateline, an
//! agency's signature, a publication line; or if it is all the page has (a flash of at least 6 words). Any other stretch is
//! left outside with the reason [`DropReason::TooShort`]. A page without an article is a [`Failure`] in [`Reading`].
//!
//! # Limits
//! The rules were written for the news pages of agencies' customers. A boundary between two articles on one subject with
//! nothing to mark it (no date, credit, gap or repeated title) is often missed, and so is one without a title below another
//! that has one. A mail is one article unless at least
//! two texts in it have a title and a day, or a title and a link to the rest: an alert that lists headlines is one. References to letters in feeds (`&eacute;`) stay in bodies
//! as they are written, because every span points into the original.

mod agency;
mod boundaries;
mod byline;
mod caption;
mod compose;
pub mod credit;
mod credit_line;
pub(crate) mod date;
mod dateline;
mod ending;
mod fold;
mod furniture;
mod kind;
mod layout;
mod learn;
mod line;
mod line_class;
mod mention;
#[expect(
    clippy::module_inception,
    reason = "the page is the concept that the folder is named after"
)]
mod page;
mod page_article;
mod read;
mod reader;
mod segment;
mod site_name;
mod site_speech;
mod stem;
mod title;

pub use agency::Agency;
pub use credit::{Credit, CreditRole};
pub use layout::{Layout, LiveEntry};
pub use line_class::{DropReason, Dropped, LineClass, PageLine};
pub use page::Page;
#[doc(hidden)]
pub use page::{MeasuredBlock, measure_names, measured_blocks};
pub use page_article::PageArticle;
pub use read::{Failure, MAX_PAGE_BYTES, Reading, read_dir, read_file, read_str};
pub use reader::PageReader;
