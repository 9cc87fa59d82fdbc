//! On which days a norm applies: its treaty in force for its parties, its article written, its layer in view (M4).

use super::position::Binding;
use super::run::Run;
use super::solve::value;
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::fact::View;
use crate::model::ids::LayerId;
use crate::model::norm::{Head, Norm};

impl<'e> Run<'_, 'e> {
    /// The days on which the treaty applies to those whom the norm calls parties (M4).
    pub(crate) fn applies(&mut self, norm: &'e Norm, binding: &Binding) -> Extent {
        let Some(treaty) = norm.treaty else {
            return Extent::always(Readings::ALL);
        };
        let life = self.life(treaty);
        // Nobody is bound on a day on which the treaty is not in force.
        let mut bound: Option<Extent> = None;
        for (term, role) in &norm.parties {
            let Some(actor) = value(*term, binding) else {
                return Extent::never();
            };
            let own = self.bound(&life, actor, role.as_ref());
            bound = Some(bound.map_or_else(|| own.clone(), |all| all.and(&own, &mut self.space)));
        }
        let bound = bound.unwrap_or_else(|| life.in_force.clone());
        self.while_bound(norm, bound)
    }

    /// The days on which the treaty applies, given those on which it binds all whom the norm calls parties.
    pub(crate) fn while_bound(&mut self, norm: &Norm, bound: Extent) -> Extent {
        let extent = self.stretched(norm, bound);
        self.while_written(norm, extent)
    }

    /// Backward, where the treaty is retroactive; onward, where the norm outlives it.
    pub(crate) fn stretched(&mut self, norm: &Norm, mut extent: Extent) -> Extent {
        let treaty = norm.treaty.map(|id| self.engine.rulebook.treaty(id));
        if treaty.is_some_and(|treaty| treaty.retroactive) {
            // Nothing is known of days beyond the horizon.
            let days = Days {
                first: Day::FIRST,
                last: self.horizon,
            };
            let known = extent.and(&Extent::days(days, Readings::ALL), &mut self.space);
            let sooner = known.eventually(&mut self.space);
            extent = extent.or(&sooner, &mut self.space);
        }
        if matches!(&norm.head, Head::Position(head) if head.outlives) {
            extent = extent.once(&mut self.space);
        }
        extent
    }

    /// The days on which the article is part of the treaty and of the view.
    pub(crate) fn written(&mut self, norm: &Norm) -> Extent {
        self.as_written(norm, Extent::always(Readings::ALL))
    }

    /// Narrowed to the days on which the article is part of the treaty and of the view.
    pub(crate) fn as_written(&mut self, norm: &Norm, extent: Extent) -> Extent {
        let extent = self.while_written(norm, extent);
        self.in_view(norm, extent)
    }

    fn while_written(&mut self, norm: &Norm, extent: Extent) -> Extent {
        if norm.dates == Days::ALWAYS {
            return extent;
        }
        extent.and(&Extent::days(norm.dates, Readings::ALL), &mut self.space)
    }

    pub(crate) fn in_view(&mut self, norm: &Norm, extent: Extent) -> Extent {
        let Some(layer) = norm.layer else {
            return extent;
        };
        let visible = self.layer(layer);
        extent.and(&visible, &mut self.space)
    }

    /// The days on which a secret layer is part of the view.
    pub(crate) fn layer(&self, layer: LayerId) -> Extent {
        let layer = &self.engine.rulebook.layers[layer.index()];
        let knows = match self.view {
            View::Full => true,
            View::Public => false,
            View::Of(actor) => layer.known_to.contains(&actor),
        };
        match layer.until {
            _ if knows => Extent::always(Readings::ALL),
            Some(day) => Extent::from(day, Readings::ALL),
            None => Extent::never(),
        }
    }
}
