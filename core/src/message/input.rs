//! The Rust types a parameter of a method may have: the rule of each, and how each is written.

use alloc::format;
use alloc::string::String;

use super::{LongText, SecretText, Url};
use crate::amount::Amount;
use crate::error::{Error, Result};
use crate::json::ObjectWriter;

/// The most characters a text parameter may have.
const MAX_TEXT: usize = 1024;
/// The most characters a description or user data may have.
const MAX_LONG_TEXT: usize = 8192;
/// The most characters a URL may have.
const MAX_URL: usize = 2048;

/// The most digits of a binary float that are the decimal digits somebody wrote: every decimal
/// of 15 digits survives the way through a 64-bit float and back.
const FLOAT_DIGITS: usize = 15;

/// One parameter of a method.
#[derive(Debug)]
pub struct Parameter {
    /// The gateway's name.
    pub name: &'static str,
    /// What the gateway's document says of it.
    pub documentation: &'static [&'static str],
    /// What it takes.
    pub kind: ParameterKind,
    /// Whether a call without it is refused (some rules ask for one of several).
    pub required: bool,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy)]
pub enum ParameterKind {
    /// Text.
    Text,
    /// An exact amount.
    Amount,
    /// A whole number.
    Integer,
    /// A group of parameters, with the name of its type.
    Group(&'static str, &'static [Parameter]),
}

