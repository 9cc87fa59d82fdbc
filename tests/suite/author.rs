//! Writing an exercise with the real program: a start from a scenario, drafts, hand-outs, tables there and back, the schema,
//! and files with something wrong in them.

use crate::scratch::Scratch;
use casus::builtin::EXERCISES;
use casus::cli::exit::Exit;
use casus::exercise::author::{Sheet, gift, msel, print, schema};
use casus::exercise::report::{Block, html, markdown};
use casus::exercise::{Exercise, Pack, all_put, expected, warnings};
use casus::project::Project;
use serde_json::Value;
use std::path::Path;

struct Said {
    exit: Exit,
    out: String,
    err: String,
}

fn casus(arguments: &[&str]) -> Said {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["casus", "exercise"].iter().chain(arguments);
    let exit = casus::cli::run(arguments, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        exit,
        out: text(out),
        err: text(err),
    }
}

/// An empty folder of its own for each test.
fn folder(name: &str) -> Scratch {
    Scratch::new(&format!("author-{name}"))
}

/// A new exercise from a scenario of the casebook, in a folder of its own.
fn started(name: &str, from: &str, more: &[&str]) -> (Scratch, Said) {
    let folder = folder(name);
    // An exercise is begun in a folder that is not there yet.
    std::fs::remove_dir(&folder).unwrap();
    let into = folder.to_str().unwrap();
    let mut arguments = vec!["new", "new", "--from", from, "--into", into];
    arguments.extend(more);
    let said = casus(&arguments);
    (folder, said)
}

fn read(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("exercise.yaml")).unwrap()
}

fn loaded(folder: &Path) -> Pack {
    let pack = Pack::load(folder, Project::load(&["rules".into()]).unwrap()).unwrap();
    assert!(pack.exercise.is_some(), "{:?}", pack.diagnostics);
    pack
}

#[test]
fn the_program_holds_every_exercise_of_the_folder() {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    let mut files = Vec::new();
    walk(Path::new("exercises"), &mut files);
    files.sort();
    let inside: Vec<&str> = EXERCISES.iter().map(|(name, _)| *name).collect();
    assert_eq!(files, inside);
    for (name, text) in EXERCISES {
        assert_eq!(std::fs::read_to_string(name).unwrap(), *text);
    }
}

#[test]
fn an_exercise_is_found_by_its_name() {
    let said = casus(&["check", "first-contact"]);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(said.out.contains("nothing to report"), "{}", said.out);
    let said = casus(&["check", "first-contract"]);
    assert_eq!(said.exit, Exit::CouldNotRun);
    assert!(said.err.contains("perhaps `first-contact`"), "{}", said.err);
    let said = casus(&["list"]);
    assert!(
        said.out
            .contains("first-contact  First contact, 10 minutes"),
        "{}",
        said.out
    );
}

#[test]
fn a_new_exercise_from_a_scenario_is_sound_as_it_stands() {
    for from in ["falklands-1982", "rhineland-1936"] {
        let (folder, said) = started(from, from, &["--yes", "--minutes", "30"]);
        assert_eq!(said.exit, Exit::Fine, "{from}: {}", said.err);
        let pack = loaded(&folder);
        let exercise = pack.exercise.as_ref().unwrap();
        let told = warnings(&pack, exercise);
        // The briefs wait for somebody to fill their gaps.
        assert!(told.iter().all(|it| it.code == "X108"), "{from}: {told:?}");
        assert!(exercise.pending() > 2, "{from}: hardly a question");
        assert!(
            !exercise.objectives.is_empty() && exercise.playing().count() == 3,
            "{from}"
        );
        // Each question has something right.
        for put in all_put(&pack, exercise) {
            let answers = expected(&pack, exercise, &put).unwrap();
            assert!(
                !answers.is_empty(),
                "{from}: {} has no answer",
                put.question.id
            );
        }
    }
}

