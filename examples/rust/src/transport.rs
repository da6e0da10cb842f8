//! The transport, here ureq. Any HTTP client that speaks the `http` crate does as well.

use std::time::Duration;

use payseal::{Answer, Call, Request};
use ureq::{Agent, http};

use crate::Result;

// #region send
pub(crate) struct Transport(Agent);

impl Transport {
    /// Every status is an answer for payseal to read, and redirects are not followed.
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        Self(config.timeout_global(Some(Duration::from_secs(30))).build().new_agent())
    }

    /// Sends a call, and lets it read the answer.
    pub(crate) fn send<T: Answer>(&self, call: &Call<T>) -> Result<T> {
        let (status, body) = self.exchange(call.request())?;
        Ok(call.parse(status, &body)?)
    }

    /// Sends a request unchanged.
    pub(crate) fn exchange(&self, request: &Request) -> Result<(u16, Vec<u8>)> {
        let mut response = self.0.run(http::Request::<Vec<u8>>::try_from(request)?)?;
        Ok((response.status().as_u16(), response.body_mut().read_to_vec()?))
    }
}
// #endregion send
