//! Sentences in which the site speaks to its readers: consent to cookies, newsletters, subscriptions.
//!
//! They are prose by their form, and no list of whole phrases can hold them: each site words its own. What they share is a
//! term of the matter (cookies, inbox, consent) beside a word that addresses the reader; news on the same matter has the
//! first and not the second.

use super::fold::{count_words, fold_line};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Longest sentence of the site, in words; a consent text of one paragraph has some sixty.
const MOST_WORDS: usize = 90;
/// From so many different terms on no address is needed.
const MANY_TERMS: usize = 3;
/// Longer sentences need two terms.
const ONE_TERM_WORDS: usize = 40;

/// What the site talks about, folded, by words; of scripts without spaces anywhere in the line.
const TERMS: &str = "cookie|cookies|traceurs|trackers|tracking|consentement|consent|einwilligung|consentimiento|consenso|\
    donnees personnelles|personal data|personenbezogene daten|personenbezogener daten|datos personales|dati personali|\
    partenaires|our partners|unsere partner|nuestros socios|vie privee|your privacy|privatsphare|privacidad|votre appareil|\
    your device|ihrem gerat|tu dispositivo|su dispositivo|mesurer l audience|measure audience|reichweite messen|\
    medir la audiencia|votre navigation|this site|this website|ce site|diese seite|dieser seite|this page|\
    newsletter|newsletters|infolettre|lettre d information|notre lettre|boite mail|votre boite|boite de reception|inbox|\
    postfach|e mail adresse|adresse e mail|adresse mail|adresse electronique|email address|your email|your e mail|boletin|\
    tu correo|su correo|correo electronico|daily digest|briefing|abonnez vous|inscrivez vous|sign up|signing up|subscribe|\
    suscribete|suscribase|abonnieren|abonnes|subscribers|abonnenten|suscriptores|conditions generales|\
    conditions d utilisation|terms of use|terms of service|nutzungsbedingungen|condiciones de uso|\
    politique de confidentialite|privacy policy|datenschutz|notre application|our app|unsere app|nuestra aplicacion|\
    meilleur de la redaction|best of our newsroom|beste aus der redaktion|mejor de la redaccion|votre compte|your account|\
    ihr konto|su cuenta|tu cuenta|notre selection|our selection|unsere auswahl|nuestra seleccion|s abonner|\
    desinscrire|unsubscribe|abbestellen|darse de baja|notifications|adblock|bloqueur de publicite|ad blocker|javascript|\
    بريدك|البريد الالكتروني|البريد الإلكتروني|ملفات تعريف الارتباط|بيانات شخصيه|بيانات شخصية|خصوصيتك|اشترك|النشرة";
const SPACELESS_TERMS: [&str; 14] = [
    "クッキー",
    "個人データ",
    "個人情報",
    "メールでお届け",
    "メールアドレス",
    "ニュースレター",
    "メールマガジン",
    "会員登録",
    "無料登録",
    "当サイト",
    "利用規約",
    "プライバシー",
    "记者邮箱",
    "订阅",
];
/// Words that address the reader, folded.
const ADDRESS: &str = "vous|votre|vos|you|your|ihr|ihre|ihrem|ihren|ihrer|tu|tus|usted|ustedes|te|recevez|recevoir|receive|\
    get|join|erhalten|recibe|reciba|inscrivez|abonnez|sign|subscribe|suscribete|nous|we|wir|nosotros|acepta|aceptas|\
    bienvenue|welcome|willkommen|deliver|delivered|اشترك|احصل|بريدك|لك|فانك|توافق|نستخدم";

/// Whether the site itself speaks in this block.
pub(crate) fn is_site_speech(block: &str) -> bool {
    let count = count_words(block);
    if !(2..=MOST_WORDS).contains(&count) || block.starts_with(['"', '«', '“', '„', '「']) {
        return false;
    }
    if !block.is_ascii() {
        let spaceless = SPACELESS_TERMS.iter().filter(|term| block.contains(**term)).count();
        if spaceless > 0 {
            return spaceless >= 2 || (count <= ONE_TERM_WORDS && is_polite(block));
        }
    }
    let folded = fold_line(block);
    let terms = terms_in(&folded);
    terms >= MANY_TERMS
        || (terms > 0
            && (terms > 1 || count <= ONE_TERM_WORDS)
            && folded.split(' ').any(|word| ADDRESS.split('|').any(|address| address == word)))
}

/// How many different terms a folded line holds, up to [`MANY_TERMS`].
fn terms_in(folded: &str) -> usize {
    /// The terms by their first words: most words of a line begin none.
    static BY_FIRST: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
        let mut map: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for term in TERMS.split('|') {
            map.entry(term.split(' ').next().unwrap_or(term)).or_default().push(term);
        }
        map
    });
    let mut found: Vec<&str> = Vec::new();
    let mut at = 0;
    for word in folded.split(' ') {
        let rest = folded.get(at..).unwrap_or_default();
        for &term in BY_FIRST.get(word).into_iter().flatten() {
            let ends =
                rest.get(term.len()..).is_some_and(|end| end.is_empty() || end.starts_with(' '));
            if ends && rest.starts_with(term) && !found.contains(&term) {
                found.push(term);
            }
        }
        if found.len() >= MANY_TERMS {
            break;
        }
        at += word.len() + 1;
    }
    found.len()
}

/// Newspapers write plain forms; a Japanese site addresses its readers in polite ones.
fn is_polite(block: &str) -> bool {
    ["ます", "ください", "ました", "です"].iter().any(|form| block.contains(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_told_from_news_on_the_same_matter() {
        for text in [
            "Nous et nos partenaires utilisons des cookies pour mesurer l'audience.",
            "Recevez chaque soir le meilleur de la rédaction dans votre boîte mail.",
            "By signing up you agree to our privacy policy.",
            "Mit der Nutzung dieser Seite stimmen Sie der Verwendung von Cookies zu, und Ihre Daten werden verarbeitet.",
            "Recibe en tu correo las noticias del día.",
            "毎朝、主なニュースをメールでお届けします。",
        ] {
            assert!(is_site_speech(text), "{text}");
        }
        for text in [
            "Le tribunal de Sourlac a condamné l'entreprise pour avoir déposé des cookies sans prévenir personne.",
            "« Nous lisons chaque newsletter », dit le maire.",
            "The mayor of Sourlac opened the bridge to your surprise.",
            "個人情報の流出について市長が陳謝した。",
        ] {
            assert!(!is_site_speech(text), "{text}");
        }
    }
}
