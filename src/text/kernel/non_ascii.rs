//! The characters of a block that are not ASCII, one by one, for kernels without a permutation of
//! whole tables.

use super::lookup::{DIGIT, LOWER, Lookup, NEWLINE, PAUSE, SLOW, TWO, UPPER, WORD};
use super::vectors::{Classes, FOLDED, WINDOW};

/// Completes the classes and folded bytes of a block from those of its ASCII characters.
///
/// French has some three such characters in a block; looking all bytes up for each of the lead bytes
/// takes AVX2 about as many instructions.
#[inline(always)]
pub(super) fn look_up_non_ascii(
    window: &[u8; WINDOW],
    lookup: &'static Lookup,
    classes: &mut Classes,
    folded: &mut [u8; FOLDED],
) {
    let mut rest = classes.non_ascii;
    while rest != 0 {
        let at = rest.trailing_zeros() as usize;
        let bit = rest & rest.wrapping_neg();
        rest ^= bit;
        let [first, second, third] = match window.get(at..).and_then(|w| w.first_chunk::<3>()) {
            Some(bytes) => *bytes,
            None => return,
        };
        let index = usize::from(first.wrapping_sub(0xc2)) << 6 | usize::from(second & 63);
        let class = if let Some(&class) = lookup.latin_class.get(index) {
            classes.two_bytes |= bit;
            rest &= !(bit << 1);
            if let Some(byte) = folded.get_mut(at) {
                *byte = lookup.latin_fold[index];
            }
            class
        } else if first == 0xe2 && second == 0x80 {
            classes.three_bytes |= bit;
            rest &= !(bit << 1 | bit << 2);
            lookup.general_class[usize::from(third & 63)]
        } else if first < 0xc0 {
            // The rest of a character that began in the block before.
            continue;
        } else {
            classes.slow |= bit;
            return;
        };
        let flag = |flag: u8| if class & flag != 0 { bit } else { 0 };
        classes.word |= flag(WORD);
        classes.upper |= flag(UPPER);
        classes.lower |= flag(LOWER);
        classes.digit |= flag(DIGIT);
        classes.pause |= flag(PAUSE);
        classes.newline |= flag(NEWLINE);
        classes.two_letters |= flag(TWO);
        classes.slow |= flag(SLOW);
    }
}
