//! From addresses to pages and acts: whoever has no right to a place learns no more than that there is nothing.

use super::access::{Entered, Seat};
use super::act::{Act, act};
use super::desk::{Bell, Desk};
use super::form::Fields;
use super::gate::{Gate, pass};
use super::page;
use super::secret;
use super::stream;
use crate::exercise::RoleId;
use crate::exercise::session::{Actor, Audience, Happening};
use axum::Router;
use axum::extract::{
    ConnectInfo, DefaultBodyLimit, Form, FromRequest, Path, Query, Request, State,
};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Response};
use axum::routing::get;
use std::net::{IpAddr, SocketAddr};

/// The most that a form may hold, in bytes.
const MOST_SENT: usize = 64 * 1024;
/// The name of every cookie that gives a right; its path tells them apart.
const COOKIE: &str = "casus";
/// The name of the cookie that says which place a browser took last; it gives no right, and leads there from the front door.
const PLACE: &str = "casus-place";
/// A cookie lasts as long as the longest exercise, in seconds.
const LASTS: u32 = 7 * 24 * 3600;

pub(super) fn router(bell: Bell, gate: Gate) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/enter", get(door).post(enter))
        .route("/lobby", get(lobby))
        .route("/asset/{name}", get(asset))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .fallback(seated)
        .layer(DefaultBodyLimit::max(MOST_SENT))
        .layer(axum::middleware::from_fn_with_state(gate, pass))
        .with_state(bell)
}

/// Where an audience sits.
pub(super) fn path(audience: Audience) -> String {
    match audience {
        Audience::Facilitator => "/facilitator".to_owned(),
        Audience::Evaluator => "/evaluator".to_owned(),
        Audience::Projector => "/projector".to_owned(),
        Audience::Team(role) => format!("/team/{}", role.0 + 1),
    }
}

/// Who sits at an address, and what is asked for there.
fn place(uri: &str) -> Option<(Audience, String)> {
    let mut parts = uri.strip_prefix('/')?.split('/');
    let audience = match parts.next()? {
        "facilitator" => Audience::Facilitator,
        "evaluator" => Audience::Evaluator,
        "projector" => Audience::Projector,
        "team" => {
            let number: usize = parts.next()?.parse().ok()?;
            Audience::Team(RoleId(number.checked_sub(1)?))
        }
        _ => return None,
    };
    let what = parts.next().unwrap_or_default().to_owned();
    parts.next().is_none().then_some((audience, what))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='));
    found.next().map(str::to_owned)
}

fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
}

/// The same for what is not there and for what is not yours.
pub(super) fn nothing() -> Response {
    (StatusCode::NOT_FOUND, Html(page::nothing())).into_response()
}

fn broken() -> Response {
    let why = "Something went wrong here; nothing was lost. Try again.\n";
    (StatusCode::INTERNAL_SERVER_ERROR, why).into_response()
}

fn set_cookie(name: &str, path: &str, value: &str) -> (HeaderName, String) {
    let cookie = format!("{name}={value}; Path={path}; Max-Age={LASTS}; HttpOnly; SameSite=Strict");
    (header::SET_COOKIE, cookie)
}

/// To the place of somebody who was let in, with a cookie that goes only there.
fn let_in(audience: Audience, cookie: &str) -> Response {
    let path = path(audience);
    let headers = [
        (header::LOCATION, path.clone()),
        set_cookie(COOKIE, &path, cookie),
        set_cookie(PLACE, "/", &secret::hashed(cookie)),
    ];
    (StatusCode::SEE_OTHER, AppendHeaders(headers)).into_response()
}

/// The front door: who has a place is led to it.
async fn home(State(bell): State<Bell>, headers: HeaderMap) -> Response {
    let place = cookie(&headers, PLACE);
    let found = bell.ask(move |desk| place_of(desk, place.as_deref())).await;
    see_other(found.flatten().as_deref().unwrap_or("/enter"))
}

/// Where the browser sits that was let in last with this cookie.
fn place_of(desk: &Desk<'_>, place: Option<&str>) -> Option<String> {
    let mut seats = desk.access.seats.iter();
    let seat = seats.find(|seat| Some(seat.hash.as_str()) == place && !seat.called)?;
    seat.audience.map(path)
}

