//! Treaty files: read, laid out and read again; and one fixture for each mistake.

use casus::diagnostic::render::render;
use casus::source::Sources;
use casus::syntax::ast::File;
use casus::syntax::format::format_file;
use casus::syntax::parse_file;

/// The tree without its spans, as text.
fn tree(file: &File) -> String {
    let shown = format!("{file:?}");
    let mut out = String::new();
    let mut rest = shown.as_str();
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[rest.find("end:").unwrap()..];
        rest = &rest[rest.find('}').unwrap() + 1..];
    }
    out + rest
}

fn read(name: &str, text: &str) -> File {
    let mut sources = Sources::default();
    let source = sources.add(name, text);
    let (file, found) = parse_file(source, text);
    assert!(found.is_empty(), "{name}: {found:#?}");
    file
}

/// The comments of a text, sorted.
fn comments(text: &str) -> Vec<&str> {
    let mut all: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            let quotes = |part: &str| part.matches('"').count();
            let mut hashes = line.match_indices('#');
            let at = hashes.find(|(at, _)| quotes(&line[..*at]) % 2 == 0)?.0;
            Some(line[at..].trim_end())
        })
        .collect();
    all.sort_unstable();
    all
}

#[track_caller]
fn check_layout(name: &str, text: &str) -> String {
    let file = read(name, text);
    let laid_out = format_file(&file, text);
    let again = read(name, &laid_out);
    assert_eq!(
        tree(&file),
        tree(&again),
        "{name}: another tree after\n{laid_out}"
    );
    assert_eq!(
        laid_out,
        format_file(&again, &laid_out),
        "{name}: laid out anew"
    );
    assert_eq!(comments(text), comments(&laid_out), "{name}: comments lost");
    laid_out
}

#[test]
fn shipped_treaties_keep_their_meaning_in_layout() {
    let mut count = 0;
    insta::glob!("../../rules", "**/*.treaty", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        check_layout(&path.display().to_string(), &text);
        count += 1;
    });
    assert!(count > 0);
}

/// The examples of the language guide that are files or parts of files: blocks indented by four.
fn examples() -> Vec<String> {
    let guide = std::fs::read_to_string("docs/language.md").unwrap();
    let mut blocks = vec![String::new()];
    for line in guide.lines() {
        match (line.strip_prefix("    "), blocks.last_mut()) {
            (Some(code), Some(block)) => *block += &format!("{code}\n"),
            (None, Some(block)) if !block.is_empty() && !line.is_empty() => {
                blocks.push(String::new());
            }
            _ => {}
        }
    }
    blocks
}

#[test]
fn the_examples_of_the_guide_are_read() {
    let items = casus::syntax::words::DECLARATIONS;
    let parts = casus::syntax::words::PARTS;
    let mut count = 0;
    for example in examples() {
        let first = example.split_whitespace().next().unwrap_or("");
        if example.contains("...") {
        } else if items.contains(&first) {
            check_layout("guide", &example);
            count += 1;
        } else if parts.contains(&first) {
            check_layout("guide", &format!("treaty example\n{example}"));
            count += 1;
        }
    }
    assert!(count >= 8, "only {count} examples found");
}

/// Everything that the grammar can say, at least once.
const WHOLE_LANGUAGE: &str = r#"
# A file that says everything.
state ruritania "Ruritania"  # trailing
  code RU cow 1 exists from 1900-01-01 until 1999 continues old-ruritania from 1950 in europe
state strelsau also "Old Strelsau" continues b, c continues d from 1920-05 exists until 1930, from 1940 until 1950 in x, y cow 7 also "S.", "Str."
organisation league "League" exists from 1920-01-10 also "LoN" organ council "Council" of league
group rebels
place europe place atlantic sea
place isle "Isle" island in europe, asia in africa from 1900 until 1910 at -1.5 141.32
  sovereign aland from 1900 administered by borduria until 1950
  # claims
  claimed by cathay, accepted by danubia, eire from 1960 claimed by freedonia
verb attack, attacks, attacked "attacks" takes object, in lasts open takes sides
  a kind of use-force with object as against, to as with # why
  a kind of act
