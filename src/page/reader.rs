//! The reader with its one setting.

use super::layout::Layout;
use super::page::{Context, Page};
use super::read::{Reading, read_dir_as, read_file_as};
use crate::error::Result;
use std::path::Path;
use std::sync::Arc;

/// Reads pages whose [`Layout`] the caller knows; [`read_str`](super::read_str), [`read_file`](super::read_file) and
/// [`read_dir`](super::read_dir) ask each text.
///
/// ```
/// use wirecopy::page::{Layout, PageReader};
/// let text = "ZCZC\nSOURLAC-PONT\nLe pont de Sourlac rouvre\n   SOURLAC (AFP) - Le pont a rouvert mardi.\nNNNN\n";
/// let page = PageReader::new().layout(Layout::WireDump).read_str("dump.txt", text);
/// let article = &page.articles()[0];
/// assert_eq!(article.title.unwrap().slice(text), Some("Le pont de Sourlac rouvre"));
/// assert_eq!(article.body[0].slice(text), Some("Le pont a rouvert mardi."));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[must_use]
pub struct PageReader {
    layout: Layout,
}

impl PageReader {
    /// A reader that asks each text for its layout.
    pub fn new() -> PageReader {
        PageReader::default()
    }

    /// The layout of every text read; [`Layout::Detect`] asks the text.
    pub fn layout(mut self, layout: Layout) -> PageReader {
        self.layout = layout;
        self
    }

    /// One page from its text, as [`read_str`](super::read_str) reads it.
    pub fn read_str(&self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Page {
        let context = Context { layout: self.layout, ..Context::default() };
        Page::read(name.into(), text.into(), &context)
    }

    /// One page from a file, as [`read_file`](super::read_file) reads it.
    ///
    /// # Errors
    /// Those of [`read_file`](super::read_file).
    pub fn read_file(&self, path: impl AsRef<Path>) -> Result<Page> {
        read_file_as(path.as_ref(), self.layout)
    }

    /// A directory, as [`read_dir`](super::read_dir) reads it.
    ///
    /// # Errors
    /// Those of [`read_dir`](super::read_dir).
    pub fn read_dir(&self, path: impl AsRef<Path>) -> Result<Reading> {
        read_dir_as(path.as_ref(), self.layout)
    }
}
