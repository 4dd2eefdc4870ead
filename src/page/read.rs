//! Files and directories of saved pages.

use super::layout::Layout;
use super::learn::learn;
use super::page::{Context, Page};
use super::reader::PageReader;
use crate::article::Article;
use crate::error::{Error, Result};
use crate::parallel::map_items;
use crate::timestamp::DateEvidence;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Largest file that is read as one page: 256 MiB.
pub const MAX_PAGE_BYTES: u64 = 256 << 20;

/// Endings of files that are pages in other formats.
const OTHER_PAGES: &[&str] =
    &["html", "htm", "xhtml", "mht", "mhtml", "eml", "msg", "rtf", "pdf", "doc", "docx", "odt"];

/// A directory of pages, read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Reading {
    /// The articles of all pages, by page and place.
    pub articles: Vec<Article>,
    /// The pages, by name, those without an article too.
    pub pages: Vec<Page>,
    /// What could not be read, by name. The rest went on.
    pub failures: Vec<Failure>,
}

/// A file that gave no article, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Failure {
    /// The path relative to the directory, with `/`.
    pub file: String,
    /// The line, from 1, where one is to blame.
    pub line: Option<usize>,
    /// The byte, from 0, where one is to blame.
    pub byte: Option<usize>,
    /// The reason and the way out.
    pub reason: String,
}

impl Failure {
    fn of(file: &str, reason: impl Into<String>) -> Failure {
        Failure { file: file.to_owned(), line: None, byte: None, reason: reason.into() }
    }

    /// The file, with the line and the byte where they are known.
    pub fn place(&self) -> String {
        let line = self.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let byte = self.byte.map(|byte| format!(", byte {byte}")).unwrap_or_default();
        format!("{}{line}{byte}", self.file)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.reason)
    }
}

/// One page from its text; `name` becomes the first part of the articles' ids.
///
/// A pure function of its arguments: nothing is learned from other pages, and the year of "vendredi 15 septembre" is taken
/// from the page's own publication lines alone. O(bytes).
///
/// ```
/// let text = "Sourlac retrouve son pont\n\nSOURLAC (AFP) - Le pont de Sourlac a rouvert mardi après onze mois de travaux.\n";
/// let page = wirecopy::page::read_str("sourlac.txt", text);
/// let article = &page.articles()[0];
/// assert_eq!(article.title.unwrap().slice(page.text()), Some("Sourlac retrouve son pont"));
/// assert_eq!(article.body[0].slice(page.text()), Some("Le pont de Sourlac a rouvert mardi après onze mois de travaux."));
/// assert_eq!(page.to_articles()?[0].id().as_str(), "sourlac.txt#1");
/// # Ok::<(), wirecopy::Error>(())
/// ```
pub fn read_str(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Page {
    Page::read(name.into(), text.into(), &Context::default())
}

/// One page from a file, named after the file.
///
/// ```
/// let error = wirecopy::page::read_file("/no/such/page.txt").unwrap_err();
/// assert!(error.is_io());
/// ```
///
/// # Errors
/// `is_io` when the file cannot be read; `is_input` when it is larger than [`MAX_PAGE_BYTES`], not UTF-8, or HTML.
pub fn read_file(path: impl AsRef<Path>) -> Result<Page> {
    read_file_as(path.as_ref(), Layout::Detect)
}

pub(crate) fn read_file_as(path: &Path, layout: Layout) -> Result<Page> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    match load(path) {
        Ok(text) => Ok(PageReader::new().layout(layout).read_str(name, text)),
        Err(Trouble::Io(error)) => Err(Error::io(
            format!("cannot read {}; check the path and its permissions", path.display()),
            error,
        )),
        Err(Trouble::Content(failure)) => {
            Err(Error::input(Failure { file: path.display().to_string(), ..failure }.to_string()))
        }
    }
}

/// Every `.txt` file under a directory, in the order of their relative paths.
///
/// A file that cannot be read or decoded, one that is HTML, and a page without an article, become a [`Failure`]; the others
/// go on. So do, in one failure named `.`, files that look like pages in other formats (`.html`, `.eml`, `.pdf` …), and a
/// directory without any `.txt` file. Symbolic
/// links to directories are reported and not followed, so that no loop is possible. Two passes: the first learns which
/// lines are furniture (short lines among different texts on 3 pages of one site, or 5 where the site is unknown; a
/// first-level directory named like a host is one site) and the latest date of the collection, which fixes the years of dates printed with
/// a weekday only; the second reads with that knowledge. The result is a function of the set of files.
///
/// ```
/// let folder = std::env::temp_dir().join(format!("wirecopy-example-{}", std::process::id()));
/// std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("a.txt"), "Le pont rouvre\n\nSOURLAC (AFP) - Le pont de Sourlac a rouvert mardi matin.\n")?;
/// std::fs::write(folder.join("b.txt"), b"\xff")?;
/// let reading = wirecopy::page::read_dir(&folder)?;
/// assert_eq!(reading.articles[0].id().as_str(), "a.txt#1");
/// assert!(reading.failures[0].to_string().starts_with("b.txt, line 1, byte 0: "));
/// std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `is_io` when the directory itself cannot be listed; `is_input` when it is a file.
pub fn read_dir(path: impl AsRef<Path>) -> Result<Reading> {
    read_dir_as(path.as_ref(), Layout::Detect)
}

