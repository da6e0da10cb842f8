//! What every method and callback of the gateway has in common.

use crate::schema::{Answer, Paging, Parameters};

/// Where the gateway answers.
pub const BASE_URL: &str = "https://bitloga.com/api/v1/";

/// The header that carries the signature, of requests and of callbacks.
pub const SIGNATURE_HEADER: &str = "X-SIGNATURE";

pub(super) const API_KEY_HEADER: &str = "X-APIKEY";

/// The parameters of one method of the gateway.
pub(crate) trait BitlogaMethod: Parameters {
    /// Its name here.
    const NAME: &'static str;
    /// Its name there.
    const ACTION: &'static str;
    /// Whether it moves money: then sending it again may move money twice.
    const MOVES_MONEY: bool = false;
    /// How it gives its list page by page, if it does.
    const PAGING: Option<&'static Paging> = None;
    /// What comes back.
    type Answer: Answer;
}
