//! A real browser without a screen, driven over the protocol of web drivers on the loopback.

use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Long enough for a machine that has much else to do; nothing waits for it where all is well.
const PATIENCE: Duration = Duration::from_secs(120);
/// How elements are named in the protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut all = std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    all.find(|file| file.is_file())
}

/// The driver.
pub(super) struct Driver {
    child: Child,
    port: u16,
    browser: PathBuf,
}

impl Driver {
    /// `None`: there is no browser on this machine.
    pub(super) fn start() -> Option<Self> {
        let driver = program(&["chromedriver"])?;
        let browser = program(&["chromium", "chromium-browser", "google-chrome"])?;
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let child = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let driver = Self {
            child,
            port,
            browser,
        };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < PATIENCE, "the driver does not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(driver)
    }

    /// A browser with its own cookies, and its first window.
    pub(super) fn browser(&self, width: u32, height: u32) -> Window<'_> {
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-proxy-server".to_owned(),
            format!("--window-size={width},{height}"),
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "pageLoadStrategy": "eager",
            "goog:chromeOptions": {"binary": self.browser, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let made = call(self.port, "POST", "/session", &wanted);
        let id = made["sessionId"]
            .as_str()
            .unwrap_or_else(|| panic!("no browser: {made}"));
        let browser = Rc::new(Browser {
            driver: self,
            id: id.to_owned(),
            looking_at: RefCell::default(),
        });
        let handle = browser.send("GET", "/window", &Value::Null);
        Window {
            browser,
            handle: handle.as_str().unwrap_or_default().to_owned(),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // All browsers at once: to end one after another takes a second each.
        let _ = call(self.port, "GET", "/shutdown", &Value::Null);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser with its own cookies.
struct Browser<'d> {
    driver: &'d Driver,
    id: String,
    /// The window that the next command would go to.
    looking_at: RefCell<String>,
}

impl Browser<'_> {
    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.id);
        call(self.driver.port, method, &path, body)
    }
}

/// A window of a browser.
pub(super) struct Window<'d> {
    browser: Rc<Browser<'d>>,
    handle: String,
}

impl<'d> Window<'d> {
    /// Another window of the same browser: it has the same cookies.
    pub(super) fn another(&self) -> Window<'d> {
        let made = self.send("POST", "/window/new", &json!({"type": "window"}));
        Window {
            browser: Rc::clone(&self.browser),
            handle: made["handle"].as_str().unwrap_or_default().to_owned(),
        }
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        if *self.browser.looking_at.borrow() != self.handle {
            let handle = json!({"handle": self.handle});
            let _ = self.browser.send("POST", "/window", &handle);
            self.browser.looking_at.replace(self.handle.clone());
        }
        self.browser.send(method, path, body)
    }

    pub(super) fn open(&self, address: &str) {
        let _ = self.send("POST", "/url", &json!({"url": address}));
    }

    pub(super) fn address(&self) -> String {
        self.send("GET", "/url", &Value::Null)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub(super) fn run(&self, script: &str) -> Value {
        self.send(
            "POST",
            "/execute/sync",
            &json!({"script": script, "args": []}),
        )
    }

    pub(super) fn text(&self) -> String {
        let text = self.run("return document.body.innerText");
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page says something.
    pub(super) fn sees(&self, text: &str) {
        self.until(text, |page| page.contains(text));
    }

    /// Waits until the page no longer says something.
    pub(super) fn loses(&self, text: &str) {
        self.until(text, |page| !page.contains(text));
    }

    fn until(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let text = self.text();
            if is_so(&text) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain for `{what}` on {}:\n{text}",
                self.address()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn find(&self, selector: &str) -> String {
        let start = Instant::now();
        loop {
            let found = self.send(
                "POST",
                "/element",
                &json!({"using": "css selector", "value": selector}),
            );
            if let Some(id) = found[ELEMENT].as_str() {
                return id.to_owned();
            }
            assert!(
                start.elapsed() < PATIENCE,
                "no `{selector}` on {}:\n{}",
                self.address(),
                self.text()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    pub(super) fn click(&self, selector: &str) {
        let id = self.find(selector);
        let done = self.send("POST", &format!("/element/{id}/click"), &json!({}));
        assert!(done.is_null(), "cannot click `{selector}`: {done}");
    }

    /// Types, as somebody at a keyboard does; `\u{e007}` is Enter, `\u{e004}` is Tab.
    pub(super) fn keys(&self, selector: &str, text: &str) {
        let id = self.find(selector);
        let done = self.send(
            "POST",
            &format!("/element/{id}/value"),
            &json!({"text": text}),
        );
        assert!(done.is_null(), "cannot type into `{selector}`: {done}");
    }

    pub(super) fn value(&self, selector: &str) -> String {
        let script = format!("return document.querySelector({selector:?})?.value ?? ''");
        self.run(&script).as_str().unwrap_or_default().to_owned()
    }

    pub(super) fn size(&self, width: u32, height: u32) {
        let _ = self.send(
            "POST",
            "/window/rect",
            &json!({"width": width, "height": height}),
        );
    }

    /// What the console of the browser holds by now.
    pub(super) fn console(&self) -> Vec<String> {
        let log = self.send("POST", "/se/log", &json!({"type": "browser"}));
        let lines = log.as_array().cloned().unwrap_or_default();
        lines
            .iter()
            .map(|line| line["message"].to_string())
            .collect()
    }

    /// Keeps a picture of the page, of long ones the beginning.
    pub(super) fn save(&self, file: &Path) {
        let number = |script: &str| self.run(script).as_u64().unwrap_or(1000) as u32;
        let wide = number("return window.outerWidth");
        let frame = number("return window.outerHeight - window.innerHeight");
        let high = number("return document.documentElement.scrollHeight");
        self.size(wide, (high + frame).clamp(600, 2600));
        let data = self.send("GET", "/screenshot", &Value::Null);
        std::fs::write(file, decoded(data.as_str().unwrap_or_default())).unwrap();
        self.size(wide, 900);
    }
}

fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text
        .bytes()
        .filter(|c| *c != b'=' && !c.is_ascii_whitespace())
        .collect();
    let mut bytes = Vec::new();
    for group in letters.chunks(4) {
        let bits = group.iter().fold(0, |bits, c| bits << 6 | value(*c)) << (6 * (4 - group.len()));
        bytes.extend(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}

fn call(port: u16, method: &str, path: &str, body: &Value) -> Value {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    // The driver may keep the line open: what it promised is enough.
    let mut part = vec![0; 65536];
    loop {
        let count = stream.read(&mut part).unwrap();
        bytes.extend(&part[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head.lines().find_map(|line| {
                line.to_lowercase()
                    .strip_prefix("content-length:")?
                    .trim()
                    .parse()
                    .ok()
            });
            length.is_some_and(|length: usize| body.len() >= length)
        });
        if whole || count == 0 {
            break;
        }
    }
    let text = String::from_utf8(bytes).unwrap();
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    answer["value"].clone()
}