/// A value given by a caller in another language.
#[derive(Debug, Clone, Copy)]
pub enum Given<'a> {
    /// Text.
    Text(&'a str),
    /// The digits of an exact number.
    Number(&'a str),
    /// The shortest digits of a binary float.
    Float(&'a str),
    /// A group of parameters.
    Group(Inputs<'a>),
}

/// The parameters given, one place for each parameter of the method, in order.
pub type Inputs<'a> = &'a [Option<Given<'a>>];

/// The parameters of one method.
pub trait Parameters: Sized {
    /// What the method does.
    const DOCUMENTATION: &'static [&'static str];
    /// What they are called and what they take.
    const PARAMETERS: &'static [Parameter];

    /// Takes what a caller in another language gave.
    ///
    /// # Errors
    /// `invalid_input` where something required is absent or of another kind.
    fn from_inputs(inputs: Inputs<'_>) -> Result<Self>;

    /// Checks every rule of the gateway's document.
    ///
    /// # Errors
    /// `invalid_input`, naming the parameter and the rule.
    fn check(&self) -> Result<()>;

    /// Writes those that are given, in the order of the gateway's document.
    #[doc(hidden)]
    fn write(&self, object: &mut ObjectWriter);
}

/// Rules of a method that concern several parameters, or the range of one.
pub trait Rules {
    /// Checks them.
    ///
    /// # Errors
    /// `invalid_input`, naming the parameter and the rule.
    fn rules(&self) -> Result<()> {
        Ok(())
    }
}

/// A type that can stand as a parameter.
pub trait ParameterType: Sized {
    /// What a setter takes: the type itself, or what an `Option` of it holds.
    type Value;
    /// What the parameter takes.
    const KIND: ParameterKind;
    /// Whether a call without it is refused.
    const REQUIRED: bool = true;

    /// The parameter not given: for required ones, a value that [`ParameterType::check`] refuses.
    fn blank() -> Self;
    /// The parameter given.
    fn of(value: Self::Value) -> Self;
    /// The parameter as a caller in another language gave it.
    ///
    /// # Errors
    /// `invalid_input` where it is required and absent, or of another kind.
    fn take(given: Option<Given<'_>>, name: &'static str) -> Result<Self>;
    /// Checks the rule of its type.
    ///
    /// # Errors
    /// `invalid_input`.
    fn check(&self, name: &'static str) -> Result<()>;
    #[doc(hidden)]
    fn write(&self, name: &'static str, object: &mut ObjectWriter);

    /// [`ParameterType::take`] for one parameter of several, unless one has failed before. A function
    /// for each type, not for each parameter, is most of what keeps the WebAssembly module small.
    #[doc(hidden)]
    #[inline(never)]
    fn fill(&mut self, given: Option<Given<'_>>, name: &'static str, failure: &mut Option<Error>) {
        if failure.is_none() {
            match Self::take(given, name) {
                Ok(value) => *self = value,
                Err(error) => *failure = Some(error),
            }
        }
    }

    /// [`ParameterType::check`] in the same way.
    #[doc(hidden)]
    #[inline(never)]
    fn examine(&self, name: &'static str, failure: &mut Option<Error>) {
        if failure.is_none() {
            *failure = self.check(name).err();
        }
    }
}

fn required<'a>(given: Option<Given<'a>>, name: &'static str) -> Result<Given<'a>> {
    given.ok_or_else(|| Error::invalid(name, "is required"))
}

fn take_text<'a>(given: Option<Given<'a>>, name: &'static str) -> Result<&'a str> {
    match required(given, name)? {
        Given::Text(text) => Ok(text),
        _ => Err(Error::invalid(name, "must be text")),
    }
}

fn check_text(text: &str, name: &'static str, most: usize) -> Result<()> {
    if text.trim().is_empty() {
        return Err(Error::invalid(name, "must not be empty"));
    }
    if text.contains('\0') {
        return Err(Error::invalid(name, "must not contain NUL"));
    }
    // A character takes at least a byte: most texts need not be counted.
    if text.len() > most && text.chars().count() > most {
        return Err(Error::invalid(name, format!("must have at most {most} characters")));
    }
    Ok(())
}

macro_rules! text_parameters {
    ($($Text:ty: at most $most:expr;)*) => {$(
        impl ParameterType for $Text {
            type Value = Self;
            const KIND: ParameterKind = ParameterKind::Text;

            fn blank() -> Self {
                Self::from("")
            }

            fn of(value: Self) -> Self {
                value
            }

            fn take(given: Option<Given<'_>>, name: &'static str) -> Result<Self> {
                take_text(given, name).map(Self::from)
            }

            fn check(&self, name: &'static str) -> Result<()> {
                check_text(self, name, $most)
            }

            fn write(&self, name: &'static str, object: &mut ObjectWriter) {
                object.text(name, self);
            }
        }
    )*};
}
text_parameters! {
    String: at most MAX_TEXT;
    SecretText: at most MAX_TEXT;
    LongText: at most MAX_LONG_TEXT;
}

impl ParameterType for Url {
    type Value = Self;
    const KIND: ParameterKind = ParameterKind::Text;

    fn blank() -> Self {
        Self::from("")
    }

    fn of(value: Self) -> Self {
        value
    }

    fn take(given: Option<Given<'_>>, name: &'static str) -> Result<Self> {
        take_text(given, name).map(Self::from)
    }

    fn check(&self, name: &'static str) -> Result<()> {
        check_text(self, name, MAX_URL)?;
        if self.is_absolute_http() {
            Ok(())
        } else {
            Err(Error::invalid(name, "must be an absolute http:// or https:// URL"))
        }
    }

    fn write(&self, name: &'static str, object: &mut ObjectWriter) {
        object.text(name, self);
    }
}

impl ParameterType for Amount {
    type Value = Self;
    const KIND: ParameterKind = ParameterKind::Amount;

    fn blank() -> Self {
        Self::from(0)
    }

    fn of(value: Self) -> Self {
        value
    }

    fn take(given: Option<Given<'_>>, name: &'static str) -> Result<Self> {
        let digits = match required(given, name)? {
            Given::Text(digits) | Given::Number(digits) => digits,
            Given::Float(digits) if mantissa_digits(digits) <= FLOAT_DIGITS => digits,
            Given::Float(_) => {
                return Err(Error::invalid(name, "has more than 15 digits, which a float may not hold: give text"));
            }
            Given::Group(_) => return Err(Error::invalid(name, "must be an amount")),
        };
        match Self::broken_rule(digits) {
            None => Ok(Self::checked(digits)),
            Some(rule) => Err(Error::invalid(name, rule)),
        }
    }

    fn check(&self, name: &'static str) -> Result<()> {
        if self.is_positive() { Ok(()) } else { Err(Error::invalid(name, "must be above zero")) }
    }

    fn write(&self, name: &'static str, object: &mut ObjectWriter) {
        object.number(name, self.as_str());
    }
}

/// The significant digits of a float's shortest decimal form: zeros at either end carry nothing.
fn mantissa_digits(digits: &str) -> usize {
    let mantissa = digits.split(['e', 'E']).next().unwrap_or("");
    let significant = mantissa.trim_matches(['-', '0', '.']);
    significant.bytes().filter(u8::is_ascii_digit).count()
}

/// Whole numbers, of which each method knows the range.
impl ParameterType for i64 {
    type Value = Self;
    const KIND: ParameterKind = ParameterKind::Integer;

    fn blank() -> Self {
        0
    }

    fn of(value: Self) -> Self {
        value
    }

    fn take(given: Option<Given<'_>>, name: &'static str) -> Result<Self> {
        let digits = match required(given, name)? {
            Given::Number(digits) | Given::Float(digits) => digits,
            Given::Text(_) | Given::Group(_) => "",
        };
        digits.parse().map_err(|_| Error::invalid(name, "must be a whole number"))
    }

    fn check(&self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn write(&self, name: &'static str, object: &mut ObjectWriter) {
        object.number(name, &format!("{self}"));
    }
}

impl<T: ParameterType> ParameterType for Option<T> {
    type Value = T;
    const KIND: ParameterKind = T::KIND;
    const REQUIRED: bool = false;

    fn blank() -> Self {
        None
    }

    fn of(value: T) -> Self {
        Some(value)
    }

    fn take(given: Option<Given<'_>>, name: &'static str) -> Result<Self> {
        given.map(|given| T::take(Some(given), name)).transpose()
    }

    fn check(&self, name: &'static str) -> Result<()> {
        self.as_ref().map_or(Ok(()), |value| value.check(name))
    }

    fn write(&self, name: &'static str, object: &mut ObjectWriter) {
        if let Some(value) = self {
            value.write(name, object);
        }
    }
}
