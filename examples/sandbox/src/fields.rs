//! Reading the parameters of a request, each with the type its documentation gives it.

use reqwest::Url;

use crate::{
    decimal::Decimal,
    json::{Json, Object},
    refusal::Refusal,
};

const MAXIMUM_TEXT: usize = 16_384;

/// The parameters of one request. `null` and the empty string count as not given.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a>(pub(crate) &'a Object);

impl<'a> Fields<'a> {
    pub(crate) fn of(json: &'a Json) -> Result<Self, Refusal> {
        match json {
            Json::Object(object) => Ok(Self(object)),
            _ => Err(Refusal::bad_input("the body is not a JSON object")),
        }
    }

    /// Refuses every parameter that is not one of these.
    pub(crate) fn only(self, known: &[&str]) -> Result<(), Refusal> {
        match self.0.names().find(|name| !known.contains(name)) {
            Some(name) => Err(Refusal::bad_input(format!("{name:?} is not one of {}", known.join(", ")))),
            None => Ok(()),
        }
    }

    pub(crate) fn value(self, name: &str) -> Option<&'a Json> {
        self.0.get(name).filter(|value| **value != Json::Null)
    }

    pub(crate) fn text(self, name: &str) -> Result<Option<&'a str>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Json::Text(text)) if text.is_empty() => Ok(None),
            Some(Json::Text(text)) if text.len() > MAXIMUM_TEXT => Err(invalid(name, "is too long")),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(name, "must be a string")),
        }
    }

    pub(crate) fn owned(self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.text(name)?.map(str::to_owned))
    }

    pub(crate) fn required_text(self, name: &str) -> Result<&'a str, Refusal> {
        self.text(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn number(self, name: &str) -> Result<Option<Decimal>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Json::Number(text)) => text.parse().map(Some).map_err(|_| invalid(name, "is a number of absurd size")),
            Some(_) => Err(invalid(name, "must be a number")),
        }
    }

    /// A positive amount of money.
    pub(crate) fn amount(self, name: &str) -> Result<Option<Decimal>, Refusal> {
        match self.number(name)? {
            Some(amount) if !amount.is_positive() => Err(invalid(name, "must be greater than zero")),
            amount => Ok(amount),
        }
    }

    pub(crate) fn required_amount(self, name: &str) -> Result<Decimal, Refusal> {
        self.amount(name)?.ok_or_else(|| missing(name))
    }

    /// A positive whole number of any sane size, written as one.
    pub(crate) fn units(self, name: &str) -> Result<Option<Decimal>, Refusal> {
        match self.value(name) {
            Some(Json::Number(text)) if !text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(invalid(name, "must be a positive integer"))
            }
            _ => self.amount(name),
        }
    }

    /// A whole number small enough to count with.
    pub(crate) fn integer(self, name: &str) -> Result<Option<i64>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Json::Number(text)) => text.parse().map(Some).map_err(|_| invalid(name, "must be an integer")),
            Some(_) => Err(invalid(name, "must be an integer")),
        }
    }

    pub(crate) fn integer_within(
        self,
        name: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Result<Option<i64>, Refusal> {
        match self.integer(name)? {
            Some(integer) if !range.contains(&integer) => {
                Err(invalid(name, &format!("must be from {} to {}", range.start(), range.end())))
            }
            integer => Ok(integer),
        }
    }

    /// An absolute http or https URL: nothing else is ever called or linked to.
    pub(crate) fn web_address(self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(text.to_owned())),
            _ => Err(invalid(name, "must be an absolute http or https URL")),
        }
    }

    /// An object, which documents that know PHP call an array, and which may come as a list of one.
    pub(crate) fn object(self, name: &str) -> Result<Option<&'a Object>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Json::Object(object)) => Ok(Some(object)),
            Some(Json::List(items)) => match items.as_slice() {
                [] => Ok(None),
                [Json::Object(object)] => Ok(Some(object)),
                _ => Err(invalid(name, "must be an object")),
            },
            Some(_) => Err(invalid(name, "must be an object")),
        }
    }
}

pub(crate) fn missing(name: &str) -> Refusal {
    Refusal::bad_input(format!("{name} is required"))
}

pub(crate) fn invalid(name: &str, rule: &str) -> Refusal {
    Refusal::bad_input(format!("{name} {rule}"))
}