status at-war takes with symmetric open a kind of hostile with with as against
means all-means means armed-force "force" a kind of all-means
manner in-ample-time possession forces thing assistance "help"
define X is at-war with Y when X declares-war on Y, unless Y is neutral, while Y is a state.
define X assails Y.
history 1815-06-09 to 1918-11-11 austria is great-power. from 1992 russia is a party of t. # end
  1914-08 germany attacks belgium.
treaty t "T" also "The T", "T1" cite "c" source "s" note "n" binding political
  parties aland, borduria; cathay as guaranteed parties of u party danubia as guarantor from 1900 until 1910
  open to every state signed 1900-01-01 provisionally applied from 1900
  in force from 1900 until 1950 in force enters into force on 1900
  enters into force when either all parties ratify this treaty or at least 2/3 of the parties P approve this treaty
  for 5 years, renewed for 2 weeks unless denounced 1 month before for 3 days
  ends on 1950 ends on denunciation ends 1 year after denunciation
  ends when the reading narrow is right and (P attacks Q or Q is neutral) ends 2 weeks after P attacks Q
  runs until 1960, then until 1 year after denunciation, prolonged while a party P is at-war
  a party leaves on withdrawal a party leaves 6 months after withdrawal
  replaces u, v while w in force prevails over x, y prevails over every treaty subject to z
  peremptory retroactive rounds up rounds down secret until 1920 known to aland, borduria secret known to aland
history from 1900 aland is borduria.
area zone territory of a party in europe or asia north of 23.436 south of -5 in africa from 1950
  islands of france except territory administered by japan until 1950
  polygon (90 -10) (74 -10) (47.5 -50) (1 2)
  hawaii # the islands
dispute d "?" reading r1 "one" held by aland, borduria reading r2
reservation of aland to article 4. reservation of aland to article 8(b), which binds it unless borduria has provoked aland, if cathay is neutral.
article 1 creates no position. article 2 "Two" from 1900 until 1910 not encoded "why".
article 3 not encoded.
article 4 "Four"
  # before
  (1) on the reading r1, when a state A other than a party or russia attacks forces of a party P of t in europe or territory of P, # hit
      # between
      if P is at-war with A and (P has requested assistance from Q or P is not neutral) and not-so agrees,
      while A has not attacked P within 90 days, unless either (A is P and A is a party) or A is not a member of u,
      each other party Q shall assist P against A under u article 3 (1), with all-means, with 300000 men, with at least 2 ships,
      by means of its own choice, immediately, in-ample-time, within 2 weeks, by 1939-05-31, until council takes-measures against A,
      before A attacks P with exactly 3 ships, with exactly 2 ships, also after this treaty has ended, in accordance with its law, lapses on breach, subject to u article 51, notwithstanding every treaty, if A is B; # semi
      no party Q may not attack another party R; aland and borduria shall each assist cathay; aland and borduria shall together consult;
      the parties together shall not consult; the parties may consult; any one of the parties has power to act;
      aland or borduria may act; the parties together may act; every party shall not act to any state or an actor;
      deem A attacks P outside europe or asia.
  (a-1) when at least 2 great-power A other than x attack P, deem P is neutral. when at most 3 A attack P, P may act.
  when fewer than 3 states attack P or more than 1 state B is neutral, any other party shall act.
  when R considers that (A threatens P and A is B), P may act. when A breaches (1) against P or A and B have breached article 4, P may act.
  when P owes a power under this treaty towards X or P owes a duty under u, P may act.
  when P shall not assist X under t article 3 and no party shall act and any one of the parties may act, P may act.
  when Q refuses to assist P or (aland and borduria refuse to act) or A does not attack P or the parties do not act, P may act.
  when A attacks P with at least 100000 men in territory administered by japan or asia under every treaty, P may act.
  in article 1, A means germany or italy.
secret protocol "of 1939" until 1945 known to aland # kept
  article 1a creates no position.
  # the last word
end
# afterwards
"#;

#[test]
fn the_whole_language_keeps_its_meaning_in_layout() {
    insta::assert_snapshot!(check_layout("whole", WHOLE_LANGUAGE));
}

/// So often a test with chance in it is run.
const TRIALS: usize = 200;

/// A small generator, so that the test does the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

