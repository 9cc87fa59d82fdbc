//! Expectations of a scenario.

use super::{Lowering, dates};
use crate::diagnostic::codes::scenario as codes;
use crate::model::condition::Scope;
use crate::model::fact::{Assume, Claim, Expectation, PositionQuery, Status, Verdict};
use crate::model::ids::TreatyId;
use crate::scenario::{Expect, Many, Text};
use crate::source::Span;

const VERDICTS: [(&str, Verdict); 3] = [
    ("owed", Verdict::Owed),
    ("owed-if", Verdict::OwedIf),
    ("not-owed", Verdict::NotOwed),
];

const STATUSES: [(&str, Status); 8] = [
    ("not-yet", Status::NotYet),
    ("in-force", Status::InForce),
    ("fulfilled", Status::Fulfilled),
    ("violated", Status::Violated),
    ("suspended", Status::Suspended),
    ("displaced", Status::Displaced),
    ("discharged", Status::Discharged),
    ("lapsed", Status::Lapsed),
];

/// What may stand beside a position, beside a treaty, and beside two positions.
const BESIDE_POSITION: &[&str] = &[
    "under",
    "status",
    "on",
    "assume",
    "on-account-of",
    "hinges-on",
    "because",
    "from",
    "until",
    "due",
    "displaced-by",
    "depth",
    "note",
];
const BESIDE_IN_FORCE: &[&str] = &["on", "note"];
const BESIDE_NOT_IN_FORCE: &[&str] = &["on", "missing", "note"];
const BESIDE_TWO: &[&str] = &["on", "assume", "note"];

