//! The Python classes that values are converted to, looked up once.

use payseal::binding::{Choice, FieldKind, GATEWAYS, ResponseSchema};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyMappingProxy, PyString, PyType};

use crate::extra::Fields;
use crate::interpreter::once;
use crate::objects::{Slot, allocate};

static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
static ERRORS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();

/// All of them.
pub(crate) struct Classes {
    results: Vec<(&'static str, ResultClass)>,
    empty_mapping: Py<PyMappingProxy>,
    extra: (Py<PyType>, Slot),
}

/// The class of a schema: one slot for each field, in the same order, then what a schema adds.
pub(crate) struct ResultClass {
    class: Py<PyType>,
    pub(crate) fields: Vec<(Converter, Slot)>,
    pub(crate) added: Vec<(Added, Slot)>,
}

/// What a slot after those of the fields holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    /// Amounts by currency.
    Amounts,
    EventId,
    SecretIndex,
    /// Fields the schema does not know.
    Extra,
}

/// What becomes of a field.
pub(crate) enum Converter {
    Text,
    Choice(ChoiceClass),
    Amount,
    Integer,
    Boolean,
    Texts,
    Group(ResultClass),
    List(ResultClass),
}

/// The class of an open set, with an object for each known value.
pub(crate) struct ChoiceClass {
    class: Py<PyType>,
    known: Vec<(&'static str, Py<PyAny>)>,
}

impl Classes {
    /// They are looked up when the first message is converted, so that importing the package need not.
    pub(crate) fn get(py: Python<'_>) -> PyResult<&Self> {
        once(&CLASSES, py, || Self::look_up(py))
    }

    fn look_up(py: Python<'_>) -> PyResult<Self> {
        let module = py.import("payseal._results")?;
        let mut results = Vec::new();
        for gateway in GATEWAYS {
            let answers = gateway.methods.iter().map(|method| method.schemas);
            for schema in std::iter::once(gateway.callback.schemas).chain(answers).flatten() {
                results.push((schema.name, ResultClass::look_up(&module, schema)?));
            }
        }
        let extra = py.import("payseal._record")?.getattr("Extra")?.cast_into::<PyType>()?;
        let slot = Slot::look_up(&extra, PyString::new(py, "_fields"))?;
        Ok(Self {
            results,
            empty_mapping: PyMappingProxy::new(py, PyDict::new(py).as_mapping()).unbind(),
            extra: (extra.unbind(), slot),
        })
    }

    /// The class of a schema that a message may have.
    pub(crate) fn result(&self, schema: &ResponseSchema) -> Option<&ResultClass> {
        self.results.iter().find(|(name, _)| *name == schema.name).map(|(_, class)| class)
    }

    /// An immutable mapping that holds nothing: one for all.
    pub(crate) fn empty_mapping<'py>(&self, py: Python<'py>) -> &Bound<'py, PyMappingProxy> {
        self.empty_mapping.bind(py)
    }

    /// A mapping of unknown fields that is made when somebody looks into it.
    pub(crate) fn extra<'py>(&self, py: Python<'py>, fields: Fields) -> PyResult<Bound<'py, PyAny>> {
        let (class, slot) = &self.extra;
        let extra = allocate(class.bind(py))?;
        slot.fill(&extra, Bound::new(py, fields)?.as_any())?;
        Ok(extra)
    }
}

impl ResultClass {
    fn look_up(module: &Bound<'_, PyModule>, schema: &'static ResponseSchema) -> PyResult<Self> {
        let py = module.py();
        let class = module.getattr(schema.name)?.cast_into::<PyType>()?;
        let mut names = class.getattr(intern!(py, "__slots__"))?.try_iter()?;
        let mut fields = Vec::with_capacity(schema.fields.len());
        for (field, name) in schema.fields.iter().zip(names.by_ref()) {
            let slot = Slot::look_up(&class, name?.cast_into()?)?;
            fields.push((Converter::look_up(module, field.kind)?, slot));
        }
        let mut added = Vec::new();
        for name in names {
            let name = name?.cast_into::<PyString>()?;
            let what = match name.to_cow()?.as_ref() {
                "_amounts" => Added::Amounts,
                "event_id" => Added::EventId,
                "secret_index" => Added::SecretIndex,
                _ => Added::Extra,
            };
            added.push((what, Slot::look_up(&class, name)?));
        }
        Ok(Self { class: class.unbind(), fields, added })
    }

    /// A new object, its slots still to be filled.
    pub(crate) fn allocate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        allocate(self.class.bind(py))
    }
}

impl Converter {
    fn look_up(module: &Bound<'_, PyModule>, kind: FieldKind) -> PyResult<Self> {
        Ok(match kind {
            FieldKind::Text => Self::Text,
            FieldKind::Choice(choice) => Self::Choice(ChoiceClass::look_up(module, choice)?),
            FieldKind::Amount => Self::Amount,
            FieldKind::Integer => Self::Integer,
            FieldKind::Boolean => Self::Boolean,
            FieldKind::Texts => Self::Texts,
            FieldKind::Group(schema) => Self::Group(ResultClass::look_up(module, schema)?),
            FieldKind::List(schema) => Self::List(ResultClass::look_up(module, schema)?),
        })
    }
}

impl ChoiceClass {
    pub(crate) fn look_up(module: &Bound<'_, PyModule>, choice: &'static Choice) -> PyResult<Self> {
        let class = module.getattr(choice.name)?.cast_into::<PyType>()?;
        let known = choice
            .known
            .iter()
            .map(|known| Ok((known.value, class.call1((known.value,))?.unbind())))
            .collect::<PyResult<_>>()?;
        Ok(Self { class: class.unbind(), known })
    }

    /// The object for a value; known ones are made once.
    pub(crate) fn value<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.known.iter().find(|(value, _)| *value == text) {
            Some((_, object)) => Ok(object.bind(py).clone()),
            None => self.class.bind(py).call1((text,)),
        }
    }
}

/// The class of a family of errors. That of results need not be there yet.
pub(crate) fn error_class<'py>(py: Python<'py>, family: &str) -> PyResult<Bound<'py, PyAny>> {
    let import = || Ok(py.import("payseal._errors")?.unbind());
    once(&ERRORS, py, import)?.bind(py).getattr(family)
}

/// An object of one of the hand-written result classes, its slots filled in order.
pub(crate) fn record<'py>(py: Python<'py>, class: &str, values: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
    let class = py.import("payseal._payout")?.getattr(class)?.cast_into::<PyType>()?;
    let object = allocate(&class)?;
    let names = class.getattr(intern!(py, "__slots__"))?.try_iter()?;
    for (name, value) in names.zip(values) {
        Slot::look_up(&class, name?.cast_into()?)?.fill(&object, value)?;
    }
    Ok(object)
}

/// An object of an open set of values.
pub(crate) fn choice<'py>(py: Python<'py>, class: &str, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("payseal._results")?.getattr(class)?.call1((text,))
}
