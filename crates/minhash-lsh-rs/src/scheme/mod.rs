//! What makes two signatures comparable.

mod version;

use std::fmt;

use crate::Error;
use crate::codec::{Reader, Tag, Writer};

pub use version::{Algorithm, Version};

/// How many bytes an encoded [`Scheme`] takes.
pub(crate) const ENCODED_LENGTH: usize = 40;
const TAG: Tag = *b"mhsc";

/// What a signature was made with. Signatures are comparable if and only if their schemes are
/// equal; everything in this crate refuses a mismatch with [`Error::is_incompatible`].
///
/// | field | range | meaning |
/// |---|---|---|
/// | `algorithm` | [`Algorithm`] | how lanes are made |
/// | `k` | 8, 16, …, 1024 | lanes of a signature |
/// | `bits` | 32 | bits kept of a lane |
/// | `seed` | any | selects the hash functions |
/// | `version` | [`Version::CURRENT`] | of the published hash functions |
/// | `input` | 16 bytes | the caller's digest of how texts became hashes |
///
/// `input` keeps apart signatures whose *elements* were made differently (another tokeniser,
/// folding or shingle length), which no property of the signature would show. Zeros mean "not
/// stated".
///
/// ```
/// use minhash_lsh::Scheme;
///
/// let scheme = Scheme::new(128)?.with_seed(7).with_input(*b"words, 5-shingle");
/// assert_eq!(Scheme::decode(&scheme.encode())?, scheme);
/// assert_eq!(scheme.k(), 128);
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "raw::Scheme", into = "raw::Scheme"))]
pub struct Scheme {
    algorithm: Algorithm,
    k: u16,
    bits: u8,
    seed: u64,
    version: Version,
    input: [u8; 16],
}

impl Scheme {
    /// The fewest lanes a signature can have.
    pub const MIN_K: usize = 8;
    /// The most lanes a signature can have.
    pub const MAX_K: usize = 1024;

    /// Fast Similarity Sketching with `k` lanes of 32 bits, seed 0 and no stated input.
    ///
    /// The standard error of an estimate is at most √(J(1 − J)/k): 0.044 for k = 128 at J = 0.5.
    ///
    /// # Errors
    /// [`Error::is_config`] unless `k` is a multiple of 8 from 8 to 1024.
    pub fn new(k: usize) -> Result<Self, Error> {
        match u16::try_from(k) {
            Ok(k_u16) if k.is_multiple_of(8) && (Self::MIN_K..=Self::MAX_K).contains(&k) => {
                Ok(Self {
                    algorithm: Algorithm::FastSimilaritySketching,
                    k: k_u16,
                    bits: 32,
                    seed: 0,
                    version: Version::CURRENT,
                    input: [0; 16],
                })
            }
            _ => Err(Error::config(format!(
                "k = {k} is not a multiple of 8 between {} and {}; use {}",
                Self::MIN_K,
                Self::MAX_K,
                nearest_k(k)
            ))),
        }
    }

    /// The same scheme with other hash functions.
    ///
    /// Choose a secret seed where an adversary supplies the sets: whoever knows it can construct
    /// sets that collide.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The same scheme for elements made as `input`, a digest of the caller's choice, says.
    #[must_use]
    pub fn with_input(self, input: [u8; 16]) -> Self {
        Self { input, ..self }
    }

    /// The same scheme with lanes of `bits` bits.
    ///
    /// # Errors
    /// [`Error::is_config`] unless `bits` is 32, the only width so far.
    pub fn with_bits(self, bits: u8) -> Result<Self, Error> {
        if bits == 32 {
            Ok(Self { bits, ..self })
        } else {
            Err(Error::config(format!(
                "lanes of {bits} bits are not supported; this version keeps 32"
            )))
        }
    }

    /// How lanes are made.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Lanes of a signature: a multiple of 8 from 8 to 1024.
    #[must_use]
    pub fn k(&self) -> usize {
        usize::from(self.k)
    }

    /// Bits kept of a lane: 32.
    #[must_use]
    pub fn bits(&self) -> u8 {
        self.bits
    }

