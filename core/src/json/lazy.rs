//! Fields that are read when somebody first asks for them, or at once on targets that cannot agree on who was
//! first, having no compare-and-swap.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Members, Value};

type Fields = Vec<(String, Value)>;

#[cfg(target_has_atomic = "ptr")]
#[derive(Default)]
pub(super) struct Lazy(once_cell::race::OnceBox<Fields>);

#[cfg(target_has_atomic = "ptr")]
impl Lazy {
    pub(super) fn of(_: &Members) -> Self {
        Self::default()
    }

    pub(super) fn get(&self, members: &Members) -> &Fields {
        self.0.get_or_init(|| Box::new(members.read()))
    }
}

#[cfg(not(target_has_atomic = "ptr"))]
#[derive(Default)]
pub(super) struct Lazy(Box<Fields>);

#[cfg(not(target_has_atomic = "ptr"))]
impl Lazy {
    pub(super) fn of(members: &Members) -> Self {
        Self(Box::new(members.read()))
    }

    pub(super) fn get(&self, _: &Members) -> &Fields {
        &self.0
    }
}
