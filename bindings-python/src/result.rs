//! Messages as Python objects.

use payseal::Extra;
use payseal::binding::{FieldValue, Parsed, ParsedObject, TextSpan};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString, PyTuple};

use crate::classes::{Added, Classes, Converter, ResultClass};
use crate::client::other_version;
use crate::decimal::exact_decimal;
use crate::extra::Fields;

/// The object of a message, with what verification adds to it.
pub(crate) fn to_python<'py>(
    py: Python<'py>,
    parsed: &Parsed<'_>,
    secret_index: Option<usize>,
) -> PyResult<Bound<'py, PyAny>> {
    let classes = Classes::get(py)?;
    let Some(class) = classes.result(parsed.object.schema) else {
        return Err(other_version());
    };
    Conversion { py, classes, parsed, secret_index }.object(class, &parsed.object)
}

struct Conversion<'a, 'py> {
    py: Python<'py>,
    classes: &'a Classes,
    parsed: &'a Parsed<'a>,
    secret_index: Option<usize>,
}

impl<'py> Conversion<'_, 'py> {
    fn object(&self, class: &ResultClass, parsed: &ParsedObject) -> PyResult<Bound<'py, PyAny>> {
        let object = class.allocate(self.py)?;
        for ((converter, slot), value) in class.fields.iter().zip(&parsed.values) {
            slot.fill(&object, &self.field(converter, value)?)?;
        }
        for (added, slot) in &class.added {
            slot.fill(&object, &self.added(*added, parsed)?)?;
        }
        Ok(object)
    }

    fn field(&self, converter: &Converter, value: &FieldValue) -> PyResult<Bound<'py, PyAny>> {
        match (converter, value) {
            (Converter::Text, FieldValue::Scalar(text)) => Ok(self.text(*text).into_any()),
            (Converter::Choice(class), FieldValue::Scalar(text)) => class.value(self.py, &self.parsed.read(*text)),
            (Converter::Amount, FieldValue::Scalar(text)) => self.amount(*text),
            (Converter::Integer, FieldValue::Scalar(text)) => {
                Ok(self.parsed.read(*text).parse::<u64>()?.into_pyobject(self.py)?.into_any())
            }
            (Converter::Boolean, FieldValue::Boolean(boolean)) => {
                Ok(PyBool::new(self.py, *boolean).to_owned().into_any())
            }
            (Converter::Texts, FieldValue::Texts(texts)) => {
                Ok(PyTuple::new(self.py, texts.iter().map(|text| self.text(*text)))?.into_any())
            }
            (Converter::Group(class), FieldValue::Group(object)) => self.object(class, object),
            (Converter::List(class), FieldValue::List(list)) => {
                let objects = list.iter().map(|object| self.object(class, object)).collect::<PyResult<Vec<_>>>()?;
                Ok(PyTuple::new(self.py, objects)?.into_any())
            }
            (Converter::Texts | Converter::List(_), _) => Ok(PyTuple::empty(self.py).into_any()),
            _ => Ok(self.py.None().into_bound(self.py)),
        }
    }

    fn added(&self, added: Added, object: &ParsedObject) -> PyResult<Bound<'py, PyAny>> {
        match added {
            Added::Amounts => {
                let amounts = PyDict::new(self.py);
                for (currency, amount) in &object.amounts {
                    amounts.set_item(self.text(*currency), self.amount(*amount)?)?;
                }
                Ok(amounts.into_any())
            }
            Added::EventId => Ok(PyString::new(self.py, &self.parsed.event_id()).into_any()),
            Added::SecretIndex => Ok(self.secret_index.into_pyobject(self.py)?),
            Added::Extra => self.extra(&object.extra),
        }
    }

    fn text(&self, text: TextSpan) -> Bound<'py, PyString> {
        PyString::new(self.py, &self.parsed.read(text))
    }

    fn amount(&self, text: TextSpan) -> PyResult<Bound<'py, PyAny>> {
        exact_decimal(self.py)?.call1((self.text(text),))
    }

    fn extra(&self, extra: &Extra) -> PyResult<Bound<'py, PyAny>> {
        if extra.is_empty() {
            return Ok(self.classes.empty_mapping(self.py).clone().into_any());
        }
        self.classes.extra(self.py, Fields::new(extra.clone()))
    }
}