    /// What selects the hash functions.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The version of the published hash functions.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The caller's digest of how texts became hashes; zeros if not stated.
    #[must_use]
    pub fn input(&self) -> [u8; 16] {
        self.input
    }

    /// Rounds of throwing every element into a random lane, before each lane that is still empty
    /// takes its own minimum.
    pub(crate) fn random_rounds(&self) -> usize {
        self.k() / 8
    }

    /// Refuses to compare what was made under `self` with what was made under `other`.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] unless the schemes are equal; the message names what differs.
    pub fn require_same(&self, other: &Self) -> Result<(), Error> {
        if self == other {
            return Ok(());
        }
        Err(Error::incompatible(format!(
            "signatures of different schemes cannot be compared ({}); \
             sketch both sides under one scheme",
            self.differences(other).join(", ")
        )))
    }

    fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |field: &str, ours: &dyn fmt::Display, theirs: &dyn fmt::Display| {
            let (ours, theirs) = (ours.to_string(), theirs.to_string());
            if ours != theirs {
                found.push(format!("{field} {ours} against {theirs}"));
            }
        };
        compare("algorithm", &self.algorithm, &other.algorithm);
        compare("k", &self.k, &other.k);
        compare("bits", &self.bits, &other.bits);
        compare("seed", &self.seed, &other.seed);
        compare("version", &self.version, &other.version);
        compare("input", &Hex(&self.input), &Hex(&other.input));
        found
    }

    /// The scheme as 40 bytes, little-endian: `"mhsc"`, version u32, algorithm u8, bits u8,
    /// k u16, zero u32, seed u64, input 16 bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new(TAG, ENCODED_LENGTH - TAG.len());
        writer.u32(self.version.number());
        writer.bytes(&[self.algorithm.code(), self.bits]);
        writer.bytes(&self.k.to_le_bytes());
        writer.u32(0);
        writer.u64(self.seed);
        writer.bytes(&self.input);
        writer.finish()
    }

    /// Reads what [`Scheme::encode`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`Error::is_incompatible`] for an algorithm, width or version that this build does not
    /// read; [`Error::is_corrupt`] for anything that was never written.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, TAG, "scheme")?;
        let version = reader.u32()?;
        let [algorithm, bits, k_low, k_high] = reader.array()?;
        let reserved = reader.u32()?;
        let seed = reader.u64()?;
        let input = reader.array()?;
        reader.finish()?;
        if reserved != 0 {
            return Err(Error::corrupt(format!(
                "encoded scheme has {reserved:#x} where zero is written; \
                 read it again from its source"
            )));
        }
        let k = u16::from_le_bytes([k_low, k_high]);
        Self::from_parts(version, algorithm, bits, k, seed, input)
    }

    fn from_parts(
        version: u32,
        algorithm: u8,
        bits: u8,
        k: u16,
        seed: u64,
        input: [u8; 16],
    ) -> Result<Self, Error> {
        let known = Version::from_number(version) == Version::CURRENT
            && algorithm == Algorithm::FastSimilaritySketching.code()
            && bits == 32;
        if !known {
            return Err(Error::incompatible(format!(
                "this build reads version {} with algorithm 1 and 32 bits, not version {} \
                 with algorithm {algorithm} and {bits} bits; sketch the sets again",
                Version::CURRENT,
                Version::from_number(version)
            )));
        }
        match Self::new(usize::from(k)) {
            Ok(scheme) => Ok(scheme.with_seed(seed).with_input(input)),
            Err(error) => Err(Error::corrupt(format!("stored scheme: {error}"))),
        }
    }
}

/// For example `fss k=128 bits=32 seed=0 version=1 input=000…0`.
impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} k={} bits={} seed={} version={} input={}",
            self.algorithm,
            self.k,
            self.bits,
            self.seed,
            self.version,
            Hex(&self.input)
        )
    }
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn nearest_k(k: usize) -> String {
    if k < Scheme::MIN_K {
        return Scheme::MIN_K.to_string();
    }
    if k > Scheme::MAX_K {
        return Scheme::MAX_K.to_string();
    }
    let below = k / 8 * 8;
    format!("{below} or {}", below + 8)
}