#[test]
fn a_new_exercise_asks_and_overwrites_nothing() {
    let typed = folder("answers");
    let lines = "The islands\ntwenty\n20\n3\nargentinia\nArgentina, United Kingdom\n\n";
    typed.write("answers", lines);
    let answers = ["--answers", &typed.path("answers")];
    let (folder, said) = started("asked", "falklands-1982", &answers);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(
        said.out
            .contains("Title [The Falkland Islands]: The islands"),
        "{}",
        said.out
    );
    // A slip is asked again.
    for slip in [
        "`twenty` is no number from 1 to",
        "nobody is called `argentinia`; in this scenario act",
    ] {
        assert!(said.out.contains(slip), "{}", said.out);
    }
    let text = read(&folder);
    for line in [
        "exercise: The islands",
        "minutes: 20",
        "level: 3",
        "  - id: argentina",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    assert!(!text.contains("  - id: united-states"));
    let again = casus(&[
        "new",
        "new",
        "--from",
        "cuba-1962",
        "--into",
        folder.to_str().unwrap(),
        "--yes",
    ]);
    assert_eq!(again.exit, Exit::CouldNotRun);
    assert!(again.err.contains("exists already"), "{}", again.err);
    assert_eq!(read(&folder), text);
    let nobody = started(
        "nobody",
        "falklands-1982",
        &["--yes", "--parties", "atlantis"],
    )
    .1;
    assert_eq!(nobody.exit, Exit::CouldNotRun, "{}", nobody.out);
}

#[test]
fn a_draft_changes_nothing_that_is_there() {
    let (folder, _) = started(
        "draft",
        "falklands-1982",
        &[
            "--yes",
            "--minutes",
            "20",
            "--parties",
            "united-states,argentina",
        ],
    );
    let before = read(&folder).replacen("injects:\n", "injects: # a remark\n", 1);
    std::fs::write(folder.join("exercise.yaml"), &before).unwrap();
    let path = folder.to_str().unwrap();
    let shown = casus(&["draft", path]);
    assert_eq!(read(&folder), before);
    let said = casus(&["draft", path, "--write"]);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    let after = read(&folder);
    let mut left = after.lines();
    for line in before.lines() {
        assert!(left.any(|known| known == line), "lost: {line}");
    }
    // Remarks stay behind what they are about.
    let lines: Vec<&str> = before.lines().collect();
    for pair in lines.windows(2) {
        if pair[1].trim_start().starts_with('#') && pair[1].starts_with("      ") {
            let pair = pair.join("\n");
            assert!(after.contains(&pair), "torn: {pair}\n{after}");
        }
    }
    let new = after.lines().count() - before.lines().count();
    assert!(new > 10 && shown.out.lines().count() > new, "{}", shown.out);
    let pack = loaded(&folder);
    let exercise = pack.exercise.as_ref().unwrap();
    let told = warnings(&pack, exercise);
    assert!(told.iter().all(|it| it.code == "X108"), "{told:?}");
    assert!(
        exercise
            .injects
            .iter()
            .any(|inject| inject.shelf && inject.pending)
    );
    let check = casus(&["check", path]);
    let pending = format!("{} of them await review", exercise.pending());
    assert!(check.out.contains(&pending), "{}", check.out);
}

fn shipped(name: &str) -> Pack {
    loaded(&Path::new("exercises").join(name))
}

fn exercise(pack: &Pack) -> &Exercise {
    pack.exercise.as_ref().unwrap()
}

#[test]
fn hand_outs_carry_the_marking_and_the_answers_of_the_rules() {
    let pack = shipped("first-contact");
    let exercise = exercise(&pack);
    for sheet in [
        Sheet::Players,
        Sheet::Facilitator,
        Sheet::Evaluation,
        Sheet::Cards,
    ] {
        let blocks = print(&pack, exercise, sheet);
        let pages = blocks.iter().filter(|block| **block == Block::Page).count();
        let text = markdown::markdown(&exercise.marking, &blocks);
        // Above and below, and at the head of each further page.
        assert_eq!(
            text.matches(&exercise.marking).count(),
            pages + 2,
            "{sheet:?}"
        );
        let page = html::page(&exercise.title, &exercise.marking, &blocks);
        assert!(
            page.contains("<thead>") && page.contains("<tfoot>"),
            "{sheet:?}"
        );
        let answers = all_put(&pack, exercise);
        let answers = answers
            .iter()
            .filter_map(|put| expected(&pack, exercise, put));
        let told = |answer: &String| text.contains(answer.split(" | ").next().unwrap());
        match sheet {
            Sheet::Facilitator | Sheet::Evaluation => {
                assert!(answers.flatten().all(|it| told(&it)));
            }
            Sheet::Players => assert!(answers.flatten().all(|it| !told(&it))),
            Sheet::Cards => {
                assert!(
                    text.contains("| answer | by when |") && text.contains("- ☐ "),
                    "{text}"
                );
            }
        }
    }
    let sheet = markdown::markdown("X", &print(&pack, exercise, Sheet::Evaluation));
    assert!(sheet.contains("| ☐ | ☐ | ☐ | ☐ |"), "{sheet}");
}

#[test]
fn the_list_of_events_goes_to_a_table_and_back() {
    let (folder, _) = started(
        "msel",
        "falklands-1982",
        &[
            "--yes",
            "--minutes",
            "30",
            "--parties",
            "united-states,argentina",
        ],
    );
    let path = folder.to_str().unwrap();
    let before = read(&folder);
    let table = casus(&["export", path, "msel.csv"]).out;
    let file = folder.join("msel.csv");
    let import = |text: &str| {
        std::fs::write(&file, text).unwrap();
        casus(&["import", path, file.to_str().unwrap()])
    };
    let same = import(&table);
    assert!(
        same.out.contains("says what the exercise says"),
        "{}",
        same.out
    );
    assert_eq!(read(&folder), before);
    // A new day, a sender, and a new inject at the end; spreadsheets write a mark at the beginning and other line ends.
    let edited = table.replacen(",1982-04-20,", ",1982-04-21,", 1);
    let edited = format!("\u{feff}{}", edited.replace('\n', "\r\n"))
        + "I9,50 minutes,1982-06-14,,BBC,news,Port Stanley has fallen.,,,,,,\r\n";
    let said = import(&edited);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(
        said.out.contains("I1: story\n") && said.out.contains("I9: a new inject\n"),
        "{}",
        said.out
    );
    let after = read(&folder);
    assert!(after.contains("    story: 1982-04-21\n") && after.contains("  - id: I9\n"));
    let lost: Vec<&str> = before
        .lines()
        .filter(|line| !after.lines().any(|known| known == *line))
        .collect();
    assert!(lost.len() <= 1, "{lost:?}");
    // What would make the exercise unsound is refused, with its place, and nothing is written.
    let wrong = import(&table.replacen(",1982-04-20,", ",1999-01-01,", 1));
    assert_eq!(wrong.exit, Exit::CouldNotRun);
    assert!(
        wrong.err.contains("X007") && wrong.err.contains("nothing was written"),
        "{}",
        wrong.err
    );
    assert_eq!(read(&folder), after);
    // Rows go by the numbers that the spreadsheet shows.
    let (head, first) = (table.lines().next().unwrap(), "I1,,,,,,,,,,,,");
    for (rows, said) in [
        (format!("{first}\n,,,,,,,,,,,,\n"), "row 3 has no `no`"),
        (
            format!("{first}\n{first}\n"),
            "row 3 is of the inject `I1`, as row 2 is",
        ),
        (
            format!("{first}\nI2,x\n"),
            "row 3 has 2 cells, and the head has",
        ),
    ] {
        let wrong = import(&format!("{head}\n{rows}"));
        assert!(wrong.err.contains(said), "{}", wrong.err);
    }
    let wrong = import("no;when\nI1;x\n");
    assert!(
        wrong.err.contains("the column `when` is not known"),
        "{}",
        wrong.err
    );
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    for begin in ["=", "+", "-", "@", "\t="] {
        let name = format!("from: \"{}cmd\"", begin.replace('\t', "\\t"));
        let source = std::fs::read_to_string("exercises/first-contact/exercise.yaml").unwrap();
        let source = source.replacen("from: Embassy in Aldmark", &name, 1);
        assert!(source.contains(&name));
        let files = |path: &str| {
            std::fs::read_to_string(Path::new("exercises/first-contact").join(path))
                .map_err(|e| e.to_string())
        };
        let project = Project::load(&["rules".into()]).unwrap();
        let pack = Pack::of_text("exercise.yaml", source, project, &files);
        let table = msel(&pack, pack.exercise.as_ref().unwrap());
        assert!(table.contains("cmd"));
        for cell in table.split([',', '\n']).map(|cell| cell.trim_matches('"')) {
            assert!(!cell.starts_with(['=', '+', '@', '\t']), "{cell}");
            assert!(!cell.starts_with("-cmd"), "{cell}");
        }
    }
}

#[test]
fn questions_for_a_question_bank_escape_its_signs_and_share_the_mark() {
    let pack = shipped("first-contact");
    let text = gift(&pack, exercise(&pack));
    assert!(text.starts_with("// EXERCISE EXERCISE EXERCISE\n$CATEGORY: First contact\n"));
    for block in text.split("\n\n").filter(|block| block.starts_with("::")) {
        assert!(block.contains("EXERCISE EXERCISE EXERCISE"), "{block}");
        let (_, answers) = block.split_once(" {").unwrap();
        let lines: Vec<&str> = answers
            .lines()
            .filter(|line| line.starts_with('\t'))
            .collect();
        let single = lines.iter().filter(|line| line.starts_with("\t=")).count();
        let share: f64 = lines
            .iter()
            .filter_map(|line| {
                line.strip_prefix("\t~%")?
                    .split_once('%')?
                    .0
                    .parse::<f64>()
                    .ok()
            })
            .filter(|share| *share > 0.0)
            .sum();
        let open = answers.trim() == "}";
        assert!(
            open || single == 1 || (share - 100.0).abs() < 0.01,
            "{block}"
        );
        for line in lines {
            // Beside the weight and the one that begins the feedback no sign stands bare.
            let said = line.trim_start_matches(['\t', '~', '=']);
            let bare = said
                .replace("\\\\", "")
                .replace("\\:", "")
                .replace("\\=", "")
                .replace("\\#", "")
                .replace("\\~", "");
            let bare = bare.replace("\\{", "").replace("\\}", "");
            assert!(
                !bare.contains(['~', '=', '{', '}', ':']) && bare.matches('#').count() == 1,
                "{line}"
            );
        }
    }
    let evil = std::fs::read_to_string("exercises/first-contact/exercise.yaml").unwrap();
    let evil = evil.replacen("text: Dorne threatens", "text: ~=#{}:\\ Dorne threatens", 1);
    let files = |_: &str| Ok(String::new());
    let project = Project::load(&["rules".into()]).unwrap();
    let pack = Pack::of_text("exercise.yaml", evil.clone(), project, &files);
    if let Some(exercise) = &pack.exercise {
        assert!(gift(&pack, exercise).contains("\\~\\=\\#\\{\\}\\:\\\\ Dorne"));
    } else {
        assert!(!evil.contains("~=#"), "{:?}", pack.diagnostics);
    }
}

/// `casus exercise schema > docs/exercise.schema.json`
#[test]
fn the_schema_is_current() {
    let path = "docs/exercise.schema.json";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, schema()).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        schema(),
        "casus exercise schema > {path}"
    );
}

