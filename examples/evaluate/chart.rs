//! Curves on a page of SVG.

use crate::Failure;
use plotters::prelude::*;
use std::path::Path;

/// One figure against its threshold.
pub(crate) struct Curve {
    pub(crate) name: String,
    /// `(threshold, figure)`, by ascending threshold; figures from 0 to 1.
    pub(crate) points: Vec<(f64, f64)>,
}

/// The curves of one set.
pub(crate) struct Panel {
    pub(crate) title: String,
    pub(crate) figure: String,
    pub(crate) threshold: String,
    pub(crate) default: f64,
    pub(crate) curves: Vec<Curve>,
}

const COLUMNS: usize = 2;
const PANEL: (u32, u32) = (460, 300);

/// Draws the panels two by two; a dotted line stands at the default.
pub(crate) fn draw(path: &Path, panels: &[Panel]) -> Result<(), Failure> {
    let rows = panels.len().div_ceil(COLUMNS);
    let size = (PANEL.0 * COLUMNS as u32, PANEL.1 * rows as u32);
    let page = SVGBackend::new(path, size).into_drawing_area();
    page.fill(&WHITE)?;
    for (panel, area) in panels.iter().zip(page.split_evenly((rows, COLUMNS))) {
        draw_panel(panel, &area)?;
    }
    page.present().map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(())
}

fn draw_panel(
    panel: &Panel,
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
) -> Result<(), Failure> {
    let points = || panel.curves.iter().flat_map(|curve| &curve.points);
    let right = points().map(|point| point.0).fold(0.0, f64::max);
    let low = points().map(|point| point.1).fold(1.0, f64::min);
    let low = (low * 10.0).floor() / 10.0;
    let mut chart = ChartBuilder::on(area)
        .caption(&panel.title, ("sans-serif", 16))
        .margin(10)
        .x_label_area_size(32)
        .y_label_area_size(44)
        .build_cartesian_2d(0.0..right, low..1.0)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc(panel.threshold.as_str())
        .y_desc(panel.figure.as_str())
        .draw()?;
    let at_default = [(panel.default, low), (panel.default, 1.0)];
    chart.draw_series(DashedLineSeries::new(at_default, 2, 4, BLACK.stroke_width(1)))?;
    for (number, curve) in panel.curves.iter().enumerate() {
        let style = Palette99::pick(number).stroke_width(2);
        chart
            .draw_series(LineSeries::new(curve.points.iter().copied(), style))?
            .label(curve.name.as_str())
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 14, y)], style));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerRight)
        .background_style(WHITE.mix(0.8))
        .draw()?;
    Ok(())
}
