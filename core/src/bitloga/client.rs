//! The client: keys, limits, and one function per method.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::callback::{Callback, CallbackFields, SignedCallback};
use super::method::{API_KEY_HEADER, BASE_URL, BitlogaMethod, SIGNATURE_HEADER};
use super::{
    AppliedCode, ApplyCode, Balances, CodePage, CreateCode, CreateInvoice, CreatedCode, Details, GetBalances,
    GetDetails, Invoice, ListCodes, Withdraw, Withdrawal,
};
use crate::call::{Call, Reading, Request, content_type};
use crate::error::{Error, Result};
use crate::json::{DEFAULT_MAX_BODY, ObjectWriter, Value};
use crate::schema::{Arguments, Parameters, Parsed, RequestSchema, SecretText, check_length, read, without_password};
use crate::signature::{Keys, Source};

/// A client of Bitloga: makes calls, verifies callbacks. It keeps scheduled keys, not the secrets, and
/// wipes them when it is dropped; what it has signed and handed out is yours.
///
/// ```
/// use payseal::bitloga::{Bitloga, CreateInvoice};
/// use payseal::Secret;
///
/// let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
/// let invoice = CreateInvoice::new("125", "WMZ", "1.00".parse()?, "Z123456789012").desc("Description");
/// let call = gateway.create_invoice(&invoice)?;
/// assert_eq!(call.request().url, "https://bitloga.com/api/v1/");
///
/// let invoice = call.parse(200, br#"{"invoice":"https://bitloga.com/exchange/id-1","success":true}"#)?;
/// assert_eq!(invoice.invoice, "https://bitloga.com/exchange/id-1");
/// # Ok::<(), payseal::Error>(())
/// ```
#[derive(Clone)]
pub struct Bitloga {
    pub(super) api_key: SecretText,
    pub(super) keys: Keys,
    pub(super) base_url: String,
    pub(super) max_body: usize,
    /// Whether there is no need to check it again with every call.
    pub(super) is_checked: bool,
}

impl Bitloga {
    /// A client with the API key and the secret key of the user panel, or several secrets
    /// ([`Keys::new`]) while one replaces another.
    ///
    /// ```
    /// use payseal::signature::Keys;
    /// use payseal::{Bitloga, Secret};
    ///
    /// let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let rotating = Bitloga::new("api-key", Keys::new([Secret::new("new-secret")?, Secret::new("api-secret")?])?);
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn new(api_key: impl Into<String>, secrets: impl Into<Keys>) -> Self {
        Self {
            api_key: SecretText::from(api_key.into()),
            keys: secrets.into(),
            base_url: BASE_URL.into(),
            max_body: DEFAULT_MAX_BODY,
            is_checked: false,
        }
    }

