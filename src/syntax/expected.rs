//! What the parser expected where it failed: the error type of every parser here, and the memory of the furthest failure.

use super::words;
use nom::error::{ErrorKind, ParseError};
use std::cell::{Cell, RefCell};

/// The result of every parser in this room.
pub(super) type Parsed<'a, T> = nom::IResult<&'a str, T, Failure<'a>>;

/// Something that could have stood in a place; beside each the shortest text that lacks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// A certain word: `organ x un`
    Word(&'static str),
    /// A certain sign: `verb x x`
    Sign(char),
    /// `russia`
    Declaration,
    /// `state x bord RU`
    StateLine,
    /// `organisation x since 1945`
    OrganisationLine,
    /// `place x near y`
    PlaceLine,
    /// `verb x, y, z last`
    VerbLine,
    /// `status x opens`
    StatusLine,
    /// `treaty t ratified 1914`
    Attribute,
    /// `treaty t chapter 1`
    Part,
    /// `area x "y"`
    AreaLine,
    /// `state "x"`
    Name,
    /// `in article 1, a means b.`
    Variable,
    /// `each 3 shall`
    Class,
    /// `cite x`
    Text,
    /// `signed x`
    Date,
    /// `cow x`
    Number,
    /// `within 3 moons`
    Unit,
    /// `article .`
    Label,
    /// `subject to .`
    Reference,
    /// `when .`
    Noun,
    /// `P shall .`
    Verb,
    /// `when P .`
    Predicate,
    /// `each party P must`
    Modality,
    /// `object of the phrase`, then a slip: `A attacks P agianst Q`
    Preposition,
    /// `takes x`
    Role,
    /// After a condition: `A attacks P nad`
    Conjunction,
    /// `..., .`
    Qualifier,
    /// A clause that begins with nothing known: `, `
    ClauseStart,
    /// Conditions, and then a full stop.
    Norm,
    /// The end of a text that holds one sentence only.
    Nothing,
}

impl Expected {
    /// In the words of a message.
    pub(super) fn describe(self) -> String {
        let text = match self {
            Self::Word(word) => return format!("`{word}`"),
            Self::Sign('.') => "a full stop",
            Self::Sign(',') => "a comma",
            Self::Sign(sign) => return format!("`{sign}`"),
            Self::Declaration => "a declaration (`state`, `verb`, `treaty` ...)",
            Self::StateLine
            | Self::OrganisationLine
            | Self::PlaceLine
            | Self::VerbLine
            | Self::StatusLine => "a further line of this declaration",
            Self::Attribute => "a line of the treaty's head (`parties`, `signed`, `in force` ...)",
            Self::Part => "an article or another part of the treaty",
            Self::AreaLine => "a line of the area (`territory of`, `polygon`, a place ...)",
            Self::Name => "a name",
            Self::Variable => "a variable such as `A`",
            Self::Class => "a class such as `party` or `state`",
            Self::Text => "a text in double quotes",
            Self::Date => "a date such as `2024-12-04`",
            Self::Number => "a number",
            Self::Unit => "`days`, `weeks`, `months` or `years`",
            Self::Label => "the label of an article or clause",
            Self::Reference => "a treaty, an article or a clause such as `article 4 (1)`",
            Self::Noun => "somebody or something: a name, a variable or `a party P`",
            Self::Verb => "a verb",
            Self::Predicate => "what it does or is: a verb, `is`, `has` ...",
            Self::Modality => "`shall`, `may` or `has power to`",
            Self::Preposition => "a preposition",
            Self::Role => "`object` or a preposition",
            Self::Conjunction => "`and` or `or`",
            Self::Qualifier => "a qualifier (`immediately`, `within 15 days`, `if` ...)",
            Self::ClauseStart | Self::Norm => {
                "a condition (`when`, `if` ...) or a norm (`each party Q shall` ...)"
            }
            Self::Nothing => "nothing further",
        };
        text.to_owned()
    }

    /// Whether it begins a line in every good layout.
    pub(super) fn begins_line(self) -> bool {
        matches!(
            self,
            Self::Declaration
                | Self::StateLine
                | Self::OrganisationLine
                | Self::PlaceLine
                | Self::VerbLine
                | Self::StatusLine
                | Self::Attribute
                | Self::Part
                | Self::AreaLine
                | Self::ClauseStart
                | Self::Norm
        )
    }