#[test]
fn every_exercise_fits_the_schema_and_what_does_not_is_noticed() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let fits = |text: &str| {
        let value: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
        let mut wrong = Vec::new();
        unfit(
            &schema,
            &schema,
            &serde_json::to_value(value).unwrap(),
            "",
            &mut wrong,
        );
        wrong
    };
    let mut texts: Vec<String> = Vec::new();
    for (name, text) in EXERCISES
        .iter()
        .filter(|(name, _)| name.contains("/exercise.yaml"))
    {
        assert_eq!(fits(text), Vec::<String>::new(), "{name}");
        texts.push((*text).to_owned());
    }
    let first = &texts[0];
    for (right, wrong, what) in [
        ("exercise: ", "excercise: ", "excercise"),
        ("ask: obligations", "ask: obligation", "obligation"),
        ("injects:", "injects: 3\nold:", "injects"),
    ] {
        let found = fits(&first.replacen(right, wrong, 1));
        assert!(
            found.iter().any(|line| line.contains(what)),
            "{wrong}: {found:?}"
        );
    }
}

/// Holds a value against as much of JSON Schema as the schema uses.
fn unfit(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        unfit(root, &root["$defs"][name], value, at, wrong);
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let fits = |way: &Value| {
            let mut own = Vec::new();
            unfit(root, way, value, at, &mut own);
            own.is_empty()
        };
        if !ways.iter().any(fits) {
            wrong.push(format!("{at}: {value} fits nothing"));
        }
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        wrong.push(format!("{at}: {value} is none of {words:?}"));
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        _ => panic!("{kind}"),
    };
    let sound = match &schema["type"] {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().any(|kind| is(kind.as_str().unwrap())),
        _ => true,
    };
    if !sound {
        wrong.push(format!("{at}: {value} is no {}", schema["type"]));
    }
    if let (Some(keys), Some(value)) = (schema["properties"].as_object(), value.as_object()) {
        for (key, value) in value {
            match keys.get(key) {
                Some(own) => unfit(root, own, value, &format!("{at}/{key}"), wrong),
                None => wrong.push(format!("{at}: {key} is not known")),
            }
        }
        for key in schema["required"].as_array().unwrap() {
            if !value.contains_key(key.as_str().unwrap()) {
                wrong.push(format!("{at}: {key} is missing"));
            }
        }
    }
    if let (Some(items), false) = (value.as_array(), schema["items"].is_null()) {
        for (number, item) in items.iter().enumerate() {
            unfit(
                root,
                &schema["items"],
                item,
                &format!("{at}/{number}"),
                wrong,
            );
        }
    }
}

