//! The types of arguments, for the annotations of users; groups are dicts by the gateway's names.

use super::{docstring, type_of};
use crate::source::{Parameter, RequestSchema, Source, documentation, groups};
use crate::words::each;

const ARGUMENT_TYPES: &str = r#"from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict, Union

Amount = Union[Decimal, int, str]
"""An exact amount. A ``float`` is refused: it is not exact."""

Body = Union[bytes, bytearray, memoryview, str]
"""A body exactly as received."""

Secret = Union[str, bytes, bytearray]
"""A secret; white space around it is refused."""

UnknownFields = Mapping[str, Any]
"""Fields by name, as JSON has them: text, ``int``, ``Decimal``, ``bool``, ``None``, and lists and mappings of them. A
``float`` is refused."""

Headers = Any
"""Whatever holds headers: a mapping of any framework, a list of pairs, an event of AWS Lambda."""


class PayoutPolicy(TypedDict, total=False):
    """The limits of a payout; times are in seconds. What each risks is in ``docs/payouts.md``."""

    settle_time: float
    """How far ``details`` may lag, and how late a request may arrive: 600. No denial counts before."""
    denials: int
    """How many denials are needed: 2, the least."""
    sends: int
    """How often ``withdraw`` may be sent: 1."""
    first_pause: float
    """The first pause before asking; each further one is twice as long: 5."""
    longest_pause: float
    """The longest pause: 900."""
    give_up_time: float
    """After how long without an end the payout is ``unknown``: 86400."""


class WatchPolicy(TypedDict, total=False):
    """The limits of a watch, in seconds."""

    first_pause: float
    """The first pause between questions; each further one is twice as long: 5."""
    longest_pause: float
    """The longest pause: 300."""
    closing_pause: float
    """How long after it was first seen closed the invoice has to be seen so again: 60."""
    give_up_time: float
    """After how long the watch gives up: 86400."""
"#;

pub(super) fn file(source: &Source) -> String {
    let methods = source.gateways.iter().flat_map(|gateway| &gateway.methods);
    ARGUMENT_TYPES.to_owned() + &each(methods, |method| group_classes(method.parameters))
}

/// The types of the groups among parameters, each after those of the groups within it.
fn group_classes(parameters: &[Parameter]) -> String {
    each(groups(parameters), |group| format!("{}\n\n{}", group_classes(group.parameters), group_class(group)))
}

/// The type of a group: required members in a base class, as Python 3.9 wants it.
fn group_class(group: &RequestSchema) -> String {
    let (required, optional): (Vec<_>, Vec<_>) = group.parameters.iter().partition(|member| member.required);
    let class = |head: String, members: Vec<&Parameter>| {
        let members = each(members, |member| {
            let documentation = docstring(&documentation(member.documentation), 4);
            format!("    {}: {}\n{documentation}", member.name, type_of(member, ""))
        });
        format!("class {head}:\n{}\n{members}", docstring(&documentation(group.documentation), 4))
    };
    let name = group.name;
    if required.is_empty() {
        return class(format!("{name}(TypedDict, total=False)"), optional);
    }
    let base = class(format!("_{name}Required(TypedDict)"), required);
    base + "\n\n" + &class(format!("{name}(_{name}Required, total=False)"), optional)
}
