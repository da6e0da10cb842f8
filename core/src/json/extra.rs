//! Fields the documents do not name, kept as they came.

use core::fmt;

use alloc::string::String;

use super::lazy::Lazy;
use super::{Members, Value};

/// The fields of a message that its documentation does not name, in the order they came.
///
/// ```
/// # use payseal::{Bitloga, Secret, Value};
/// # let call = Bitloga::new("api-key", Secret::new("api-secret")?).balances(None)?;
/// let balances = call.parse(200, br#"{"USD":10.45,"as_of":"2026-02-07","success":true}"#)?;
/// assert_eq!(balances.extra.get("as_of"), Some(&Value::Text("2026-02-07".into())));
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Default)]
pub struct Extra {
    members: Members,
    /// The same, read.
    fields: Lazy,
}

impl Extra {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The fields in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields().iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether every field of the message was known.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn fields(&self) -> &[(String, Value)] {
        self.fields.get(&self.members)
    }
}

impl From<Members> for Extra {
    fn from(members: Members) -> Self {
        Self { fields: Lazy::of(&members), members }
    }
}

impl Clone for Extra {
    fn clone(&self) -> Self {
        self.members.clone().into()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members || self.fields() == other.fields()
    }
}

impl Eq for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