async fn asset(Path(name): Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "room.css" => ("text/css; charset=utf-8", include_str!("asset/room.css")),
        "room.js" => (
            "text/javascript; charset=utf-8",
            include_str!("asset/room.js"),
        ),
        _ => return nothing(),
    };
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

async fn door(State(bell): State<Bell>) -> Response {
    let page = bell.ask(|desk| page::enter(desk, None)).await;
    page.map_or_else(broken, |page| Html(page).into_response())
}

async fn enter(
    State(bell): State<Bell>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let fields = Fields(fields);
    let done = bell
        .ask(move |desk| at_the_door(desk, from.ip(), &fields))
        .await;
    done.unwrap_or_else(broken)
}

fn at_the_door(desk: &mut Desk<'_>, from: IpAddr, fields: &Fields) -> Response {
    let now = desk.keeper.steady();
    let say = |desk: &mut Desk<'_>, status: StatusCode, why: &str| {
        (status, Html(page::enter(desk, Some(why)))).into_response()
    };
    if !desk.guesses.allows(&from, now) {
        return say(
            desk,
            StatusCode::TOO_MANY_REQUESTS,
            "Too many tries. Wait a minute, and look at your card.",
        );
    }
    let exercise = desk.session().exercise;
    let entered = desk.access.enter(
        &desk.keeper.store,
        exercise,
        fields.get("code"),
        fields.get("name"),
    );
    match entered {
        Ok(Entered::Unknown) => {
            desk.guesses.take(from, now);
            desk.wrong_codes += 1;
            say(
                desk,
                StatusCode::UNPROCESSABLE_ENTITY,
                "There is no such code.",
            )
        }
        Ok(Entered::Refused(why)) => say(
            desk,
            StatusCode::CONFLICT,
            &format!("You are not let in: {why}."),
        ),
        Ok(Entered::Waits(cookie)) => {
            desk.look(|audience| audience == Audience::Facilitator);
            let headers = [
                (header::LOCATION, "/lobby".to_owned()),
                set_cookie(COOKIE, "/lobby", &cookie),
            ];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        Ok(Entered::In(audience, cookie)) => {
            joined(desk, audience, &cookie);
            let_in(audience, &cookie)
        }
        Err(error) => say(desk, StatusCode::INSUFFICIENT_STORAGE, &error.to_string()),
    }
}

/// Notes in the log who sits down in a team.
fn joined(desk: &mut Desk<'_>, audience: Audience, cookie: &str) {
    desk.look(|audience| audience == Audience::Facilitator);
    let name = desk.access.known(cookie).map(|seat| seat.name.clone());
    if let (Audience::Team(role), Some(name)) = (audience, name) {
        let role = desk.session().exercise.role(role).id.clone();
        let actor = Actor::Team(role.clone());
        // After the end nobody joins the record, but may still look.
        let _ = desk.keeper.record(actor, Happening::Joined { role, name });
    }
}

async fn lobby(State(bell): State<Bell>, headers: HeaderMap) -> Response {
    let place = cookie(&headers, PLACE);
    let waits = cookie(&headers, COOKIE).unwrap_or_default();
    let done = bell.ask(move |desk| in_the_lobby(desk, &waits, place.as_deref()));
    let done = done.await;
    done.unwrap_or_else(broken)
}

fn in_the_lobby(desk: &mut Desk<'_>, cookie: &str, place: Option<&str>) -> Response {
    let exercise = desk.session().exercise;
    match desk.access.fetch(&desk.keeper.store, exercise, cookie) {
        Ok(Some(Entered::In(audience, cookie))) => {
            joined(desk, audience, &cookie);
            let_in(audience, &cookie)
        }
        Ok(_)
            if desk
                .access
                .known(cookie)
                .is_some_and(|seat| seat.audience.is_none()) =>
        {
            Html(page::lobby(desk)).into_response()
        }
        // Whoever went on from here and comes back is led on again.
        _ => place_of(desk, place).map_or_else(nothing, |to| see_other(&to)),
    }
}

/// The seat to which a cookie gives a right, if it is that place's.
fn seat(desk: &Desk<'_>, audience: Audience, cookie: &str) -> Option<Seat> {
    let seat = desk.access.known(cookie)?;
    (seat.audience == Some(audience) && !seat.called).then(|| seat.clone())
}

