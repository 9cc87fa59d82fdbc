//! When a card comes up again: the scheduler FSRS, which knows of nothing but days here. The only door to `rs_fsrs`.

use super::card::day_of;
use crate::calendar::Day;
use rs_fsrs::{FSRS, Parameters, State};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;

/// How well a card is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Memory {
    /// Days after which it is known with nine chances in ten.
    pub stability: f64,
    /// From 1 to 10.
    pub difficulty: f64,
    /// The day on which it was asked last.
    pub last: String,
    /// How often it was asked.
    pub reviews: u32,
    /// How often it was forgotten.
    pub lapses: u32,
}

/// How well it was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Not.
    Again,
    /// In part, or by a guess.
    Hard,
    /// Well enough.
    Good,
    /// For sure.
    Easy,
}

impl Rating {
    /// How right it was, from 0 to 1, times how sure the learner was, in percent.
    pub fn of(right: f64, sure: u8) -> Self {
        match right * f64::from(sure) {
            share if share < 30.0 => Self::Again,
            share if share < 60.0 => Self::Hard,
            share if share < 85.0 => Self::Good,
            _ => Self::Easy,
        }
    }
}

impl Memory {
    /// What is known of a card after a review on a day, and the day of the next.
    pub fn after(before: Option<&Self>, today: Day, rating: Rating) -> (Self, Day) {
        let parameters = Parameters {
            // In days, without the steps of minutes within one.
            enable_short_term: false,
            ..Parameters::default()
        };
        let epoch = rs_fsrs::Card::default().due;
        let on = |day: Day| {
            let days = u64::try_from(day.0).unwrap_or(0);
            epoch + Duration::from_secs(days * SECONDS_A_DAY)
        };
        let card = before.map_or_else(rs_fsrs::Card::default, |known| rs_fsrs::Card {
            // A file that was edited by hand must not lead to numbers that are none.
            stability: sound(known.stability, 36_500.0),
            difficulty: sound(known.difficulty, 10.0),
            reps: known.reviews as i32,
            lapses: known.lapses as i32,
            state: State::Review,
            last_review: on(day_of(&known.last).unwrap_or(today)),
            due: epoch,
            elapsed_days: 0,
            scheduled_days: 0,
        });
        let rating = match rating {
            Rating::Again => rs_fsrs::Rating::Again,
            Rating::Hard => rs_fsrs::Rating::Hard,
            Rating::Good => rs_fsrs::Rating::Good,
            Rating::Easy => rs_fsrs::Rating::Easy,
        };
        let next = FSRS::new(parameters).next(card, on(today), rating).card;
        let days = i32::try_from(next.scheduled_days).unwrap_or(i32::MAX);
        let memory = Self {
            stability: next.stability,
            difficulty: next.difficulty,
            last: today.to_string(),
            reviews: next.reps as u32,
            lapses: next.lapses as u32,
        };
        (memory, today.plus_days(days.max(1)))
    }
}

fn sound(number: f64, most: f64) -> f64 {
    if number.is_finite() {
        number.clamp(0.1, most)
    } else {
        1.0
    }
}

/// The day by the clock of this machine, in universal time.
pub fn today() -> Day {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = passed.map_or(0, |passed| passed.as_secs() / SECONDS_A_DAY);
    Day(i32::try_from(days).unwrap_or(i32::MAX - 1))
}
