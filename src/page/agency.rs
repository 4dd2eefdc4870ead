//! The news agencies that are told apart.

use std::fmt;

/// A news agency.
///
/// ```
/// use wirecopy::page::Agency;
/// assert_eq!(Agency::Ats.to_string(), "Keystone-ATS");
/// assert_eq!(Agency::ALL.len(), 14);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Agency {
    /// Agence France-Presse.
    #[cfg_attr(feature = "serde", serde(rename = "AFP"))]
    Afp,
    /// The Associated Press.
    #[cfg_attr(feature = "serde", serde(rename = "AP"))]
    Ap,
    /// Reuters.
    Reuters,
    /// Deutsche Presse-Agentur.
    #[cfg_attr(feature = "serde", serde(rename = "dpa"))]
    Dpa,
    /// Agencia EFE.
    #[cfg_attr(feature = "serde", serde(rename = "EFE"))]
    Efe,
    /// Agenzia Nazionale Stampa Associata.
    #[cfg_attr(feature = "serde", serde(rename = "ANSA"))]
    Ansa,
    /// Agência Lusa.
    Lusa,
    /// Belga.
    Belga,
    /// Keystone-ATS.
    #[cfg_attr(feature = "serde", serde(rename = "Keystone-ATS"))]
    Ats,
    /// Xinhua.
    Xinhua,
    /// TASS.
    #[cfg_attr(feature = "serde", serde(rename = "TASS"))]
    Tass,
    /// Yonhap.
    Yonhap,
    /// Korean Central News Agency.
    #[cfg_attr(feature = "serde", serde(rename = "KCNA"))]
    Kcna,
    /// Kyodo News.
    Kyodo,
}

impl Agency {
    /// Every agency that is told apart.
    pub const ALL: [Agency; 14] = [
        Agency::Afp,
        Agency::Ap,
        Agency::Reuters,
        Agency::Dpa,
        Agency::Efe,
        Agency::Ansa,
        Agency::Lusa,
        Agency::Belga,
        Agency::Ats,
        Agency::Xinhua,
        Agency::Tass,
        Agency::Yonhap,
        Agency::Kcna,
        Agency::Kyodo,
    ];

    /// The name a reader knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Agency::Afp => "AFP",
            Agency::Ap => "AP",
            Agency::Reuters => "Reuters",
            Agency::Dpa => "dpa",
            Agency::Efe => "EFE",
            Agency::Ansa => "ANSA",
            Agency::Lusa => "Lusa",
            Agency::Belga => "Belga",
            Agency::Ats => "Keystone-ATS",
            Agency::Xinhua => "Xinhua",
            Agency::Tass => "TASS",
            Agency::Yonhap => "Yonhap",
            Agency::Kcna => "KCNA",
            Agency::Kyodo => "Kyodo",
        }
    }
}

impl fmt::Display for Agency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
