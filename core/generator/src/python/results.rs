//! The classes of results. The native module fills their slots in the order of the schemas.

use super::layout::{Code, quoted};
use super::{declared, described, docstring, marked, names, python_name};
use crate::source::{
    Callbacks, Choice, Field, FieldKind, Known, ResponseSchema, Source, documentation, expiring, is_list, is_secret,
    is_status, status_of, values,
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
    import payseal.types
";

const FINAL: &str =
    "Whether nothing will change any more, by ``status`` and ``active``: an invoice that expired unpaid is final.";

pub(super) fn file(source: &Source) -> String {
    let mut parts = vec![IMPORTS.to_owned()];
    parts.extend(source.choices.values().map(|choice| choice_class(choice)));
    parts.extend(source.unions.iter().map(|(name, schemas)| union_class(name, schemas)));
    parts.extend(source.types.values().map(|schema| result_class(source, schema)));
    parts.join("\n\n")
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
    let documentation = documentation(choice.documentation);
    format!(
        "@defined_once\nclass {}({base}):\n    \"\"\"{documentation}\"\"\"\n\n    __slots__ = ()\n{sets}{known}",
        choice.name
    )
}

/// The base class of several shapes.
fn union_class(name: &str, schemas: &[&ResponseSchema]) -> String {
    format!("@defined_once\nclass {name}(Record):\n    \"\"\"{}\"\"\"\n\n    __slots__ = ()\n", one_of(schemas))
}

fn one_of(schemas: &[&ResponseSchema]) -> String {
    format!("One of {}.", list(schemas, ", ", |schema| format!(":class:`{}`", schema.name)))
}

/// What is in a slot of a result.
struct Slot {
    name: String,
    type_name: String,
    documentation: String,
}

fn slots(source: &Source, schema: &ResponseSchema) -> Vec<Slot> {
    let slot = |name: &str, type_name: String, documentation: &str| Slot {
        name: name.into(),
        type_name,
        documentation: marked(documentation),
    };
    let field = |field: &Field| slot(&python_name(field.name), field_type(field), &documentation(field.documentation));
    let mut slots: Vec<_> = schema.fields.iter().map(field).collect();
    if schema.open_amounts {
        slots.push(slot("_amounts", "dict[str, Decimal]".into(), "The amounts by currency."));
    }
    if !schema.event_id.is_empty() {
        let made_of = format!("Deduplication key made of verified material: ``{}``.", schema.event_id.join(":"));
        slots.push(slot("event_id", "str".into(), &made_of));
    }
    if source.callbacks_of(schema.name).is_some() {
        let index = "Which of the client's secrets, counted from 0, the callback was signed with.";
        slots.push(slot("secret_index", "int".into(), index));
    }
    let extra = "Fields the gateway's document does not name, as they came.";
    slots.push(slot("extra", "Mapping[str, Any]".into(), extra));
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

fn result_class(source: &Source, schema: &ResponseSchema) -> String {
    let slots = slots(source, schema);
    let documented = each(&slots, |slot| format!("        {}: {},\n", quoted(&slot.name), quoted(&slot.documentation)));
    let mut parts = vec![
        "@defined_once\n".into(),
        head(source, schema),
        format!("    __slots__ = {{\n{documented}    }}\n"),
        match_args(&slots),
    ];
    let fields_that = |is_one: fn(&Field) -> bool| {
        schema.fields.iter().filter(|field| is_one(field)).map(|field| python_name(field.name)).collect::<Vec<_>>()
    };
    parts.push(marks("required", &fields_that(|field| field.required)));
    parts.push(marks("list", &fields_that(is_list)));
    parts.push(marks("secret", &secret_slots(schema)));
    parts.extend(closing(schema).map(final_property));
    parts.extend(source.callbacks_of(schema.name).map(expect_method));
    parts.concat()
}

/// The slots that have something in common, if there are any.
fn marks(mark: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    Code::tuple(format!("_{mark}_fields = "), Code::texts(names.iter().map(String::as_str))).lines(4)
}

fn final_property(closing: Vec<&'static str>) -> String {
    let closing = list(closing, ", ", quoted);
    format!(
        r#"
    @property
    def is_final(self) -> bool:
        """{FINAL}"""
        return self.status.is_final or (self.active is False and self.status in ({closing}))
"#
    )
}

fn head(source: &Source, schema: &ResponseSchema) -> String {
    let base = source.union_of(schema.name).map_or("Record", |(union, _)| union);
    let base = if schema.open_amounts { "AmountsRecord" } else { base };
    format!("class {}({base}):\n{}\n", schema.name, docstring(&documentation(schema.documentation), 4))
}

fn match_args(slots: &[Slot]) -> String {
    let public = slots.iter().map(|slot| slot.name.as_str()).filter(|name| !name.starts_with('_'));
    Code::tuple("__match_args__ = ", Code::texts(public)).lines(4)
}

/// The statuses that are final where `active` is false, and only there.
fn closing(schema: &ResponseSchema) -> Option<Vec<&'static str>> {
    status_of(schema).map(|(_, choice)| expiring(choice)).filter(|closing| !closing.is_empty())
}

fn expect_method(callbacks: Callbacks) -> String {
    let parameters = callbacks.expected.parameters;
    let declaration = Code::call("def expect(", declared(parameters, " | NotGiven = NOT_GIVEN"), ") -> None:").lines(4);
    let [given, found] = ["", "self."].map(|prefix| Code::tuple("", names(parameters, prefix)));
    let parts = vec![given, found, Code::Plain("NOT_GIVEN".into())];
    let comparison = Code::call("_native.compare(", parts, ")").lines(8);
    let described = indented(&described(parameters), 4);
    let documentation = format!(
        r#""""Holds a genuine callback against what you expect.

A callback for the wrong amount or the wrong account is the classic hole in shops. Amounts
compare by value. What is left out is not compared; ``None`` is an error.

Parameters:
{described}
Raises:
    MismatchError: Something differs; the error names every field that does.
    InvalidInputError: Nothing is expected, or ``None``.

>>> from payseal import Bitloga
>>> bitloga = Bitloga("api-key", "api-secret")
>>> request = bitloga.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
>>> callback = bitloga.verify_callback(request.body, request.headers)
>>> callback.expect(uniqueid="125", amount=1)
>>> callback.expect(uniqueid="125", amount=100)
Traceback (most recent call last):
payseal.MismatchError: a genuine callback, but not the expected one: amount is "1.00", not "100"
"""
"#
    );
    format!("\n    @suggesting\n{declaration}{}{comparison}", indented(&documentation, 8))
}

/// The types of the results: read-only, each field with its documentation.
pub(super) fn stub(source: &Source) -> String {
    let mut parts = vec![STUB_IMPORTS.to_owned()];
    parts.extend(source.choices.values().map(|choice| choice_stub(choice)));
    parts.extend(
        source
            .unions
            .iter()
            .map(|(name, schemas)| format!("class {name}(Record):\n    \"\"\"{}\"\"\"\n", one_of(schemas))),
    );
    parts.extend(source.types.values().map(|schema| result_stub(source, schema)));
    parts.join("\n")
}

const STUB_IMPORTS: &str = "\
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

import payseal
import payseal.types

from ._record import AmountsRecord, NotGiven, OpenEnum, Record, Status

TYPE_CHECKING: bool
";

fn choice_stub(choice: &Choice) -> String {
    let (name, base) = (choice.name, if is_status(choice) { "Status" } else { "OpenEnum" });
    let known = each(choice.known, |known| {
        let documentation = documentation(known.documentation);
        format!("    {}: ClassVar[{name}]\n    \"\"\"{documentation}\"\"\"\n", known.value.to_uppercase())
    });
    format!("class {name}({base}):\n    \"\"\"{}\"\"\"\n\n{known}", documentation(choice.documentation))
}

fn result_stub(source: &Source, schema: &ResponseSchema) -> String {
    let slots = slots(source, schema);
    let public = slots.iter().filter(|slot| !slot.name.starts_with('_'));
    let mut stub = head(source, schema) + &match_args(&slots);
    stub += &each(public, |slot| property_stub(&slot.name, &slot.type_name, &slot.documentation));
    if closing(schema).is_some() {
        stub += &property_stub("is_final", "bool", FINAL);
    }
    if let Some(callbacks) = source.callbacks_of(schema.name) {
        stub +=
            &Code::call("def expect(", declared(callbacks.expected.parameters, " | NotGiven = ..."), ") -> None: ...")
                .lines(4);
    }
    stub
}

fn property_stub(name: &str, type_name: &str, documentation: &str) -> String {
    format!("    @property\n    def {name}(self) -> {type_name}:\n{}", docstring(documentation, 8))
}
