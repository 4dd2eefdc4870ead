//! What stands between two tokens, and whether the second starts a sentence.

use super::class::Class;

/// The separators since the last token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// A sentence starts here.
    starts: bool,
    /// A stop waits for the white space that makes it one: "1.5" and "site.example" have none.
    stop: bool,
    /// A quotation mark with nothing after it yet.
    quote: bool,
    /// The token before was one capital, and nothing but its dot has been seen: "J. Ormel".
    initial: bool,
    /// The last separator was a carriage return.
    carriage_return: bool,
    /// Line breaks with only white space between; saturates at two, which is a blank line.
    newlines: u8,
}

impl Gap {
    /// Before the first token of a text, which starts a sentence.
    pub(super) fn at_start() -> Gap {
        Gap { starts: true, ..Gap::after_token(false) }
    }

    /// After a token; `initial` when it is one capital letter.
    #[inline]
    pub(super) fn after_token(initial: bool) -> Gap {
        Gap {
            starts: false,
            stop: false,
            quote: false,
            initial,
            carriage_return: false,
            newlines: 0,
        }
    }

    /// Whether a token that follows now starts a sentence.
    #[inline]
    pub(super) fn starts_sentence(self) -> bool {
        self.starts || self.quote
    }

    #[inline]
    pub(super) fn space(&mut self) {
        self.starts |= self.stop;
        self.stop = false;
        self.quote = false;
        self.initial = false;
        self.carriage_return = false;
    }

    /// Takes in one separator.
    pub(super) fn see(&mut self, c: char, class: Class) {
        match class {
            Class::Space => return self.space(),
            Class::Newline => return self.newline(c),
            Class::Dot => self.stop |= !self.initial,
            Class::Stop => self.stop = true,
            Class::WideStop | Class::Opener => self.starts = true,
            Class::Quote => self.quote = true,
            Class::Comma => self.stop = false,
            _ => {}
        }
        self.initial = false;
        self.carriage_return = false;
        self.newlines = 0;
    }

    /// A line break is white space; two of them are a blank line. CR LF is one.
    fn newline(&mut self, c: char) {
        if !(c == '\n' && self.carriage_return) {
            self.newlines = (self.newlines + 1).min(2);
        }
        self.space();
        self.starts |= self.newlines == 2;
        self.carriage_return = c == '\r';
    }
}
