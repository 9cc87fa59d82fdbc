//! Codes for a camera.

use qrcodegen::{QrCode, QrCodeEcc};

/// The light margin that a camera needs.
const MARGIN: i32 = 2;

/// A code: its width in squares, and which of them are dark.
pub(super) fn dark(text: &str) -> Option<(i32, Vec<(i32, i32)>)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let all = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    Some((size, all.filter(|(x, y)| code.get_module(*x, *y)).collect()))
}

/// A code in half blocks, dark squares as spaces, for a terminal with light letters on a dark ground; `None`: too long a text.
pub fn for_terminal(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let edge = code.size() + MARGIN;
    let mut lines = String::new();
    let mut y = -MARGIN;
    while y < edge {
        for x in -MARGIN..edge {
            lines.push(
                match (
                    code.get_module(x, y),
                    code.get_module(x, y + 1) && y + 1 < edge,
                ) {
                    (true, true) => ' ',
                    (true, false) => '▄',
                    (false, true) => '▀',
                    (false, false) => '█',
                },
            );
        }
        lines.push('\n');
        y += 2;
    }
    Some(lines)
}
