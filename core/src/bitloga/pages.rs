//! Pages of codes, one after the other.

use super::client::Bitloga;
use super::codes::{CodePage, ListCodes};
use crate::call::Call;
use crate::error::Result;

impl Bitloga {
    /// Page after page of codes, from the one given to the first short one.
    pub fn code_pages(&self, filter: ListCodes) -> CodePages<'_> {
        CodePages { gateway: self, next: Some(filter) }
    }
}

/// Page after page of codes, until the first short one.
///
/// ```
/// # use payseal::{Secret, bitloga::{Bitloga, ListCodes}};
/// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// # let send = |_: &payseal::Request| (200, br#"{"data":[],"success":true}"#);
/// let mut pages = gateway.code_pages(ListCodes::new().status("Active"));
/// while let Some(call) = pages.next_call()? {
///     let (status, body) = send(call.request());
///     for code in call.parse(status, body).inspect(|page| pages.received(page))?.data {
///         println!("{} {}", code.code, code.amount);
///     }
/// }
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CodePages<'g> {
    gateway: &'g Bitloga,
    next: Option<ListCodes>,
}

impl CodePages<'_> {
    /// The call for the page to read now: the same one until its answer is reported.
    ///
    /// # Errors
    /// `invalid_input`, as [`Bitloga::list_codes`].
    pub fn next_call(&self) -> Result<Option<Call<CodePage>>> {
        self.next.as_ref().map(|page| self.gateway.list_codes(page)).transpose()
    }

    /// Reports the page that was read.
    pub fn received(&mut self, page: &CodePage) {
        self.next = self.next.take().and_then(|current| current.next_page(page.data.len()));
    }
}
