//! Request schemas: what each parameter takes, its rules, and how it is written. The Rust types of the
//! methods hand their values over to the same schemas that bindings fill, so that checking and
//! writing is one piece of code for all methods, and small in WebAssembly.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::is_absolute_http;
use super::{Documentation, LongText, SecretText, Url};
use crate::amount::Amount;
use crate::error::{Error, Result};
use crate::json::ObjectWriter;
use crate::text::{cut, decimal, is_blank, joined, trimmed_end, trimmed_start, whole_number};

/// The most characters a text parameter may have.
const MAX_TEXT: usize = 1024;
/// The most characters a description or user data may have.
const MAX_LONG_TEXT: usize = 8192;
/// The most characters a URL may have.
const MAX_URL: usize = 2048;

/// The most digits of a binary float that are the decimal digits somebody wrote: every decimal
/// of 15 digits survives the way through a 64-bit float and back.
const FLOAT_DIGITS: usize = 15;

/// The parameters of one method, or of a group within them.
#[derive(Debug)]
pub struct RequestSchema {
    /// The name of the type, the same in every language.
    pub name: &'static str,
    /// What the method does, or what the group says.
    pub documentation: Documentation,
    /// The parameters, in the order of the gateway's document.
    pub parameters: &'static [Parameter],
    /// Rules that concern several parameters, or the range of one.
    #[doc(hidden)]
    pub rules: fn(&NamedArguments<'_>) -> Result<()>,
}

/// One parameter of a method.
#[derive(Debug)]
pub struct Parameter {
    /// The gateway's name.
    pub name: &'static str,
    /// What the gateway's document says of it.
    pub documentation: Documentation,
    /// What it takes.
    pub kind: ParameterKind,
    /// Whether a call without it is refused (some rules ask for one of several).
    pub required: bool,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy)]
pub enum ParameterKind {
    /// Text of at most so many characters.
    Text(usize),
    /// An absolute `http://` or `https://` URL.
    Url,
    /// An exact amount, above zero.
    Amount,
    /// A whole number.
    Integer,
    /// A group of parameters.
    Group(&'static RequestSchema),
}

/// A value for a parameter.
#[derive(Debug, Clone, Copy)]
pub enum Argument<'a> {
    /// Text.
    Text(&'a str),
    /// The digits of an exact number.
    Number(&'a str),
    /// The shortest digits of a binary float.
    Float(&'a str),
    /// A whole number.
    Integer(i64),
    /// A group of parameters.
    Group(Arguments<'a>),
}

impl<'a> Argument<'a> {
    /// A text, or the digits of an amount.
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Float(text) => Some(text),
            Self::Integer(_) | Self::Group(_) => None,
        }
    }
}

/// The values given, one place for each parameter of the schema, in order.
pub type Arguments<'a> = &'a [Option<Argument<'a>>];

impl RequestSchema {
    /// Checks every rule of the gateway's document.
    ///
    /// # Errors
    /// `invalid_input`, naming the parameter and the rule.
    pub(crate) fn check(&'static self, arguments: Arguments<'_>) -> Result<()> {
        for (position, parameter) in self.parameters.iter().enumerate() {
            match arguments.get(position).copied().flatten() {
                Some(given) => parameter.check(given)?,
                None if parameter.required => return Err(Error::invalid(parameter.name, "is required")),
                None => {}
            }
        }
        (self.rules)(&NamedArguments { schema: self, arguments })
    }

    /// Writes what is given, in the order of the gateway's document.
    pub(crate) fn write(&self, arguments: Arguments<'_>, object: &mut ObjectWriter) {
        for (parameter, given) in self.parameters.iter().zip(arguments) {
            if let Some(given) = *given {
                parameter.write(given, object);
            }
        }
    }

    /// The values with some more in the places that are empty.
    pub(crate) fn completed<'a>(
        &self,
        arguments: Arguments<'a>,
        more: &[(&str, Option<Argument<'a>>)],
    ) -> Vec<Option<Argument<'a>>> {
        let mut completed = arguments.to_vec();
        completed.resize(self.parameters.len(), None);
        for (name, given) in more {
            if let Some(position) = self.position(name) {
                completed[position] = completed[position].or(*given);
            }
        }
        completed
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name)
    }
}

impl Parameter {
    fn check(&self, given: Argument<'_>) -> Result<()> {
        let broken = match (self.kind, given) {
            (ParameterKind::Text(most), Argument::Text(text)) => violated_text_rule(text, most),
            (ParameterKind::Url, Argument::Text(url)) => violated_url_rule(url),
            (ParameterKind::Text(_) | ParameterKind::Url, _) => Some("must be text".into()),
            (ParameterKind::Amount, given) => violated_amount_rule(given).map(Into::into),
            (ParameterKind::Integer, given) if integer(given).is_none() => Some("must be a whole number".into()),
            (ParameterKind::Integer, _) => None,
            (ParameterKind::Group(schema), Argument::Group(arguments)) => {
                return schema.check(arguments).map_err(|error| error.within(self.name));
            }
            (ParameterKind::Group(_), _) => Some("must be an object".into()),
        };
        broken.map_or(Ok(()), |rule| Err(Error::invalid(self.name, rule)))
    }

    fn write(&self, given: Argument<'_>, object: &mut ObjectWriter) {
        match (self.kind, given) {
            (ParameterKind::Group(schema), Argument::Group(arguments)) => {
                object.object(self.name, |object| schema.write(arguments, object));
            }
            (ParameterKind::Integer, given) => {
                // As a number, not as given: `+5` and `007` are whole numbers, and no JSON.
                object.integer(self.name, integer(given).unwrap_or_default());
            }
            (ParameterKind::Amount, Argument::Text(digits) | Argument::Number(digits) | Argument::Float(digits)) => {
                object.number(self.name, digits);
            }
            (_, Argument::Text(text)) => object.text(self.name, text),
            // Nothing else passes the check.
            _ => {}
        }
    }
}

fn violated_text_rule(text: &str, most: usize) -> Option<Cow<'static, str>> {
    if is_blank(text) {
        return Some("must not be empty".into());
    }
    if text.bytes().any(|byte| byte == 0) {
        return Some("must not contain NUL".into());
    }
    // A character takes at least a byte: most texts need not be counted.
    let too_long = text.len() > most && characters(text) > most;
    too_long.then(|| joined(&["must have at most ", &decimal(most as u64), " characters"]).into())
}

fn characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

fn violated_url_rule(url: &str) -> Option<Cow<'static, str>> {
    violated_text_rule(url, MAX_URL)
        .or_else(|| (!is_absolute_http(url)).then(|| "must be an absolute http:// or https:// URL".into()))
}

