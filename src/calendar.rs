//! Days, periods and uncertain dates; the only door to `jiff`.

use jiff::Unit;
use jiff::civil;

/// A day, counted from 1970-01-01 (day 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

const EPOCH: civil::Date = civil::date(1970, 1, 1);

impl Day {
    /// Before every day that can be written.
    pub const FIRST: Self = Self(i32::MIN);
    /// After every day that can be written.
    pub const LAST: Self = Self(i32::MAX);

    /// The day of a civil date; `None` if there is no such date.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day)
            .ok()
            .and_then(Self::from_civil)
    }

    fn from_civil(date: civil::Date) -> Option<Self> {
        let span = date.since((Unit::Day, EPOCH)).ok()?;
        Some(Self(span.get_days()))
    }

    fn civil(self) -> Option<civil::Date> {
        let days = jiff::Span::new().try_days(self.0).ok()?;
        EPOCH.checked_add(days).ok()
    }

    /// The day after; `FIRST` and `LAST` stay.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }

    /// The day before; `FIRST` and `LAST` stay.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus_days(-1)
    }

    /// So many days later; `FIRST` and `LAST` stay.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        if self == Self::FIRST || self == Self::LAST {
            self
        } else {
            Self(self.0.saturating_add(days))
        }
    }

    /// This day and a period later, months by the calendar.
    ///
    /// # Errors
    /// The two candidate days where month arithmetic has no unique answer (31 January + 1 month) and no rounding is given.
    pub fn plus(self, period: Period, rounding: Option<Rounding>) -> Result<Self, Ambiguous> {
        let (Some(date), false) = (self.civil(), self == Self::FIRST || self == Self::LAST) else {
            return Ok(self);
        };
        if period.months == 0 {
            return Ok(self.plus_days(period.days));
        }
        let months = jiff::Span::new().try_months(period.months).ok();
        let Some(moved) = months.and_then(|months| date.checked_add(months).ok()) else {
            return Ok(Self::LAST);
        };
        let down = Self::from_civil(moved).unwrap_or(Self::LAST);
        if moved.day() == date.day() {
            return Ok(down.plus_days(period.days));
        }
        match rounding {
            Some(Rounding::Down) => Ok(down.plus_days(period.days)),
            Some(Rounding::Up) => Ok(down.next().plus_days(period.days)),
            None => Err(Ambiguous {
                down,
                up: down.next(),
            }),
        }
    }

    /// The day so long before, months by the calendar, rounded down.
    #[must_use]
    pub fn minus(self, period: Period) -> Self {
        let Some(date) = self.civil() else {
            return self;
        };
        let months = jiff::Span::new().try_months(period.months).ok();
        let moved = months
            .and_then(|months| date.checked_sub(months).ok())
            .and_then(Self::from_civil);
        moved.map_or(Self::FIRST, |day| day.plus_days(-period.days))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.civil() {
            Some(date) => write!(f, "{date}"),
            None => f.write_str(if self.0 < 0 { "ever" } else { "further notice" }),
        }
    }
}

/// How month arithmetic without a unique answer is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the first day of the following month.
    Up,
    /// To the last day of the month.
    Down,
}

/// Month arithmetic had no unique answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The last day of the month.
    pub down: Day,
    /// The first day of the following month.
    pub up: Day,
}

/// A length of time: calendar months and days. Years are twelve months, weeks seven days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// Calendar months.
    pub months: i32,
    /// Days.
    pub days: i32,
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = |n: i32, one: &str| {
            if n == 1 {
                format!("1 {one}")
            } else {
                format!("{n} {one}s")
            }
        };
        let months = match self.months {
            0 => None,
            n if n % 12 == 0 => Some(unit(n / 12, "year")),
            n => Some(unit(n, "month")),
        };
        match months {
            Some(text) if self.days == 0 => f.write_str(&text),
            Some(text) => write!(f, "{text} {}", unit(self.days, "day")),
            None => f.write_str(&unit(self.days, "day")),
        }
    }
}

/// A date as written: a day, or a month or a year of which the day is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// `2024-12-04`
    Day(Day),
    /// `2024-12`
    Month(i16, i8),
    /// `2024`
    Year(i16),
}

