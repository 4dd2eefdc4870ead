//! Which outlets belong together.

use crate::article::Article;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The families of publishers that outlets belong to, as the caller knows them.
///
/// Outlets of one family are one origin at the least, and count once where a dispatch is picked up. An article that names
/// a [family](Article::with_family) itself keeps it. Outlets are compared letter by letter.
///
/// ```
/// use wirecopy::{Article, Config, PublisherFamilies};
/// let families = PublisherFamilies::new()
///     .with("La Gazette d'Amont", "Groupe des Deux Rives")?
///     .with("Le Courrier d'Aval", "Groupe des Deux Rives")?;
/// let articles = [Article::new("a", "Le bac reprend.")?.with_outlet("Le Courrier d'Aval")];
/// let grouping = wirecopy::group_with(&articles, &Config::new().with_families(families))?;
/// assert_eq!(grouping.set().articles()[0].family(), Some("Groupe des Deux Rives"));
/// # Ok::<(), wirecopy::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
#[must_use]
pub struct PublisherFamilies {
    of_outlet: BTreeMap<String, String>,
}

impl PublisherFamilies {
    /// None.
    pub fn new() -> PublisherFamilies {
        PublisherFamilies::default()
    }

    /// Puts an outlet into a family.
    ///
    /// # Errors
    /// `is_config` when the outlet is in another family already.
    pub fn with(
        mut self,
        outlet: impl Into<String>,
        family: impl Into<String>,
    ) -> Result<PublisherFamilies> {
        let (outlet, family) = (outlet.into(), family.into());
        if let Some(known) = self.of_outlet.get(&outlet).filter(|known| **known != family) {
            return Err(Error::config(format!(
                "outlet {outlet:?} is put into the family {family:?}, but is in {known:?}; give each outlet one family"
            )));
        }
        self.of_outlet.insert(outlet, family);
        Ok(self)
    }

    /// The family of an outlet. O(log outlets).
    pub fn of(&self, outlet: &str) -> Option<&str> {
        self.of_outlet.get(outlet).map(String::as_str)
    }

    /// The outlets with their families, by ascending outlet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.of_outlet.iter().map(|(outlet, family)| (outlet.as_str(), family.as_str()))
    }

    /// The articles with their families filled in. O(articles log outlets).
    pub(crate) fn fill_in<'a>(&self, articles: &'a [Article]) -> Cow<'a, [Article]> {
        if self.of_outlet.is_empty() {
            return Cow::Borrowed(articles);
        }
        let filled = articles.iter().map(|article| {
            let known = article.outlet().and_then(|outlet| self.of(outlet));
            match known.filter(|_| article.family().is_none()) {
                Some(family) => article.clone().with_family(family),
                None => article.clone(),
            }
        });
        Cow::Owned(filled.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_has_one_family_and_an_article_keeps_its_own() {
        let families = PublisherFamilies::new().with("A", "F").unwrap().with("A", "F").unwrap();
        let message = families.clone().with("A", "G").unwrap_err().to_string();
        assert!(
            message.contains("\"A\"") && message.contains("\"F\"") && message.contains("\"G\"")
        );
        let article = |id: &str, outlet: &str| Article::new(id, "x").unwrap().with_outlet(outlet);
        let articles = [article("1", "A"), article("2", "a"), article("3", "A").with_family("own")];
        let filled = families.fill_in(&articles);
        let found: Vec<Option<&str>> = filled.iter().map(Article::family).collect();
        assert_eq!(found, [Some("F"), None, Some("own")]);
    }
}
