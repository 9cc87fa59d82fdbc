//! How often somebody may try: a bucket of tries that fills up again with time.

use std::collections::HashMap;
use std::hash::Hash;

/// More addresses than this are not remembered apart.
const MOST: usize = 4096;

/// Buckets, one for each key.
#[derive(Debug)]
pub(super) struct Limit<K> {
    /// How many tries a full bucket holds.
    full: f64,
    /// How many come back in a second.
    rate: f64,
    /// What is left in each, and when that was so.
    left: HashMap<K, (f64, u64)>,
}

impl<K: Hash + Eq> Limit<K> {
    pub(super) fn new(full: f64, rate: f64) -> Self {
        Self {
            full,
            rate,
            left: HashMap::new(),
        }
    }

    /// Whether somebody may try now.
    pub(super) fn allows(&mut self, key: &K, now: u64) -> bool {
        self.left(key, now) >= 1.0
    }

    /// Takes a try.
    pub(super) fn take(&mut self, key: K, now: u64) {
        let left = self.left(&key, now) - 1.0;
        if self.left.len() >= MOST {
            let (full, rate) = (self.full, self.rate);
            self.left.retain(|_, (left, at)| {
                let passed = now.saturating_sub(*at).min(u64::from(u32::MAX));
                *left + f64::from(passed as u32) * rate < full
            });
        }
        self.left.insert(key, (left, now));
    }

    fn left(&self, key: &K, now: u64) -> f64 {
        let Some((left, at)) = self.left.get(key) else {
            return self.full;
        };
        let passed = now.saturating_sub(*at).min(u64::from(u32::MAX));
        (left + f64::from(passed as u32) * self.rate).min(self.full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_run_out_and_come_back() {
        let mut limit = Limit::new(3.0, 0.1);
        for _ in 0..3 {
            assert!(limit.allows(&'a', 100));
            limit.take('a', 100);
        }
        assert!(!limit.allows(&'a', 100) && limit.allows(&'b', 100));
        assert!(!limit.allows(&'a', 109) && limit.allows(&'a', 110));
        // A clock that goes back gives nothing away.
        assert!(!limit.allows(&'a', 50));
    }
}