/// What an expectation expects, as written.
enum Raw<'d> {
    Position(Verdict, &'d Text),
    InForce(&'d Text),
    NotInForce(&'d Text),
    Conflict(&'d Many),
    NoConflict(&'d Many),
    Limit(&'d Many),
}

impl Lowering<'_> {
    /// All expectations that can be understood.
    pub(super) fn expectations(&mut self) -> Vec<Expectation> {
        let document = self.document;
        document
            .expect
            .iter()
            .filter_map(|expect| self.expectation(expect))
            .collect()
    }

    fn expectation(&mut self, expect: &Expect) -> Option<Expectation> {
        let (name, raw) = self.raw_claim(expect)?;
        self.report_idle_keys(expect, name, &raw);
        let under = expect
            .under
            .as_ref()
            .and_then(|text| Some((text.span, self.reference(text)?)));
        let claim = self.claim(&raw, under, expect);
        let mut day = |key, text: &Option<Text>| {
            text.as_ref()
                .and_then(|text| dates::day(text, key, &mut self.diagnostics))
        };
        let (on, from, until) = (
            day("on", &expect.on),
            day("from", &expect.from),
            day("until", &expect.until),
        );
        let due = day("due", &expect.due);
        let accounts = expect.on_account_of.iter().flat_map(|table| &table.0);
        let on_account_of = accounts.filter_map(|(who, verdict)| {
            let who = self.actor(who);
            let verdict = self.word("on-account-of", verdict, &VERDICTS);
            who.zip(verdict)
        });
        Some(Expectation {
            on_account_of: on_account_of.collect(),
            status: expect
                .status
                .as_ref()
                .and_then(|text| self.word("status", text, &STATUSES)),
            assume: expect.assume.as_ref().map(|names| self.performers(names)),
            displaced_by: expect
                .displaced_by
                .as_ref()
                .and_then(|text| self.reference(text)),
            claim: claim?,
            on,
            hinges_on: expect.hinges_on.as_ref().map(texts),
            because: expect.because.as_ref().map(texts).unwrap_or_default(),
            from,
            until,
            due,
            depth: expect.depth.map(|depth| depth.value),
            span: raw.span().unwrap_or(expect.span),
        })
    }

    /// The one thing that the expectation expects.
    fn raw_claim<'d>(&mut self, expect: &'d Expect) -> Option<(&'static str, Raw<'d>)> {
        let position = |verdict| move |text| Raw::Position(verdict, text);
        let all = [
            ("owed", expect.owed.as_ref().map(position(Verdict::Owed))),
            (
                "owed-if",
                expect.owed_if.as_ref().map(position(Verdict::OwedIf)),
            ),
            (
                "not-owed",
                expect.not_owed.as_ref().map(position(Verdict::NotOwed)),
            ),
            ("in-force", expect.in_force.as_ref().map(Raw::InForce)),
            (
                "not-in-force",
                expect.not_in_force.as_ref().map(Raw::NotInForce),
            ),
            ("conflict", expect.conflict.as_ref().map(Raw::Conflict)),
            (
                "no-conflict",
                expect.no_conflict.as_ref().map(Raw::NoConflict),
            ),
            ("limit", expect.limit.as_ref().map(Raw::Limit)),
        ];
        let known: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        let mut given: Vec<_> = all
            .into_iter()
            .filter_map(|(name, raw)| Some((name, raw?)))
            .collect();
        if given.len() == 1 {
            return given.pop();
        }
        let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
        let span = given
            .get(1)
            .and_then(|(_, raw)| raw.span())
            .unwrap_or(expect.span);
        self.diagnostics
            .push(codes::one_claim(span, &names, &known));
        None
    }

    fn report_idle_keys(&mut self, expect: &Expect, name: &str, raw: &Raw<'_>) {
        let allowed = match raw {
            Raw::Position(..) => BESIDE_POSITION,
            Raw::InForce(_) => BESIDE_IN_FORCE,
            Raw::NotInForce(_) => BESIDE_NOT_IN_FORCE,
            Raw::Conflict(_) | Raw::NoConflict(_) | Raw::Limit(_) => BESIDE_TWO,
        };
        for (key, span) in given_keys(expect) {
            if !allowed.contains(&key) {
                self.diagnostics
                    .push(codes::idle_key(span, key, name, allowed));
            }
        }
    }

    fn claim(
        &mut self,
        raw: &Raw<'_>,
        under: Option<(Span, Scope)>,
        expect: &Expect,
    ) -> Option<Claim> {
        match raw {
            Raw::Position(verdict, text) => {
                let query = self.position(text, under)?;
                Some(Claim::Position(*verdict, query))
            }
            Raw::InForce(name) => self.treaty(name).map(Claim::InForce),
            Raw::NotInForce(name) => {
                let missing = expect.missing.as_ref().map(texts).unwrap_or_default();
                self.treaty(name)
                    .map(|treaty| Claim::NotInForce(treaty, missing))
            }
            Raw::Conflict(texts) => self
                .two_positions("conflict", texts, expect)
                .map(|(a, b)| Claim::Conflict(a, b)),
            Raw::NoConflict(texts) => self
                .two_positions("no-conflict", texts, expect)
                .map(|(a, b)| Claim::NoConflict(a, b)),
            Raw::Limit(texts) => self
                .two_positions("limit", texts, expect)
                .map(|(a, b)| Claim::Limit(a, b)),
        }
    }

    fn two_positions(
        &mut self,
        claim: &str,
        texts: &Many,
        expect: &Expect,
    ) -> Option<(PositionQuery, PositionQuery)> {
        let [first, second] = texts.0.as_slice() else {
            let span = texts.0.first().map_or(expect.span, |text| text.span);
            self.diagnostics
                .push(codes::two_positions(span, claim, texts.0.len()));
            return None;
        };
        let (first, second) = (self.position(first, None), self.position(second, None));
        first.zip(second)
    }

    fn position(&mut self, text: &Text, under: Option<(Span, Scope)>) -> Option<PositionQuery> {
        let mut query = self.query(text)?;
        let mut place = text.span;
        if let Some((span, scope)) = under {
            if query.under.is_some() {
                self.diagnostics.push(codes::under_twice(text.span, span));
            }
            place = span;
            query.under = Some(scope);
        }
        if let Some(scope) = &query.under {
            self.check_scope(place, scope);
        }
        Some(query)
    }

    /// A reference must mean some norm, of a treaty that counts.
    fn check_scope(&mut self, span: Span, scope: &Scope) {
        if let Some(treaty) = scope.treaty
            && !self.counts(treaty, span)
        {
            return;
        }
        if !self
            .rulebook
            .norms
            .iter()
            .any(|norm| self.rulebook.in_scope(norm, scope))
        {
            let reference = self.sources.text(span).to_owned();
            self.diagnostics
                .push(codes::nothing_arises(span, &reference));
        }
    }

    fn counts(&mut self, treaty: TreatyId, span: Span) -> bool {
        let counts = self
            .rules
            .as_ref()
            .is_none_or(|rules| rules.contains(&treaty));
        if !counts {
            let listed = self
                .document
                .rules
                .as_ref()
                .and_then(|rules| Some(rules.0.first()?.span.to(rules.0.last()?.span)));
            let name = &self.rulebook.treaty(treaty).name;
            self.diagnostics.push(codes::left_out(
                span,
                name,
                listed.unwrap_or(self.document.title.span),
            ));
        }
        counts
    }

    fn performers(&mut self, names: &Many) -> Assume {
        match names.0.as_slice() {
            [only] if only.text == "all" => Assume::All,
            [only] if only.text == "none" => Assume::None,
            _ => Assume::Only(self.actors(Some(names))),
        }
    }
}

impl Raw<'_> {
    fn span(&self) -> Option<Span> {
        match self {
            Self::Position(_, text) | Self::InForce(text) | Self::NotInForce(text) => {
                Some(text.span)
            }
            Self::Conflict(texts) | Self::NoConflict(texts) | Self::Limit(texts) => {
                texts.0.first().map(|text| text.span)
            }
        }
    }
}

fn texts(many: &Many) -> Vec<String> {
    many.0.iter().map(|text| text.text.clone()).collect()
}

/// The keys beside the claim that are given, with a place in each.
fn given_keys(expect: &Expect) -> Vec<(&'static str, Span)> {
    let text = |key, text: &Option<Text>| text.as_ref().map(|text| (key, text.span));
    let many = |key, many: &Option<Many>| {
        many.as_ref()
            .and_then(|many| Some((key, many.0.first()?.span)))
    };
    let accounts = expect
        .on_account_of
        .as_ref()
        .and_then(|table| table.0.first());
    let keys = [
        text("under", &expect.under),
        text("status", &expect.status),
        text("on", &expect.on),
        many("assume", &expect.assume),
        accounts.map(|(who, _)| ("on-account-of", who.span)),
        many("hinges-on", &expect.hinges_on),
        many("missing", &expect.missing),
        many("because", &expect.because),
        text("from", &expect.from),
        text("until", &expect.until),
        text("due", &expect.due),
        text("displaced-by", &expect.displaced_by),
        expect.depth.map(|depth| ("depth", depth.span)),
        text("note", &expect.note),
    ];
    keys.into_iter().flatten().collect()
}