fn violated_amount_rule(given: Argument<'_>) -> Option<&'static str> {
    let digits = match given {
        Argument::Text(digits) | Argument::Number(digits) => digits,
        Argument::Float(digits) if mantissa_digits(digits) <= FLOAT_DIGITS => digits,
        Argument::Float(_) => return Some("has more than 15 digits, which a float may not hold: give text"),
        Argument::Integer(_) | Argument::Group(_) => return Some("must be an amount"),
    };
    Amount::violated_rule(digits).or_else(|| (!Amount::is_positive_text(digits)).then_some("must be above zero"))
}

/// The significant digits of a float's shortest decimal form: zeros at either end carry nothing.
fn mantissa_digits(digits: &str) -> usize {
    let mantissa = cut(digits, |byte| matches!(byte, b'e' | b'E')).map_or(digits, |(mantissa, _)| mantissa);
    let nothing = |byte| matches!(byte, b'-' | b'0' | b'.');
    let significant = trimmed_end(trimmed_start(mantissa, nothing), nothing);
    significant.bytes().filter(u8::is_ascii_digit).count()
}

fn integer(given: Argument<'_>) -> Option<i64> {
    match given {
        Argument::Integer(value) => Some(value),
        Argument::Number(digits) | Argument::Float(digits) => whole_number(digits),
        Argument::Text(_) | Argument::Group(_) => None,
    }
}

/// The values given for a schema, by name: what [`Rules`] are written in.
#[derive(Debug, Clone, Copy)]
pub struct NamedArguments<'a> {
    schema: &'static RequestSchema,
    arguments: Arguments<'a>,
}

impl<'a> NamedArguments<'a> {
    pub(crate) fn new(schema: &'static RequestSchema, arguments: Arguments<'a>) -> Self {
        Self { schema, arguments }
    }

    pub(crate) fn get(&self, name: &str) -> Option<Argument<'a>> {
        self.arguments.get(self.schema.position(name)?).copied().flatten()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A text, or the digits of an amount.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.text()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        integer(self.get(name)?)
    }

    pub(crate) fn group(&self, name: &str) -> Option<NamedArguments<'a>> {
        match (self.schema.parameters[self.schema.position(name)?].kind, self.get(name)?) {
            (ParameterKind::Group(schema), Argument::Group(arguments)) => Some(NamedArguments { schema, arguments }),
            _ => None,
        }
    }
}