async fn seated(State(bell): State<Bell>, request: Request) -> Response {
    let uri = request.uri().clone();
    let (Some((audience, what)), Some(cookie)) =
        (place(uri.path()), cookie(request.headers(), COOKIE))
    else {
        return nothing();
    };
    match *request.method() {
        Method::GET | Method::HEAD if what == "stream" => {
            listen(&bell, audience, cookie, &uri, request.headers()).await
        }
        Method::GET | Method::HEAD if what == "draft" => {
            let question = query(&uri).get("question").to_owned();
            let kept = bell.ask(move |desk| draft(desk, audience, &cookie, &question));
            kept.await.flatten().map_or_else(nothing, plain)
        }
        Method::GET | Method::HEAD => {
            let query = query(&uri);
            let shown = bell.ask(move |desk| {
                let seat = seat(desk, audience, &cookie)?;
                page::show(desk, &seat, audience, &what, &query, None)
            });
            match shown.await {
                Some(Some(page)) => Html(page).into_response(),
                Some(None) => nothing(),
                None => broken(),
            }
        }
        Method::POST => {
            // The right comes first: who has none learns nothing of sizes and forms.
            let known = cookie.clone();
            let may = bell
                .ask(move |desk| seat(desk, audience, &known).is_some())
                .await;
            if may != Some(true) {
                return nothing();
            }
            match Form::<Vec<(String, String)>>::from_request(request, &()).await {
                Ok(Form(fields)) => send(&bell, audience, cookie, what, Fields(fields)).await,
                Err(wrong) => (
                    wrong.status(),
                    "This is too long, or no form of this room.\n",
                )
                    .into_response(),
            }
        }
        _ => nothing(),
    }
}

/// What a team is writing; empty: nothing.
fn draft(desk: &Desk<'_>, audience: Audience, cookie: &str, question: &str) -> Option<String> {
    seat(desk, audience, cookie)?;
    let Audience::Team(role) = audience else {
        return None;
    };
    let role = desk.session().exercise.role(role).id.clone();
    let draft = desk.drafts.get(&(role, question.to_owned()));
    Some(draft.map(|draft| draft.form.clone()).unwrap_or_default())
}

/// Text and nothing else.
fn plain(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn query(uri: &Uri) -> Fields {
    let read = Query::<Vec<(String, String)>>::try_from_uri(uri);
    Fields(read.map(|Query(fields)| fields).unwrap_or_default())
}

async fn listen(
    bell: &Bell,
    audience: Audience,
    cookie: String,
    uri: &Uri,
    headers: &HeaderMap,
) -> Response {
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    let after = query(uri).get("after").parse().ok();
    let listens = bell.ask(move |desk| {
        let seat = seat(desk, audience, &cookie)?;
        Some(desk.listen(&seat, audience, last.or(after)))
    });
    match listens.await.flatten() {
        Some(messages) => stream::answer(messages),
        None => nothing(),
    }
}

async fn send(
    bell: &Bell,
    audience: Audience,
    cookie: String,
    what: String,
    fields: Fields,
) -> Response {
    let done = bell.ask(move |desk| {
        let Some(seat) = seat(desk, audience, &cookie) else {
            return nothing();
        };
        let now = desk.keeper.steady();
        if audience != Audience::Facilitator {
            if !desk.sends.allows(&seat.hash, now) {
                return (StatusCode::TOO_MANY_REQUESTS, "Too fast. Wait a moment.\n")
                    .into_response();
            }
            desk.sends.take(seat.hash.clone(), now);
        }
        let done = act(desk, &seat, audience, &what, &fields);
        // Who sent it sees it at once, and so do the others.
        desk.pass();
        told(desk, &seat, audience, done, &fields)
    });
    done.await.unwrap_or_else(broken)
}

fn told(
    desk: &mut Desk<'_>,
    seat: &Seat,
    audience: Audience,
    done: Act,
    fields: &Fields,
) -> Response {
    match done {
        Act::Back(page) => see_other(&format!("{}{page}", path(audience))),
        Act::Done => StatusCode::NO_CONTENT.into_response(),
        Act::Missing => nothing(),
        Act::Seated(audience, cookie) => let_in(audience, &cookie),
        Act::Refused {
            page: what,
            why,
            stale,
        } => {
            let status = if stale {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let echo = page::Echo { why, fields };
            match page::show(desk, seat, audience, what, fields, Some(&echo)) {
                Some(page) => (status, Html(page)).into_response(),
                None => nothing(),
            }
        }
    }
}
