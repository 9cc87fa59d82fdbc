//! What classes the variables of a norm must belong to.

use crate::model::condition::{Class, Condition};
use crate::model::norm::Norm;
use crate::model::sentence::Term;

/// The class of each variable of a norm, where one is known.
pub(super) type Classes = Vec<Option<Class>>;

/// What class each variable of a norm must belong to.
pub(super) fn classes_of(norm: &Norm) -> Classes {
    let mut classes: Classes = vec![None; norm.variables.len()];
    for (term, role) in &norm.parties {
        if let (Term::Variable(variable), Some(treaty)) = (term, norm.treaty) {
            classes[variable.index()] = Some(Class::Party(treaty, role.clone()));
        }
    }
    let mut denied: Vec<*const Condition> = Vec::new();
    super::patterns::conditions(norm, &mut |part| {
        if let Condition::Not(inner) = part {
            denied.push(std::ptr::from_ref(&**inner));
        }
        if !denied.contains(&std::ptr::from_ref(part)) {
            note_class(part, &mut classes);
        }
    });
    classes
}

/// Notes what a condition says of the class of a variable.
pub(super) fn note_class(part: &Condition, classes: &mut Classes) {
    let (variable, class) = match part {
        Condition::Is(Term::Variable(variable), class) => (variable, class),
        Condition::Count { counted, class, .. } => (counted, class),
        _ => return,
    };
    if classes.len() <= variable.index() {
        classes.resize(variable.index() + 1, None);
    }
    let known = &mut classes[variable.index()];
    // Of two classes the narrower counts: a kind of actor, not that somebody is bound.
    if known.is_none() || !matches!(class, Class::Actor | Class::Status(_)) {
        *known = Some(class.clone());
    }
}
