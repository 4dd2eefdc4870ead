//! Token hashes → hashes of runs of eight of them, for the fingerprints of links. In memory only: no
//! part of the frozen scheme.

use minhash_lsh::Kernel;

#[cfg(target_arch = "x86_64")]
use super::avx512::Avx512;

/// Tokens of a window.
pub(crate) const WINDOW_TOKENS: usize = 8;

/// Windows that are hashed side by side: each is eight multiplications one after the other.
const SIDE_BY_SIDE: usize = 8;

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Replaces the hashes of tokens by those of every run of [`WINDOW_TOKENS`] of them, in order; fewer
/// tokens than that by none.
///
/// Measured on a Zen 5: 400 tokens take 1.00 µs one window after the other, 0.65 side by side and 0.33
/// with AVX-512, which multiplies eight numbers of 64 bits at once.
pub(crate) fn window_hashes(kernel: Kernel, hashes: &mut Vec<u64>) {
    let windows = (hashes.len() + 1).saturating_sub(WINDOW_TOKENS);
    #[cfg(target_arch = "x86_64")]
    match Avx512::detect() {
        Some(vectors) if kernel == Kernel::Avx512 => vectors.window_hashes(hashes),
        _ => replace(hashes),
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = kernel;
        replace(hashes);
    }
    hashes.truncate(windows);
}

/// Replaces all hashes that a window begins with.
#[inline(always)]
pub(super) fn replace(hashes: &mut [u64]) {
    let mut done = 0;
    while let Some(block) = hashes
        .get_mut(done..)
        .and_then(|rest| rest.first_chunk_mut::<{ SIDE_BY_SIDE + WINDOW_TOKENS - 1 }>())
    {
        let mut windows = [0; SIDE_BY_SIDE];
        for place in 0..WINDOW_TOKENS {
            for (number, window) in windows.iter_mut().enumerate() {
                *window = step(*window, block[place + number]);
            }
        }
        for (slot, window) in block.iter_mut().zip(windows) {
            *slot = finish(window);
        }
        done += SIDE_BY_SIDE;
    }
    while let Some(window) =
        hashes.get_mut(done..).and_then(|rest| rest.first_chunk_mut::<WINDOW_TOKENS>())
    {
        window[0] = finish(window.iter().fold(0, |hash, &token| step(hash, token)));
        done += 1;
    }
}

#[inline(always)]
fn step(hash: u64, token: u64) -> u64 {
    (hash.rotate_left(23) ^ token).wrapping_mul(FACTOR)
}

/// The minimum of windows is taken over the whole word, whose high bits the product has mixed.
#[inline(always)]
fn finish(hash: u64) -> u64 {
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_hashes_each_window_by_its_own_tokens() {
        for length in 0..60u64 {
            let tokens: Vec<u64> =
                (0..length).map(|i| (i % 23 + 1).wrapping_mul(0xd6e8_feb8_6659_fd93)).collect();
            let alone: Vec<u64> = tokens
                .windows(WINDOW_TOKENS)
                .map(|window| finish(window.iter().fold(0, |hash, &token| step(hash, token))))
                .collect();
            for &kernel in Kernel::available() {
                let mut hashes = tokens.clone();
                window_hashes(kernel, &mut hashes);
                assert_eq!(hashes, alone, "{kernel}: {length} tokens");
            }
        }
    }

    #[test]
    fn the_hash_of_a_window_is_known() {
        let mut hashes: Vec<u64> = (1..=8).collect();
        window_hashes(Kernel::Scalar, &mut hashes);
        assert_eq!(hashes, [0x8649_c048_9aa5_74dc]);
    }
}
