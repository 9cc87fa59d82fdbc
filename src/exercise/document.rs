//! What an exercise file holds, as texts with their places.

use crate::scenario::Event;
use crate::yaml::shape::record;
use crate::yaml::{Flag, Many, Number, Text};

record! {
    /// An exercise file, `exercise.yaml` in a folder of its own.
    ExerciseDocument("an exercise") {
        /// Its title.
        "exercise" title: Text,
        /// The form of this file, `treaty-exercise/1`; left out: that one.
        "format" format: Option<Text>,
        /// What stands on every page; left out: `EXERCISE EXERCISE EXERCISE`.
        "marking" marking: Option<Text>,
        /// From 1 (first contact) to 5 (expert).
        "level" level: Option<Number>,
        /// How long it is planned to take, in minutes.
        "minutes" minutes: Option<Number>,
        /// Where random choices (order of options, distractors) start from.
        "seed" seed: Option<Number>,
        /// The treaties that count; left out: all.
        "rules" rules: Option<Many>,
        /// Clauses that belong to the exercise alone.
        "treaties" treaties: Option<Text>,
        /// A scenario whose events everybody knows from the beginning, by its path from the exercise.
        "baseline" baseline: Option<Text>,
        /// What everybody reads first: a text, or the path of a Markdown file.
        "brief" brief: Option<Text>,
        /// What is to be learnt.
        "objectives" objectives: Vec<ObjectiveDocument>,
        /// Who takes part.
        "roles" roles: Vec<RoleDocument>,
        /// What happens, in order.
        "injects" injects: Vec<InjectDocument>,
        /// Files with more injects, which come after these: each has `injects:` and nothing else.
        "parts" parts: Option<Many>,
        /// One world for all: `shared`, which is also meant where it is left out.
        "world" world: Option<Text>,
        /// How the exercise is talked over at its end.
        "hotwash" hotwash: Option<HotwashDocument>,
        /// A remark for the facilitator.
        "note" note: Option<Text>,
        /// Where the facts are reported.
        "source" source: Option<Text>,
    }
}

record! {
    /// More injects, in a file of their own.
    PartDocument("a part of an exercise") {
        /// What happens, in order.
        "injects" injects: Vec<InjectDocument>,
    }
}

record! {
    /// How an exercise is talked over at its end.
    HotwashDocument("a hot wash") {
        /// How long it is planned to take, in minutes.
        "minutes" minutes: Option<Number>,
        /// What everybody is asked; left out: `keep`, `change` and `surprise`.
        "prompts" prompts: Option<Many>,
        /// Whether nobody is told who said what; left out: so.
        "anonymous" anonymous: Option<Flag>,
    }
}

record! {
    /// Something to be learnt.
    ObjectiveDocument("an objective") {
        /// Its short name.
        "id" id: Text,
        /// What it is.
        "text" text: Text,
        /// What an evaluator watches for.
        "tasks" tasks: Option<Many>,
        /// The articles that it is about, as in `northern-pact article 1`.
        "articles" articles: Option<Many>,
    }
}

record! {
    /// A team, or an observer.
    RoleDocument("a role") {
        /// Its short name.
        "id" id: Text,
        /// The state or organisation that it plays; an observer plays none.
        "party" party: Option<Text>,
        /// How it is shown.
        "title" title: Option<Text>,
        /// What it alone reads first: a text, or the path of a Markdown file.
        "brief" brief: Option<Text>,
        /// How many may sit there.
        "seats" seats: Option<Number>,
    }
}

record! {
    /// One step of the story.
    InjectDocument("an inject") {
        /// Its short name.
        "id" id: Text,
        /// Minutes after the start, `20 minutes`; left out: released by hand, or by a branch.
        "at" at: Option<Text>,
        /// It lies ready and is sent by hand, or because nobody answered; the story goes on as if it had not come.
        "shelf" shelf: Option<Flag>,
        /// The day of the story.
        "story" story: Text,
        /// The roles that get it; left out: all.
        "to" to: Option<Many>,
        /// Who sends it.
        "from" from: Option<Text>,
        /// How it comes: `cable`, `news`, `intelligence`, `call` or `map`.
        "channel" channel: Option<Text>,
        /// The objective that it serves.
        "objective" objective: Option<Text>,
        /// What it says: a text, or the path of a Markdown file.
        "text" text: Text,
        /// What becomes so, or known.
        "facts" facts: Vec<ChangeDocument>,
        /// What is asked.
        "questions" questions: Vec<QuestionDocument>,
        /// What is sent if nobody answers.
        "contingency" contingency: Option<ContingencyDocument>,
        /// What comes next; left out: the inject below.
        "next" next: Vec<BranchDocument>,
        /// `pending`: proposed, and not yet looked at.
        "review" review: Option<Text>,
    }
}

