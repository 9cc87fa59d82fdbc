//! The form in which a question is answered: offered sentences with their fields, room for one's own, or that nothing is owed.

use super::Echo;
use super::frame::{Frame, framed, live, prose};
use super::key::answered;
use crate::exercise::report::clean;
use crate::exercise::session::{Audience, Session};
use crate::exercise::{
    Confidence, Field, Obligations, Offer, Question, QuestionKind, RoleId, Standing, offer,
    sentences, words_of,
};
use crate::serve::answer::OWN_ROWS;
use crate::serve::desk::Desk;
use crate::serve::form::Fields;
use crate::serve::route::path;
use maud::{Markup, html};

/// A form, with what was typed before.
pub(super) struct Grid<'a> {
    session: &'a Session<'a>,
    question: &'a Question,
    role: RoleId,
    /// What was typed, if it was not taken.
    typed: &'a Fields,
    /// Where it is sent.
    action: String,
}

/// The fields of a question as it is put to a role, without what anybody typed.
pub(super) fn grid(
    session: &Session<'_>,
    question: &Question,
    role: RoleId,
    typed: &Fields,
    action: String,
) -> Markup {
    let Some(world) = session.world_of(&question.id) else {
        return html! {};
    };
    let offer = offer(session.pack, world, question, role);
    let grid = Grid {
        session,
        question,
        role,
        typed,
        action,
    };
    grid.form(&offer)
}

