//! Emphasis for terminals, and line breaks.

/// How wide a line may get.
pub const WIDTH: usize = 100;

/// Whether to use colour.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Emit ANSI colour.
    pub color: bool,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// A heading.
    pub fn heading(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// What holds.
    pub fn good(self, text: &str) -> String {
        self.paint("32", text)
    }

    /// What is open.
    pub fn open(self, text: &str) -> String {
        self.paint("33", text)
    }

    /// What is broken or fails.
    pub fn bad(self, text: &str) -> String {
        self.paint("31", text)
    }

    /// What is said by the way.
    pub fn quiet(self, text: &str) -> String {
        self.paint("2", text)
    }
}

/// Breaks a text at spaces: the first line after `first` spaces, the others after `rest`.
pub fn wrap(text: &str, first: usize, rest: usize) -> String {
    wrap_at(WIDTH, text, first, rest)
}

/// The same on a screen of so many columns.
pub fn wrap_at(width: usize, text: &str, first: usize, rest: usize) -> String {
    let mut lines = vec![" ".repeat(first)];
    let mut empty = true;
    for word in text.split_whitespace() {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if !empty && line + 1 + word.chars().count() > width {
            lines.push(" ".repeat(rest));
            empty = true;
        }
        if let Some(last) = lines.last_mut() {
            if !empty {
                last.push(' ');
            }
            last.push_str(word);
        }
        empty = false;
    }
    lines.join("\n")
}
