//! What was sent to an audience, the newest first.

use super::frame::{clock, prose};
use crate::exercise::report::clean;
use crate::exercise::session::{Audience, Session, channel_word};
use crate::exercise::{Inject, Question};
use maud::{Markup, html};

/// Something that was sent.
pub(super) struct Sent<'s> {
    pub(super) sequence: u64,
    /// The inject; `None`: the staff sent it besides.
    pub(super) inject: Option<&'s Inject>,
    heading: String,
    from: Option<&'s str>,
    day: String,
    seconds: u64,
    text: &'s str,
}

impl<'s> Sent<'s> {
    /// The questions that it asks somebody.
    pub(super) fn questions(
        &self,
        session: &Session<'_>,
        audience: Audience,
    ) -> impl Iterator<Item = &'s Question> {
        let questions = self.inject.into_iter().flat_map(|inject| &inject.questions);
        questions.filter(move |question| session.gets(audience, &question.to))
    }
}

/// All that an audience got, the newest first.
pub(super) fn sent<'s>(session: &'s Session<'_>, audience: Audience) -> Vec<Sent<'s>> {
    let exercise = session.exercise;
    let released = session.released.iter().filter_map(|released| {
        let inject = exercise.inject(released.inject);
        let questions = inject.questions.iter();
        // Whoever is asked sees at least that there is a question.
        let asked = |role| {
            questions
                .clone()
                .any(|question| question.to.contains(&role))
        };
        let gets = session.gets(audience, &released.to);
        let asked = matches!(audience, Audience::Team(role) if asked(role));
        (gets || asked).then(|| Sent {
            sequence: released.sequence,
            inject: Some(inject),
            heading: format!("{} · {}", inject.id, channel_word(inject.channel)),
            from: inject.from.as_deref().filter(|_| gets),
            day: inject.story.to_string(),
            seconds: released.clock,
            text: if gets { &released.text } else { "" },
        })
    });
    let inserted = session
        .inserted
        .iter()
        .filter(|it| session.gets(audience, &it.to));
    let inserted = inserted.map(|inserted| Sent {
        sequence: inserted.sequence,
        inject: None,
        heading: "message".to_owned(),
        from: inserted.from.as_deref(),
        day: inserted.day.to_string(),
        seconds: inserted.clock,
        text: &inserted.text,
    });
    let mut all: Vec<Sent<'s>> = released.chain(inserted).collect();
    all.sort_by_key(|sent| std::cmp::Reverse(sent.sequence));
    all
}

/// One of them.
pub(super) fn shown(sent: &Sent<'_>) -> Markup {
    html! {
        h2 { (clean(&sent.heading)) @if let Some(from) = sent.from { " from " (clean(from)) } }
        p class="when" { "Story " strong { (sent.day) } " · room clock " (clock(sent.seconds)) }
        div class="message" { (prose(sent.text)) }
    }
}
