//! Tables: rows in columns for terminals and pipes.

use super::style::Style;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What its rows are: `treaties`.
    pub of: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its key in JSON and its heading.
    pub key: &'static str,
    /// For programs only: it is not printed.
    pub silent: bool,
}

impl Column {
    /// One that is printed.
    pub fn told(key: &'static str) -> Self {
        Self { key, silent: false }
    }

    /// One for programs only.
    pub fn silent(key: &'static str) -> Self {
        Self { key, silent: true }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(usize),
    /// Several things; many of them are told as a number of these: `parties`.
    List(Vec<String>, &'static str),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl<T: ToString> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, |value| Self::Text(value.to_string()))
    }
}

/// More things in one cell are counted, not named.
const MOST_NAMED: usize = 3;
/// No column gets narrower than this.
const NARROWEST: usize = 8;
/// Between two columns.
const GAP: usize = 2;

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::List(items, _) if items.len() <= MOST_NAMED => items.join(", "),
            Self::List(items, noun) => format!("{} {noun}", items.len()),
        }
    }
}

/// A table as lines. On a terminal of this many columns it has a heading, and no line is longer; without a width, as for a
/// pipe, every row is one whole line and there is no heading.
pub fn lines(table: &Table, width: Option<usize>, style: Style) -> String {
    let told: Vec<usize> = (0..table.columns.len())
        .filter(|at| !table.columns[*at].silent)
        .collect();
    let heading = told.iter().map(|at| heading(table.columns[*at].key));
    let heading: Vec<String> = heading.collect();
    let row = |row: &Vec<Cell>| -> Vec<String> { told.iter().map(|at| row[*at].text()).collect() };
    let rows: Vec<Vec<String>> = table.rows.iter().map(row).collect();
    let all: Vec<&Vec<String>> = match width {
        Some(_) => std::iter::once(&heading).chain(&rows).collect(),
        None => rows.iter().collect(),
    };
    let widths = widths(&all, width);
    let mut text = String::new();
    for (at, row) in all.into_iter().enumerate() {
        let line = line(row, &widths);
        let is_heading = at == 0 && width.is_some();
        text.push_str(&if is_heading {
            style.heading(&line)
        } else {
            line
        });
        text.push('\n');
    }
    text
}

/// `AS OF` of `as_of`
fn heading(key: &str) -> String {
    key.replace('_', " ").to_uppercase()
}

/// How wide each column gets: as wide as it wants; where the line would get too long, the widest give way.
fn widths(rows: &[&Vec<String>], limit: Option<usize>) -> Vec<usize> {
    let columns = rows.first().map_or(0, |row| row.len());
    let widest = |at: usize| rows.iter().map(|row| row[at].chars().count()).max();
    let mut widths: Vec<usize> = (0..columns).map(|at| widest(at).unwrap_or(0)).collect();
    let Some(limit) = limit else {
        return widths;
    };
    let gaps = GAP * columns.saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > limit {
        // The name gives way last: people copy it.
        let (names, others) = widths.split_at_mut(1);
        let widest = others.iter_mut().max().filter(|width| **width > NARROWEST);
        match widest.or_else(|| names.first_mut()) {
            Some(width) if *width > NARROWEST => *width -= 1,
            _ => break,
        }
    }
    widths
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths);
    let padded: Vec<String> = cells
        .map(|(text, width)| format!("{:width$}", cut(text, *width)))
        .collect();
    padded.join(&" ".repeat(GAP)).trim_end().to_owned()
}

/// The text, cut to a width.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let parties = |names: &[&str]| {
            Cell::List(
                names.iter().map(|name| (*name).to_owned()).collect(),
                "parties",
            )
        };
        Table {
            of: "treaties",
            columns: vec![
                Column::told("name"),
                Column::silent("file"),
                Column::told("parties"),
                Column::told("in_force"),
            ],
            rows: vec![
                vec![
                    "lakes".into(),
                    "a".into(),
                    parties(&["a", "b"]),
                    Cell::Empty,
                ],
                vec![
                    "a-treaty-with-a-long-name".into(),
                    "b".into(),
                    parties(&["a", "b", "c", "d"]),
                    "1950".into(),
                ],
            ],
        }
    }

    #[test]
    fn a_pipe_gets_whole_rows() {
        let told = lines(&table(), None, Style::default());
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[0], "lakes                      a, b");
        assert_eq!(lines[1], "a-treaty-with-a-long-name  4 parties  1950");
    }

    #[test]
    fn a_terminal_gets_a_heading_and_no_long_line() {
        let told = lines(&table(), Some(30), Style::default());
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[0], "NAME        PARTIES   IN FORCE");
        assert_eq!(lines[2], "a-treaty-…  4 parti…  1950");
        let told = super::lines(&table(), Some(46), Style::default());
        assert_eq!(
            told.lines().nth(2),
            Some("a-treaty-with-a-long-name  4 parties  1950")
        );
    }
}
