//! Work on many things at once, where the machine has threads to spare; the results are as if done one after the other.

use std::thread::{Builder, available_parallelism, scope};

/// With fewer things, a thread costs more than it saves.
const ENOUGH: usize = 32;
/// More threads gain nothing on what is read here.
const MOST_THREADS: usize = 4;

/// What `work` makes of each thing, in the order of the things.
pub(crate) fn map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = if things.len() < ENOUGH { 1 } else { threads() };
    let share = things.len().div_ceil(threads).max(1);
    let mut shares = things.chunks(share);
    let first = shares.next().unwrap_or(&[]);
    let each = |things: &[T]| things.iter().map(&work).collect::<Vec<R>>();
    scope(|scope| {
        let others: Vec<_> = shares
            .map(|things| (things, Builder::new().spawn_scoped(scope, || each(things))))
            .collect();
        let mut made = each(first);
        for (things, thread) in others {
            // Where no thread can be had, and where one failed, it is done here: so a panic is the same as without.
            let done = thread.ok().and_then(|thread| thread.join().ok());
            made.extend(done.unwrap_or_else(|| each(things)));
        }
        made
    })
}

fn threads() -> usize {
    available_parallelism().map_or(1, |threads| threads.get().min(MOST_THREADS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        let things: Vec<usize> = (0..1_000).collect();
        let doubled: Vec<usize> = things.iter().map(|thing| thing * 2).collect();
        assert_eq!(map(&things, |thing| thing * 2), doubled);
        assert_eq!(map(&things[..3], |thing| thing * 2), doubled[..3]);
        assert!(map(&[0_usize; 0], |thing| *thing).is_empty());
    }
}
