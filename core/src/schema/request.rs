//! Request schemas: what each parameter takes, its rules, and how it is written. The Rust types of the
//! methods hand their values over to the same schemas that bindings fill, so that checking and
//! writing is one piece of code for all methods, and small in WebAssembly.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::Documentation;
use super::argument::{Argument, Arguments, NamedArguments, Position};
use super::text::is_absolute_http;
use crate::amount::Amount;
use crate::error::{Error, Result};
use crate::json::ObjectWriter;
use crate::text::{cut, decimal, is_blank, joined, trimmed_end, trimmed_start};

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
    pub rules: fn(NamedArguments<'_>) -> Result<()>,
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
    /// Whether it is left out where a call is shown to a person.
    pub secret: bool,
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
    /// `true` or `false`.
    Boolean,
    /// A list of texts, each of at most so many characters.
    Texts(usize),
    /// A group of parameters, which may hold groups itself.
    Group(&'static RequestSchema),
    /// A list of groups.
    List(&'static RequestSchema),
}

impl RequestSchema {
    /// Checks every rule of the gateway's document.
    ///
    /// # Errors
    /// `invalid_input`, naming the parameter and the rule.
    pub(crate) fn check(&self, arguments: Arguments<'_>) -> Result<()> {
        let named = NamedArguments::new(arguments);
        for (position, parameter) in self.parameters.iter().enumerate() {
            match named.get(Position(position)) {
                Some(argument) => parameter.check(argument)?,
                None if parameter.required => return Err(Error::invalid(parameter.name, "is required")),
                None => {}
            }
        }
        (self.rules)(named)
    }

    /// Writes what is given, in the order of the gateway's document.
    pub(crate) fn write(&self, arguments: Arguments<'_>, object: &mut ObjectWriter) {
        for (parameter, argument) in self.parameters.iter().zip(arguments) {
            if let Some(argument) = argument {
                parameter.write(argument, object);
            }
        }
    }

    /// The arguments with some more in the places that are empty.
    pub(crate) fn completed<'a>(
        &self,
        arguments: Arguments<'a>,
        more: impl IntoIterator<Item = (Position, Option<Argument<'a>>)>,
    ) -> Vec<Option<Argument<'a>>> {
        let mut completed = arguments.to_vec();
        completed.resize(self.parameters.len(), None);
        for (Position(position), argument) in more {
            if completed[position].is_none() {
                completed[position] = argument;
            }
        }
        completed
    }
}

impl Parameter {
    fn check(&self, argument: &Argument<'_>) -> Result<()> {
        let violated: Option<Cow<'static, str>> = match (self.kind, argument) {
            (ParameterKind::Text(most), Argument::Text(text)) => violated_text_rule(text, most),
            (ParameterKind::Url, Argument::Text(url)) => violated_url_rule(url),
            (ParameterKind::Text(_) | ParameterKind::Url, _) => Some("must be text".into()),
            (ParameterKind::Amount, argument) => violated_amount_rule(argument).map(Into::into),
            (ParameterKind::Integer, argument) if argument.integer().is_none() => Some("must be a whole number".into()),
            (ParameterKind::Integer, _) | (ParameterKind::Boolean, Argument::Boolean(_)) => None,
            (ParameterKind::Boolean, _) => Some("must be true or false".into()),
            (ParameterKind::Group(schema), Argument::Group(members)) => {
                return schema.check(members).map_err(|error| error.within(self.name));
            }
            (ParameterKind::Group(_), _) => Some("must be an object".into()),
            (ParameterKind::Texts(_) | ParameterKind::List(_), Argument::List(elements)) => {
                return self.check_elements(elements);
            }
            (ParameterKind::Texts(_) | ParameterKind::List(_), _) => Some("must be a list".into()),
        };
        violated.map_or(Ok(()), |rule| Err(Error::invalid(self.name, rule)))
    }

    fn check_elements(&self, elements: &[Argument<'_>]) -> Result<()> {
        for (number, element) in elements.iter().enumerate() {
            let name = || joined(&[self.name, "[", &decimal(number as u64), "]"]);
            let rule = match (self.kind, element) {
                (ParameterKind::Texts(most), Argument::Text(text)) => violated_text_rule(text, most),
                (ParameterKind::Texts(_), _) => Some("must be text".into()),
                (ParameterKind::List(schema), Argument::Group(members)) => {
                    schema.check(members).map_err(|error| error.within(&name()))?;
                    None
                }
                _ => Some("must be an object".into()),
            };
            if let Some(rule) = rule {
                return Err(Error::invalid(name(), rule));
            }
        }
        Ok(())
    }

    fn write(&self, argument: &Argument<'_>, object: &mut ObjectWriter) {
        match (self.kind, argument) {
            (ParameterKind::Group(schema), Argument::Group(members)) => {
                object.object(self.name, |object| schema.write(members, object));
            }
            (ParameterKind::Integer, argument) => {
                // As a number, not as given: `+5` and `007` are whole numbers, and are not JSON.
                object.integer(self.name, argument.integer().unwrap_or_default());
            }
            (ParameterKind::Amount, Argument::Text(digits) | Argument::Number(digits) | Argument::Float(digits)) => {
                object.number(self.name, digits);
            }
            (_, Argument::Text(text)) => object.text(self.name, text),
            (_, Argument::Boolean(boolean)) => object.number(self.name, if *boolean { "true" } else { "false" }),
            (kind, Argument::List(elements)) => object.array(self.name, |array| {
                for element in elements {
                    match (kind, element) {
                        (ParameterKind::List(schema), Argument::Group(members)) => {
                            array.element(|object| schema.write(members, object));
                        }
                        (_, element) => array.text_element(element.text().unwrap_or_default()),
                    }
                }
            }),
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

fn violated_amount_rule(given: &Argument<'_>) -> Option<&'static str> {
    let digits = match given {
        Argument::Text(digits) | Argument::Number(digits) => digits,
        Argument::Float(digits) if mantissa_digits(digits) <= FLOAT_DIGITS => digits,
        Argument::Float(_) => return Some("has more than 15 digits, which a float may not hold: give text"),
        _ => return Some("must be an amount"),
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
