//! A power cut: whatever part of what was not synchronised yet reaches the disk, each acknowledged entry is there, once.

use super::{Desk, entries, kept};
use casus::exercise::session::{Entry, Happening, Store};
use std::path::{Path, PathBuf};

fn journal(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// The disk after the cut: the file, and the journal as it was then.
fn disk(file: &Path, journal_then: &[u8], copy: &Path) {
    let _ = std::fs::remove_file(journal(copy));
    std::fs::copy(file, copy).unwrap();
    std::fs::write(journal(copy), journal_then).unwrap();
}

fn read(copy: &Path) -> Vec<Entry> {
    let store = Store::open(copy).unwrap();
    let (log, wrong) = store.log();
    assert_eq!(wrong, None);
    log
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    let desk = Desk::new("power");
    desk.play("game.session", super::ANSWERS);
    let (pack, log) = kept(&desk.path("game.session"));
    let file = PathBuf::from(desk.path("cut.session"));
    let copy = PathBuf::from(desk.path("copy.session"));
    let bundle = casus::exercise::session::Bundle::of(&pack);
    let mut store = Store::create(&file, &bundle).unwrap();
    let notes = |text: &str| Happening::Bookmarked {
        text: text.repeat(400),
    };
    let more = entries(&log, (0..6).map(|_| notes("a long note ")).collect());
    let mut before = std::fs::read(journal(&file)).unwrap();
    for (at, entry) in log.iter().chain(&more).enumerate() {
        store.append(entry).unwrap();
        let after = std::fs::read(journal(&file)).unwrap();
        // Acknowledged: it is there.
        disk(&file, &after, &copy);
        assert_eq!(read(&copy).len(), at + 1);
        // Cut off while it was written: it is there or it is not, and all before it are there. What was not synchronised may be
        // missing from any byte on, be nothing but zeros, or be what lay there before.
        let grown = before.len().min(after.len());
        for part in 0..8 {
            let cut = grown + (after.len() - grown) * part / 8;
            let short = after[..cut].to_vec();
            let mut zeros = after.clone();
            zeros[cut..].fill(0);
            let mut old = after.clone();
            old[cut..].fill(0xa5);
            for then in [short, zeros, old] {
                disk(&file, &then, &copy);
                let found = read(&copy);
                assert!(
                    found.len() == at || found.len() == at + 1,
                    "{} of {at}",
                    found.len()
                );
                assert!(
                    found
                        .iter()
                        .zip(log.iter().chain(&more))
                        .all(|(a, b)| a == b)
                );
            }
        }
        before = after;
    }
}