    /// Talks to another address, such as a sandbox.
    ///
    /// ```
    /// # use payseal::{Bitloga, Secret};
    /// let gateway = Bitloga::new("api-key", Secret::new("api-secret")?).base_url("http://127.0.0.1:8787/api/v1/");
    /// assert_eq!(gateway.balances(None)?.request().url, "http://127.0.0.1:8787/api/v1/");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self.is_checked = false;
        self
    }

    /// Reads bodies up to this many bytes (1 MiB unless told otherwise).
    ///
    /// ```
    /// # use payseal::{Bitloga, Secret};
    /// let gateway = Bitloga::new("api-key", Secret::new("api-secret")?).max_body(1024);
    /// assert!(gateway.balances(None)?.parse(200, &[b' '; 1025]).is_err());
    /// # Ok::<(), payseal::Error>(())
    /// ```
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Checks what [`Bitloga::new`] and [`Bitloga::base_url`] were given; every call does, too.
    ///
    /// ```
    /// # use payseal::{Bitloga, Secret};
    /// let error = Bitloga::new("pasted\n", Secret::new("api-secret")?).check().unwrap_err();
    /// assert_eq!(error.field(), Some("api_key"));
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input` where the API key cannot be a header value, or the address is not a URL.
    pub fn check(&self) -> Result<()> {
        if self.api_key.is_empty() || !self.api_key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::invalid("api_key", "must be visible ASCII characters without spaces"));
        }
        crate::call::check_base_url(&self.base_url)
    }

    /// Your balances, or the one in a currency. (docs/gateways/bitloga.md#balances)
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let call = gateway.balances(Some("USD"))?;
    /// let balances = call.parse(200, br#"{"USD":10.45,"success":true}"#)?;
    /// assert_eq!(balances["USD"].to_string(), "10.45");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`, here and for every method: a parameter breaks a rule of the document.
    pub fn balances(&self, currency: Option<&str>) -> Result<Call<Balances>> {
        self.call(&GetBalances { currency: currency.map(Into::into) })
    }

    /// Creates an invoice. (docs/gateways/bitloga.md#invoice)
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let invoice = CreateInvoice::new("125", "WMZ", "1.00".parse()?, "Z123456789012").paylist("WMZ,WMR").comis("payer");
    /// let call = gateway.create_invoice(&invoice)?;
    /// # let body = br#"{"invoice":"https://bitloga.com/exchange/id-1","requisites":{"amount":2438,"currency":"RUB",
    /// #     "type":"phone","wallet":"790888899999"},"success":true}"#;
    /// let invoice = call.parse(200, body)?;
    /// assert_eq!(invoice.requisites[0].r#type, RequisitesType::Phone);
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn create_invoice(&self, invoice: &CreateInvoice) -> Result<Call<Invoice>> {
        self.call(invoice)
    }

    /// Pays out from the balance. (docs/gateways/bitloga.md#withdraw)
    ///
    /// A time-out leaves you not knowing whether it happened: [`crate::payout::Payout`] settles that.
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let call = gateway.withdraw(&Withdraw::new("135", "USD", "WMZ", "10.00".parse()?, "Z123456789012"))?;
    /// # let body = br#"{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,"amount_to":10.00,
    /// #     "purse":"Z123456789012","status":"Complete","orderid":29,"transid":"436f","uniqueid":"135","success":true}"#;
    /// assert!(call.parse(200, body)?.status.is_paid());
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn withdraw(&self, withdraw: &Withdraw) -> Result<Call<Withdrawal>> {
        self.call(withdraw)
    }

    /// The state of an invoice or a payout. (docs/gateways/bitloga.md#details)
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let call = gateway.details("125")?;
    /// # let body = br#"{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Pending","invoiceid":5,"uniqueid":"125","success":true}"#;
    /// match call.parse(200, body)? {
    ///     Details::Invoice(invoice) => assert!(!invoice.status.is_final()),
    ///     other => panic!("an invoice became {:?}", other.status()),
    /// }
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn details(&self, uniqueid: &str) -> Result<Call<Details>> {
        self.call(&GetDetails::new(uniqueid))
    }

    /// Creates a code. (docs/gateways/bitloga.md#create)
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let call = gateway.create_code(&CreateCode::new("1.00".parse()?, "USD").pass("mypassword"))?;
    /// let created = call.parse(200, br#"{"code":"wf9g-amrf-2o9t-831u","success":true}"#)?;
    /// assert_eq!(created.code, "wf9g-amrf-2o9t-831u");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn create_code(&self, code: &CreateCode) -> Result<Call<CreatedCode>> {
        self.call(code)
    }

    /// Activates a code. (docs/gateways/bitloga.md#apply)
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let call = gateway.apply_code(&ApplyCode::new("wf9g-amrf-2o9t-831u").pass("mypassword"))?;
    /// let applied = call.parse(200, br#"{"amount":1.00,"currency":"USD","success":true}"#)?;
    /// assert_eq!((applied.amount.to_string(), applied.currency), ("1.00".into(), "USD".into()));
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn apply_code(&self, code: &ApplyCode) -> Result<Call<AppliedCode>> {
        self.call(code)
    }

    /// One page of codes. (docs/gateways/bitloga.md#get)
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let call = gateway.list_codes(&ListCodes::new().status("Active").limit(10))?;
    /// # let body = br#"{"data":[{"code":"wf9g","amount":1.00,"currency":"USD","status":"Active"}],"success":true}"#;
    /// assert_eq!(call.parse(200, body)?.data[0].status, CodeStatus::Active);
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn list_codes(&self, filter: &ListCodes) -> Result<Call<CodePage>> {
        self.call(filter)
    }

    /// Verifies the bytes of a callback exactly as received, then reads them. (docs/gateways/bitloga.md#callbacks)
    ///
    /// `source` is the signature itself, or [`Source::HeaderValues`] with every value of the
    /// `X-SIGNATURE` header.
    ///
    /// ```
    /// # use payseal::bitloga::{Bitloga, CallbackFields, Expected};
    /// # use payseal::Secret;
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// # let signed = gateway.sign_callback(&CallbackFields::new("WMZ", "1.00".parse()?, "Z123456789012", 5, "125"))?;
    /// # let (raw_body, signature) = (&signed.body, signed.signature());
    /// let callback = gateway.verify_callback(raw_body, signature)?;
    /// callback.expect(&Expected::new().uniqueid("125").amount("1".parse::<payseal::Amount>()?))?;
    /// assert_eq!(callback.event_id, "Invoice:5:Payed");
    /// assert!(callback.status.is_paid());
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `signature_missing`, `signature_ambiguous`, `signature_malformed`, `signature_mismatch`;
    /// `malformed_body` where the body is too long, or signed and yet no callback.
    pub fn verify_callback<'s>(&self, body: &[u8], source: impl Into<Source<'s>>) -> Result<Callback> {
        let (parsed, secret_index) = self.verify_within(self.max_body, body, &source.into())?;
        let event_id = parsed.event_id();
        Ok(Callback { event_id, secret_index, ..parsed.into_answer()? })
    }

    /// [`Bitloga::verify_callback`] with another limit of the body's length. Leaves the texts where they are in it.
    pub(super) fn verify_within<'b>(
        &self,
        max_body: usize,
        body: &'b [u8],
        source: &Source<'_>,
    ) -> Result<(Parsed<'b>, usize)> {
        let signature = source.resolve(SIGNATURE_HEADER)?;
        check_length(body, max_body)?;
        let secret_index = self.keys.verify(body, &signature)?;
        Ok((read::<Callback>(body, max_body)?, secret_index))
    }

    /// Signs a callback as the gateway would, so that you can test your endpoint.
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let paid = CallbackFields::new("WMZ", "1.00".parse()?, "Z123456789012", 5, "125");
    /// let signed = gateway.sign_callback(&paid)?;
    /// assert_eq!(signed.headers[1].0, "X-SIGNATURE");
    /// // post signed.body with signed.headers to your endpoint
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`.
    pub fn sign_callback(&self, fields: &CallbackFields) -> Result<SignedCallback> {
        self.sign_callback_with(fields, [])
    }

    /// Signs a callback with fields that no document names, after those it does: what the gateway may send
    /// one day.
    ///
    /// ```
    /// # use payseal::{Secret, Value, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let paid = CallbackFields::new("WMZ", "1.00".parse()?, "Z123456789012", 5, "125");
    /// let signed = gateway.sign_callback_with(&paid, [("network", Value::Text("tron".into()))])?;
    /// let callback = gateway.verify_callback(&signed.body, signed.signature())?;
    /// assert_eq!(callback.extra.get("network"), Some(&Value::Text("tron".into())));
    /// # Ok::<(), payseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_input`: a field breaks a rule, comes twice, or is not JSON that a receiver would read.
    pub fn sign_callback_with<'n>(
        &self,
        fields: &CallbackFields,
        extra: impl IntoIterator<Item = (&'n str, Value)>,
    ) -> Result<SignedCallback> {
        fields.with_arguments(|arguments| {
            self.sign_arguments(arguments, |object| {
                extra.into_iter().for_each(|(name, value)| object.value(name, &value));
            })
        })
    }

    pub(crate) fn sign_arguments(
        &self,
        arguments: Arguments<'_>,
        extra: impl FnOnce(&mut ObjectWriter),
    ) -> Result<SignedCallback> {
        Ok(self.sign_callback_body(CallbackFields::to_json(arguments, extra)?))
    }

    /// Signs any body as the gateway would: one it has sent, or one that your endpoint has to refuse.
    ///
    /// ```
    /// # use payseal::{Secret, bitloga::*};
    /// # let gateway = Bitloga::new("api-key", Secret::new("api-secret")?);
    /// let signed = gateway.sign_callback_body("no callback");
    /// let error = gateway.verify_callback(&signed.body, signed.signature()).unwrap_err();
    /// assert_eq!(error.code(), "malformed_body");
    /// # Ok::<(), payseal::Error>(())
    /// ```
    pub fn sign_callback_body(&self, body: impl Into<Vec<u8>>) -> SignedCallback {
        let body = body.into();
        let signature = self.keys.sign(&body).to_hex();
        SignedCallback { headers: vec![content_type(), (SIGNATURE_HEADER, signature)], body }
    }

    fn call<P: BitlogaMethod>(&self, parameters: &P) -> Result<Call<P::Answer>> {
        let request = parameters.with_arguments(|arguments| self.request(P::ACTION, P::SCHEMA, arguments))?;
        Ok(Call::new(request, Reading { max_body: self.max_body, moves_money: P::MOVES_MONEY }))
    }

    pub(crate) fn request(
        &self,
        action: &str,
        schema: &'static RequestSchema,
        arguments: Arguments<'_>,
    ) -> Result<Request> {
        if !self.is_checked {
            self.check()?;
        }
        schema.check(arguments)?;
        let mut object = ObjectWriter::new();
        object.text("action", action);
        schema.write(arguments, &mut object);
        // The signed bytes are the sent bytes: the request takes the very text that was signed.
        let body = object.finish();
        let signature = self.keys.sign(body.as_bytes()).to_hex();
        let mut request = Request::post(self.base_url.clone(), body);
        request.headers.push((API_KEY_HEADER, String::from(&*self.api_key)));
        request.headers.push((SIGNATURE_HEADER, signature));
        Ok(request)
    }
}

impl fmt::Debug for Bitloga {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bitloga").field("base_url", &without_password(&self.base_url)).finish_non_exhaustive()
    }
}

#[cfg(feature = "http")]
impl<'h> From<&'h http::HeaderMap> for Source<'h> {
    /// The signature of a callback, out of its headers.
    fn from(headers: &'h http::HeaderMap) -> Self {
        Self::from_header_values(headers.get_all(SIGNATURE_HEADER))
    }
}