pub(crate) fn read_dir_as(root: &Path, layout: Layout) -> Result<Reading> {
    let about = fs::metadata(root).map_err(|error| {
        Error::io(format!("cannot open {}; check the path", root.display()), error)
    })?;
    if !about.is_dir() {
        return Err(Error::input(format!(
            "{} is a file; read it with page::read_file",
            root.display()
        )));
    }
    let mut failures = Vec::new();
    let mut files = Vec::new();
    list(root, "", &mut files, &mut failures).map_err(|error| {
        Error::io(format!("cannot list {}; check its permissions", root.display()), error)
    })?;
    let (mut files, others): (Vec<String>, Vec<String>) =
        files.into_iter().partition(|name| has_ending(name, &["txt"]));
    files.sort();
    failures.extend(passed_over(&files, &others));
    let mut texts: Vec<(String, Arc<str>)> = Vec::new();
    for name in files {
        match load(&root.join(&name)) {
            Ok(text) => texts.push((name, text)),
            Err(Trouble::Io(error)) => {
                failures.push(Failure::of(
                    &name,
                    format!("cannot be read ({error}); check its permissions"),
                ));
            }
            Err(Trouble::Content(failure)) => failures.push(Failure { file: name, ..failure }),
        }
    }
    let pages = read_together(&texts, layout);
    let mut articles = Vec::new();
    for page in &pages {
        match page.to_articles() {
            Ok(found) if found.is_empty() => failures.push(no_article(page)),
            Ok(found) => articles.extend(found),
            Err(error) => failures.push(Failure::of(page.name(), error.to_string())),
        }
    }
    failures.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(Reading { articles, pages, failures })
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let own = Path::new(name).extension();
    own.is_some_and(|own| endings.iter().any(|end| own.eq_ignore_ascii_case(end)))
}

/// Pages in formats that are not read, and a directory without one that is.
fn passed_over(files: &[String], others: &[String]) -> Option<Failure> {
    const WAY_OUT: &str = "pages are read from plain text in UTF-8 (.txt)";
    let reason = match (files.len(), others.len()) {
        (0, 0) => format!("holds no .txt file; {WAY_OUT}"),
        (_, 0) => return None,
        (_, others) => {
            let what = if others == 1 { "file was" } else { "files were" };
            format!("{others} {what} passed over (.html, .eml, .pdf and the like); {WAY_OUT}")
        }
    };
    Some(Failure::of(".", reason))
}

fn no_article(page: &Page) -> Failure {
    let words = page.words();
    let reason = if words == 0 {
        "the page is empty; remove it or save it again".to_owned()
    } else {
        let unit = if words == 1 { "word" } else { "words" };
        format!(
            "no article found in {words} {unit} (an article has 40 words, or a dateline, agency or date beside it); if it \
             is one, build it with Article::new"
        )
    };
    Failure::of(page.name(), reason)
}

/// A first-level directory named like a host is a site ("gazette.example/…"); "pages/…" says nothing.
fn site(name: &str) -> Option<&str> {
    name.split_once('/').map(|(site, _)| site).filter(|site| site.contains('.'))
}