impl Grid<'_> {
    fn form(&self, offer: &Offer) -> Markup {
        let id = &self.question.id;
        let role = &self.session.exercise.role(self.role).id;
        let ask = self.session.ask_of(self.question, self.role);
        let base = self
            .session
            .answers
            .get(&ask)
            .map_or(0, |answered| answered.sequence);
        html! {
            form method="post" action=(self.action) class="answer" data-send data-draft=(id) {
                input type="hidden" name="question" value=(id);
                input type="hidden" name="role" value=(role);
                input type="hidden" name="base" value=(base);
                input type="hidden" name="receipt" value="";
                @match &self.question.kind {
                    QuestionKind::Obligations(asked) => (self.claims(asked, offer)),
                    QuestionKind::Text => (self.text()),
                    _ => (self.choice(offer)),
                }
                p class="actions" {
                    button { "Hand in" }
                    span class="typing" role="status" {}
                }
            }
        }
    }

    fn text(&self) -> Markup {
        html! {
            p { label { "Your answer"
                textarea name="text" rows="5" maxlength="8000" required { (self.typed.get("text")) } } }
        }
    }

    fn choice(&self, offer: &Offer) -> Markup {
        let kind = if offer.several { "checkbox" } else { "radio" };
        let picked: Vec<&str> = self.typed.all("pick").collect();
        html! {
            fieldset {
                legend { @if offer.several { "Choose all that apply" } @else { "Choose one" } }
                @for (at, option) in offer.options.iter().enumerate() {
                    @let value = at.to_string();
                    label class="option" {
                        input type=(kind) name="pick" value=(value) checked[picked.contains(&value.as_str())];
                        span { (clean(&option.text)) }
                    }
                }
                @if offer.several {
                    label class="option" {
                        input type="checkbox" name="none" value="yes" checked[self.typed.ticked("none")];
                        span { "None of these" }
                    }
                }
            }
            (self.sure("sure"))
        }
    }

    fn claims(&self, asked: &Obligations, offer: &Offer) -> Markup {
        let offered = sentences(offer, asked.fields.contains(&Field::Article));
        let articles = format!("articles-{}", self.question.id);
        html! {
            fieldset {
                legend { "Tick what is so" }
                @for (row, sentence) in offered.iter().enumerate() {
                    @let name = format!("pick.{row}");
                    div class="claim" {
                        label class="option" {
                            input type="checkbox" name=(name) value="yes" checked[self.typed.ticked(&name)];
                            span { (clean(sentence)) }
                        }
                        (self.fields(asked, row, sentence, &articles))
                    }
                }
            }
            details open[(0..OWN_ROWS).any(|own| self.typed.ticked(&format!("own.{own}")))] {
                summary { "Something else, in a sentence of your own" }
                @for own in 0..OWN_ROWS {
                    @let name = format!("own.{own}");
                    div class="claim" {
                        label { "Sentence " (own + 1)
                            input name=(name) value=(self.typed.get(&name)) maxlength="300" placeholder="borland shall assist aldmark against dorne"; }
                        (self.fields(asked, offered.len() + own, &format!("sentence {}", own + 1), &articles))
                    }
                }
            }
            label class="option none" {
                input type="checkbox" name="none" value="yes" checked[self.typed.ticked("none")];
                span { "No obligation arises" }
            }
            @if asked.fields.contains(&Field::Article) { (self.articles(&articles)) }
        }
    }

    fn fields(&self, asked: &Obligations, row: usize, about: &str, articles: &str) -> Markup {
        let about = clean(about);
        html! {
            @if !asked.fields.is_empty() || self.question.confidence != Confidence::None {
                div class="fields" {
                    @for field in &asked.fields {
                        @match field {
                            Field::Article => {
                                @let name = format!("under.{row}");
                                label { "Article; several with commas" input name=(name) list=(articles) value=(self.typed.get(&name)) maxlength="120" aria-label=(format!("Article: {about}")) autocomplete="off"; }
                            }
                            Field::Due => {
                                @let name = format!("due.{row}");
                                label { "By when (year-month-day; empty: no deadline)" input name=(name) value=(self.typed.get(&name)) maxlength="10" pattern="\\d{4}-\\d{2}-\\d{2}" placeholder="1958-03-01" aria-label=(format!("By when: {about}")) autocomplete="off"; }
                            }
                            Field::Status => (self.standing(row, &about)),
                        }
                    }
                    (self.sure(&format!("sure.{row}")))
                }
            }
        }
    }

    fn standing(&self, row: usize, about: &str) -> Markup {
        let name = format!("standing.{row}");
        let typed = self.typed.get(&name);
        let kind = self.question.modality();
        html! {
            label { "How it stands"
                select name=(name) aria-label=(format!("How it stands: {about}")) {
                    option value="" { "" }
                    @for standing in Standing::ALL {
                        option value=(standing.word()) selected[typed == standing.word()] { (standing.told(kind)) }
                    }
                }
            }
        }
    }

    fn sure(&self, name: &str) -> Markup {
        let typed = self.typed.get(name);
        let steps = self.question.confidence.steps();
        if steps.is_empty() || matches!(self.question.kind, QuestionKind::Decide(_)) {
            return html! {};
        }
        html! {
            label { "How sure are you?"
                select name=(name) {
                    option value="" { "" }
                    @for (value, word) in steps { option value=(value) selected[typed == value.to_string()] { (word) } }
                }
            }
        }
    }

    /// The articles of the treaties whose text is open to the role.
    fn articles(&self, id: &str) -> Markup {
        let (treaties, named) = self.session.treaties(Audience::Team(self.role).viewer());
        let rulebook = &self.session.pack.project.rulebook;
        html! {
            datalist id=(id) {
                @if named {
                    @for treaty in treaties {
                        @let treaty = rulebook.treaty(treaty);
                        @for article in &treaty.articles {
                            option value=(format!("{} article {}", treaty.name, article.label)) {}
                        }
                    }
                }
            }
        }
    }
}

/// The page on which the facilitator types in what a team wrote on paper.
pub(super) fn paper(
    desk: &mut Desk<'_>,
    query: &Fields,
    echo: Option<&Echo<'_>>,
) -> Option<String> {
    let session = desk.session();
    let (_, question) = session.exercise.question(query.get("question"))?;
    let role = session.exercise.role_named(query.get("role"))?;
    if !question.to.contains(&role) || session.world_of(&question.id).is_none() {
        return None;
    }
    let none = Fields::default();
    let typed = echo.map_or(&none, |echo| echo.fields);
    let action = format!("{}/paper", path(Audience::Facilitator));
    let title = clean(&session.exercise.role(role).title);
    let ask = session.ask_of(question, role);
    let own = session.answers.get(&ask);
    let content = html! {
        h2 { "From paper: " (question.id) ", " (title) }
        (prose(&words_of(question)))
        @if let Some(own) = own { div class="handed-in" { p { strong { "Handed in" } } (answered(question, &own.response)) } }
        (grid(session, question, role, typed, action))
    };
    let alert = echo.map(|echo| echo.why.as_str());
    let body = live("paper", "question", &content);
    Some(framed(
        desk,
        Frame {
            audience: Audience::Facilitator,
            here: "paper",
            alert,
            body,
        },
    ))
}
