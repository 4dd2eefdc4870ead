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
    pub(super) const fn space(&mut self) {
        self.starts |= self.stop;
        self.stop = false;
        self.quote = false;
        self.initial = false;
        self.carriage_return = false;
    }

    /// Takes in one separator.
    pub(super) const fn see(&mut self, c: char, class: Class) {
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
    const fn newline(&mut self, c: char) {
        if !(c == '\n' && self.carriage_return) && self.newlines < 2 {
            self.newlines += 1;
        }
        self.space();
        self.starts |= self.newlines == 2;
        self.carriage_return = c == '\r';
    }
}

/// A [`Gap`] as a number, for readers that cannot afford a branch a character: one of the seven-bit
/// states of an automaton whose steps are those of [`Gap::see`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct GapState(u8);

/// What a separator does to a gap: its class, or of a line break, which one it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct GapStep(u8);

const STATES: usize = 128;
const STEPS: usize = 16;
/// The steps of a carriage return and of a line break that is neither that nor a line feed: numbers
/// that no class of separators has.
const CARRIAGE_RETURN: u8 = 0;
const OTHER_NEWLINE: u8 = 1;

static NEXT: [[u8; STEPS]; STATES] = {
    let mut next = [[0; STEPS]; STATES];
    let mut state = 0;
    while state < STATES {
        let mut class = 0;
        while class < Class::ALL.len() {
            let separator = Class::ALL[class];
            if matches!(separator, Class::Newline) {
                let (mut feed, mut carriage, mut other) = (
                    Gap::of_state(state as u8),
                    Gap::of_state(state as u8),
                    Gap::of_state(state as u8),
                );
                feed.see('\n', separator);
                carriage.see('\r', separator);
                other.see('\u{2028}', separator);
                next[state][class] = feed.state().0;
                next[state][CARRIAGE_RETURN as usize] = carriage.state().0;
                next[state][OTHER_NEWLINE as usize] = other.state().0;
            } else if class >= Class::Other as usize {
                let mut gap = Gap::of_state(state as u8);
                gap.see(' ', separator);
                next[state][class] = gap.state().0;
            }
            class += 1;
        }
        state += 1;
    }
    next
};

impl GapStep {
    /// The step of a separator.
    pub(super) fn of(c: char, separator: Class) -> GapStep {
        GapStep(match (separator, c) {
            (Class::Newline, '\r') => CARRIAGE_RETURN,
            (Class::Newline, '\n') => Class::Newline as u8,
            (Class::Newline, _) => OTHER_NEWLINE,
            _ => separator as u8,
        })
    }
}

impl GapState {
    /// Takes in one separator.
    #[inline(always)]
    pub(super) fn step(self, step: GapStep) -> GapState {
        GapState(NEXT[usize::from(self.0) % STATES][usize::from(step.0) % STEPS])
    }

    /// Whether a token that follows now starts a sentence.
    #[inline(always)]
    pub(super) fn starts_sentence(self) -> bool {
        Gap::of_state(self.0).starts_sentence()
    }

    /// The gap in full.
    pub(super) fn gap(self) -> Gap {
        Gap::of_state(self.0)
    }
}

impl Gap {
    #[inline(always)]
    pub(super) const fn state(self) -> GapState {
        GapState(
            self.starts as u8
                | (self.stop as u8) << 1
                | (self.quote as u8) << 2
                | (self.initial as u8) << 3
                | (self.carriage_return as u8) << 4
                | self.newlines << 5,
        )
    }

    #[inline(always)]
    const fn of_state(state: u8) -> Gap {
        Gap {
            starts: state & 1 != 0,
            stop: state & 2 != 0,
            quote: state & 4 != 0,
            initial: state & 8 != 0,
            carriage_return: state & 16 != 0,
            newlines: state >> 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_automaton_steps_as_the_rules_do() {
        let separators = [
            (' ', Class::Space),
            ('\n', Class::Newline),
            ('\r', Class::Newline),
            ('\u{85}', Class::Newline),
            ('.', Class::Dot),
            ('!', Class::Stop),
            ('。', Class::WideStop),
            ('«', Class::Opener),
            ('"', Class::Quote),
            (',', Class::Comma),
            ('-', Class::Other),
        ];
        for first in [Gap::at_start(), Gap::after_token(false), Gap::after_token(true)] {
            // All gaps of four separators.
            for choice in 0..separators.len().pow(4) {
                let (mut gap, mut state, mut choice) = (first, first.state(), choice);
                for _ in 0..4 {
                    let (c, class) = separators[choice % separators.len()];
                    choice /= separators.len();
                    gap.see(c, class);
                    state = state.step(GapStep::of(c, class));
                    assert_eq!(state, gap.state());
                    assert_eq!(state.starts_sentence(), gap.starts_sentence());
                }
            }
        }
    }
}
