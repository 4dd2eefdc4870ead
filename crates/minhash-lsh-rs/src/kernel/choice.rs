//! Which instructions the inner loops use.

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use crate::Error;

/// A set of instructions that inner loops are written for. Every kernel gives the same bytes; they
/// differ in speed alone.
///
/// The best one that the CPU has is taken unasked, so a program only names a kernel to measure or
/// to test. The choice is made at run time: a binary built for any x86-64 uses AVX-512 where it
/// finds it.
///
/// | kernel | name | needs |
/// |---|---|---|
/// | [`Scalar`](Self::Scalar) | `scalar` | nothing |
/// | [`Neon`](Self::Neon) | `neon` | little-endian AArch64 |
/// | [`Avx2`](Self::Avx2) | `avx2` | x86-64 with AVX2, BMI1, BMI2, LZCNT, POPCNT (Haswell, Zen and later) |
/// | [`Avx512`](Self::Avx512) | `avx512` | the same and AVX-512 F, BW, CD, DQ, VL, VBMI, VBMI2 (Ice Lake, Zen 4 and later) |
///
/// The environment variable `WIRECOPY_KERNEL` overrides the choice for a whole process: see
/// [`Kernel::detect`].
///
/// ```
/// use minhash_lsh::{Kernel, Scheme, Sketcher};
///
/// let set = [1, 2, 3];
/// let scheme = Scheme::new(128)?;
/// for &kernel in Kernel::available() {
///     let sketcher = Sketcher::new(scheme).with_kernel(kernel)?;
///     assert_eq!(sketcher.sketch(&set), Sketcher::new(scheme).sketch(&set));
/// }
/// # Ok::<(), minhash_lsh::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kernel {
    /// Portable code that every target runs.
    Scalar,
    /// 128-bit vectors of AArch64.
    Neon,
    /// 256-bit vectors of x86-64.
    Avx2,
    /// 512-bit vectors of x86-64.
    Avx512,
}

impl Kernel {
    /// The name of the environment variable that [`Kernel::detect`] reads.
    pub const VARIABLE: &'static str = "WIRECOPY_KERNEL";

    const ALL: [Self; 4] = [Self::Scalar, Self::Neon, Self::Avx2, Self::Avx512];

    /// The kernels that this CPU runs, slowest first; the first is [`Kernel::Scalar`].
    ///
    /// The CPU is asked once a process.
    #[must_use]
    pub fn available() -> &'static [Self] {
        static AVAILABLE: OnceLock<Vec<Kernel>> = OnceLock::new();
        AVAILABLE.get_or_init(|| Self::ALL.into_iter().filter(|kernel| kernel.found()).collect())
    }

    /// Whether this CPU runs the kernel.
    #[must_use]
    pub fn is_available(self) -> bool {
        Self::available().contains(&self)
    }

    /// The kernel that is used unless a caller names another.
    ///
    /// It is the last of [`Kernel::available`], unless the environment variable `WIRECOPY_KERNEL`
    /// is set: then the kernel it names, or [`Kernel::Scalar`] if it names none or one that this
    /// CPU does not run. A variable that is empty counts as not set. It is read once a process.
    ///
    /// A name that cannot be followed falls to the slowest kernel, not to the fastest, so that a
    /// run that was meant to avoid an instruction set never uses it because of a misspelling.
    #[must_use]
    pub fn detect() -> Self {
        static DETECTED: OnceLock<Kernel> = OnceLock::new();
        *DETECTED.get_or_init(|| Self::chosen_by(std::env::var_os(Self::VARIABLE).as_deref()))
    }

    fn chosen_by(variable: Option<&std::ffi::OsStr>) -> Self {
        match variable {
            Some(name) if !name.is_empty() => {
                let named = name.to_str().and_then(|name| name.parse().ok());
                named.filter(|kernel: &Self| kernel.is_available()).unwrap_or(Self::Scalar)
            }
            _ => Self::available().last().copied().unwrap_or(Self::Scalar),
        }
    }

    /// The kernel itself, if this CPU runs it.
    ///
    /// # Errors
    /// [`Error::is_config`] if it does not; the message names those it runs.
    pub fn require(self) -> Result<Self, Error> {
        if self.is_available() {
            return Ok(self);
        }
        let names: Vec<_> = Self::available().iter().map(|kernel| kernel.name()).collect();
        Err(Error::config(format!(
            "this CPU does not run the kernel {self}; use {}",
            names.join(" or ")
        )))
    }

    /// The name that [`FromStr`] reads: `scalar`, `neon`, `avx2` or `avx512`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Neon => "neon",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn found(self) -> bool {
        use std::arch::is_x86_feature_detected as has;
        match self {
            Self::Scalar => true,
            Self::Neon => false,
            Self::Avx2 => {
                has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
            }
            Self::Avx512 => {
                Self::Avx2.found()
                    && has!("avx512f")
                    && has!("avx512bw")
                    && has!("avx512cd")
                    && has!("avx512dq")
                    && has!("avx512vl")
                    && has!("avx512vbmi")
                    && has!("avx512vbmi2")
            }
        }
    }

    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    fn found(self) -> bool {
        match self {
            Self::Scalar => true,
            Self::Neon => std::arch::is_aarch64_feature_detected!("neon"),
            Self::Avx2 | Self::Avx512 => false,
        }
    }

    #[cfg(not(any(
        target_arch = "x86_64",
        all(target_arch = "aarch64", target_endian = "little")
    )))]
    fn found(self) -> bool {
        self == Self::Scalar
    }
}

/// The name, for example `avx2`.
impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Reads a name as [`Kernel::name`] writes it, whether or not this CPU runs the kernel.
impl FromStr for Kernel {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|kernel| kernel.name() == name).ok_or_else(|| {
            Error::config(format!("no kernel is called {name:?}; use scalar, neon, avx2 or avx512"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variable: &str) -> Kernel {
        Kernel::chosen_by(Some(variable.as_ref()))
    }

    #[test]
    fn the_variable_selects_available_kernels_and_nothing_else() {
        for kernel in Kernel::ALL {
            let expected = if kernel.is_available() { kernel } else { Kernel::Scalar };
            assert_eq!(chosen(kernel.name()), expected);
        }
        for unknown in ["AVX2", "avx-2", " avx2", "best", "0"] {
            assert_eq!(chosen(unknown), Kernel::Scalar, "{unknown}");
        }
    }

    #[test]
    fn without_the_variable_the_best_kernel_is_chosen() {
        let best = Kernel::available().last().copied().unwrap();
        assert_eq!(Kernel::chosen_by(None), best);
        assert_eq!(chosen(""), best);
    }

    #[test]
    fn scalar_is_available_everywhere_and_first() {
        assert_eq!(Kernel::available().first(), Some(&Kernel::Scalar));
        assert!(Kernel::available().is_sorted());
    }

    #[test]
    fn require_refuses_what_the_cpu_does_not_run() {
        for kernel in Kernel::ALL {
            match kernel.require() {
                Ok(same) => assert!(same == kernel && kernel.is_available()),
                Err(error) => {
                    assert!(error.is_config() && !kernel.is_available());
                    assert!(error.to_string().contains("use scalar"), "{error}");
                }
            }
        }
    }

    #[test]
    fn names_are_read_back() {
        for kernel in Kernel::ALL {
            assert_eq!(kernel.to_string().parse(), Ok(kernel));
        }
        assert!("sse2".parse::<Kernel>().unwrap_err().is_config());
    }
}
