//! Request schemas: what each parameter takes, its rules, and how it is written. The Rust types of the
//! methods hand their values over to the same schemas that bindings fill, so that checking and
//! writing is one piece of code for all methods, and small in WebAssembly.

use alloc::borrow::Cow;
use alloc::format;

use super::argument::{Argument, Arguments, NamedArguments, Position};
use super::text::is_absolute_http;
use super::{Documentation, DocumentedChoice};
use crate::amount::Amount;
use crate::error::{Error, Result};
use crate::json::ObjectWriter;

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
    /// The values that the gateway's document names, where it names some. In Rust it is of that type.
    pub choice: DocumentedChoice,
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
                Some(argument) => parameter.kind.check(argument, &|| parameter.name.into())?,
                None if parameter.required => return Err(Error::invalid(parameter.name, "is required")),
                None => {}
            }
        }
        (self.rules)(named)
    }

    /// Writes what is given, in the order of the gateway's document. An empty list is left out.
    pub(crate) fn write(&self, arguments: Arguments<'_>, object: &mut ObjectWriter) {
        self.write_with(arguments, &[], object);
    }

    /// [`RequestSchema::write`], with some more in the places that are empty.
    pub(crate) fn write_with(
        &self,
        arguments: Arguments<'_>,
        more: &[(Position, Option<Argument<'_>>)],
        object: &mut ObjectWriter,
    ) {
        for (place, parameter) in self.parameters.iter().enumerate() {
            let argument = arguments.get(place).and_then(Option::as_ref).filter(|argument| !argument.is_empty_list());
            let more = || more.iter().find(|(position, _)| position.0 == place)?.1.as_ref();
            if let Some(argument) = argument.or_else(more) {
                object.name(parameter.name);
                parameter.kind.write(argument, object);
            }
        }
    }
}

impl ParameterKind {
    /// What the elements of a list take; nothing if this is not a list.
    pub fn element(self) -> Option<Self> {
        match self {
            Self::Texts(most) => Some(Self::Text(most)),
            Self::List(schema) => Some(Self::Group(schema)),
            _ => None,
        }
    }

    /// Checks an argument of that name.
    fn check(self, argument: &Argument<'_>, name: &dyn Fn() -> Cow<'static, str>) -> Result<()> {
        let violated: Option<Cow<'static, str>> = match (self, argument) {
            (Self::Text(most), Argument::Text(text)) => violated_text_rule(text, most),
            (Self::Url, Argument::Text(url)) => violated_url_rule(url),
            (Self::Text(_) | Self::Url, _) => Some("must be text".into()),
            (Self::Amount, argument) => violated_amount_rule(argument).map(Into::into),
            (Self::Integer, argument) if argument.integer().is_none() => Some("must be a whole number".into()),
            (Self::Integer, _) | (Self::Boolean, Argument::Boolean(_)) => None,
            (Self::Boolean, _) => Some("must be true or false".into()),
            (Self::Group(schema), Argument::Group(members)) => {
                return schema.check(members).map_err(|error| error.within(&name()));
            }
            (Self::Group(_), _) => Some("must be an object".into()),
            (_, Argument::List(elements)) => {
                for (number, element) in elements.iter().enumerate() {
                    let name = || format!("{}[{number}]", name()).into();
                    self.element().map_or(Ok(()), |kind| kind.check(element, &name))?;
                }
                None
            }
            _ => Some("must be a list".into()),
        };
        violated.map_or(Ok(()), |rule| Err(Error::invalid(name(), rule)))
    }

    /// Writes a checked argument.
    fn write(self, argument: &Argument<'_>, out: &mut ObjectWriter) {
        match (self, argument) {
            (Self::Group(schema), Argument::Group(members)) => out.nested('{', '}', |out| schema.write(members, out)),
            // As a number, not as the caller wrote it: `+5` and `007` are whole numbers, and are not JSON.
            (Self::Integer, argument) => out.push_integer(argument.integer().unwrap_or_default()),
            (Self::Amount, argument) => out.push_digits(argument.text().unwrap_or_default()),
            (_, Argument::Boolean(boolean)) => out.push_digits(if *boolean { "true" } else { "false" }),
            (kind, Argument::List(elements)) => out.nested('[', ']', |out| {
                for element in elements {
                    out.separate();
                    kind.element().unwrap_or(kind).write(element, out);
                }
            }),
            (_, argument) => out.push_text(argument.text().unwrap_or_default()),
        }
    }
}

fn violated_text_rule(text: &str, most: usize) -> Option<Cow<'static, str>> {
    if text.trim().is_empty() {
        return Some("must not be empty".into());
    }
    if text.bytes().any(|byte| byte == 0) {
        return Some("must not contain NUL".into());
    }
    // A character takes at least a byte: most texts need not be counted.
    let too_long = text.len() > most && characters(text) > most;
    too_long.then(|| format!("must have at most {most} characters").into())
}

fn characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

fn violated_url_rule(url: &str) -> Option<Cow<'static, str>> {
    violated_text_rule(url, MAX_URL)
        .or_else(|| (!is_absolute_http(url)).then(|| "must be an absolute http:// or https:// URL".into()))
}

fn violated_amount_rule(argument: &Argument<'_>) -> Option<&'static str> {
    let digits = match argument {
        Argument::Text(digits) | Argument::Number(digits) => digits,
        Argument::Float(digits) if mantissa_digits(digits) <= FLOAT_DIGITS => digits,
        Argument::Float(_) => return Some("has more than 15 digits, which a float may not hold: give text"),
        _ => return Some("must be an amount"),
    };
    Amount::violated_rule(digits).or_else(|| (!Amount::is_positive_text(digits)).then_some("must be above zero"))
}

/// The significant digits of a float's shortest decimal form: zeros at either end carry nothing.
fn mantissa_digits(digits: &str) -> usize {
    let mantissa = digits.split_once(['e', 'E']).map_or(digits, |(mantissa, _)| mantissa);
    let significant = mantissa.trim_matches(['-', '0', '.']);
    significant.bytes().filter(u8::is_ascii_digit).count()
}