    /// The keywords that could have stood there.
    pub(super) fn words(&self) -> &[&'static str] {
        match self {
            Self::Word(word) => std::slice::from_ref(word),
            Self::Declaration => words::DECLARATIONS,
            Self::StateLine => words::STATE_LINES,
            Self::OrganisationLine => words::ORGANISATION_LINES,
            Self::PlaceLine => words::PLACE_LINES,
            Self::VerbLine => words::VERB_LINES,
            Self::StatusLine => words::STATUS_LINES,
            Self::Attribute => words::ATTRIBUTES,
            Self::Part => words::PARTS,
            Self::AreaLine => words::AREA_LINES,
            Self::Unit => words::UNITS,
            Self::Predicate => words::PREDICATES,
            Self::Modality => words::MODALITIES,
            Self::Preposition | Self::Role => words::PREPOSITIONS,
            Self::Conjunction => &[words::AND, words::OR],
            Self::Qualifier => words::QUALIFIERS,
            Self::ClauseStart => words::CONNECTIVES,
            Self::Norm => words::NORM_STARTS,
            _ => &[],
        }
    }
}

/// A mistake that is certain where it stands, whatever was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// `2023-02-29`
    NoSuchDay,
    /// `24-1-1`
    BadDate,
    /// `"no end`
    UnclosedText,
    /// A bell, a backspace, an escape within a text.
    ControlCharacter,
    /// `United-Kingdom`, `united_kingdom`
    BadName,
    /// `state shall`
    Reserved,
    /// `99999999999 men`
    NumberTooLarge,
    /// `in europe ... in asia`
    SecondPlace,
    /// Brackets within brackets within brackets.
    TooDeep,
    /// `when A attacks P.`
    NoNorm,
    /// `whn a state A ...`: the word looks like this one.
    Misspelt(&'static str),
}

/// Why a parser failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something else should stand here.
    Expected(Expected),
    /// What stands here is wrong in itself.
    Problem(Problem),
    /// Another thing failed here; the furthest failure tells more.
    Unknown,
}

/// The error of every parser: where, and what for. The text left over tells the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failure<'a> {
    /// From the place of the failure to the end of the text.
    pub rest: &'a str,
    /// Why.
    pub fault: Fault,
}

impl<'a> ParseError<&'a str> for Failure<'a> {
    fn from_error_kind(rest: &'a str, _: ErrorKind) -> Self {
        let fault = Fault::Unknown;
        Self { rest, fault }
    }

    fn append(_: &'a str, _: ErrorKind, other: Self) -> Self {
        other
    }

    /// Of two alternatives the one that came further.
    fn or(self, other: Self) -> Self {
        if other.rest.len() < self.rest.len() {
            other
        } else {
            self
        }
    }
}

/// The furthest place at which something was expected in vain, and all that was expected there.
#[derive(Default)]
pub(super) struct Furthest {
    at: Cell<usize>,
    expected: RefCell<Vec<(Expected, Weight)>>,
}

/// Whether the text had to go on so, or merely could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Without it the text cannot be read.
    Must,
    /// It could have stood there; used to find misspelt words.
    May,
}

impl Furthest {
    /// Notes that something was expected at byte `at`.
    #[inline]
    pub(super) fn note(&self, at: usize, expected: Expected, weight: Weight) {
        if at >= self.at.get() {
            self.keep(at, expected, weight);
        }
    }

    fn keep(&self, at: usize, expected: Expected, weight: Weight) {
        let mut all = self.expected.borrow_mut();
        if at > self.at.get() {
            self.at.set(at);
            all.clear();
        }
        if !all.contains(&(expected, weight)) {
            all.push((expected, weight));
        }
    }

    /// The place and what was expected there, what must be before what may be; forgets everything.
    pub(super) fn take(&self) -> (usize, Vec<(Expected, Weight)>) {
        let mut all = std::mem::take(&mut *self.expected.borrow_mut());
        all.sort_by_key(|(_, weight)| *weight);
        (self.at.replace(0), all)
    }
}
