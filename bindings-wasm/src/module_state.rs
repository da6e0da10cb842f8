//! State of the module, which has one thread.

#[cfg(target_family = "wasm")]
use core::cell::RefCell;

/// State that one operation at a time works on.
#[cfg(target_family = "wasm")]
pub(crate) struct ModuleState<State>(RefCell<State>);

#[cfg(target_feature = "atomics")]
compile_error!("the state of the module is not made for threads");

// SAFETY: without atomics an instance of a WebAssembly module has one thread.
#[cfg(target_family = "wasm")]
unsafe impl<State> Sync for ModuleState<State> {}

#[cfg(target_family = "wasm")]
impl<State> ModuleState<State> {
    pub(crate) const fn new(state: State) -> Self {
        Self(RefCell::new(state))
    }

    pub(crate) fn with<Result>(&self, work: impl FnOnce(&mut State) -> Result) -> Result {
        match self.0.try_borrow_mut() {
            Ok(mut state) => work(&mut state),
            // No operation begins another.
            Err(_) => core::arch::wasm32::unreachable(),
        }
    }
}

/// The same where tests run, which have threads.
#[cfg(not(target_family = "wasm"))]
pub(crate) struct ModuleState<State>(std::sync::Mutex<State>);

#[cfg(not(target_family = "wasm"))]
impl<State> ModuleState<State> {
    pub(crate) const fn new(state: State) -> Self {
        Self(std::sync::Mutex::new(state))
    }

    pub(crate) fn with<Result>(&self, work: impl FnOnce(&mut State) -> Result) -> Result {
        work(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}