#[test]
fn damaged_files_are_told_about_and_never_break_anything() {
    let pieces: Vec<&str> = WHOLE_LANGUAGE.split_inclusive([' ', '\n']).collect();
    let strange = [
        "(", ")", "\"", "#", ".", ",", ";", "A", "é", "2024-13", "end", "article", "\u{0}", "\n\n",
        "or",
    ];
    let mut dice = Dice(7);
    for _ in 0..TRIALS {
        let mut damaged: Vec<&str> = pieces.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(damaged.len());
            match dice.below(3) {
                0 => drop(damaged.remove(at)),
                1 => damaged.insert(at, strange[dice.below(strange.len())]),
                _ => damaged.truncate(at.max(damaged.len() / 2)),
            }
        }
        let text = damaged.concat();
        let mut sources = Sources::default();
        let source = sources.add("damaged", text.clone());
        let (file, found) = parse_file(source, &text);
        render(&found, &sources, false);
        if found.is_empty() {
            let laid_out = format_file(&file, &text);
            let again = read("laid out", &laid_out);
            assert_eq!(tree(&file), tree(&again), "{text}");
            assert_eq!(laid_out, format_file(&again, &laid_out), "{text}");
        } else {
            format_file(&file, &text);
        }
    }
}

#[test]
fn sentences_may_begin_with_a_capital() {
    let capital = "treaty t\n  note \"It says. The note stays.\"\narticle 1 \"One\" from 1950-01-01\n  The parties shall consult b.\n  (1) When A attacks a party P, Q shall consult P. A party P shall consult A. (2) A shall consult b; A and b may meet.\n  On the reading narrow, no party shall attack b.\narticle 2.1 Deem b is neutral.\n";
    let small = capital
        .replace("\n  The", "\n  the")
        .replace("When", "when")
        .replace(". A party", ". a party")
        .replace("On the", "on the")
        .replace("Deem", "deem");
    assert_eq!(
        tree(&read("capital", capital)),
        tree(&read("small", &small))
    );
    let laid_out = check_layout("capital", capital);
    assert_eq!(laid_out, check_layout("small", &small));
    assert!(laid_out.contains("The note stays"), "{laid_out}");
}

#[test]
fn a_party_leaves_after_denunciation_too() {
    let head = |word: &str| format!("treaty t\n  a party leaves 1 year after {word}\n");
    let laid_out = check_layout("denunciation", &head("denunciation"));
    assert_eq!(laid_out, head("withdrawal"));
}

#[test]
fn comments_may_stand_anywhere_and_are_kept() {
    let pieces: Vec<&str> = WHOLE_LANGUAGE.split_inclusive([' ', '\n']).collect();
    let mut dice = Dice(11);
    for _ in 0..TRIALS {
        let mut text = pieces.clone();
        for comment in ["# one\n", "\n# two\n", "# three\n\n"] {
            let at = dice.below(text.len());
            let line = text[..at].concat();
            let line = line.rsplit('\n').next().unwrap();
            if !line.contains('#') && line.matches('"').count() % 2 == 0 {
                text.insert(at, comment);
            }
        }
        check_layout("commented", &text.concat());
    }
}

#[test]
fn each_mistake_is_told_as_its_fixture_says() {
    let mut seen = std::collections::BTreeSet::new();
    insta::glob!("../diagnostics/syntax", "*.treaty", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let mut sources = Sources::default();
        let source = sources.add(format!("{name}.treaty"), text.clone());
        let (_, found) = parse_file(source, &text);
        let code = text.lines().next().unwrap().trim_start_matches("# ");
        let told = found.iter().any(|diagnostic| diagnostic.code == code);
        assert!(told, "{name} does not show {code}");
        seen.extend(found.iter().map(|diagnostic| diagnostic.code));
        let shown = render(&found, &sources, false);
        insta::with_settings!({ snapshot_path => "../diagnostics/syntax", prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    });
    // S018 and S019 want large files: they have their own tests.
    let known: Vec<String> = (1..=17).map(|number| format!("S{number:03}")).collect();
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), known);
}

#[test]
fn large_files_are_refused_and_many_mistakes_cut_short() {
    let codes = |text: &str| {
        let (_, found) = parse_file(casus::source::SourceId(0), text);
        found.iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&" ".repeat((16 << 20) + 1)), ["S018"]);
    let many = codes(&"state \"x\"\n".repeat(10_000));
    assert_eq!((many.len(), many.last()), (201, Some(&"S019")));
}
