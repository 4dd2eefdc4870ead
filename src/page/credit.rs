//! Credits: which agency a text says it comes from, and in which sense.

use crate::span::Span;

/// A news agency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Agency {
    /// Agence France-Presse.
    Afp,
    /// The Associated Press.
    Ap,
    /// Reuters.
    Reuters,
    /// Deutsche Presse-Agentur.
    Dpa,
    /// Agencia EFE.
    Efe,
    /// Agenzia Nazionale Stampa Associata.
    Ansa,
    /// Agência Lusa.
    Lusa,
    /// Belga.
    Belga,
    /// Keystone-ATS.
    Ats,
    /// Xinhua.
    Xinhua,
    /// TASS.
    Tass,
    /// Yonhap.
    Yonhap,
    /// Korean Central News Agency.
    Kcna,
}

/// In which sense a text names an agency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum CreditRole {
    /// The text, or part of it, is the agency's: signature, byline, dateline, desk sign-off.
    Text,
    /// A picture is the agency's.
    Photo,
    /// The text quotes the agency as a source ("selon Yonhap"): no origin.
    Attribution,
}

/// One naming of an agency in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Credit {
    /// The agency.
    pub agency: Agency,
    /// The sense.
    pub role: CreditRole,
    /// Where the original text says so.
    pub span: Span,
}
