//! What a gateway says of itself, so that nobody who opens, calls, parses and verifies has to know it by name.

use alloc::boxed::Box;
use alloc::string::String;
use core::any::Any;

use crate::call::Request;
use crate::error::{Error, Result};
use crate::schema::{Arguments, Conventions, Documentation, Paging, Parsed, RequestSchema, ResponseSchema, documented};
use crate::signature::{Keys, NO_SECRET, Source};

/// A gateway.
#[derive(Debug)]
pub struct Gateway {
    /// The name of its client, the same in every language.
    pub name: &'static str,
    /// What it is.
    pub documentation: Documentation,
    /// What a client is made with, in the order of [`Gateway::open`].
    pub settings: &'static [Setting],
    /// Its methods.
    pub methods: &'static [Method],
    /// The messages it sends of itself.
    pub callback: Callback,
    /// How it writes its messages.
    pub conventions: &'static Conventions,
    /// Makes a client.
    pub open: fn(Settings<'_>) -> Result<Box<dyn Client>>,
}

/// What a client is made with.
#[derive(Debug)]
pub struct Setting {
    /// Its name in Rust and Python.
    pub name: &'static str,
    /// What it is.
    pub documentation: Documentation,
    /// What it takes.
    pub kind: SettingKind,
    /// Whether there is no client without it.
    pub required: bool,
    /// Whether it is not shown to a person.
    pub secret: bool,
    /// What it is if it is left out.
    pub default: Option<&'static str>,
}

impl Setting {
    /// How long bodies may be.
    pub(crate) const MAX_BODY: Self = Self::optional(
        "max_body",
        SettingKind::Size,
        &["How many bytes a body may have: 1 MiB unless told otherwise."],
    )
    .or("1048576");

    /// A setting that may be left out and may be shown.
    pub(crate) const fn optional(name: &'static str, kind: SettingKind, lines: &'static [&'static str]) -> Self {
        Self { name, documentation: documented(lines), kind, required: false, secret: false, default: None }
    }

    /// A secret that may be left out.
    pub(crate) const fn secret(name: &'static str, kind: SettingKind, lines: &'static [&'static str]) -> Self {
        Self { secret: true, ..Self::optional(name, kind, lines) }
    }

    /// A secret without which there is no client.
    pub(crate) const fn required_secret(name: &'static str, kind: SettingKind, lines: &'static [&'static str]) -> Self {
        Self { required: true, ..Self::secret(name, kind, lines) }
    }

    /// The address.
    pub(crate) const fn base_url(default: &'static str) -> Self {
        Self::optional("base_url", SettingKind::Text, &["Another address, such as a sandbox."]).or(default)
    }

    /// With a default.
    pub(crate) const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// Text.
    Text,
    /// A secret.
    Secret,
    /// A secret, or several while one replaces another.
    Secrets,
    /// A number of bytes.
    Size,
}

/// A value for a setting. It may be secret: there is no `Debug`.
#[derive(Clone)]
pub enum SettingValue<'a> {
    /// Text.
    Text(&'a str),
    /// The keys of one secret or several.
    Keys(Keys),
    /// A number of bytes.
    Size(usize),
}

/// The values for the settings of a gateway, in their order.
pub type Settings<'a> = &'a [Option<SettingValue<'a>>];

impl Gateway {
    /// The text for a setting that is required.
    ///
    /// # Errors
    /// `invalid_input` where there is none.
    pub(crate) fn text<'a>(&self, settings: Settings<'a>, position: usize) -> Result<&'a str> {
        text(settings, position).ok_or_else(|| Error::invalid(self.settings[position].name, "is required"))
    }
}

/// The text for a setting.
pub(crate) fn text(settings: Settings<'_>, position: usize) -> Option<&str> {
    if let Some(SettingValue::Text(text)) = settings.get(position)? { Some(text) } else { None }
}

/// The keys for a setting.
pub(crate) fn keys(settings: Settings<'_>, position: usize) -> Option<Keys> {
    if let Some(SettingValue::Keys(keys)) = settings.get(position)? { Some(keys.clone()) } else { None }
}

/// The keys for a setting that is required.
///
/// # Errors
/// `invalid_secret` where there are none.
pub(crate) fn required_keys(settings: Settings<'_>, position: usize) -> Result<Keys> {
    keys(settings, position).ok_or(NO_SECRET)
}

/// The size for a setting.
pub(crate) fn size(settings: Settings<'_>, position: usize) -> Option<usize> {
    if let Some(SettingValue::Size(size)) = settings.get(position)? { Some(*size) } else { None }
}

/// One method of a gateway.
#[derive(Debug)]
pub struct Method {
    /// Its name in Rust and Python.
    pub name: &'static str,
    /// What it does and takes.
    pub request: &'static RequestSchema,
    /// The name of the type it answers with.
    pub answer: &'static str,
    /// The schemas of that type: one, or one for each kind of object it may be.
    pub schemas: &'static [&'static ResponseSchema],
    /// Whether it moves money: sent again, it may move money twice.
    pub moves_money: bool,
    /// How it gives its list page by page, if it does.
    pub paging: Option<&'static Paging>,
    /// Checks the arguments and makes the request of a client of this gateway.
    pub build: fn(&dyn Any, Arguments<'_>) -> Result<Request>,
    /// Reads the answer: status, body and how long it may be.
    pub read: for<'a> fn(u16, &'a [u8], usize) -> Result<Parsed<'a>>,
}

/// The messages that a gateway sends of itself.
#[derive(Debug)]
pub struct Callback {
    /// The name of the method that verifies one, in Rust and Python.
    pub verify: &'static str,
    /// What that method does. An empty line is between paragraphs.
    pub documentation: Documentation,
    /// How one is proven.
    pub proof: ProofKind,
    /// The name of their type.
    pub answer: &'static str,
    /// The schemas of that type.
    pub schemas: &'static [&'static ResponseSchema],
    /// What one is made of for a test.
    pub sample: Option<&'static RequestSchema>,
    /// What one can be held against.
    pub expected: Option<&'static RequestSchema>,
}

/// How a callback is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofKind {
    /// By a signature of its body in this header.
    Signature(&'static str),
    /// By the secret key of what it is about, in its body.
    SecretKey,
}

/// What a callback is proven with. It may be secret: there is no `Debug`.
#[derive(Clone)]
pub enum CallbackProof<'a> {
    /// Its signature.
    Signature(Source<'a>),
    /// The secret key, unless the client can tell it.
    SecretKey(Option<&'a str>),
}

/// A callback that is genuine.
#[derive(Debug)]
pub struct Verified<'b> {
    /// What it says.
    pub parsed: Parsed<'b>,
    /// Which of the client's secrets, counted from 0, it was signed with.
    pub secret_index: Option<usize>,
}

/// A client of any gateway.
pub trait Client: Any + Send + Sync {
    /// Its gateway.
    fn gateway(&self) -> &'static Gateway;

