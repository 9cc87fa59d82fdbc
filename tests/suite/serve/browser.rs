//! A browser for tests: plain HTTP over the loopback, a jar of cookies by path, and every byte that came in.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Long enough for a machine that has much else to do; nothing waits for it where all is well.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value)
    }

    /// The value of a field of the first form that is sent to an address.
    pub(crate) fn field(&self, action: &str, name: &str) -> String {
        let form = self
            .body
            .split("<form")
            .find(|form| form.contains(&format!("action=\"{action}\"")));
        let form = form.unwrap_or_else(|| panic!("no form to {action} in {}", self.body));
        let at = form
            .find(&format!("name=\"{name}\""))
            .unwrap_or_else(|| panic!("no field {name}"));
        let rest = &form[at..];
        let rest = &rest[rest.find("value=\"").unwrap() + 7..];
        rest[..rest.find('"').unwrap()].to_owned()
    }

    /// The entry that the form of a question says it has seen.
    pub(crate) fn base(&self, question: &str) -> String {
        let mark = format!("data-draft=\"{question}\"");
        let form = self.body.split(&mark).last().unwrap_or_default();
        let value = form.split("name=\"base\" value=\"").nth(1);
        let value = value.unwrap_or_else(|| panic!("no form of {question} in {}", self.body));
        value.split('"').next().unwrap().to_owned()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Browser {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
    /// Everything that the room sent, headers included.
    pub(crate) seen: String,
}

impl Browser {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            cookies: BTreeMap::new(),
            seen: String::new(),
        }
    }

    pub(crate) fn at(&mut self, address: SocketAddr) {
        self.address = address;
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn get(&mut self, path: &str) -> Page {
        let host = self.address.to_string();
        self.send("GET", path, &[("host", &host)], "")
    }

    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let (host, origin) = (self.address.to_string(), self.origin());
        let kind = "application/x-www-form-urlencoded";
        let headers = [
            ("host", host.as_str()),
            ("origin", &origin),
            ("content-type", kind),
        ];
        self.send("POST", path, &headers, &encoded(fields))
    }

    /// Sends a form and follows to where it leads.
    pub(crate) fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.post(path, fields);
        assert_eq!(page.status, 303, "{path}: {}", page.body);
        let to = page
            .header("location")
            .split('#')
            .next()
            .unwrap()
            .to_owned();
        self.get(&to)
    }

    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Page {
        let mut stream = self.open(method, path, headers, body);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        self.seen.push_str(&text);
        let page = parsed(&text);
        for (name, value) in &page.headers {
            if name == "set-cookie" {
                self.keep(value);
            }
        }
        page
    }

    fn open(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        let own = path.split('?').next().unwrap();
        for (place, value) in &self.cookies {
            if own == place || own.starts_with(&format!("{}/", place.trim_end_matches('/'))) {
                request += &format!("cookie: {value}\r\n");
            }
        }
        stream
            .write_all(format!("{request}\r\n{body}").as_bytes())
            .unwrap();
        stream
    }

    fn keep(&mut self, cookie: &str) {
        let parts: Vec<&str> = cookie.split("; ").collect();
        let path = parts
            .iter()
            .find_map(|part| part.strip_prefix("Path="))
            .unwrap();
        self.cookies.insert(path.to_owned(), parts[0].to_owned());
    }

    /// The cookies, to be used by somebody else.
    pub(crate) fn steal(&self, path: &str) -> String {
        self.cookies[path].clone()
    }

    pub(crate) fn listen(&self, path: &str, last: Option<u64>) -> Stream {
        let host = self.address.to_string();
        let mut headers = vec![("host", host.as_str())];
        let last = last.map(|last| last.to_string());
        headers.extend(last.as_deref().map(|last| ("last-event-id", last)));
        let stream = self.open("GET", path, &headers, "");
        Stream {
            lines: BufReader::new(stream),
            seen: String::new(),
        }
    }
}

fn parsed(text: &str) -> Page {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    Page {
        status,
        headers: headers
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    let code = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => {
                    char::from(byte).to_string()
                }
                b' ' => "+".to_owned(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", code(name), code(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A stream of events.
pub(crate) struct Stream {
    lines: BufReader<TcpStream>,
    pub(crate) seen: String,
}

/// An event: its number, its kind, its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) id: Option<u64>,
    pub(crate) kind: String,
    pub(crate) data: String,
}

impl Stream {
    /// The next event; `None`: the stream has ended.
    pub(crate) fn next(&mut self) -> Option<Event> {
        let mut event = Event {
            id: None,
            kind: String::new(),
            data: String::new(),
        };
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap_or(0) == 0 {
                return None;
            }
            self.seen.push_str(&line);
            let line = line.trim_end();
            if let Some(id) = line.strip_prefix("id: ") {
                event.id = id.parse().ok();
            } else if let Some(kind) = line.strip_prefix("event: ") {
                kind.clone_into(&mut event.kind);
            } else if let Some(data) = line.strip_prefix("data: ") {
                data.clone_into(&mut event.data);
            } else if line.is_empty() && !event.kind.is_empty() {
                return Some(event);
            }
        }
    }

    /// The numbers of the news until one of them comes.
    pub(crate) fn until(&mut self, id: u64) -> Vec<u64> {
        let mut found = Vec::new();
        while let Some(event) = self.next() {
            found.extend(event.id);
            if event.id.is_some_and(|own| own >= id) {
                break;
            }
        }
        found
    }

    /// Everything until the line is cut.
    pub(crate) fn drain(mut self) -> String {
        while self.next().is_some() {}
        self.seen
    }
}
