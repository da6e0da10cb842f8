//! The classes of results. The native module fills their slots in the order of the schemas.

use std::io;

use super::examples::Examples;
use super::layout::{Code, quoted};
use super::{declared, described, docstring, marked, names, python_name};
use crate::source::{
    Callbacks, Choice, Field, FieldKind, Gateway, Known, ResponseSchema, Source, documentation, expiring, is_list,
    is_secret, is_status, status_of, values,
};
use crate::words::{each, indented, list};

const IMPORTS: &str = "\
import payseal

from . import _native
from ._native import defined_once
from ._record import NOT_GIVEN, AmountsRecord, NotGiven, OpenEnum, Record, Status
from ._suggest import suggesting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Any, ClassVar

    import payseal.types
";

pub(super) fn file(source: &Source) -> io::Result<String> {
    let mut parts = vec![IMPORTS.to_owned()];
    parts.extend(source.choices.values().map(|choice| choice_class(choice)));
    parts.extend(source.unions.iter().map(|(name, schemas)| union_class(name, schemas)));
    for schema in source.types.values() {
        parts.push(result_class(source, schema)?);
    }
    Ok(parts.join("\n\n"))
}

fn head(name: &str, base: &str, documentation: &str) -> String {
    format!("@defined_once\nclass {name}({base}):\n{}\n", docstring(documentation, 4))
}

/// The class of an open set of values, with the documented ones.
fn choice_class(choice: &Choice) -> String {
    let set = |name: &str, values: Vec<&str>| {
        let tuple = Code::tuple("", Code::texts(values));
        Code::call(format!("_{name} = frozenset("), vec![tuple], ")").lines(4)
    };
    let (mut base, mut sets) = ("OpenEnum", String::new());
    if is_status(choice) {
        base = "Status";
        sets = set("final", values(choice, Known::is_final)) + &set("paid", values(choice, Known::is_paid));
    }
    let known = Code::tuple("_known = ", Code::texts(values(choice, |_| true))).lines(4);
    let members = each(choice.known, |known| {
        let type_name = format!("ClassVar[{}]", choice.name);
        member(&known.value.to_uppercase(), &type_name, &documentation(known.documentation))
    });
    let head = head(choice.name, base, &documentation(choice.documentation));
    format!("{head}    __slots__ = ()\n{sets}{known}{}", typed(&members))
}

/// The base class of several types.
fn union_class(name: &str, schemas: &[&ResponseSchema]) -> String {
    let schemas = list(schemas, ", ", |schema| format!(":class:`{}`", schema.name));
    format!(
        "@defined_once\nclass {name}(Record, match_args=False):\n    \"\"\"One of {schemas}.\"\"\"\n\n    __slots__ = ()\n"
    )
}

/// The types of attributes: they take no time when the package runs.
fn typed(members: &str) -> String {
    format!("\n    if TYPE_CHECKING:\n{members}")
}

/// An attribute with its type and documentation, as editors show it.
fn member(name: &str, type_name: &str, documentation: &str) -> String {
    format!("        {name}: {type_name}\n{}", docstring(documentation, 8))
}

/// What is in a slot of a result.
struct Slot {
    name: String,
    type_name: String,
    documentation: String,
}

fn slots(source: &Source, schema: &ResponseSchema) -> Vec<Slot> {
    let slot = |name: &str, type_name: &str, documentation: &str| Slot {
        name: name.into(),
        type_name: type_name.into(),
        documentation: marked(documentation),
    };
    let field = |field: &Field| slot(&python_name(field.name), &field_type(field), &documentation(field.documentation));
    let mut slots: Vec<_> = schema.fields.iter().map(field).collect();
    if schema.open_amounts {
        slots.push(slot("_amounts", "dict[str, Decimal]", "The amounts by currency."));
    }
    if !schema.event_id.is_empty() {
        let made_of = format!("Deduplication key made of verified material: ``{}``.", schema.event_id.join(":"));
        slots.push(slot("event_id", "str", &made_of));
    }
    if source.callbacks_of(schema.name).is_some() {
        let index = "Which of the client's secrets, counted from 0, the callback was signed with.";
        slots.push(slot("secret_index", "int", index));
    }
    slots.push(slot("extra", "Mapping[str, Any]", "Fields the gateway's document does not name, as they came."));
    slots
}

