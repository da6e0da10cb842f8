//! What the gateways' documents describe: the parameters of a method, the fields of an
//! answer. Each is declared once, as a Rust struct in the words of the document
//! (`parameters!`, `answer!`); the same
//! declaration gives bindings in other languages a [`ResponseSchema`] to convert by, and their types and
//! documentation.
//!
//! Hidden from the documentation of the crate: the interface between core and bindings.

mod answer;
mod argument;
mod conventions;
mod field;
pub(crate) mod macros;
mod object;
mod optional;
mod paging;
mod parameter;
mod request;
mod text;

pub use answer::{Answer, Parsed};
pub(crate) use answer::{FromObject, check_length, read, read_answer};
pub use argument::{Argument, Arguments, NamedArguments, Position};
pub use conventions::{Conventions, SuccessRule};
pub use field::FieldType;
pub(crate) use field::unexpected;
pub use object::{FieldValue, ParsedObject};
pub(crate) use object::{MAX_FIELDS, boolean};
pub use optional::Optional;
pub(crate) use optional::becomes;
pub use paging::Paging;
pub use parameter::{MAX_TEXT, ParameterType, Parameters, Rules};
pub(crate) use parameter::{parameter, require};
pub use request::{Parameter, ParameterKind, RequestSchema};
pub(crate) use text::is_absolute_http;
pub use text::{LongText, SecretText, Url, without_password};

/// What the gateway's document says: nothing if the crate is built without it. Nobody reads it in a
/// WebAssembly module, where it would take a quarter of the space.
#[cfg(feature = "documentation")]
pub type Documentation = &'static [&'static str];
/// See above.
#[cfg(not(feature = "documentation"))]
pub type Documentation = ();

#[cfg(feature = "documentation")]
pub(crate) const fn documented(lines: Documentation) -> Documentation {
    lines
}

#[cfg(not(feature = "documentation"))]
pub(crate) const fn documented(_: &'static [&'static str]) -> Documentation {}

/// The values that the gateway's document names for a text: nothing if the crate is built without documentation.
#[cfg(feature = "documentation")]
pub type DocumentedChoice = Option<&'static Choice>;
/// See above.
#[cfg(not(feature = "documentation"))]
pub type DocumentedChoice = ();

#[cfg(feature = "documentation")]
pub(crate) const fn documented_choice(choice: Option<&'static Choice>) -> DocumentedChoice {
    choice
}

#[cfg(not(feature = "documentation"))]
pub(crate) const fn documented_choice(_: Option<&'static Choice>) -> DocumentedChoice {}

/// A name that the documentation shows and a binding may go by.
pub(crate) const fn documented_name(name: &'static str) -> &'static str {
    if cfg!(feature = "names") { name } else { "" }
}

/// Values that the documentation shows and a binding may go by.
pub(crate) const fn documented_values(values: &'static [Known]) -> &'static [Known] {
    if cfg!(feature = "names") { values } else { &[] }
}

/// The fields of a message.
#[derive(Debug)]
pub struct ResponseSchema {
    /// The name of the type, the same in every language.
    pub name: &'static str,
    /// What it is.
    pub documentation: Documentation,
    /// The fields, in the order of the gateway's document.
    pub fields: &'static [Field],
    /// Whether fields beyond these are amounts by currency (else they are kept as extra).
    pub open_amounts: bool,
    /// The fields that make up the deduplication key, where the type has one.
    pub event_id: &'static [&'static str],
    /// How its gateway writes messages.
    pub conventions: &'static Conventions,
}

/// One field of an answer.
#[derive(Debug)]
pub struct Field {
    /// The gateway's name.
    pub name: &'static str,
    /// What the gateway's document says of it.
    pub documentation: Documentation,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether a message without it is malformed.
    pub required: bool,
    /// Whether it is left out where a message is shown to a person.
    pub secret: bool,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// Text; a number counts as the text of its digits.
    Text,
    /// Text with known values, more of which may come.
    Choice(&'static Choice),
    /// An exact amount, a JSON number or text.
    Amount,
    /// A whole number from 0 to 2^53-1.
    Integer,
    /// A boolean, however written.
    Boolean,
    /// A list of texts; one text, or several joined by commas, will do.
    Texts,
    /// A group of fields; a list of one will do.
    Group(&'static ResponseSchema),
    /// A list of groups; one group will do.
    List(&'static ResponseSchema),
}

/// An open set of known values.
#[derive(Debug)]
pub struct Choice {
    /// The name of the type, the same in every language.
    pub name: &'static str,
    /// What it is.
    pub documentation: Documentation,
    /// The documented values.
    pub known: &'static [Known],
}

/// A documented value of a [`Choice`].
#[derive(Debug)]
pub struct Known {
    /// The value on the wire.
    pub value: &'static str,
    /// What it means.
    pub documentation: Documentation,
    /// How far the money has come; `None` where the set is not one of statuses.
    pub outcome: Option<Outcome>,
}

/// What a status says of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It may still change.
    Open,
    /// It may still change as long as the object is `active`.
    OpenWhileActive,
    /// Nothing will change any more, and no money has arrived.
    Closed,
    /// The money has arrived; nothing will change any more.
    Paid,
}

impl Choice {
    /// The documented value that `text` is.
    pub fn known(&self, text: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.value == text)
    }
}

impl Known {
    /// Whether it says that the money has arrived.
    pub fn is_paid(&self) -> bool {
        self.outcome == Some(Outcome::Paid)
    }

    /// Whether it says that nothing will change any more.
    pub fn is_final(&self) -> bool {
        self.outcome.is_some_and(Outcome::is_final)
    }

    /// Whether it says so of an object whose `active` is false.
    pub fn is_final_if_inactive(&self) -> bool {
        self.outcome.is_some_and(|outcome| outcome.is_final() || outcome == Outcome::OpenWhileActive)
    }
}

impl Outcome {
    pub(crate) fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Paid)
    }
}

/// The wire name of a Rust field: `r#type` is `type`.
pub(crate) const fn wire_name(identifier: &'static str) -> &'static str {
    match identifier.as_bytes() {
        [b'r', b'#', ..] => identifier.split_at(2).1,
        _ => identifier,
    }
}
