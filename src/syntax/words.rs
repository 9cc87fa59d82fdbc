//! Every keyword of the language, once: for the parser, the formatter, the messages and whoever completes words.

macro_rules! words {
    ($($name:ident = $text:literal)*) => {
        $(#[doc = concat!("`", $text, "`")] pub const $name: &str = $text;)*
        /// All of them.
        pub const KEYWORDS: &[&str] = &[$($name),*];
    };
}

words! {
    A = "a"
    ABOUT = "about"
    ACCEPTED = "accepted"
    ACCORDANCE = "accordance"
    ADMINISTERED = "administered"
    AFTER = "after"
    AGAINST = "against"
    ALL = "all"
    ALSO = "also"
    AN = "an"
    AND = "and"
    ANOTHER = "another"
    ANY = "any"
    APPLIED = "applied"
    ARE = "are"
    AREA = "area"
    ARTICLE = "article"
    AS = "as"
    AT = "at"
    BEFORE = "before"
    BINDING = "binding"
    BINDS = "binds"
    BREACH = "breach"
    BREACHED = "breached"
    BREACHES = "breaches"
    BY = "by"
    CHOICE = "choice"
    CITE = "cite"
    CLAIMED = "claimed"
    CODE = "code"
    CONSIDERS = "considers"
    CONTINUES = "continues"
    COW = "cow"
    CREATES = "creates"
    DAY = "day"
    DAYS = "days"
    DEEM = "deem"
    DEFINE = "define"
    DENOUNCED = "denounced"
    DENUNCIATION = "denunciation"
    DISPUTE = "dispute"
    DO = "do"
    DOES = "does"
    DOWN = "down"
    DUTY = "duty"
    EACH = "each"
    EITHER = "either"
    ENCODED = "encoded"
    END = "end"
    ENDED = "ended"
    ENDS = "ends"
    ENTERS = "enters"
    EVERY = "every"
    EXACTLY = "exactly"
    EXCEPT = "except"
    EXISTS = "exists"
    FEWER = "fewer"
    FOR = "for"
    FORCE = "force"
    FROM = "from"
    GROUP = "group"
    HAS = "has"
    HAVE = "have"
    HELD = "held"
    HISTORY = "history"
    IF = "if"
    IMMEDIATELY = "immediately"
    IN = "in"
    INTO = "into"
    IS = "is"
    ISLAND = "island"
    ISLANDS = "islands"
    IT = "it"
    ITS = "its"
    KIND = "kind"
    KNOWN = "known"
    LAPSES = "lapses"
    LASTS = "lasts"
    LEAST = "least"
    LEAVES = "leaves"
    MANNER = "manner"
    MAY = "may"
    MEANS = "means"
    MONTH = "month"
    MONTHS = "months"
    MORE = "more"
    MOST = "most"
    NO = "no"
    NORTH = "north"
    NOT = "not"
    NOTE = "note"
    NOTWITHSTANDING = "notwithstanding"
    OBJECT = "object"
    OF = "of"
    ON = "on"
    ONE = "one"
    OPEN = "open"
    OR = "or"
    ORGAN = "organ"
    ORGANISATION = "organisation"
    OTHER = "other"
    OUTSIDE = "outside"
    OVER = "over"
    OWES = "owes"
    OWN = "own"
    PARTIES = "parties"
    PARTY = "party"
    PEREMPTORY = "peremptory"
    PERMISSION = "permission"
    PLACE = "place"
    POLYGON = "polygon"
    POSITION = "position"
    POSSESSION = "possession"
    POWER = "power"
    PREVAILS = "prevails"
    PROHIBITION = "prohibition"
    PROLONGED = "prolonged"
    PROTOCOL = "protocol"
    PROVISIONALLY = "provisionally"
    READING = "reading"
    REFUSE = "refuse"
    REFUSES = "refuses"
    RENEWED = "renewed"
    REPLACES = "replaces"
    RESERVATION = "reservation"
    RETROACTIVE = "retroactive"
    RIGHT = "right"
    ROUNDS = "rounds"
    RUNS = "runs"
    SEA = "sea"
    SECRET = "secret"
    SHALL = "shall"
    SIDES = "sides"
    SIGNED = "signed"
    SOURCE = "source"
    SOUTH = "south"
    SOVEREIGN = "sovereign"
    STATE = "state"
    STATUS = "status"
    SUBJECT = "subject"
    SYMMETRIC = "symmetric"
    TAKES = "takes"
    TERRITORY = "territory"
    THAN = "than"
    THAT = "that"
    THE = "the"
    THEN = "then"
    THING = "thing"
    THIS = "this"
    THROUGH = "through"
    TO = "to"
    TOGETHER = "together"
    TOWARDS = "towards"
    TREATY = "treaty"
    UNDER = "under"
    UNLESS = "unless"
    UNTIL = "until"
    UP = "up"
    VERB = "verb"
    WEEK = "week"
    WEEKS = "weeks"
    WHEN = "when"
    WHICH = "which"
    WHILE = "while"
    WITH = "with"
    WITHDRAWAL = "withdrawal"
    WITHIN = "within"
    YEAR = "year"
    YEARS = "years"
}

/// The words with which a declaration at the top of a file begins.
pub const DECLARATIONS: &[&str] = &[
    STATE,
    ORGANISATION,
    ORGAN,
    GROUP,
    PLACE,
    THING,
    VERB,
    STATUS,
    MEANS,
    MANNER,
    POSSESSION,
    DEFINE,
    HISTORY,
    TREATY,
];

/// The words with which a part of a treaty's body begins.
pub const PARTS: &[&str] = &[HISTORY, AREA, DISPUTE, ARTICLE, RESERVATION, SECRET];

/// The words with which a line in the head of a treaty begins.
pub const ATTRIBUTES: &[&str] = &[
    ALSO,
    CITE,
    SOURCE,
    NOTE,
    BINDING,
    PARTIES,
    PARTY,
    OPEN,
    SIGNED,
    PROVISIONALLY,
    IN,
    ENTERS,
    FOR,
    RUNS,
    ENDS,
    A,
    REPLACES,
    WHILE,
    PREVAILS,
    SUBJECT,
    PEREMPTORY,
    RETROACTIVE,
    ROUNDS,
    SECRET,
];

/// What may follow in the declaration of a state.
pub const STATE_LINES: &[&str] = &[ALSO, CODE, COW, EXISTS, CONTINUES, IN];
/// What may follow in the declaration of an organisation.
pub const ORGANISATION_LINES: &[&str] = &[ALSO, EXISTS];
/// What may follow in the declaration of a place.
pub const PLACE_LINES: &[&str] = &[ISLAND, SEA, IN, AT, SOVEREIGN, ADMINISTERED, CLAIMED];
/// What may follow in the declaration of a verb.
pub const VERB_LINES: &[&str] = &[TAKES, LASTS, OPEN, A];
/// What may follow in the declaration of a status.
pub const STATUS_LINES: &[&str] = &[TAKES, SYMMETRIC, OPEN, A];
/// What a line of an area may begin with, besides a name.
pub const AREA_LINES: &[&str] = &[EXCEPT, TERRITORY, ISLANDS, POLYGON];

/// The words with which a line within a declaration begins in every good layout, and seldom anything else.
pub const LINES: &[&str] = &[
    ALSO,
    CITE,
    SOURCE,
    BINDING,
    PARTIES,
    SIGNED,
    PROVISIONALLY,
    IN,
    ENTERS,
    RUNS,
    ENDS,
    REPLACES,
    PREVAILS,
    PEREMPTORY,
    RETROACTIVE,
    ROUNDS,
    SOVEREIGN,
    ADMINISTERED,
    CLAIMED,
    CODE,
    COW,
    EXISTS,
    CONTINUES,
    TAKES,
    LASTS,
    SYMMETRIC,
    EXCEPT,
    TERRITORY,
    ISLANDS,
    POLYGON,
    READING,
];

/// The words that bring in a role.
pub const PREPOSITIONS: &[&str] = &[
    AGAINST, TO, WITH, FROM, OF, ON, FOR, OVER, BY, TOWARDS, ABOUT, THROUGH, INTO, IN,
];
/// The words that bring in a condition.
pub const CONNECTIVES: &[&str] = &[WHEN, IF, WHILE, UNLESS];
/// The words that say what kind of norm it is.
pub const MODALITIES: &[&str] = &[SHALL, MAY, HAS];
/// The words with which a predicate begins, besides a verb.
pub const PREDICATES: &[&str] = &[
    IS, ARE, HAS, HAVE, DOES, DO, REFUSES, REFUSE, CONSIDERS, BREACHES, OWES, SHALL, MAY,
];
/// The words with which a class is brought in.
pub const DETERMINERS: &[&str] = &[A, AN, ANY, EACH, EVERY, ANOTHER, THE];
/// The words with which a norm begins, besides a name.
pub const NORM_STARTS: &[&str] = &[DEEM, A, AN, ANY, EACH, EVERY, THE, NO];
/// The words with which a qualifier begins, besides a declared manner.
pub const QUALIFIERS: &[&str] = &[
    WITH,
    BY,
    IMMEDIATELY,
    WITHIN,
    UNTIL,
    BEFORE,
    IN,
    LAPSES,
    ALSO,
    SUBJECT,
    NOTWITHSTANDING,
    WHEN,
    IF,
    WHILE,
    UNLESS,
];
/// What is denied by `unless`, not by `does not` or `has not`.
pub const UNDENIED: &[&str] = &["owe", BREACH, BREACHED, "consider"];
/// Units of time.
pub const UNITS: &[&str] = &[DAY, DAYS, WEEK, WEEKS, MONTH, MONTHS, YEAR, YEARS];
/// What one may owe.
pub const POSITIONS: &[&str] = &[DUTY, PERMISSION, PROHIBITION, POWER];

/// Whether the word holds sentences together, so that it can never be a name, a class or a verb.
pub fn is_reserved(word: &str) -> bool {
    // By length first: the parser asks this of every name.
    match word.len() {
        1 => word == A,
        2 => matches!(
            word,
            AN | AT | BY | DO | IF | IN | IS | NO | OF | ON | OR | TO
        ),
        3 => matches!(word, ALL | AND | ANY | ARE | FOR | HAS | MAY | NOT | THE),
        4 => matches!(
            word,
            DEEM | DOES
                | EACH
                | FROM
                | HAVE
                | INTO
                | MORE
                | OVER
                | THAN
                | THAT
                | THIS
                | WHEN
                | WITH
        ),
        5 => matches!(
            word,
            ABOUT | EVERY | FEWER | OTHER | SHALL | UNDER | UNTIL | WHILE
        ),
        6 => matches!(word, EITHER | UNLESS | WITHIN),
        7 => matches!(
            word,
            AGAINST | ANOTHER | ARTICLE | OUTSIDE | THROUGH | TOWARDS
        ),
        8 => word == TOGETHER,
        _ => word == NOTWITHSTANDING,
    }
}

/// Whether the word brings in a role.
pub fn is_preposition(word: &str) -> bool {
    word.len() <= 7 && PREPOSITIONS.contains(&word)
}

/// Whether a line in the head of a treaty begins with the word.
pub fn is_attribute(word: &str) -> bool {
    ATTRIBUTES.contains(&word)
}

/// Whether a part of a treaty, or the next declaration, begins with the word.
pub fn is_structure(word: &str) -> bool {
    word == END || PARTS.contains(&word) || DECLARATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preposition_and_connective_is_reserved() {
        for word in PREPOSITIONS.iter().chain(CONNECTIVES).chain(DETERMINERS) {
            assert!(is_reserved(word), "{word}");
        }
    }

    #[test]
    fn classes_are_not_reserved() {
        for word in [PARTY, STATE, ORGAN, PLACE, TREATY, "member"] {
            assert!(!is_reserved(word), "{word}");
        }
    }
}
