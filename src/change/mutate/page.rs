//! Mutants told to people: what nobody asks about, the other survivors with the scenario that kills each, the numbers.

use super::{Fate, Judged, Mutant, Score, Survivors, Unasked};
use crate::change::ask::Witness;
use crate::diagnostic::phrase::count;
use crate::report::style::{Style, wrap};
use crate::source::Sources;
use std::fmt::Write as _;

/// The whole page; `all`: with the single survivors of what nobody asks about.
pub fn text(judged: &[Judged], all: bool, sources: &Sources, style: Style) -> String {
    let survivors = Survivors::of(judged, all);
    let mut page = Page {
        text: String::new(),
        sources,
        style,
    };
    page.unasked(&survivors.unasked);
    for one in &survivors.single {
        page.survivor(one);
    }
    page.numbers(judged);
    page.folded(&survivors, all);
    page.text
}

struct Page<'s> {
    text: String,
    sources: &'s Sources,
    style: Style,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    fn unasked(&mut self, all: &[Unasked<'_>]) {
        if all.is_empty() {
            return;
        }
        let provisions = count(all.len(), "provision", "provisions");
        let heading = format!(
            "Nobody asks about {provisions}: no scenario would notice if {} dropped",
            if all.len() == 1 {
                "it were"
            } else {
                "one were"
            }
        );
        let heading = self.style.heading(&heading);
        self.line(&heading);
        self.line("");
        for one in all {
            self.provision(one);
        }
    }

    /// What could be dropped, and a scenario that asks about it.
    fn provision(&mut self, one: &Unasked<'_>) {
        let mutant = &one.dropped.mutant;
        let place = self.place(mutant);
        self.line(&format!("{}  {place}", mutant.clause));
        self.old(mutant);
        self.fate(&one.words(), &one.dropped.fate, "without it");
        self.line("");
    }

    fn survivor(&mut self, one: &Judged) {
        let mutant = &one.mutant;
        let place = self.place(mutant);
        self.line(&format!("{}  {}  {place}", mutant.clause, mutant.operator));
        self.old(mutant);
        let new = wrap(&format!("+ {}", mutant.new), 2, 4);
        let new = self.style.good(&new);
        self.line(&new);
        self.fate("survives", &one.fate, "under the mutant");
        self.line("");
    }

    fn place(&self, mutant: &Mutant) -> String {
        let line = self.sources.position(mutant.span).line;
        let file = &self.sources.get(mutant.span.source).name;
        self.style.quiet(&format!("{file}:{line}"))
    }

    fn old(&mut self, mutant: &Mutant) {
        let old = wrap(&format!("− {}", mutant.old), 2, 4);
        let old = self.style.bad(&old);
        self.line(&old);
    }

    /// What has become of a survivor; `then`: where the other verdict holds.
    fn fate(&mut self, words: &str, fate: &Fate, then: &str) {
        let Fate::Gap(witness) = fate else {
            return self.line(&format!("  {words}; {}", told(fate)));
        };
        self.line(&format!(
            "  {words}; killed by a scenario of {} and {}:",
            count(witness.parties, "party", "parties"),
            count(witness.facts.len(), "fact", "facts")
        ));
        self.witness(witness, then);
    }

    fn witness(&mut self, witness: &Witness, then: &str) {
        for fact in &witness.facts {
            let by = fact.asserted_by.as_ref();
            let by = by.map_or_else(String::new, |by| {
                format!(", asserted by {by} and contested")
            });
            self.line(&format!("    {}, {}{by}", fact.what, fact.days()));
        }
        let [other, real] = &witness.verdicts;
        self.line(&format!(
            "    on {}: {}: now {real}; {then} {other}",
            witness.day, witness.sentence
        ));
    }

    fn numbers(&mut self, judged: &[Judged]) {
        let score = Score::of(judged);
        let head = format!(
            "{} mutants   killed by expect {}   only by snapshot {}   equal (proved) {}   SURVIVED {}",
            judged.len() - score.invalid,
            score.asserted,
            score.snapshot,
            score.equal,
            score.gaps + score.undecided
        );
        let head = self.style.heading(&head);
        self.line(&head);
        self.line(&format!(
            "asserted score {:.1} %   snapshot score {:.1} %",
            score.asserted_percent(),
            score.snapshot_percent()
        ));
        let by_the_way = format!(
            "{} discarded as no rules; {} survivors not decided; {} allowed",
            score.invalid, score.undecided, score.allowed
        );
        let by_the_way = self.style.quiet(&by_the_way);
        self.line(&by_the_way);
    }

    /// How many survivors are not listed, and how to see them.
    fn folded(&mut self, survivors: &Survivors<'_>, all: bool) {
        let folded = survivors.folded();
        if folded > survivors.unasked.len() && !all {
            let of = count(survivors.unasked.len(), "provision", "provisions");
            self.line(&format!(
                "{folded} of the survivors belong to {of} that nobody asks about; one by one: --all-survivors"
            ));
        }
    }
}

/// What has become of a mutant, in words.
pub(super) fn told(fate: &Fate) -> String {
    match fate {
        Fate::Invalid => "no rules".to_owned(),
        Fate::Asserted(name) => format!("killed by an expectation of {name}"),
        Fate::Snapshot(name) => format!("killed by the snapshot of {name} only"),
        Fate::Equal => "equal: no scenario tells it from the rules (checked)".to_owned(),
        Fate::Gap(_) => "a scenario would kill it".to_owned(),
        Fate::Bounded(parties) => {
            format!("not decided: no scenario with up to {parties} parties kills it")
        }
        Fate::Inconclusive(why) => format!("not decided: {why}"),
    }
}
