//! The Rust types a parameter may have, and those of whole groups of parameters.

use alloc::string::String;
use alloc::vec::Vec;

use super::Choice;
use super::argument::{Argument, Arguments, NamedArguments};
use super::request::{ParameterKind, RequestSchema};
use super::text::{LongText, SecretText, Url};
use crate::amount::Amount;
use crate::error::{Error, Result};

/// The most characters a text parameter may have.
pub const MAX_TEXT: usize = 1024;
/// The most characters a description or user data may have.
const MAX_LONG_TEXT: usize = 8192;

/// The parameters of one method, as a Rust type.
pub trait Parameters: Sized {
    /// What they are called, what they take, and their rules.
    const SCHEMA: &'static RequestSchema;

    /// A struct with the position of each parameter.
    type Fields;
    /// The positions of the parameters, by their names: a name that is misspelt does not compile.
    const FIELDS: Self::Fields;

    /// Reads checked arguments; nothing where one is missing or of another kind, which the check rules out.
    fn from_named(arguments: NamedArguments<'_>) -> Option<Self>;

    /// Hands over the arguments, in the order of the schema.
    fn with_arguments<R>(&self, then: impl FnOnce(Arguments<'_>) -> R) -> R;

    /// Takes what a caller in another language gave.
    ///
    /// # Errors
    /// `invalid_input` where it breaks a rule of the gateway's document.
    fn from_arguments(arguments: Arguments<'_>) -> Result<Self> {
        Self::SCHEMA.check(arguments)?;
        Self::from_named(NamedArguments::new(arguments))
            .ok_or_else(|| Error::invalid(Self::SCHEMA.name, "is incomplete"))
    }

    /// Checks every rule of the gateway's document.
    ///
    /// # Errors
    /// `invalid_input`, naming the parameter and the rule.
    fn check(&self) -> Result<()> {
        self.with_arguments(|arguments| Self::SCHEMA.check(arguments))
    }
}

/// Rules of a method that concern several parameters, or the range of one.
pub trait Rules {
    /// Checks them; each parameter was checked by itself already.
    ///
    /// # Errors
    /// `invalid_input`, naming the parameter and the rule.
    fn rules(_arguments: NamedArguments<'_>) -> Result<()> {
        Ok(())
    }
}

/// Refuses an argument, or an option, whose rule does not hold.
pub(crate) fn require(holds: bool, name: &'static str, rule: &'static str) -> Result<()> {
    if holds { Ok(()) } else { Err(Error::invalid(name, rule)) }
}

/// A type that a parameter can have.
pub trait ParameterType: Sized {
    /// What the parameter takes.
    const KIND: ParameterKind;
    /// Whether a call without it is refused.
    const REQUIRED: bool = true;
    /// Whether it is left out where a call is shown to a person.
    const SECRET: bool = false;
    /// The values that the gateway's document names, where it names some.
    const CHOICE: Option<&'static Choice> = None;

    /// The value without an argument: for required parameters, one that violates a rule.
    fn unset() -> Self;
    /// The argument, if there is one.
    fn argument(&self) -> Option<Argument<'_>>;
    /// The value of a checked argument; nothing if it is of another kind.
    fn from_argument(argument: &Argument<'_>) -> Option<Self>;
}

/// The value of a checked argument, or of one that is not given; nothing if one is required.
pub(crate) fn parameter<T: ParameterType>(argument: Option<&Argument<'_>>) -> Option<T> {
    argument.map_or_else(|| (!T::REQUIRED).then(T::unset), T::from_argument)
}

macro_rules! text_parameters {
    ($($Text:ty: $kind:expr, $secret:literal;)*) => {$(
        impl ParameterType for $Text {
            const KIND: ParameterKind = $kind;
            const SECRET: bool = $secret;

            fn unset() -> Self {
                Self::from("")
            }

            fn argument(&self) -> Option<Argument<'_>> {
                Some(Argument::Text(self))
            }

            fn from_argument(argument: &Argument<'_>) -> Option<Self> {
                argument.text().map(Self::from)
            }
        }
    )*};
}
text_parameters! {
    String: ParameterKind::Text(MAX_TEXT), false;
    SecretText: ParameterKind::Text(MAX_TEXT), true;
    LongText: ParameterKind::Text(MAX_LONG_TEXT), false;
    Url: ParameterKind::Url, false;
}

impl ParameterType for Amount {
    const KIND: ParameterKind = ParameterKind::Amount;

    fn unset() -> Self {
        Self::from(0)
    }

    fn argument(&self) -> Option<Argument<'_>> {
        Some(Argument::Number(self.as_str()))
    }

    fn from_argument(argument: &Argument<'_>) -> Option<Self> {
        argument.text().map(Self::checked)
    }
}

impl ParameterType for i64 {
    const KIND: ParameterKind = ParameterKind::Integer;

    fn unset() -> Self {
        0
    }

    fn argument(&self) -> Option<Argument<'_>> {
        Some(Argument::Integer(*self))
    }

    fn from_argument(argument: &Argument<'_>) -> Option<Self> {
        argument.integer()
    }
}

impl ParameterType for bool {
    const KIND: ParameterKind = ParameterKind::Boolean;

    fn unset() -> Self {
        false
    }

    fn argument(&self) -> Option<Argument<'_>> {
        Some(Argument::Boolean(*self))
    }

    fn from_argument(argument: &Argument<'_>) -> Option<Self> {
        if let Argument::Boolean(boolean) = argument { Some(*boolean) } else { None }
    }
}

impl<T: ParameterType> ParameterType for Option<T> {
    const KIND: ParameterKind = T::KIND;
    const REQUIRED: bool = false;
    const SECRET: bool = T::SECRET;
    const CHOICE: Option<&'static Choice> = T::CHOICE;

    fn unset() -> Self {
        None
    }

    fn argument(&self) -> Option<Argument<'_>> {
        self.as_ref()?.argument()
    }

    fn from_argument(argument: &Argument<'_>) -> Option<Self> {
        T::from_argument(argument).map(Some)
    }
}

/// Lists may be left out.
macro_rules! list_parameter {
    ([$($Bound:ident: $Trait:ident)?] $Element:ty, $kind:expr) => {
        impl $(<$Bound: $Trait + ParameterType>)? ParameterType for Vec<$Element> {
            const KIND: ParameterKind = $kind;
            const REQUIRED: bool = false;

            fn unset() -> Self {
                Self::new()
            }

            fn argument(&self) -> Option<Argument<'_>> {
                Some(Argument::List(self.iter().filter_map(ParameterType::argument).collect()))
            }

            fn from_argument(argument: &Argument<'_>) -> Option<Self> {
                let Argument::List(elements) = argument else { return None };
                elements.iter().map(<$Element>::from_argument).collect()
            }
        }
    };
}
list_parameter!([] String, ParameterKind::Texts(MAX_TEXT));
list_parameter!([T: Parameters] T, ParameterKind::List(T::SCHEMA));