fn field_type(field: &Field) -> String {
    let one = match field.kind {
        FieldKind::Text => "str",
        FieldKind::Amount => "Decimal",
        FieldKind::Integer => "int",
        FieldKind::Boolean => "bool",
        FieldKind::Choice(choice) => choice.name,
        FieldKind::Group(schema) => schema.name,
        FieldKind::Texts => return "tuple[str, ...]".into(),
        FieldKind::List(schema) => return format!("tuple[{}, ...]", schema.name),
    };
    if field.required { one.into() } else { format!("{one} | None") }
}

/// The slots that are not shown to a person.
fn secret_slots(schema: &ResponseSchema) -> Vec<String> {
    let secret: Vec<_> = schema.fields.iter().filter(|field| is_secret(field)).map(|field| field.name).collect();
    let event_id = secret.iter().any(|name| schema.event_id.contains(name)).then(|| "event_id".into());
    secret.into_iter().map(python_name).chain(event_id).collect()
}

fn result_class(source: &Source, schema: &ResponseSchema) -> io::Result<String> {
    let slots = slots(source, schema);
    let public = || slots.iter().filter(|slot| !slot.name.starts_with('_'));
    let documented = each(&slots, |slot| format!("        {}: {},\n", quoted(&slot.name), quoted(&slot.documentation)));
    let fields_that = |is_one: fn(&Field) -> bool| {
        schema.fields.iter().filter(|field| is_one(field)).map(|field| python_name(field.name)).collect::<Vec<_>>()
    };
    let base = source.union_of(schema.name).map_or("Record", |(union, _)| union);
    let base = if schema.open_amounts { "AmountsRecord" } else { base };
    let mut parts = vec![
        head(schema.name, &format!("{base}, init=False"), &documentation(schema.documentation)),
        format!("    __slots__ = {{\n{documented}    }}\n"),
        Code::tuple("__match_args__ = ", Code::texts(public().map(|slot| slot.name.as_str()))).lines(4),
        marks("required", &fields_that(|field| field.required)),
        marks("list", &fields_that(is_list)),
        marks("secret", &secret_slots(schema)),
        typed(&each(public(), |slot| member(&slot.name, &slot.type_name, &slot.documentation))),
    ];
    let closing = status_of(schema).map(|(_, choice)| expiring(choice)).unwrap_or_default();
    if !closing.is_empty() {
        parts.push(final_property(&closing));
    }
    if let Some((gateway, callbacks)) = source.callbacks_of(schema.name) {
        parts.push(expect_method(gateway, callbacks)?);
    }
    Ok(parts.concat())
}

/// The slots that have something in common, if there are any.
fn marks(mark: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    Code::tuple(format!("_{mark}_fields = "), Code::texts(names.iter().map(String::as_str))).lines(4)
}

/// `is_final` of an object that may also end by no longer being active, with the statuses that are final then.
fn final_property(closing: &[&str]) -> String {
    let closing = list(closing, ", ", |status| quoted(status));
    format!(
        r#"
    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more, by ``status`` and ``active``: an invoice that expired unpaid is final."""
        return self.status.is_final or (self.active is False and self.status in ({closing}))
"#
    )
}

fn expect_method(gateway: &Gateway, callbacks: Callbacks) -> io::Result<String> {
    let parameters = callbacks.expected.parameters;
    let declaration = Code::call("def expect(", declared(parameters, " | NotGiven = NOT_GIVEN"), ") -> None:").lines(4);
    let [given, found] = ["", "self."].map(|prefix| Code::tuple("", names(parameters, prefix)));
    let parts = vec![given, found, Code::Plain("NOT_GIVEN".into())];
    let comparison = Code::call("_native.compare(", parts, ")").lines(8);
    let described = indented(&described(parameters), 4);
    let (example, expected) = Examples::read(gateway)?.expectation(callbacks);
    let documentation = format!(
        r#""""Holds a genuine callback against what you expect.

A callback for the wrong amount or the wrong account is the classic hole in shops. Amounts
compare by value. What is left out is not compared; ``None`` is an error.

Parameters:
{described}
Raises:
    MismatchError: Something differs; the error names every field that does.
    InvalidInputError: Nothing is expected, or ``None``.

{example}>>> callback.expect({expected})
>>> callback.expect(amount=100)
Traceback (most recent call last):
payseal.MismatchError: a genuine callback, but not the expected one: amount is "1.00", not "100"
"""
"#
    );
    Ok(format!("\n    @suggesting\n{declaration}{}{comparison}", indented(&documentation, 8)))
}
