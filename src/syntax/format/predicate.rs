//! Sentences, predicates and phrases as text.

use super::Print;
use super::noun::is_plural;
use crate::syntax::ast::{
    Modal, Modality, Name, Noun, PeriodAt, Phrase, Predicate, Sentence, Spot, Subject, Tense, Where,
};
use crate::syntax::token::word;
use crate::syntax::words;

impl Print<'_> {
    pub(super) fn sentence(self, out: &mut String, sentence: &Sentence) {
        self.noun(out, &sentence.subject);
        out.push(' ');
        self.predicate(out, &sentence.predicate, is_plural(&sentence.subject));
    }

    /// `plural`: of its subject.
    pub(super) fn predicate(self, out: &mut String, predicate: &Predicate, plural: bool) {
        match predicate {
            Predicate::Verb {
                tense,
                negated,
                verb,
                phrase,
                within,
            } => {
                out.push_str(auxiliary(*tense, *negated, plural));
                out.push_str(&verb.text);
                self.phrase(out, phrase);
                self.within(out, within.as_ref());
            }
            Predicate::IsA { negated, class, of } => {
                out.push_str(is(*negated, plural));
                let article = if class.text.starts_with(['a', 'e', 'i', 'o']) {
                    "an "
                } else {
                    "a "
                };
                out.push_str(self.written_article(class).unwrap_or(article));
                out.push_str(&class.text);
                if let Some(of) = of {
                    out.push_str(" of ");
                    out.push_str(&of.text);
                }
            }
            Predicate::Is {
                negated,
                complement,
                phrase,
            } => {
                out.push_str(is(*negated, plural));
                out.push_str(&complement.text);
                self.phrase(out, phrase);
            }
        }
    }

    /// `a` or `an`, as it stands before the class.
    fn written_article(self, class: &Name) -> Option<&'static str> {
        let before = self.before(class.span.start)?.trim_end();
        if before.ends_with(" an") {
            Some("an ")
        } else if before.ends_with(" a") {
            Some("a ")
        } else {
            None
        }
    }

    fn within(self, out: &mut String, within: Option<&PeriodAt>) {
        if let Some(period) = within {
            out.push_str(" within ");
            self.period(out, period);
        }
    }

    /// With a space before each of its words.
    pub(super) fn phrase(self, out: &mut String, phrase: &Phrase) {
        if let Some(object) = &phrase.object {
            out.push(' ');
            self.noun(out, object);
        }
        let place_before = place_before(phrase);
        for (at, (role, noun)) in phrase.roles.iter().enumerate() {
            if at == place_before {
                self.place(out, phrase.place.as_ref());
            }
            out.push(' ');
            out.push_str(&role.text);
            out.push(' ');
            self.noun(out, noun);
        }
        if place_before >= phrase.roles.len() {
            self.place(out, phrase.place.as_ref());
        }
        if let Some(under) = &phrase.under {
            out.push_str(" under ");
            self.reference(out, under);
        }
    }

    fn place(self, out: &mut String, place: Option<&Where>) {
        let Some(place) = place else { return };
        out.push_str(if place.outside { " outside " } else { " in " });
        for (at, spot) in place.spots.iter().enumerate() {
            if at > 0 {
                out.push_str(" or ");
            }
            match spot {
                Spot::TerritoryOf(noun) => {
                    out.push_str("territory of ");
                    self.noun(out, noun);
                }
                Spot::AdministeredBy(noun) => {
                    out.push_str("territory administered by ");
                    self.noun(out, noun);
                }
                Spot::Named(noun) => self.noun(out, noun),
            }
        }
    }

    pub(super) fn modal(self, out: &mut String, modal: &Modal) {
        self.subject(out, &modal.subject);
        let collective = matches!(modal.subject, Subject::The(_));
        let shall = matches!(modal.modality, Modality::Shall | Modality::ShallNot);
        if modal.together && (collective || !shall) {
            out.push_str(" together");
        }
        match modal.modality {
            Modality::Shall | Modality::ShallNot => out.push_str(" shall"),
            Modality::May => out.push_str(" may"),
            Modality::MayNot => out.push_str(" may not"),
            Modality::HasPower if subject_is_plural(&modal.subject) => {
                out.push_str(" have power to");
            }
            Modality::HasPower => out.push_str(" has power to"),
        }
        if shall && modal.together && !collective {
            out.push_str(" together");
        } else if shall && self.says_each(modal) {
            out.push_str(" each");
        }
        if modal.modality == Modality::ShallNot {
            out.push_str(" not");
        }
        out.push(' ');
        out.push_str(&modal.verb.text);
        self.phrase(out, &modal.phrase);
    }

    /// Whether `shall each` was written.
    fn says_each(self, modal: &Modal) -> bool {
        let mut rest = self.source(modal.span).unwrap_or("");
        while let Some(at) = rest.find(words::SHALL) {
            let (found, after) = word(rest.get(at..).unwrap_or(""));
            if found == words::SHALL {
                return word(after).0 == words::EACH;
            }
            rest = rest.get(at + words::SHALL.len()..).unwrap_or("");
        }
        false
    }

    fn subject(self, out: &mut String, subject: &Subject) {
        match subject {
            Subject::Noun(noun) => self.noun(out, noun),
            Subject::The(class) => {
                out.push_str("the ");
                out.push_str(&class.text);
            }
            Subject::AnyOneOf(class) => {
                out.push_str("any one of the ");
                out.push_str(&class.text);
            }
            Subject::No { class, variable } => {
                out.push_str("no ");
                out.push_str(&class.text);
                if let Some(variable) = variable {
                    out.push(' ');
                    out.push_str(&variable.text);
                }
            }
        }
    }
}

fn subject_is_plural(subject: &Subject) -> bool {
    match subject {
        Subject::The(_) => true,
        Subject::Noun(noun) => is_plural(noun),
        Subject::AnyOneOf(_) | Subject::No { .. } => false,
    }
}

/// The role before which the place stands: one that begins with `of`, which would else be taken into the noun before it.
fn place_before(phrase: &Phrase) -> usize {
    let end = phrase.roles.len();
    let first = usize::from(phrase.object.is_none());
    let of = |(at, (role, _)): &(usize, &(Name, Noun))| *at >= first && role.text == words::OF;
    let found = phrase.roles.iter().enumerate().find(of);
    found.map_or(end, |(at, _)| at)
}

fn auxiliary(tense: Tense, negated: bool, plural: bool) -> &'static str {
    match (tense, negated, plural) {
        (Tense::Present, false, _) => "",
        (Tense::Present, true, false) => "does not ",
        (Tense::Present, true, true) => "do not ",
        (Tense::Perfect, false, false) => "has ",
        (Tense::Perfect, false, true) => "have ",
        (Tense::Perfect, true, false) => "has not ",
        (Tense::Perfect, true, true) => "have not ",
        (Tense::Refusal, _, false) => "refuses to ",
        (Tense::Refusal, _, true) => "refuse to ",
    }
}

fn is(negated: bool, plural: bool) -> &'static str {
    match (negated, plural) {
        (false, false) => "is ",
        (true, false) => "is not ",
        (false, true) => "are ",
        (true, true) => "are not ",
    }
}
