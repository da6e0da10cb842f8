//! The client, and what the gateway says of itself.

use alloc::boxed::Box;
use alloc::string::String;

use super::CONVENTIONS;
use super::order::{CreateOrder, ListReceipts};
use super::receipt::{News, Receipt, ReceiptPage};
use crate::call::{Reading, Request, check_base_url};
use crate::error::Result;
use crate::gateway::{
    Callback, CallbackProof, Client, Gateway, Method, ProofKind, Setting, SettingKind, Settings, Verified, other_proof,
    own, required_keys, size, text,
};
use crate::json::{DEFAULT_MAX_BODY, ObjectWriter};
use crate::machine::fingerprint;
use crate::schema::{Answer, Arguments, Paging, Parameters, check_length, documented, documented_name, read};
use crate::signature::Keys;

const BASE_URL: &str = "https://toys.example/";
const SIGNATURE_HEADER: &str = "X-TOY-SIGNATURE";
const PAGES: &Paging = &Paging {
    name: documented_name("receipt_pages"),
    documentation: documented(&["Page after page of receipts, until the first short page."]),
    offset: ListReceipts::FIELDS.skip,
    limit: ListReceipts::FIELDS.count,
};

pub(crate) static GATEWAY: Gateway = Gateway {
    name: documented_name("Toys"),
    documentation: documented(&["A gateway that does not exist."]),
    settings: &[
        Setting::required_secret("secret", SettingKind::Secrets, &["What everything is signed with."]),
        Setting::base_url(BASE_URL),
        Setting::MAX_BODY,
    ],
    methods: &[
        method::<CreateOrder, Receipt>("create_order", None),
        method::<ListReceipts, ReceiptPage>("list_receipts", Some(PAGES)),
    ],
    callback: Callback {
        verify: documented_name("verify_news"),
        documentation: documented(&["Verifies news exactly as received, then reads it."]),
        proof: ProofKind::Signature(SIGNATURE_HEADER),
        answer: documented_name(News::NAME),
        schemas: News::SCHEMAS,
        sample: None,
        expected: None,
    },
    conventions: CONVENTIONS,
    open,
};

struct Toys {
    keys: Keys,
    base_url: String,
    max_body: usize,
}

fn open(settings: Settings<'_>) -> Result<Box<dyn Client>> {
    let keys = required_keys(settings, 0)?;
    let base_url = text(settings, 1).unwrap_or(BASE_URL);
    check_base_url(base_url)?;
    Ok(Box::new(Toys { keys, base_url: base_url.into(), max_body: size(settings, 2).unwrap_or(DEFAULT_MAX_BODY) }))
}

const fn method<P: Parameters, A: Answer>(name: &'static str, paging: Option<&'static Paging>) -> Method {
    Method {
        name: documented_name(name),
        request: P::SCHEMA,
        answer: documented_name(A::NAME),
        schemas: A::SCHEMAS,
        moves_money: false,
        paging,
        build: |client, arguments| own::<Toys>(client)?.request::<P>(arguments),
        read: |status, body, max_body| Reading { max_body, moves_money: false }.read::<A>(status, body),
    }
}

impl Toys {
    fn request<P: Parameters>(&self, arguments: Arguments<'_>) -> Result<Request> {
        P::SCHEMA.check(arguments)?;
        let mut object = ObjectWriter::new();
        P::SCHEMA.write(arguments, &mut object);
        let body = object.finish();
        let signature = self.keys.sign(body.as_bytes()).to_hex();
        let mut request = Request::post(self.base_url.clone(), body);
        request.headers.push((SIGNATURE_HEADER, signature));
        Ok(request)
    }
}

impl Client for Toys {
    fn gateway(&self) -> &'static Gateway {
        &GATEWAY
    }

    fn verify<'b>(&self, body: &'b [u8], proof: &CallbackProof<'_>, max_body: usize) -> Result<Verified<'b>> {
        let CallbackProof::Signature(source) = proof else { return Err(other_proof()) };
        let signature = source.resolve(SIGNATURE_HEADER)?;
        check_length(body, max_body)?;
        let secret_index = Some(self.keys.verify(body, &signature)?);
        Ok(Verified { parsed: read::<News>(body, max_body)?, secret_index })
    }

    fn account(&self) -> String {
        fingerprint(&[&self.base_url])
    }

    fn max_body(&self) -> usize {
        self.max_body
    }
}
