//! `casus review` on a terminal: single keys, without Enter. The terminal is one that the tool `script` makes.

use super::change_review::Place;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const PROMPT: &str = "q stop > ";

/// A review going on, at whose keys the test sits.
struct Desk {
    child: Child,
    keys: ChildStdin,
    said: Receiver<Vec<u8>>,
}

impl Desk {
    fn new(place: &Place) -> Self {
        let program = env!("CARGO_BIN_EXE_casus");
        let mut child = Command::new("script")
            .args([
                "-qec",
                &format!("{program} review --date 1960-07-01"),
                "/dev/null",
            ])
            .current_dir(&place.folder)
            .env_remove("CI")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the tool `script` of util-linux");
        let mut out = child.stdout.take().unwrap();
        let (tell, said) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(some @ 1..) = out.read(&mut bytes) {
                if tell.send(bytes[..some].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = child.stdin.take().unwrap();
        Self { child, keys, said }
    }

    /// What is said up to and with these words.
    fn until(&self, words: &str) -> String {
        let mut text = String::new();
        while !text.contains(words) {
            let more = self.said.recv_timeout(Duration::from_secs(120));
            let more = more.unwrap_or_else(|_| panic!("`{words}` is not said in\n{text}"));
            text.push_str(&String::from_utf8_lossy(&more));
        }
        text
    }

    /// What is said after a key, up to the next prompt.
    fn key(&mut self, key: &str) -> String {
        self.press(key);
        self.until(PROMPT)
    }

    fn press(&mut self, key: &str) {
        self.keys.write_all(key.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn ends(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap()
    }
}

/// Two families wait: both threats for one edit, `islets` for the other.
fn waiting(name: &str) -> Place {
    let place = Place::new(name);
    let text = place.read("rules/pact.treaty");
    let edited = text
        .replace(
            "  territory of a party\n",
            "  territory of a party\n  islets\n",
        )
        .replace("within 15 days", "within 20 days");
    place.write("rules/pact.treaty", &edited);
    assert_eq!(place.casus(&["test"]).code, 1);
    place
}

#[test]
fn single_keys_are_read_from_a_terminal() {
    let place = waiting("keys");
    let mut desk = Desk::new(&place);
    let first = desk.until(PROMPT);
    assert!(first.contains("[1/2]"), "{first}");
    for (key, words) in [
        ("n", "scenarios/threat.yaml"),
        ("o", "within 15 days"),
        ("w", "within 20 days"),
        ("d", "[1/2]"),
        ("e", "before:"),
        ("W", "what: cedria threatens"),
        ("x", "`x` does nothing here"),
        ("s", "[1/3]"),
        ("s", "`s` does nothing here"),
        // Left as it is: the next one comes.
        ("r", "[2/3]"),
    ] {
        let said = desk.key(key);
        assert!(said.contains(words), "{key}: {words} is not in\n{said}");
    }
    desk.press("a");
    desk.until("reason: ");
    let said = desk.key("one threat\n");
    assert!(said.contains("[3/3]"), "{said}");
    desk.press("q");
    assert_eq!(desk.ends(), 1);
    assert_eq!(place.casus(&["test"]).code, 1);

    // What was agreed to is done; all the rest is left, then split, then agreed to.
    let mut desk = Desk::new(&place);
    desk.until(PROMPT);
    desk.press("R");
    assert_eq!(desk.ends(), 1);
    let mut desk = Desk::new(&place);
    desk.until(PROMPT);
    assert!(desk.key("S").contains("[1/2]"));
    desk.press("A");
    desk.until("reason: ");
    desk.press("both\n");
    assert_eq!(desk.ends(), 0);
    assert_eq!(place.casus(&["test"]).code, 0);
}
