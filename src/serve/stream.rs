//! Live updates: one stream of events a browser, from where it left off.

use super::desk::Message;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::Receiver;
use tokio_stream::Stream;

/// The messages of a pipe as events.
struct Events(Receiver<Message>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0
            .poll_recv(context)
            .map(|message| Some(Ok(event(message?))))
    }
}

fn event(message: Message) -> Event {
    // A browser drops an event without data.
    match message {
        Message::News { id, say } => Event::default()
            .id(id.to_string())
            .event("news")
            .data(plain(&say)),
        Message::Beat { clock, paused } => {
            let state = if paused { "paused" } else { "running" };
            Event::default()
                .event("beat")
                .data(format!("{clock} {state}"))
        }
        Message::Typing { question, name } => Event::default()
            .event("typing")
            .data(plain(&format!("{question} {name}"))),
        Message::Look => Event::default().event("look").data("look"),
        Message::Reset => Event::default().event("reset").data("reset"),
    }
}

/// On one line.
fn plain(text: &str) -> String {
    crate::exercise::report::clean(text).replace('\n', " ")
}

/// The answer that goes on as long as the browser listens.
pub(super) fn answer(messages: Receiver<Message>) -> Response {
    Sse::new(Events(messages)).into_response()
}
