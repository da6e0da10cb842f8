//! Lists that come page by page.

use alloc::vec::Vec;

use super::Documentation;
use super::argument::{Argument, Arguments, NamedArguments, Position};

/// How a method gives a list page by page.
#[derive(Debug)]
pub struct Paging {
    /// The name of what goes through the pages, in Rust and Python.
    pub name: &'static str,
    /// What that does.
    pub documentation: Documentation,
    /// The parameter that says how many entries are skipped.
    pub offset: Position,
    /// The parameter that says how many entries a page has at most.
    pub limit: Position,
}

impl Paging {
    /// The arguments for the page after some that held `received` entries, the last of them `last`: nothing after a
    /// short page. Without a limit only an empty page is short.
    pub(crate) fn next<'a>(
        &self,
        first: Arguments<'a>,
        received: usize,
        last: usize,
    ) -> Option<Vec<Option<Argument<'a>>>> {
        let named = NamedArguments::new(first);
        let limit = named.integer(self.limit).unwrap_or(1);
        let offset = named.integer(self.offset).unwrap_or(0).checked_add(i64::try_from(received).ok()?)?;
        if i64::try_from(last).ok()? < limit {
            return None;
        }
        let mut next = first.to_vec();
        *next.get_mut(self.offset.0)? = Some(Argument::Integer(offset));
        Some(next)
    }
}