fn read_together(texts: &[(String, Arc<str>)], layout: Layout) -> Vec<Page> {
    let mut by_site: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    for (name, text) in texts {
        by_site.entry(site(name)).or_default().push(text);
    }
    // Furniture of the whole collection, and that of each site.
    let everywhere = learn(texts.iter().map(|(_, text)| &**text), false);
    let mut learned: BTreeMap<Option<&str>, BTreeSet<u64>> = BTreeMap::new();
    for (site, pages) in by_site {
        let mut keys = everywhere.clone();
        if site.is_some() {
            keys.extend(learn(pages.into_iter(), true));
        }
        learned.insert(site, keys);
    }
    let contexts: BTreeMap<Option<&str>, Context> = learned
        .into_iter()
        .map(|(site, furniture)| {
            (site, Context { layout, furniture: Arc::new(furniture), reference: None })
        })
        .collect();
    let context = |name: &String| {
        contexts
            .get(&site(name))
            .cloned()
            .unwrap_or_else(|| Context { layout, ..Context::default() })
    };
    let mut pages = map_items(texts, |(name, text)| {
        Page::read(name.as_str().into(), Arc::clone(text), &context(name))
    });
    let reference = pages.iter().filter_map(Page::reference).max();
    // Only dates that are not fixed yet can change.
    let open: Vec<usize> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| {
            page.articles().iter().any(|article| {
                !matches!(
                    article.published.evidence(),
                    DateEvidence::PublicationLine(_) | DateEvidence::RunningText(_)
                )
            })
        })
        .map(|(index, _)| index)
        .collect();
    let again = map_items(&open, |&index| {
        let (name, text) = texts.get(index)?;
        let context = Context { reference, ..context(name) };
        Some(Page::read(name.as_str().into(), Arc::clone(text), &context))
    });
    for (index, page) in open.into_iter().zip(again) {
        if let (Some(slot), Some(page)) = (pages.get_mut(index), page) {
            *slot = page;
        }
    }
    pages
}

fn list(
    dir: &Path,
    prefix: &str,
    files: &mut Vec<String>,
    failures: &mut Vec<Failure>,
) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let file_name = entry.file_name();
        let Some(own) = file_name.to_str() else {
            let shown = format!("{prefix}{}", file_name.to_string_lossy());
            failures.push(Failure::of(
                &shown,
                "the file name is not UTF-8, and ids are made of names; rename it",
            ));
            continue;
        };
        let name = format!("{prefix}{own}");
        let kind = entry.file_type()?;
        let is_text = has_ending(own, &["txt"]);
        if kind.is_dir() {
            if let Err(error) = list(&entry.path(), &format!("{name}/"), files, failures) {
                failures.push(Failure::of(
                    &name,
                    format!("cannot be listed ({error}); check its permissions"),
                ));
            }
            continue;
        }
        // A link that leads nowhere stays a file, so that the failure to open it is reported.
        let target = if kind.is_symlink() {
            fs::metadata(entry.path()).ok().map(|target| target.file_type())
        } else {
            Some(kind)
        };
        if target.is_some_and(|target| target.is_dir()) {
            failures.push(Failure::of(
                &name,
                "a symbolic link to a directory is not followed, because links may form loops; pass its target",
            ));
        } else if is_text && target.is_some_and(|target| !target.is_file()) {
            // To open a pipe waits for a writer who may never come.
            failures.push(Failure::of(
                &name,
                "is a pipe, socket or device and no file; save its content as a file",
            ));
        } else if is_text || has_ending(own, OTHER_PAGES) {
            files.push(name);
        }
    }
    Ok(())
}

enum Trouble {
    Io(std::io::Error),
    Content(Failure),
}

fn load(path: &Path) -> Result<Arc<str>, Trouble> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(Trouble::Io)?;
    // One byte more than allowed tells a full file from one that is too large, also where the size lies (pipes, /proc).
    file.take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes).map_err(Trouble::Io)?;
    if bytes.len() as u64 > MAX_PAGE_BYTES {
        return Err(Trouble::Content(Failure::of(
            "",
            format!("larger than the limit of {MAX_PAGE_BYTES} bytes for one page; split it"),
        )));
    }
    let text = decode(bytes).map_err(Trouble::Content)?;
    if is_html(&text) {
        let reason =
            "is HTML; save the page as plain text, or build its articles with Article::new";
        return Err(Trouble::Content(Failure::of("", reason)));
    }
    Ok(text)
}

/// Tags would stand in titles and bodies, and scripts between the paragraphs.
fn is_html(text: &str) -> bool {
    let head = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    ["<!doctype html", "<html"]
        .iter()
        .any(|tag| head.get(..tag.len()).is_some_and(|own| own.eq_ignore_ascii_case(tag)))
}

/// Strict UTF-8: replacing bytes would shift offsets against the file and join words that are not in it.
fn decode(bytes: Vec<u8>) -> Result<Arc<str>, Failure> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Failure { byte: Some(0), ..Failure::of("", "is UTF-16; convert it to UTF-8") });
    }
    String::from_utf8(bytes).map(Arc::from).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..byte).unwrap_or_default();
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        let value = error.as_bytes().get(byte).copied().unwrap_or_default();
        Failure {
            file: String::new(),
            line: Some(line),
            byte: Some(byte),
            reason: format!("byte {value:#04x} is not UTF-8; convert the file (it may be Windows-1252 or Latin-1)"),
        }
    })
}
