//! The figures of several sizes side by side.

use wirecopy_bench_corpus::paired::significant;

/// The figures of one size.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    articles: usize,
    figures: Vec<(String, f64)>,
}

impl Row {
    /// What a measuring process printed.
    pub(crate) fn read(articles: usize, printed: &str) -> Result<Row, String> {
        let figure = |line: &str| {
            let (name, value) = line.split_once('\t')?;
            Some((name.to_owned(), value.parse().ok()?))
        };
        let figures = printed
            .lines()
            .map(|line| figure(line).ok_or_else(|| format!("{line:?} is no figure")))
            .collect::<Result<Vec<_>, String>>()?;
        Ok(Row { articles, figures })
    }

    fn value(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|(other, _)| other == name).map(|&(_, value)| value)
    }
}

/// A row for each figure and a column for each size; for seconds, how many times as long ten times as many articles take.
pub(crate) fn markdown(job: &str, threads: usize, rows: &[Row]) -> String {
    let mut table = format!("| {job}, {threads} thread(s) |");
    rows.iter().for_each(|row| table += &format!(" {} |", grouped(row.articles)));
    table += " ×10 articles → × time |\n|---|";
    table += &"---|".repeat(rows.len() + 1);
    let names = rows.first().map(|row| &row.figures).into_iter().flatten();
    for (name, _) in names {
        let values: Vec<f64> = rows.iter().filter_map(|row| row.value(name)).collect();
        table += &format!("\n| {name} |");
        values.iter().for_each(|&value| table += &format!(" {} |", significant(value)));
        table += &match slope(rows, name) {
            Some(factor) if name.ends_with(", s") => format!(" {} |", significant(factor)),
            _ => " |".to_owned(),
        };
    }
    table + "\n"
}

/// By how much a figure is multiplied when the articles are ten times as many: the line of least squares through the
/// logarithms. 10 is a straight line.
fn slope(rows: &[Row], name: &str) -> Option<f64> {
    let points: Vec<(f64, f64)> = rows
        .iter()
        .filter_map(|row| Some(((row.articles as f64).log10(), row.value(name)?.log10())))
        .collect();
    if points.len() < 2 {
        return None;
    }
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / n, y + point.1 / n));
    let along: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let together: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    Some(10f64.powf(together / along))
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    if head.is_empty() { digits } else { format!("{},{tail}", grouped_head(head)) }
}

fn grouped_head(head: &str) -> String {
    head.parse().map_or_else(|_| head.to_owned(), grouped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(seconds: &[f64]) -> Vec<Row> {
        let row = |(at, &value): (usize, &f64)| {
            Row::read(10usize.pow(at as u32 + 3), &format!("all, s\t{value}")).unwrap()
        };
        seconds.iter().enumerate().map(row).collect()
    }

    #[test]
    fn a_straight_line_is_ten_and_a_square_a_hundred() {
        assert!((slope(&rows(&[0.1, 1.0, 10.0]), "all, s").unwrap() - 10.0).abs() < 1e-9);
        assert!((slope(&rows(&[0.1, 10.0, 1000.0]), "all, s").unwrap() - 100.0).abs() < 1e-6);
        assert_eq!(slope(&rows(&[0.1]), "all, s"), None);
    }

    #[test]
    fn the_table_has_a_column_for_each_size() {
        let table = markdown("job", 1, &rows(&[0.1, 1.0]));
        assert!(
            table.starts_with("| job, 1 thread(s) | 1,000 | 10,000 | ×10 articles → × time |\n")
        );
        assert!(table.ends_with("| all, s | 0.100 | 1.00 | 10.0 |\n"));
        assert_eq!(grouped(1_000_000), "1,000,000");
    }

    #[test]
    fn what_is_no_figure_is_an_error() {
        assert!(Row::read(1, "no tab").is_err() && Row::read(1, "a\tb").is_err());
    }
}