/// The fields as serde sees them, before validation.
#[cfg(feature = "serde")]
mod raw {
    use crate::Error;

    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Scheme {
        algorithm: super::Algorithm,
        k: u16,
        bits: u8,
        seed: u64,
        version: super::Version,
        input: [u8; 16],
    }

    impl TryFrom<Scheme> for super::Scheme {
        type Error = Error;

        fn try_from(raw: Scheme) -> Result<Self, Error> {
            let Scheme { algorithm, k, bits, seed, version, input } = raw;
            Self::from_parts(version.number(), algorithm.code(), bits, k, seed, input)
        }
    }

    impl From<super::Scheme> for Scheme {
        fn from(scheme: super::Scheme) -> Self {
            let super::Scheme { algorithm, k, bits, seed, version, input } = scheme;
            Self { algorithm, k, bits, seed, version, input }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k_is_a_multiple_of_eight_up_to_1024() {
        for k in (0..1100).chain([usize::MAX, 65_536 + 128]) {
            let valid = k % 8 == 0 && (8..=1024).contains(&k);
            match Scheme::new(k) {
                Ok(scheme) => assert!(valid && scheme.k() == k),
                Err(error) => assert!(!valid && error.is_config(), "{k}: {error}"),
            }
        }
    }

    #[test]
    fn every_field_makes_schemes_incompatible_and_is_named() {
        let base = Scheme::new(64).unwrap();
        assert!(base.require_same(&base).is_ok());
        let others = [
            (Scheme::new(72).unwrap(), "k 64 against 72"),
            (base.with_seed(3), "seed 0 against 3"),
            (base.with_input([1; 16]), "input 0000"),
        ];
        for (other, named) in others {
            let error = base.require_same(&other).unwrap_err();
            assert!(error.is_incompatible());
            assert!(error.to_string().contains(named), "{error}");
        }
    }

    #[test]
    fn decoding_accepts_exactly_what_encoding_writes() {
        let scheme = Scheme::new(1024).unwrap().with_seed(u64::MAX).with_input([9; 16]);
        let bytes = scheme.encode();
        assert_eq!(bytes.len(), ENCODED_LENGTH);
        assert_eq!(Scheme::decode(&bytes).unwrap(), scheme);
        for cut in 0..bytes.len() {
            assert!(Scheme::decode(&bytes[..cut]).unwrap_err().is_corrupt());
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(Scheme::decode(&longer).unwrap_err().is_corrupt());
        let with = |at: usize, value: u8| {
            let mut changed = bytes.clone();
            changed[at] = value;
            Scheme::decode(&changed)
        };
        assert!(with(0, b'x').unwrap_err().is_corrupt());
        assert!(with(4, 2).unwrap_err().is_incompatible(), "version");
        assert!(with(8, 2).unwrap_err().is_incompatible(), "algorithm");
        assert!(with(9, 8).unwrap_err().is_incompatible(), "bits");
        assert!(with(10, 1).unwrap_err().is_corrupt(), "k");
        assert!(with(12, 1).unwrap_err().is_corrupt(), "reserved");
    }

    #[test]
    fn what_was_written_before_the_freeze_is_refused_with_a_way_out() {
        let mut bytes = Scheme::new(128).unwrap().encode();
        bytes[4] = 0;
        let error = Scheme::decode(&bytes).unwrap_err();
        assert!(error.is_incompatible(), "{error}");
        for part in ["reads version 1 ", "not version 0-unstable", "sketch the sets again"] {
            assert!(error.to_string().contains(part), "{error}");
        }
    }

    #[test]
    fn bits_other_than_32_are_refused() {
        let scheme = Scheme::new(8).unwrap();
        assert_eq!(scheme.with_bits(32).unwrap(), scheme);
        assert!(scheme.with_bits(8).unwrap_err().is_config());
    }

    #[test]
    fn display_names_every_field() {
        let text = Scheme::new(128).unwrap().with_input([0xab; 16]).to_string();
        let input = "ab".repeat(16);
        assert_eq!(text, format!("fss k=128 bits=32 seed=0 version=1 input={input}"));
    }
}
