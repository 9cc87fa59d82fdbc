//! How many: the days and readings on which enough of them do it.

use super::position::Binding;
use super::run::Run;
use super::solve::{ByDepth, add_by_depth};
use super::steps::finds;
use crate::extent::days::{Builder, change_days};
use crate::extent::{Extent, Readings};
use crate::model::condition::{Class, Comparison, Condition, Threshold};
use crate::model::ids::{EntityId, TreatyId, VariableId};
use std::collections::BTreeMap;

impl<'e> Run<'_, 'e> {
    /// The extent of a count, by the depth of as few as suffice.
    pub(crate) fn count(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
    ) -> ByDepth {
        let Condition::Count {
            comparison,
            threshold,
            counted,
            class,
            except,
            body,
        } = condition
        else {
            return ByDepth::new();
        };
        let looked_up = matches!(threshold, Threshold::Number(_))
            && finds(body, *counted)
            && !matches!(class, Class::Party(..));
        let members: BTreeMap<EntityId, Option<ByDepth>> = if looked_up {
            self.looked_up(*counted, body, within, binding)
        } else {
            let members = self.class_members(class).into_iter();
            members.map(|member| (member, None)).collect()
        };
        let mut voters = Vec::with_capacity(members.len());
        for (member, known) in members {
            let mut inner = with_counted(*counted, Some(member), binding);
            let mut belongs = self.class_extent(member, class, within);
            for part in except {
                let excepted = self.truth(part, within, &mut inner);
                belongs = belongs.without(&excepted, &mut self.space);
            }
            if belongs.is_never() {
                continue;
            }
            let mut does = known.unwrap_or_else(|| self.truth_by_depth(body, within, &mut inner));
            for (_, does) in &mut does {
                *does = does.and(&belongs, &mut self.space);
            }
            voters.push((belongs, does));
        }
        self.tally_by_depth(*comparison, *threshold, &voters)
    }

    /// The count with what has at most each depth; only more of them can be enough where fewer are not.
    fn tally_by_depth(
        &mut self,
        comparison: Comparison,
        threshold: Threshold,
        voters: &[(Extent, ByDepth)],
    ) -> ByDepth {
        let mut depths: Vec<u32> = vec![0];
        depths.extend(
            voters
                .iter()
                .flat_map(|(_, does)| does.iter().map(|(depth, _)| *depth)),
        );
        depths.sort_unstable();
        depths.dedup();
        let grows = matches!(comparison, Comparison::AtLeast | Comparison::MoreThan);
        if !grows {
            depths.drain(..depths.len() - 1);
        }
        let (mut found, mut before) = (ByDepth::new(), Extent::never());
        for depth in depths {
            let shallow: Vec<(Extent, Extent)> = voters
                .iter()
                .map(|(belongs, does)| (belongs.clone(), self.up_to(depth, does)))
                .collect();
            let extent = self.tally(comparison, threshold, &shallow);
            let new = extent.without(&before, &mut self.space);
            if !new.is_never() {
                found.push((if grows { depth } else { 0 }, new));
            }
            before = extent;
        }
        found
    }

    fn up_to(&mut self, depth: u32, does: &ByDepth) -> Extent {
        let shallow = does.iter().filter(|(own, _)| *own <= depth);
        shallow.fold(Extent::never(), |all, (_, extent)| {
            all.or(extent, &mut self.space)
        })
    }

    /// Whoever does it, as facts say.
    fn looked_up(
        &mut self,
        counted: VariableId,
        body: &'e Condition,
        within: Option<TreatyId>,
        binding: &Binding,
    ) -> BTreeMap<EntityId, Option<ByDepth>> {
        let mut found: BTreeMap<EntityId, Option<ByDepth>> = BTreeMap::new();
        let mut inner = with_counted(counted, None, binding);
        let who = counted.index();
        self.solutions(
            body,
            within,
            &mut inner,
            &mut |run, binding, extent, depth| {
                if let Some(member) = binding.get(who).copied().flatten() {
                    let does = found.entry(member).or_default().get_or_insert_default();
                    add_by_depth(does, extent, depth, &mut run.space);
                }
            },
        );
        found
    }

    /// Compares the count day by day. `voters`: belongs to the class; belongs and does it.
    fn tally(
        &mut self,
        comparison: Comparison,
        threshold: Threshold,
        voters: &[(Extent, Extent)],
    ) -> Extent {
        let extents: Vec<&Extent> = voters
            .iter()
            .flat_map(|(belongs, does)| [belongs, does])
            .collect();
        let mut days = change_days(&extents);
        days.insert(0, crate::calendar::Day::FIRST);
        let mut made = Builder::default();
        for day in days {
            let votes: Vec<(Readings, Readings)> = voters
                .iter()
                .map(|(belongs, does)| (belongs.at(day), does.at(day)))
                .collect();
            let readings = self.on_day(comparison, threshold, &votes);
            made.set(day, readings);
        }
        made.done()
    }

    /// Each voter adds to a balance: with a threshold of n, 1 for a yes against n; with a fraction a/b, `b - a` for a yes and `-a` for a no.
    fn on_day(
        &mut self,
        comparison: Comparison,
        threshold: Threshold,
        votes: &[(Readings, Readings)],
    ) -> Readings {
        let (yes, no, start) = match threshold {
            Threshold::Number(number) => (1, 0, -i64::from(number)),
            Threshold::Fraction(numerator, denominator) => (
                i64::from(denominator) - i64::from(numerator),
                -i64::from(numerator),
                0,
            ),
        };
        // The balance so far, and whether anybody belongs at all.
        let mut balances: BTreeMap<(i64, bool), Readings> =
            BTreeMap::from([((start, false), Readings::ALL)]);
        for (belongs, does) in votes {
            let idle = self.space.without(*belongs, *does);
            let outside = self.space.not(*belongs);
            let mut next: BTreeMap<(i64, bool), Readings> = BTreeMap::new();
            for ((balance, any), readings) in balances {
                for (part, key) in [
                    (*does, (balance + yes, true)),
                    (idle, (balance + no, true)),
                    (outside, (balance, any)),
                ] {
                    let here = self.space.and(readings, part);
                    if here != Readings::NONE {
                        let entry = next.entry(key).or_insert(Readings::NONE);
                        *entry = self.space.or(*entry, here);
                    }
                }
            }
            balances = next;
        }
        let fraction = matches!(threshold, Threshold::Fraction(..));
        let mut found = Readings::NONE;
        for ((balance, any), readings) in balances {
            let fits = match comparison {
                Comparison::AtLeast => balance >= 0,
                Comparison::AtMost => balance <= 0,
                Comparison::FewerThan => balance < 0,
                Comparison::MoreThan => balance > 0,
            };
            if fits && (any || !fraction) {
                found = self.space.or(found, readings);
            }
        }
        found
    }
}

/// The same, with this for the one who is counted.
fn with_counted(counted: VariableId, who: Option<EntityId>, binding: &Binding) -> Binding {
    let mut inner = binding.clone();
    if inner.len() <= counted.index() {
        inner.resize(counted.index() + 1, None);
    }
    inner[counted.index()] = who;
    inner
}
