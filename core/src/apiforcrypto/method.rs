//! What every method of the gateway has in common.

use super::settings::ApiForCrypto;
use crate::call::Request;
use crate::error::Result;
use crate::schema::{Answer, Arguments, Parameters};

/// The parameters of one method of the gateway.
pub(super) trait ApiForCryptoMethod: Parameters {
    /// Its name here.
    const NAME: &'static str;
    /// What comes back.
    type Answer: Answer;

    /// Checks the parameters and makes the request.
    fn request(client: &ApiForCrypto, arguments: Arguments<'_>) -> Result<Request>;
}
