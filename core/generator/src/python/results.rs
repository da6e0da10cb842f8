//! The classes of results. The native module fills their slots in the order of the schemas.

use std::io;

use textwrap::indent;

use super::examples::Examples;
use super::{declared, described, docstring, marked, python_name, texts, values as values_of};
use crate::source::{
    Callbacks, Choice, Field, FieldKind, Gateway, Known, ResponseSchema, Source, documentation, expiring, is_list,
    is_secret, is_status, status_of, values,
};
use crate::words::{each, list};

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
    Ok(parts.join("\n"))
}

fn head(name: &str, base: &str, documentation: &str) -> String {
    format!("@defined_once\nclass {name}({base}):\n{}\n", docstring(documentation, 4))
}

/// The class of an open set of values, with the documented ones.
fn choice_class(choice: &Choice) -> String {
    let base = if is_status(choice) { "Status" } else { "OpenEnum" };
    let mut class = vec![head(choice.name, base, &documentation(choice.documentation)), "    __slots__ = ()\n".into()];
    if is_status(choice) {
        class.push(format!("    _final = frozenset({})\n", texts(values(choice, Known::is_final))));
        class.push(format!("    _paid = frozenset({})\n", texts(values(choice, Known::is_paid))));
    }
    class.push(format!("    _known = {}\n", texts(values(choice, |_| true))));
    class.push(typed(&each(choice.known, |known| {
        let type_name = format!("ClassVar[{}]", choice.name);
        member(&known.value.to_uppercase(), &type_name, &documentation(known.documentation))
    })));
    class.concat()
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

/// The slots of a result: name, type and documentation.
fn slots(source: &Source, schema: &ResponseSchema) -> Vec<(&'static str, String, String)> {
    let field =
        |field: &Field| (python_name(field.name), field_type(field), marked(&documentation(field.documentation)));
    let mut slots: Vec<_> = schema.fields.iter().map(field).collect();
    let mut add = |name, type_name: &str, documentation: String| slots.push((name, type_name.into(), documentation));
    if schema.open_amounts {
        add("_amounts", "dict[str, Decimal]", "The amounts by currency.".into());
    }
    if !schema.event_id.is_empty() {
        let parts = schema.event_id.join(":");
        add("event_id", "str", format!("Deduplication key made of verified material: ``{parts}``."));
    }
    if source.is_signed(schema.name) {
        let index = "Which of the client's secrets, counted from 0, the callback was signed with.";
        add("secret_index", "int", index.into());
    }
    add("extra", "Mapping[str, Any]", "Fields the gateway's document does not name, as they came.".into());
    slots
}

pub(crate) fn field_type(field: &Field) -> String {
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

fn result_class(source: &Source, schema: &ResponseSchema) -> io::Result<String> {
    let slots = slots(source, schema);
    let public = || slots.iter().filter(|(name, ..)| !name.starts_with('_'));
    let fields_that = |is_one: fn(&Field) -> bool| schema.fields.iter().filter(move |field| is_one(field));
    let mut secret: Vec<_> = fields_that(is_secret).map(|field| field.name).collect();
    if secret.iter().any(|name| schema.event_id.contains(name)) {
        secret.push("event_id");
    }
    let base = source.union_of(schema.name).map_or("Record", |(union, _)| union);
    let base = if schema.open_amounts { "AmountsRecord" } else { base };
    let slots_by_name = each(&slots, |(name, _, documentation)| format!("        {name:?}: {documentation:?},\n"));
    let mut class = vec![
        head(schema.name, &format!("{base}, init=False"), &documentation(schema.documentation)),
        format!("    __slots__ = {{\n{slots_by_name}    }}\n"),
        format!("    __match_args__ = {}\n", texts(public().map(|(name, ..)| *name))),
        marked_fields("required", fields_that(|field| field.required).map(|field| field.name)),
        marked_fields("list", fields_that(is_list).map(|field| field.name)),
        marked_fields("secret", secret),
        typed(&each(public(), |(name, type_name, documentation)| member(name, type_name, documentation))),
    ];
    let closing = status_of(schema).map(|(_, choice)| expiring(choice)).unwrap_or_default();
    if !closing.is_empty() {
        class.push(final_property(closing));
    }
    if let Some((gateway, callbacks)) = source.callbacks_of(schema.name) {
        class.push(expect_method(gateway, callbacks)?);
    }
    Ok(class.concat())
}

/// The fields that have something in common, if there are any.
fn marked_fields(mark: &str, names: impl IntoIterator<Item = &'static str>) -> String {
    let names: Vec<_> = names.into_iter().map(python_name).collect();
    if names.is_empty() { String::new() } else { format!("    _{mark}_fields = {}\n", texts(names)) }
}

/// `is_final` of an object that may also end by no longer being active, with the statuses that are final then.
fn final_property(closing: Vec<&str>) -> String {
    let closing = texts(closing);
    format!(
        r#"
    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more, by ``status`` and ``active``: an invoice that expired unpaid is final."""
        return self.status.is_final or (self.active is False and self.status in {closing})
"#
    )
}

fn expect_method(gateway: &Gateway, callbacks: &Callbacks) -> io::Result<String> {
    let parameters = callbacks.expected.parameters;
    let declared = declared(parameters, " | NotGiven = NOT_GIVEN");
    let (given, found) = (values_of(parameters, ""), values_of(parameters, "self."));
    let described = indent(&described(parameters), "    ");
    let examples = Examples::read(gateway)?;
    let example = indent(&examples.callback(callbacks), "    ");
    let expected = examples.expected(callbacks);
    let method = format!(
        r#"
@suggesting
def expect({declared}) -> None:
    """Holds a genuine callback against what you expect.

    A callback for the wrong amount or the wrong account is the classic hole in shops. Amounts
    compare by value. What is left out is not compared; ``None`` is an error.

    Parameters:
{described}
    Raises:
        MismatchError: Something differs; the error names every field that does.
        InvalidInputError: Nothing is expected, or ``None``.

{example}    >>> callback.expect({expected})
    >>> callback.expect(amount=100)
    Traceback (most recent call last):
    payseal.MismatchError: a genuine callback, but not the expected one: amount is "1.00", not "100"
    """
    _native.compare({given}, {found}, NOT_GIVEN)
"#
    );
    Ok(indent(&method, "    "))
}
