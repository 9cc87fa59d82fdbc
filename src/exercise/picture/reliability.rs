//! What came true of what was said: a dot for each confidence, the line on which all would be as they were said to be.

use super::svg::Canvas;

const WIDE: f64 = 360.0;
const HIGH: f64 = 300.0;
/// Where the field begins, and how long its sides are.
const LEFT: f64 = 60.0;
const TOP: f64 = 20.0;
const SIDE: f64 = 230.0;

/// The place of a share said and a share that came true, both from 0 to 1.
fn place(said: f64, came: f64) -> (f64, f64) {
    // Nobody says less than a half.
    let along = ((said - 0.5) / 0.5).clamp(0.0, 1.0);
    (LEFT + along * SIDE, TOP + (1.0 - came) * SIDE)
}

/// Draws points: the confidence in percent, the share that came true, how many judgements.
pub fn reliability(points: &[(u8, f64, usize)]) -> String {
    let mut canvas = Canvas::new("What came true of what was said", WIDE, HIGH);
    canvas.field((LEFT, TOP), (SIDE, SIDE), "field", "");
    canvas.rule(place(0.5, 0.5), place(1.0, 1.0), "ideal");
    for (said, label) in [(0.5, "50 %"), (0.75, "75 %"), (1.0, "100 %")] {
        let (x, y) = place(said, 0.0);
        canvas.words((x - 14.0, y + 18.0), "axis", label, "said");
    }
    for (came, label) in [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")] {
        let (x, y) = place(0.5, came);
        canvas.words((x - 44.0, y + 4.0), "axis", label, "came true");
    }
    let mut last = None;
    for (said, came, count) in points {
        let at = place(f64::from(*said) / 100.0, *came);
        if let Some(before) = last.replace(at) {
            canvas.rule(before, at, "link");
        }
        let title = format!("{said} % said, {:.0} % came true, of {count}", came * 100.0);
        canvas.dot(at, "point", &title);
    }
    canvas.finish()
}
