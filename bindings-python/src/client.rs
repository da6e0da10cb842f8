//! A client of any gateway, made with the settings that its gateway names.

use std::borrow::Cow;

use payseal::binding::{self, GATEWAYS, Method, Setting, SettingKind, SettingValue, without_password};
use payseal::signature::Keys;
use payseal::{Secret, SecretText};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyList, PyString, PyTuple};

use crate::error::{invalid, raise};

/// The core's client of a gateway. It keeps scheduled keys, not the secrets.
pub(crate) struct Client {
    core: Box<dyn payseal::binding::Client>,
    /// Where the gateway answers, without a password.
    address: String,
}

impl Client {
    /// The client of the gateway of that name, with a value for each of its settings.
    #[inline(never)]
    pub(crate) fn open(gateway: &str, values: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let gateway = GATEWAYS.iter().find(|each| each.name == gateway).ok_or_else(other_version)?;
        let given: Vec<_> = gateway
            .settings
            .iter()
            .zip(values)
            .map(|(setting, value)| (setting, Some(value).filter(|value| setting.required || !value.is_none())))
            .collect();
        let mut texts = Vec::with_capacity(given.len());
        for (setting, value) in &given {
            let value = value.as_ref().filter(|_| setting.kind == SettingKind::Text);
            texts.push(value.map(|value| text(value, setting.name)).transpose()?.map(SecretText::from));
        }
        let mut settings = Vec::with_capacity(given.len());
        let mut address = "";
        for ((setting, value), text) in given.iter().zip(&texts) {
            if setting.name == "base_url" {
                address = text.as_deref().or(setting.default).unwrap_or_default();
            }
            let converted = |value| converted(setting, value, text.as_deref().unwrap_or_default());
            settings.push(value.as_ref().map(converted).transpose()?);
        }
        let core = (gateway.open)(&settings).map_err(|error| raise(values.py(), &error))?;
        Ok(Self { core, address: without_password(address) })
    }

    pub(crate) fn core(&self) -> &dyn payseal::binding::Client {
        &*self.core
    }

    /// The gateway's own client, for what only that can do.
    pub(crate) fn own<Core: 'static>(&self) -> payseal::Result<&Core> {
        self.core.as_any().downcast_ref().ok_or_else(|| binding::invalid("client", "is of another gateway"))
    }

    /// The method of that name, and its number.
    #[inline(never)]
    pub(crate) fn method(&self, name: &str) -> PyResult<(usize, &'static Method)> {
        let mut methods = self.core.gateway().methods.iter().enumerate();
        methods.find(|(_, method)| method.name == name).ok_or_else(other_version)
    }

    /// Where the gateway answers, without a password.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// What the Python files name and the core does not know.
pub(crate) fn other_version() -> PyErr {
    PyRuntimeError::new_err("the package was built from tables of another version")
}

#[inline(never)]
fn converted<'a>(setting: &Setting, value: &Bound<'_, PyAny>, text: &'a str) -> PyResult<SettingValue<'a>> {
    Ok(match setting.kind {
        SettingKind::Text => SettingValue::Text(text),
        SettingKind::Secret => SettingValue::Keys(secret(value)?.into()),
        SettingKind::Secrets => {
            SettingValue::Keys(Keys::new(secrets(value)?).map_err(|error| raise(value.py(), &error))?)
        }
        SettingKind::Size => SettingValue::Size(size(value, setting.name)?),
    })
}

/// The end of a message about an unknown name: the known one that is most like it, if any is.
fn did_you_mean(name: &Bound<'_, PyAny>, known: &[&str]) -> PyResult<String> {
    let py = name.py();
    py.import("payseal._suggest")?.getattr("did_you_mean")?.call1((name, PyTuple::new(py, known)?))?.extract()
}

/// What is wrong with an unknown name in a mapping: the known one that was probably meant, or all there are.
pub(crate) fn is_unknown(py: Python<'_>, name: &str, known: &[&str]) -> PyResult<String> {
    let hint = did_you_mean(PyString::new(py, name).as_any(), known)?;
    if hint.is_empty() {
        Ok(format!("is unknown; there are {}", known.join(", ")))
    } else {
        Ok(format!("is unknown{hint}"))
    }
}

/// Why an object is not pickled.
pub(crate) fn holds_a_key(object: &Bound<'_, PyAny>) -> PyErr {
    let class = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    PyTypeError::new_err(format!(
        "{class} objects are not pickled, because they hold a key: make one where it is needed"
    ))
}

/// A text argument, such as a key or an address.
#[inline(never)]
pub(crate) fn text(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    let text = value.cast::<PyString>().ok().and_then(|text| text.to_cow().map(Cow::into_owned).ok());
    text.ok_or_else(|| invalid(value.py(), name, format!("must be str{}", instead(value))))
}

/// A text argument that may be left out.
pub(crate) fn optional_text(value: Option<&Bound<'_, PyAny>>, name: &str) -> PyResult<Option<String>> {
    value.map(|value| text(value, name)).transpose()
}

/// One secret, as text or bytes.
fn secret(value: &Bound<'_, PyAny>) -> PyResult<Secret> {
    Secret::new(secret_bytes(value)?).map_err(|error| raise(value.py(), &error))
}

/// A secret exactly as it was given.
pub(crate) fn secret_bytes(value: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let bytes = if let Ok(text) = value.cast::<PyString>() {
        text.encode_utf8().ok().map(|bytes| bytes.as_bytes().to_vec())
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        Some(bytes.as_bytes().to_vec())
    } else {
        value.cast::<PyByteArray>().ok().map(PyByteArrayMethods::to_vec)
    };
    let rule = if value.is_none() {
        "is None: is the variable that holds it set?"
    } else {
        "must be str or bytes, or a list of them"
    };
    bytes.ok_or_else(|| raise(value.py(), &binding::invalid_secret(rule)))
}

/// One secret or a list of them.
fn secrets(value: &Bound<'_, PyAny>) -> PyResult<Vec<Secret>> {
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value.try_iter()?.map(|value| secret(&value?)).collect();
    }
    Ok(vec![secret(value)?])
}

/// A number of bytes.
fn size(value: &Bound<'_, PyAny>, name: &str) -> PyResult<usize> {
    let number = if value.is_instance_of::<PyBool>() { None } else { value.extract().ok() };
    number.ok_or_else(|| invalid(value.py(), name, "must be a number of bytes"))
}

fn instead(value: &Bound<'_, PyAny>) -> String {
    if value.is_none() {
        return ", not None: is the variable that holds it set?".to_owned();
    }
    value.get_type().name().map(|name| format!(", not {name}")).unwrap_or_default()
}
