use super::*;

fn one(text: &str) -> PrintedDate {
    let found = dates(text, 0);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found[0]
}

fn day(text: &str) -> (Option<i16>, i8, Option<i8>) {
    let date = one(text);
    (date.year, date.month, date.day)
}

#[test]
fn a_day_is_read_in_the_languages_of_the_agencies() {
    for text in [
        "Publié le mardi 3 mars 2026",
        "Tuesday, March 3, 2026",
        "3 March 2026",
        "March 3rd, 2026",
        "am 3. März 2026",
        "martes 3 de marzo de 2026",
        "3 de março de 2026",
        "martedì 3 marzo 2026",
        "dinsdag 3 maart 2026",
        "الثلاثاء 3 مارس 2026",
        "٣ آذار ٢٠٢٦",
        "2026年3月3日",
        "2026年3月3日（火）",
        "2026년 3월 3일",
        "2026-03-03",
        "03.03.2026",
        "3/3/2026",
        "le 03-03-2026",
    ] {
        assert_eq!(day(text), (Some(2026), 3, Some(3)), "{text}");
    }
    assert_eq!(day("le 1er mai 2026"), (Some(2026), 5, Some(1)));
    assert_eq!(day("SOURLAC, March 3 (Yonhap)"), (None, 3, Some(3)));
    assert_eq!(day("新华社北京3月3日电"), (None, 3, Some(3)));
    assert_eq!(day("en septembre 2023"), (Some(2023), 9, None));
}

#[test]
fn clock_times_and_zones_are_read() {
    let noon = |text: &str| {
        let date = one(text);
        (date.time.map(|time| time / 60), date.offset.map(|offset| offset / 60))
    };
    assert_eq!(noon("3 mars 2026 à 14h05"), (Some(845), None));
    assert_eq!(noon("3 mars 2026 à 14 h 05"), (Some(845), None));
    assert_eq!(noon("March 3, 2026 2:05 PM GMT"), (Some(845), Some(0)));
    assert_eq!(noon("March 3, 2026 at 2:05 p.m. EST"), (Some(845), Some(-300)));
    assert_eq!(noon("4 mars 2026 13:05 (GMT+1)"), (Some(785), Some(60)));
    assert_eq!(noon("03.03.2026, 14.05 Uhr"), (Some(845), None));
    assert_eq!(noon("2026-03-03T14:05:09+01:00"), (Some(845), Some(60)));
    assert_eq!(noon("2026-03-03 14:05Z"), (Some(845), Some(0)));
    assert_eq!(noon("2026年3月3日 14時05分"), (Some(845), None));
    assert_eq!(noon("AFP 031405 GMT MAR 26"), (Some(845), Some(0)));
    assert_eq!(noon("031405Z MAR 2026"), (Some(845), Some(0)));
    assert_eq!(noon("3 mars 2026"), (None, None));
    assert_eq!(noon("le 3 mars 2026, 12 personnes"), (None, None));
}

#[test]
fn spans_hold_the_weekday_and_the_time() {
    let text = "Publié le vendredi 15 septembre à 9h30, par la rédaction";
    let date = one(text);
    assert_eq!(date.weekday, Some(4));
    assert_eq!(date.span.slice(text), Some("vendredi 15 septembre à 9h30"));
    assert_eq!(one("2026年3月3日（火） 9:30").weekday, Some(1));
}

#[test]
fn counts_and_impossible_days_are_no_dates() {
    for text in ["32 mars 2026", "31 juin 2026", "12345678", "3,5 mars", "le groupe des 20", "mars"]
    {
        assert_eq!(dates(text, 0), [], "{text}");
    }
    assert!(one("3/4/2026").either_order);
    assert!(!one("13/4/2026").either_order);
}

#[test]
fn stamps_of_terminals_are_read_with_years_of_two_digits() {
    for text in [
        "AFP 031405 GMT MAR 26",
        "AP-NY-03-03-26 1405GMT",
        "03-MAR-26 14:05 NNNN",
        "03/03/14-05/26",
        "14:05 03Mar26 RTRS-Bridge opens",
        "03.03.26, 14:05 Uhr",
        "03/03/26 14:05",
    ] {
        assert_eq!(day(text), (Some(2026), 3, Some(3)), "{text}");
    }
    assert_eq!(day("14:05 March 3, 2026"), (Some(2026), 3, Some(3)));
    let ap = one("AP-WF-12-31-25 2359EST");
    assert_eq!((ap.month, ap.day, ap.offset), (12, Some(31), Some(-5 * 3_600)));
    assert_eq!(ap.time, Some(23 * 3_600 + 59 * 60));
    for text in
        ["version 03.03.26 of it", "03-03-26 people", "AP-Reporter 05-12", "12Mai", "1/2/3-4/5"]
    {
        assert!(dates(text, 0).iter().all(|date| date.year.is_none()), "{text}");
    }
}
