//! Pages: any text is read without a panic, every byte of it is accounted for, and every span can be sliced.

use wirecopy::Span;
use wirecopy::page::credit::find;
use wirecopy::page::{Layout, LineClass, Page, read_str};

/// Reads `data` as one page and asserts the laws of the reading.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let page = read_str("fuzz.txt", &*text);
    ascending(&page);
    accounted(&page);
    let again = read_str("fuzz.txt", &*text);
    assert_eq!(page.articles(), again.articles(), "two readings differ");
    assert_eq!(page.lines(), again.lines(), "two readings differ");
    let articles = page.to_articles().expect("a page within the limit makes articles");
    assert_eq!(articles.len(), page.articles().len());
    let whole: Vec<Span> = Span::new(0, text.len()).into_iter().collect();
    for credit in find(&text, &whole) {
        assert!(credit.span.slice(&text).is_some_and(|name| !name.is_empty()));
    }
}

fn ascending(page: &Page) {
    let mut line = 0;
    for article in page.articles() {
        // Many items of a feed may stand on one line.
        let shared = page.layout() == Layout::FeedItems && article.first_line == line;
        assert!(article.first_line > line || shared);
        assert!(article.last_line >= article.first_line);
        line = article.last_line;
        let mut end = 0;
        for span in &article.body {
            assert!(span.start() >= end && !span.is_empty(), "body spans overlap or are empty");
            assert!(span.slice(page.text()).is_some(), "a body span cuts a character");
            end = span.end();
        }
        for credit in &article.credits {
            assert!(credit.span.slice(page.text()).is_some(), "a credit cuts a character");
        }
        let published = article.published;
        assert!(published.earliest().is_none_or(|a| published.latest().is_none_or(|b| a <= b)));
    }
    assert!(line <= page.lines().len());
}

/// Every character that a reader sees is in a title, a body, or a piece left out with its reason.
fn accounted(page: &Page) {
    let mut spans: Vec<Span> = page.outside().iter().map(|piece| piece.span).collect();
    for article in page.articles() {
        spans.extend(article.title);
        spans.extend(&article.body);
        spans.extend(article.dropped.iter().map(|piece| piece.span));
    }
    spans.sort();
    let mut at = 0;
    for span in spans {
        if span.start() > at {
            blank(page, at, span.start());
        }
        at = at.max(span.end());
    }
    blank(page, at, page.text().len());
    for line in page.lines() {
        let text = line.span.slice(page.text()).expect("lines lie on character boundaries");
        assert_eq!(text.is_empty(), line.class == LineClass::Blank, "a line of text has a class");
    }
}

fn blank(page: &Page, from: usize, to: usize) {
    let gap = page.text().get(from..to).expect("pieces lie on character boundaries");
    let invisible = |c: char| matches!(c as u32, 0xFEFF | 0x200B..=0x200F | 0x2060 | 0x00AD);
    assert!(gap.chars().all(|c| c.is_whitespace() || invisible(c)), "lost text: {gap:?}");
}
