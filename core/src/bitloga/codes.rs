//! `create`, `apply`, `get`: codes that carry money.

use alloc::string::String;
use alloc::vec::Vec;

use super::method::BitlogaMethod;
use super::status::CodeStatus;
use crate::amount::Amount;
use crate::error::Result;
use crate::schema::macros::{answer, parameters};
use crate::schema::{
    LongText, NamedArguments, Paging, Parameters, Rules, SecretText, documented, documented_name, require,
};

parameters! {
    /// Creates a code that carries an amount of your balance.
    pub struct CreateCode {
        /// Code amount.
        pub amount: Amount,
        /// Code currency, e.g. `USD`.
        pub currency: String,
        /// Code password. If specified, it is required to activate the code.
        pub pass: Option<SecretText>,
        /// Code description.
        pub desc: Option<LongText>,
    }
}

impl CreateCode {
    /// A code without password.
    pub fn new(amount: Amount, currency: impl Into<String>) -> Self {
        Self { amount, currency: currency.into(), ..Self::unset() }
    }
}

impl Rules for CreateCode {}

impl BitlogaMethod for CreateCode {
    const NAME: &'static str = "create_code";
    const ACTION: &'static str = "create";
    const MOVES_MONEY: bool = true;
    type Answer = CreatedCode;
}

answer! {
    /// A code that was created. It is money: whoever knows it can use it.
    pub struct CreatedCode {
        /// Created code.
        pub code: SecretText,
    }
}

parameters! {
    /// Activates a code: its amount goes to your balance.
    pub struct ApplyCode {
        /// Code value.
        pub code: SecretText,
        /// Code password. Required if it was specified at creation.
        pub pass: Option<SecretText>,
    }
}

impl ApplyCode {
    /// A code without password.
    pub fn new(code: impl Into<SecretText>) -> Self {
        Self { code: code.into(), pass: None }
    }
}

impl Rules for ApplyCode {}

impl BitlogaMethod for ApplyCode {
    const NAME: &'static str = "apply_code";
    const ACTION: &'static str = "apply";
    const MOVES_MONEY: bool = true;
    type Answer = AppliedCode;
}

answer! {
    /// A code that was activated.
    pub struct AppliedCode {
        /// Code amount.
        pub amount: Amount,
        /// Code currency.
        pub currency: String,
    }
}

/// `get` gives at most this many codes at a time.
const MAX_PAGE: i64 = 100;

parameters! {
    /// Details of your codes, a page at a time.
    #[derive(Default)]
    pub struct ListCodes {
        /// Code. Use to get details on a specific code.
        pub code: Option<SecretText>,
        /// Code amount. Use to retrieve all codes for the specified amount.
        pub amount: Option<Amount>,
        /// Code currency. Use to retrieve all codes in the specified currency.
        pub currency: Option<String>,
        /// Code status: `Active`, `Redeemed` or `Disabled`.
        pub status: Option<CodeStatus>,
        /// Number of skipped codes from the beginning of the list.
        pub offset: Option<i64>,
        /// Limit on the number of codes that can be issued. Maximum 100.
        pub limit: Option<i64>,
    }
}

impl ListCodes {
    /// All codes.
    pub fn new() -> Self {
        Self::default()
    }

    /// The page after one that held `received` codes; `None` after a short one, since the gateway
    /// gives no total (docs/gateways/bitloga.md#get). How long its pages are without a `limit` is not
    /// published: then only an empty one is short.
    pub fn next_page(&self, received: usize) -> Option<Self> {
        self.with_arguments(|first| {
            let next = Self::PAGES.next(first, received, received)?;
            Self::from_named(NamedArguments::new(&next))
        })
    }

    pub(super) const PAGES: &'static Paging = &Paging {
        name: documented_name("code_pages"),
        documentation: documented(&["Page after page of codes, from `offset` to the first short page."]),
        offset: Self::FIELDS.offset,
        limit: Self::FIELDS.limit,
    };
}

impl Rules for ListCodes {
    fn rules(arguments: NamedArguments<'_>) -> Result<()> {
        let (offset, limit) = (arguments.integer(Self::FIELDS.offset), arguments.integer(Self::FIELDS.limit));
        require(offset.is_none_or(|offset| offset >= 0), "offset", "must not be below zero")?;
        require(limit.is_none_or(|limit| (1..=MAX_PAGE).contains(&limit)), "limit", "must be from 1 to 100")?;
        let is_unknown =
            matches!(arguments.text(Self::FIELDS.status).map(CodeStatus::from), Some(CodeStatus::Other(_)));
        require(!is_unknown, "status", "must be Active, Redeemed or Disabled")
    }
}

impl BitlogaMethod for ListCodes {
    const NAME: &'static str = "list_codes";
    const ACTION: &'static str = "get";
    const PAGING: Option<&'static Paging> = Some(Self::PAGES);
    type Answer = CodePage;
}

answer! {
    /// One page of codes.
    pub struct CodePage {
        /// Array of codes.
        #[required("an answer without it would silently end a listing")]
        pub data: Vec<Code>,
    }
}

answer! {
    /// A code and what became of it.
    pub struct Code {
        /// Code.
        pub code: SecretText,
        /// Code amount.
        pub amount: Amount,
        /// Code currency.
        pub currency: String,
        /// `Required` if a password is required for activation.
        pub pass: Option<String>,
        /// Code description.
        pub desc: Option<String>,
        /// Code status.
        pub status: CodeStatus,
        /// Date and time of code creation.
        pub createtime: Option<String>,
        /// Date and time of code activation, if activated.
        pub applytime: Option<String>,
    }
}
