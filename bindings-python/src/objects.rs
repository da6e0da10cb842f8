//! Objects of Python classes with `__slots__`, made and filled without running Python code.
//!
//! The only unsafe code of the binding. Reading a slot is the fastest attribute access Python has,
//! and the classes themselves stay ordinary Python.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

/// One slot of a class.
pub(crate) struct Slot {
    name: Py<PyString>,
    descriptor: Py<PyAny>,
    /// How the descriptor is set, on Python 3.10 and newer, whose stable interface gives it.
    set: Option<ffi::descrsetfunc>,
}

impl Slot {
    /// The slot of that name.
    pub(crate) fn look_up(class: &Bound<'_, PyType>, name: Bound<'_, PyString>) -> PyResult<Self> {
        let descriptor = class.getattr(&name)?;
        let set = if class.py().version_info() >= (3, 10) { setter(&descriptor) } else { None };
        Ok(Self { name: name.unbind(), descriptor: descriptor.unbind(), set })
    }

    /// Fills the slot of a new object.
    pub(crate) fn fill(&self, object: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = object.py();
        // SAFETY: all pointers are of live objects, and the thread is attached to the interpreter.
        // Both functions check that the descriptor, or the name, belongs to the object's class, and
        // take a reference to the value themselves.
        let status = unsafe {
            match self.set {
                Some(set) => set(self.descriptor.as_ptr(), object.as_ptr(), value.as_ptr()),
                None => ffi::PyObject_GenericSetAttr(object.as_ptr(), self.name.as_ptr(), value.as_ptr()),
            }
        };
        if status == 0 { Ok(()) } else { Err(PyErr::fetch(py)) }
    }
}

fn setter(descriptor: &Bound<'_, PyAny>) -> Option<ffi::descrsetfunc> {
    // SAFETY: the slot `Py_tp_descr_set` holds a `descrsetfunc` or null, which is `None`.
    unsafe {
        let set = ffi::PyType_GetSlot(ffi::Py_TYPE(descriptor.as_ptr()), ffi::Py_tp_descr_set);
        (!set.is_null()).then(|| std::mem::transmute::<*mut std::ffi::c_void, ffi::descrsetfunc>(set))
    }
}

/// A new object of a class with slots, all of them empty.
pub(crate) fn allocate<'py>(class: &Bound<'py, PyType>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the class is one of the package's own, made by a `class` statement: `object` is its
    // only native base, so that zeroed memory is a valid object. The result is a new reference or null.
    unsafe {
        let object = ffi::PyType_GenericAlloc(class.as_type_ptr(), 0);
        Bound::from_owned_ptr_or_err(class.py(), object)
    }
}