const SOUND: &str = "exercise: X
rules: [un-charter]
roles:
  - {id: a, party: france, brief: briefs/a.md}
  - {id: b, party: italy}
injects:
  - id: I1
    story: 1960-01-01
    text: One.
    facts:
      - add: {id: f, what: italy attacks france, from: 1960-01-01}
    questions:
      - {id: Q1, ask: obligations}
    next:
      - {unanswered: Q1, go: I2}
      - {go: I2}
  - id: I2
    story: 1960-01-02
    text: Two.
";

/// Files that are wrong in form: each is told with its place and what to do, in one run, with exit code 2.
#[test]
fn malformed_files_are_told_with_their_place() {
    let deep = format!(
        "exercise: X\nrules: {}{}\n",
        "[".repeat(1000),
        "]".repeat(1000)
    );
    let mut bomb = String::from("exercise: X\na: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (this, last) in ["b", "c", "d", "e", "f", "g"]
        .iter()
        .zip(["a", "b", "c", "d", "e", "f"])
    {
        let many = vec![format!("*{last}"); 10].join(", ");
        bomb += &format!("{this}: &{this} [{many}]\n");
    }
    let huge = format!("exercise: X\nnote: >\n  {}\n", "long ".repeat(10 << 20));
    let change = |right: &str, wrong: &str| {
        assert!(SOUND.contains(right), "{right}");
        SOUND.replacen(right, wrong, 1)
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        (
            "tabs",
            change("    story: 1960-01-01", "\tstory: 1960-01-01").into(),
        ),
        (
            "indentation",
            change("    text: One.", "  text: One.").into(),
        ),
        (
            "unknown key",
            change("story: 1960-01-01", "storey: 1960-01-01").into(),
        ),
        ("duplicate id", change("id: I2", "id: I1").into()),
        (
            "missing brief",
            change("briefs/a.md", "briefs/none.md").into(),
        ),
        ("path out", change("briefs/a.md", "../a.md").into()),
        ("link out", change("briefs/a.md", "briefs/link.md").into()),
        ("alias bomb", bomb.into()),
        ("huge", huge.into()),
        ("deep", deep.into()),
        ("not text", b"exercise: \xff\xfe\n".to_vec()),
        ("empty", Vec::new()),
        (
            "circle",
            change("text: Two.", "text: Two.\n    next: [{go: I2}]").into(),
        ),
        (
            "backwards",
            change("story: 1960-01-02", "story: 1959-01-02").into(),
        ),
        ("guard", change("unanswered: Q1", "unanswered: Q9").into()),
        ("party", change("party: italy", "party: atlantis").into()),
        (
            "format",
            change("exercise: X", "exercise: X\nformat: treaty-exercise/2").into(),
        ),
    ];
    for (name, text) in cases {
        let folder = folder("malformed");
        std::fs::create_dir_all(folder.join("briefs")).unwrap();
        std::fs::write(folder.join("briefs/a.md"), "You are France.").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/hostname", folder.join("briefs/link.md")).unwrap();
        std::fs::write(folder.join("exercise.yaml"), &text).unwrap();
        let said = casus(&["check", folder.to_str().unwrap()]);
        assert_eq!(
            said.exit,
            Exit::CouldNotRun,
            "{name}: {}{}",
            said.out,
            said.err
        );
        let place = said.err.split("exercise.yaml:").nth(1).unwrap_or_default();
        let mut numbers = place.split(|c: char| !c.is_ascii_digit());
        let number = |part: Option<&str>| part.is_some_and(|part| part.parse::<u32>().is_ok());
        assert!(
            number(numbers.next()) && number(numbers.next()),
            "{name}: {}",
            said.err
        );
        assert!(said.err.contains("help"), "{name}: {}", said.err);
        assert!(said.err.len() < 20_000, "{name}: {} bytes", said.err.len());
    }
}

#[test]
fn injects_may_stand_in_files_of_their_own() {
    let (main, rest) = SOUND.split_once("  - id: I2\n").unwrap();
    let main = main.replace("injects:\n", "parts: [injects/two.yaml]\ninjects:\n");
    let folder = folder("parts");
    std::fs::create_dir_all(folder.join("briefs")).unwrap();
    std::fs::create_dir_all(folder.join("injects")).unwrap();
    std::fs::write(folder.join("briefs/a.md"), "You are France.").unwrap();
    std::fs::write(folder.join("exercise.yaml"), &main).unwrap();
    let part = folder.join("injects/two.yaml");
    std::fs::write(&part, format!("injects:\n  - id: I2\n{rest}")).unwrap();
    let path = folder.to_str().unwrap();
    let said = casus(&["check", path]);
    assert!(said.out.contains("2 injects"), "{}{}", said.out, said.err);
    // Mistakes are told where they are; tables are written back there.
    let table = casus(&["export", path, "msel.csv"]).out;
    let file = folder.join("m.csv");
    std::fs::write(&file, table.replace("Two.", "Deux.")).unwrap();
    let said = casus(&["import", path, file.to_str().unwrap()]);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(
        std::fs::read_to_string(&part)
            .unwrap()
            .contains("text: Deux.")
    );
    assert_eq!(read(&folder), main);
    // An inject in one line stays as it is, and that is said.
    let one_line = "injects:\n  - {id: I2, story: 1960-01-02, text: Two.}\n";
    std::fs::write(&part, one_line).unwrap();
    let said = casus(&["import", path, file.to_str().unwrap()]);
    let told = said.out + &said.err;
    assert!(told.contains("I2: text stays as it is"), "{told}");
    assert!(!told.contains("I2: text\n"), "{told}");
    assert_eq!(std::fs::read_to_string(&part).unwrap(), one_line);
    std::fs::write(&part, "injects:\n  - id: I2\n    storey: 1\n").unwrap();
    let said = casus(&["check", path]);
    assert!(said.err.contains("two.yaml:3:5"), "{}", said.err);
}
