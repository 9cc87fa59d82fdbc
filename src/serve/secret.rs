//! Codes and cookies that nobody guesses.

use sha2::{Digest, Sha256};

/// Letters that nobody confuses when they read them aloud: without i, l, o, u.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Random letters, 5 bits each; `None` if the machine has no randomness to give.
fn letters(count: usize) -> Option<String> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).ok()?;
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte % 32)]);
    Some(bytes.into_iter().map(letter).collect())
}

/// A code for a card, 100 bits, in groups that can be typed.
pub(super) fn card_code() -> Option<String> {
    let all = letters(20)?;
    let groups: Vec<&str> = (0..4).map(|at| &all[at * 5..at * 5 + 5]).collect();
    Some(groups.join("-"))
}

/// A short code that opens the lobby and nothing else.
pub(super) fn room_code() -> Option<String> {
    letters(6)
}

/// What a browser keeps: 130 bits.
pub(super) fn cookie() -> Option<String> {
    letters(26)
}

/// What is kept of a cookie: nobody who reads the session file can use it.
pub(super) fn hashed(secret: &str) -> String {
    let digest = Sha256::digest(secret.as_bytes());
    let hex = digest.iter().map(|byte| format!("{byte:02x}"));
    hex.collect()
}

/// A code as it is compared: however it was typed.
pub(super) fn typed(code: &str) -> String {
    let kept = code.chars().filter(char::is_ascii_alphanumeric);
    let read = |c: char| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        c => c,
    };
    kept.map(read).take(64).collect()
}
