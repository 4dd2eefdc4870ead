//! Names of months and days of the week in the languages of the agencies, folded.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Month 1–12 of a folded name or abbreviation.
pub(crate) fn month(word: &str) -> Option<i8> {
    // Every word of a line with a number is asked for: comparing it with all the names took half of a page's reading.
    static BY_NAME: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| months().collect());
    BY_NAME.get(word).copied()
}

/// Day of the week, Monday 0, of a folded name.
pub(crate) fn weekday(word: &str) -> Option<i8> {
    static BY_NAME: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| weekdays().collect());
    BY_NAME.get(word).copied()
}

/// All names of months, folded, with their numbers.
pub(crate) fn months() -> impl Iterator<Item = (&'static str, i8)> {
    MONTHS.iter().flat_map(|&(names, number)| names.split(' ').map(move |name| (name, number)))
}

/// All names of days of the week, folded, with their numbers.
pub(crate) fn weekdays() -> impl Iterator<Item = (&'static str, i8)> {
    WEEKDAYS.iter().flat_map(|&(names, number)| names.split(' ').map(move |name| (name, number)))
}

/// Whether a folded word is a month or a day of the week.
pub(crate) fn is_calendar_word(word: &str) -> bool {
    month(word).is_some() || weekday(word).is_some()
}

/// Day of the week of the character before 曜 (Japanese) or after 星期, 周 (Chinese) or before 요일 (Korean).
pub(crate) fn asian_weekday(c: char) -> Option<i8> {
    Some(match c {
        '月' | '一' | '월' => 0,
        '火' | '二' | '화' => 1,
        '水' | '三' | '수' => 2,
        '木' | '四' | '목' => 3,
        '金' | '五' | '금' => 4,
        '土' | '六' | '토' => 5,
        '日' | '天' | '일' => 6,
        _ => return None,
    })
}

// French, English, German, Spanish, Portuguese, Italian, Dutch, Arabic (both sets of names), Russian (genitive).
// The words "mars", "mai", "may" and "march" are also others; a month counts only beside a day or a year.
const MONTHS: [(&str, i8); 12] = [
    (
        "janvier janv jan january januar janner enero ene janeiro gennaio gen januari يناير كانون جانفي января",
        1,
    ),
    (
        "fevrier fevr fev february feb februar febrero fevereiro febbraio februari فبراير شباط فيفري февраля",
        2,
    ),
    ("mars march mar marz marzo marco maart mrz مارس آذار марта", 3),
    ("avril avr april apr abril abr aprile ابريل أبريل نيسان أفريل апреля", 4),
    ("mai may mayo maio maggio mag mei مايو أيار ماي мая", 5),
    ("juin june jun juni junio junho giugno giu يونيو حزيران جوان июня", 6),
    ("juillet juil july jul juli julio julho luglio lug يوليو تموز جويلية июля", 7),
    ("aout august aug agosto ago augustus أغسطس اغسطس آب أوت августа", 8),
    (
        "septembre sept september sep septiembre setiembre setembro set settembre سبتمبر أيلول сентября",
        9,
    ),
    ("octobre oct october oktober okt octubre outubro out ottobre ott أكتوبر اكتوبر октября", 10),
    ("novembre nov november noviembre novembro نوفمبر ноября", 11),
    ("decembre dec december dezember dez diciembre dic dezembro dicembre ديسمبر декабря", 12),
];

const WEEKDAYS: [(&str, i8); 7] = [
    ("lundi monday mon montag lunes lunedi maandag الاثنين الإثنين понедельник", 0),
    ("mardi tuesday tue dienstag martes martedi dinsdag الثلاثاء вторник", 1),
    ("mercredi wednesday wed mittwoch miercoles mercoledi woensdag الأربعاء الاربعاء среда среду", 2),
    ("jeudi thursday thu donnerstag jueves giovedi donderdag الخميس четверг", 3),
    ("vendredi friday fri freitag viernes venerdi vrijdag الجمعة пятница пятницу", 4),
    ("samedi saturday sat samstag sonnabend sabado sabato zaterdag السبت суббота субботу", 5),
    ("dimanche sunday sun sonntag domingo domenica zondag الأحد الاحد воскресенье", 6),
];

/// Seconds east of Greenwich of a zone's letters; `None` for letters that name several zones (BST, IST, CST).
pub(crate) fn zone(word: &str) -> Option<i64> {
    const HOUR: i64 = 3_600;
    Some(match word {
        "gmt" | "utc" | "z" | "tu" => 0,
        "wet" => 0,
        "cet" | "mez" | "west" => HOUR,
        "cest" | "mesz" | "eet" => 2 * HOUR,
        "eest" | "msk" => 3 * HOUR,
        "jst" | "kst" => 9 * HOUR,
        "est" => -5 * HOUR,
        "edt" => -4 * HOUR,
        "pst" => -8 * HOUR,
        "pdt" => -7 * HOUR,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_that_of_two_months_or_two_days() {
        for (name, number) in months() {
            assert_eq!(month(name), Some(number), "{name}");
        }
        for (name, number) in weekdays() {
            assert_eq!(weekday(name), Some(number), "{name}");
        }
    }

    #[test]
    fn names_of_nine_languages_are_known() {
        for (name, number) in [
            ("mars", 3),
            ("june", 6),
            ("dezember", 12),
            ("abril", 4),
            ("gennaio", 1),
            ("maart", 3),
            ("حزيران", 6),
        ] {
            assert_eq!(month(name), Some(number), "{name}");
        }
        assert_eq!(weekday("vendredi"), Some(4));
        assert_eq!(weekday("sonntag"), Some(6));
        assert_eq!(month(""), None);
        assert_eq!(weekday("pont"), None);
    }
}