record! {
    /// A change of what is so, or of who knows it. One of `add`, `amend`, `retract`, `establish`, `account` and `reveal`.
    ChangeDocument("a change of facts") {
        /// A new fact.
        "add" add: Option<Event>,
        /// Another wording of the fact with the same `id`.
        "amend" amend: Option<Event>,
        /// The fact with this `id` is taken back.
        "retract" retract: Option<Text>,
        /// The exercise staff decide whether the fact with this `id` is so.
        "establish" establish: Option<Text>,
        /// Beside `establish`: whether it is so.
        "so" so: Option<Flag>,
        /// A party takes a side on the fact with this `id`.
        "account" account: Option<Text>,
        /// Beside `account`: which party.
        "of" of: Option<Text>,
        /// Beside `account`: `so` or `not-so`.
        "says" says: Option<Text>,
        /// The fact with this `id` becomes known to more roles.
        "reveal" reveal: Option<Text>,
        /// Beside `reveal`: to which roles; left out: to those that get the inject.
        "to" to: Option<Many>,
        /// Beside `add`: the roles that know of it; left out: those that get the inject.
        "known-to" known_to: Option<Many>,
    }
}

record! {
    /// A question.
    QuestionDocument("a question") {
        /// Its short name.
        "id" id: Text,
        /// What kind: `obligations`, `decide`, `why`, `why-not`, `what-if`, `whose-account`, `order` or `text`.
        "ask" ask: Text,
        /// The roles asked; left out: those that get the inject and play a party.
        "to" to: Option<Many>,
        /// How it is put; left out: in words made from its kind.
        "text" text: Option<Text>,
        /// `own` duties or `all`.
        "of" of: Option<Text>,
        /// What kinds of position: `duty`, `prohibition`, `permission`, `power`.
        "kinds" kinds: Option<Many>,
        /// What is asked of a claim beside who, what and to whom: `article`, `due`, `status`.
        "fields" fields: Option<Many>,
        /// The position asked about, for `why`, `why-not`, `what-if` and `whose-account`.
        "about" about: Option<Text>,
        /// Against which facts it is graded: those that the `seat` could know, or the `truth`.
        "view" view: Option<Text>,
        /// What may be decided.
        "options" options: Vec<OptionDocument>,
        /// How sure: asked with `percent`, `levels` or not at all.
        "confidence" confidence: Option<Text>,
        /// Points for a perfect answer.
        "points" points: Option<Number>,
        /// Minutes for the answer.
        "minutes" minutes: Option<Number>,
        /// How much heavier a missed duty weighs than one claimed in vain: 1 or 2.
        "beta" beta: Option<Number>,
        /// Days by which a deadline may be off.
        "due-tolerance" due_tolerance: Option<Number>,
        /// The objective that it tests; left out: that of the inject.
        "objective" objective: Option<Text>,
        /// `pending`: proposed, and not yet looked at.
        "review" review: Option<Text>,
    }
}

record! {
    /// Something that a team may decide.
    OptionDocument("an option") {
        /// Its short name.
        "id" id: Text,
        /// How it is shown.
        "label" label: Text,
        /// What becomes so if it is chosen.
        "facts" facts: Vec<ChangeDocument>,
    }
}

record! {
    /// What is sent if a question stays unanswered.
    ContingencyDocument("a contingency") {
        /// The question.
        "unanswered" unanswered: Text,
        /// For how long, `15 minutes`.
        "after" after: Text,
        /// The inject to send.
        "send" send: Text,
    }
}

record! {
    /// A way on. All conditions that it names must hold; the first way open is taken.
    BranchDocument("a way on") {
        /// The role whose decision counts.
        "decision" decision: Option<Text>,
        /// Beside `decision`: the question.
        "on" on: Option<Text>,
        /// Beside `decision`: the option chosen.
        "is" is: Option<Text>,
        /// A position that is owed, or owed if something is so.
        "owed" owed: Option<Text>,
        /// A position that is not owed.
        "not-owed" not_owed: Option<Text>,
        /// A question that nobody answered.
        "unanswered" unanswered: Option<Text>,
        /// The inject that comes next, or `end`.
        "go" go: Text,
    }
}
