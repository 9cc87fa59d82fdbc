//! Pictures as SVG: shapes with titles, all text escaped; what they look like is said by the style sheet of the page.

use super::LINE;
use maud::{Markup, html};

/// A line between two things.
pub(super) struct Line {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    pub(super) dashed: bool,
    pub(super) arrow: bool,
}

/// A picture that is being drawn.
pub(super) struct Canvas {
    title: String,
    width: f64,
    height: f64,
    shapes: Vec<Markup>,
}

impl Canvas {
    pub(super) fn new(title: &str, width: f64, height: f64) -> Self {
        Self {
            title: title.to_owned(),
            width,
            height,
            shapes: Vec::new(),
        }
    }

    /// A line with a short mark in its middle; `title` says all. A line from a thing to itself is a loop.
    pub(super) fn line(&mut self, line: &Line, mark: &str, title: &str) {
        let ((x1, y1), (x2, y2)) = (line.from, line.to);
        let class = if line.dashed { "edge dashed" } else { "edge" };
        let looped = line.from == line.to;
        let (x, y) = if looped {
            (x1, y1 - 46.0)
        } else {
            (x1 + (x2 - x1) * 0.42, y1 + (y2 - y1) * 0.42)
        };
        let shape = html! {
            g class=(class) {
                title { (title) }
                @if looped {
                    path d=(format!("M {} {y1} C {} {}, {} {}, {} {y1}", x1 - 18.0, x1 - 40.0, y1 - 60.0, x1 + 40.0, y1 - 60.0, x1 + 18.0)) {}
                } @else {
                    line x1=(x1) y1=(y1) x2=(x2) y2=(y2) {}
                }
                @if line.arrow && !looped { (arrow(line)) }
                circle cx=(x) cy=(y) r="11" {}
                text x=(x) y=(y + 4.5) { (mark) }
            }
        };
        self.shapes.push(shape);
    }

    /// A named thing.
    pub(super) fn node(&mut self, at: (f64, f64), label: &str, title: &str) {
        let wide = f64::from(label.chars().count() as u32) * 7.6 + 22.0;
        self.shapes.push(html! {
            g class="node" {
                title { (title) }
                rect x=(at.0 - wide / 2.0) y=(at.1 - 16.0) width=(wide) height="32" rx="6" {}
                text x=(at.0) y=(at.1 + 5.0) { (label) }
            }
        });
    }

    /// Words that begin at a place.
    pub(super) fn words(&mut self, at: (f64, f64), class: &str, words: &str, title: &str) {
        self.shapes.push(html! {
            text x=(at.0) y=(at.1) class=(class) { (words) title { (title) } }
        });
    }

    /// A label of several lines that begins at a place.
    pub(super) fn label(&mut self, at: (f64, f64), class: &str, lines: &[String], title: &str) {
        self.shapes.push(html! {
            text x=(at.0) y=(at.1) class=(class) {
                title { (title) }
                @for (row, line) in lines.iter().enumerate() {
                    tspan x=(at.0) y=(at.1 + LINE * f64::from(row as u32)) { (line) }
                }
            }
        });
    }

    /// A straight line that means nothing but itself.
    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        self.shapes.push(html! {
            line x1=(from.0) y1=(from.1) x2=(to.0) y2=(to.1) class=(class) {}
        });
    }

    /// A dot.
    pub(super) fn dot(&mut self, at: (f64, f64), class: &str, title: &str) {
        self.shapes.push(html! {
            circle cx=(at.0) cy=(at.1) r="6" class=(class) { title { (title) } }
        });
    }

    /// A field with a heading.
    pub(super) fn field(&mut self, at: (f64, f64), size: (f64, f64), class: &str, title: &str) {
        self.shapes.push(html! {
            rect x=(at.0) y=(at.1) width=(size.0) height=(size.1) rx="8" class=(class) { title { (title) } }
        });
    }

    pub(super) fn finish(self) -> String {
        let view = format!("0 0 {} {}", self.width, self.height);
        let picture = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(view) width=(self.width) height=(self.height) role="img" aria-label=(self.title) class="picture" {
                title { (self.title) }
                @for shape in self.shapes { (shape) }
            }
        };
        picture.into_string()
    }
}

/// The head of an arrow, before the box of the thing that it points to.
fn arrow(line: &Line) -> Markup {
    let ((x1, y1), (x2, y2)) = (line.from, line.to);
    let length = (x2 - x1).hypot(y2 - y1).max(1.0);
    let (dx, dy) = ((x2 - x1) / length, (y2 - y1) / length);
    let (x, y) = (x1 + (x2 - x1) * 0.7, y1 + (y2 - y1) * 0.7);
    let corner = |along: f64, aside: f64| {
        format!(
            "{:.1},{:.1}",
            x + dx * along - dy * aside,
            y + dy * along + dx * aside
        )
    };
    let points = format!(
        "{} {} {}",
        corner(9.0, 0.0),
        corner(-7.0, 6.0),
        corner(-7.0, -6.0)
    );
    html! { polygon points=(points) {} }
}