/// The parameters of one method, as a Rust type.
pub trait Parameters: Sized {
    /// What they are called, what they take, and their rules.
    const SCHEMA: &'static RequestSchema;

    /// Takes checked values.
    #[doc(hidden)]
    fn from_named(values: &NamedArguments<'_>) -> Result<Self>;

    /// Hands over the values, in the order of the schema.
    #[doc(hidden)]
    fn with_arguments<R>(&self, then: impl FnOnce(Arguments<'_>) -> R) -> R;

    /// Takes what a caller in another language gave.
    ///
    /// # Errors
    /// `invalid_input` where it breaks a rule of the gateway's document.
    fn from_arguments(arguments: Arguments<'_>) -> Result<Self> {
        Self::SCHEMA.check(arguments)?;
        Self::from_named(&NamedArguments::new(Self::SCHEMA, arguments))
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
    fn rules(_values: &NamedArguments<'_>) -> Result<()> {
        Ok(())
    }
}

/// A type that a parameter can have.
pub trait ParameterType: Sized {
    /// What the parameter takes.
    const KIND: ParameterKind;
    /// Whether a call without it is refused.
    const REQUIRED: bool = true;

    /// The parameter not given: for required ones, a value that breaks a rule.
    fn unset() -> Self;
    /// The value, where one is given and is not a group.
    #[doc(hidden)]
    fn scalar(&self) -> Option<Argument<'_>>;
    /// The value, where one is given; a group keeps its members in `members`.
    #[doc(hidden)]
    fn given<'m, 'a: 'm>(&'a self, _members: &'m mut Vec<Option<Argument<'a>>>) -> Option<Argument<'m>> {
        self.scalar()
    }
    /// The parameter out of checked values.
    #[doc(hidden)]
    fn from_arguments(values: &NamedArguments<'_>, name: &'static str) -> Result<Self>;
}

fn missing(name: &'static str) -> Error {
    Error::invalid(name, "is required")
}

macro_rules! text_parameters {
    ($($Text:ty: $kind:expr;)*) => {$(
        impl ParameterType for $Text {
            const KIND: ParameterKind = $kind;

            fn unset() -> Self {
                Self::from("")
            }

            fn scalar(&self) -> Option<Argument<'_>> {
                Some(Argument::Text(self))
            }

            fn from_arguments(values: &NamedArguments<'_>, name: &'static str) -> Result<Self> {
                values.text(name).map(Self::from).ok_or_else(|| missing(name))
            }
        }
    )*};
}
text_parameters! {
    String: ParameterKind::Text(MAX_TEXT);
    SecretText: ParameterKind::Text(MAX_TEXT);
    LongText: ParameterKind::Text(MAX_LONG_TEXT);
    Url: ParameterKind::Url;
}

impl ParameterType for Amount {
    const KIND: ParameterKind = ParameterKind::Amount;

    fn unset() -> Self {
        Self::from(0)
    }

    fn scalar(&self) -> Option<Argument<'_>> {
        Some(Argument::Number(self.as_str()))
    }

    fn from_arguments(values: &NamedArguments<'_>, name: &'static str) -> Result<Self> {
        values.text(name).map(Self::checked).ok_or_else(|| missing(name))
    }
}

impl ParameterType for i64 {
    const KIND: ParameterKind = ParameterKind::Integer;

    fn unset() -> Self {
        0
    }

    fn scalar(&self) -> Option<Argument<'_>> {
        Some(Argument::Integer(*self))
    }

    fn from_arguments(values: &NamedArguments<'_>, name: &'static str) -> Result<Self> {
        values.integer(name).ok_or_else(|| missing(name))
    }
}

impl<T: ParameterType> ParameterType for Option<T> {
    const KIND: ParameterKind = T::KIND;
    const REQUIRED: bool = false;

    fn unset() -> Self {
        None
    }

    fn scalar(&self) -> Option<Argument<'_>> {
        self.as_ref()?.scalar()
    }

    fn given<'m, 'a: 'm>(&'a self, members: &'m mut Vec<Option<Argument<'a>>>) -> Option<Argument<'m>> {
        self.as_ref()?.given(members)
    }

    fn from_arguments(values: &NamedArguments<'_>, name: &'static str) -> Result<Self> {
        values.has(name).then(|| T::from_arguments(values, name)).transpose()
    }
}