impl PartialDate {
    /// Reads `2024-12-04`, `2024-12` or `2024`; `None` if it is no date.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let Some(month) = parts.next() else {
            return Some(Self::Year(year));
        };
        let month = i8::try_from(digits(month, 2)?).ok()?;
        let Some(day) = parts.next() else {
            return Day::new(year, month, 1).map(|_| Self::Month(year, month));
        };
        let day = i8::try_from(digits(day, 2)?).ok()?;
        if parts.next().is_some() {
            None
        } else {
            Day::new(year, month, day).map(Self::Day)
        }
    }

    /// The first day it may be.
    pub fn first(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => Day::new(year, month, 1).unwrap_or(Day::FIRST),
            Self::Year(year) => Day::new(year, 1, 1).unwrap_or(Day::FIRST),
        }
    }

    /// The last day it may be.
    pub fn last(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(year, 12) | Self::Year(year) => Day::new(year, 12, 31).unwrap_or(Day::LAST),
            Self::Month(year, month) => {
                Day::new(year, month + 1, 1).map_or(Day::LAST, Day::previous)
            }
        }
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// A closed interval of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
}

impl Days {
    /// Every day.
    pub const ALWAYS: Self = Self {
        first: Day::FIRST,
        last: Day::LAST,
    };

    /// Whether the day lies in it.
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether some day lies in both.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        PartialDate::parse(text).expect("a date").first()
    }

    fn plus(from: &str, months: i32, days: i32) -> Result<Day, Ambiguous> {
        day(from).plus(Period { months, days }, None)
    }

    #[test]
    fn adds_months_where_the_answer_is_unique() {
        assert_eq!(plus("2012-01-31", 2, 0), Ok(day("2012-03-31")));
        assert_eq!(plus("2012-10-31", 5, 0), Ok(day("2013-03-31")));
        assert_eq!(plus("2012-02-29", 48, 0), Ok(day("2016-02-29")));
        assert_eq!(plus("2012-02-28", 0, 1), Ok(day("2012-02-29")));
        assert_eq!(plus("2013-02-28", 0, 1), Ok(day("2013-03-01")));
    }

    #[test]
    fn refuses_to_guess_where_it_is_not() {
        let ambiguous = Ambiguous {
            down: day("2012-02-29"),
            up: day("2012-03-01"),
        };
        assert_eq!(plus("2012-01-31", 1, 0), Err(ambiguous));
        let month = Period { months: 1, days: 0 };
        assert_eq!(
            day("2012-01-31").plus(month, Some(Rounding::Up)),
            Ok(day("2012-03-01"))
        );
        assert_eq!(
            day("2012-01-31").plus(month, Some(Rounding::Down)),
            Ok(day("2012-02-29"))
        );
    }

    /// The cases of Catala's tests of dates, where the answer is not unique.
    #[test]
    fn tells_both_candidates_where_there_are_two() {
        for (from, months, down, up) in [
            ("2012-10-29", 4, "2013-02-28", "2013-03-01"),
            ("2012-03-31", 1, "2012-04-30", "2012-05-01"),
            ("2012-02-29", 12, "2013-02-28", "2013-03-01"),
        ] {
            let (down, up) = (day(down), day(up));
            assert_eq!(plus(from, months, 0), Err(Ambiguous { down, up }), "{from}");
        }
    }

    #[test]
    fn counts_days_through_the_months() {
        let (first, last) = (day("2025-01-01"), day("2025-07-01"));
        assert_eq!(first.plus_days(181), last);
        assert_eq!(last.plus_days(-181), first);
        assert_eq!(last.0 - first.0, 181);
    }

    #[test]
    fn goes_beyond_what_can_be_written() {
        let ages = Period {
            months: i32::MAX,
            days: 0,
        };
        assert_eq!(day("2012-01-31").plus(ages, None), Ok(Day::LAST));
        assert_eq!(day("2012-01-31").minus(ages), Day::FIRST);
        assert_eq!(Day::FIRST.minus(ages), Day::FIRST);
        assert_eq!(Day::LAST.to_string(), "further notice");
        assert_eq!(Day::FIRST.to_string(), "ever");
    }

    #[test]
    fn reads_and_prints_partial_dates() {
        assert_eq!(
            PartialDate::parse("2024-02").map(PartialDate::last),
            Some(day("2024-02-29"))
        );
        assert_eq!(
            PartialDate::parse("1914").map(PartialDate::last),
            Some(day("1914-12-31"))
        );
        for bad in [
            "2023-02-29",
            "2024-13",
            "24-01-01",
            "2024-1-01",
            "2024-01-01-01",
            "",
        ] {
            assert_eq!(PartialDate::parse(bad), None, "{bad}");
        }
        assert_eq!(day("1914-08-04").to_string(), "1914-08-04");
    }
}
