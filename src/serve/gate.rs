//! The gate before every page: whom the room answers at all, and the headers that every answer carries.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// Nothing but what the room itself serves; no script and no style inside a page.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: a browser would then hide the origin of a form, and the gate would refuse it.
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// The names by which browsers may call the room.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    hosts: Arc<Vec<String>>,
}

impl Gate {
    pub(super) fn new(address: SocketAddr, names: &[String]) -> Self {
        let port = address.port();
        let ip = address.ip();
        let mut hosts = Vec::new();
        let lan = || super::lan_address().map(|ip| SocketAddr::new(ip, port).to_string());
        if ip.is_unspecified() {
            hosts.extend(lan());
        } else if !ip.is_loopback() {
            hosts.push(address.to_string());
        }
        hosts.extend(names.iter().map(|name| format!("{name}:{port}")));
        hosts.extend(["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")));
        // A browser leaves the usual port out.
        if port == 80 {
            let bare = hosts
                .iter()
                .filter_map(|host| host.strip_suffix(":80").map(str::to_owned));
            hosts.extend(bare.collect::<Vec<_>>());
        }
        Self {
            hosts: Arc::new(hosts),
        }
    }

    /// How others reach the room.
    pub(super) fn link(&self) -> String {
        let first = self.hosts.first().map(String::as_str);
        format!("http://{}", first.unwrap_or_default())
    }

    /// A browser says by which name it calls, and that names must be ours: else another site's name leads here.
    fn knows_host(&self, headers: &HeaderMap) -> bool {
        let host = text(headers, &header::HOST);
        host.is_some_and(|host| self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)))
    }

    /// What is sent comes from one of our own pages.
    fn is_own(headers: &HeaderMap) -> bool {
        let host = text(headers, &header::HOST).unwrap_or_default();
        let origin = text(headers, &header::ORIGIN);
        origin.is_some_and(|origin| origin.strip_prefix("http://") == Some(host))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Lets through what may pass.
pub(super) async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = if !gate.knows_host(headers) {
        let why = "This room does not go by that name. Start it with `--name` to add one.\n";
        (StatusCode::MISDIRECTED_REQUEST, why).into_response()
    } else if !reads && !Gate::is_own(headers) {
        let why = "This was sent from another site, and is refused.\n";
        (StatusCode::FORBIDDEN, why).into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