    /// Verifies a callback of at most that many bytes, then reads it.
    ///
    /// # Errors
    /// Those of the gateway's typed client; `invalid_input` where the proof is of another kind.
    fn verify<'b>(&self, body: &'b [u8], proof: &CallbackProof<'_>, max_body: usize) -> Result<Verified<'b>>;

    /// A fingerprint of account and address: 32 hexadecimal digits that give no key away.
    fn account(&self) -> String;

    /// How many bytes of a body it reads.
    fn max_body(&self) -> usize;
}

impl dyn Client {
    /// Checks the arguments for a method, by its number, and makes the request.
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn build(&self, method: usize, arguments: Arguments<'_>) -> Result<Request> {
        let Some(method) = self.gateway().methods.get(method) else {
            return Err(Error::invalid("method", "is not known"));
        };
        (method.build)(self, arguments)
    }

    /// The request for the page after some that held `received` entries, the last of them `last`; nothing after a short
    /// one, or for a method without pages.
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn next_page(
        &self,
        method: usize,
        first: Arguments<'_>,
        received: usize,
        last: usize,
    ) -> Result<Option<Request>> {
        let Some(method) = self.gateway().methods.get(method) else { return Ok(None) };
        let next = method.paging.and_then(|paging| paging.next(first, received, last));
        next.map(|arguments| (method.build)(self, &arguments)).transpose()
    }

    /// The gateway's own client, for what only that can do.
    pub fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The client of one gateway, for what only that can do.
///
/// # Errors
/// `invalid_input` where it is of another gateway.
pub fn own<C: Client>(client: &dyn Any) -> Result<&C> {
    client.downcast_ref().ok_or_else(|| Error::invalid("client", "is of another gateway"))
}

/// What says that a callback's proof is of another kind than the gateway's.
pub(crate) fn other_proof() -> Error {
    Error::invalid("proof", "is of another kind than this gateway's")
}
