//! Fields the documents do not name, kept as they came.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Document, Value};

/// What is read when somebody first asks for it. Targets without compare-and-swap cannot agree on who was first: there
/// it cannot be shared between threads.
#[cfg(target_has_atomic = "ptr")]
type Lazy<T> = once_cell::race::OnceBox<T>;
#[cfg(not(target_has_atomic = "ptr"))]
type Lazy<T> = core::cell::OnceCell<Box<T>>;

/// The fields of a message that its documentation does not name, in the order they came.
///
/// ```
/// # use payseal::{Bitloga, Secret, Value};
/// # let call = Bitloga::new("api-key", Secret::new("api-secret")?).balances(None)?;
/// let balances = call.parse(200, br#"{"USD":10.45,"as_of":"2026-02-07","success":true}"#)?;
/// assert_eq!(balances.extra.get("as_of"), Some(&Value::Text("2026-02-07".into())));
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Extra {
    /// The members as they are written, without the braces around them.
    members: String,
    fields: Lazy<Vec<(String, Value)>>,
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
        self.fields.get_or_init(|| {
            let object = self.to_json();
            // Every member was read before: this cannot fail.
            let document = Document::read(object.as_bytes());
            Box::new(document.map(|document| Value::members(&document, Document::ROOT)).unwrap_or_default())
        })
    }

    /// Some fields, written anew.
    #[cfg(feature = "serde")]
    pub(super) fn of(fields: &[(String, Value)]) -> Self {
        let mut extra = Self::default();
        super::value::write_members(&mut extra.members, fields);
        extra
    }

    /// Adds a member, as it is written.
    pub(crate) fn push(&mut self, member: &str) {
        if !self.members.is_empty() {
            self.members.push(',');
        }
        self.members.push_str(member);
    }

    /// All as the members of one JSON object, as they came.
    pub(crate) fn members(&self) -> &str {
        &self.members
    }

    /// All as one JSON object, as it came.
    pub(super) fn to_json(&self) -> String {
        ["{", &self.members, "}"].concat()
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
