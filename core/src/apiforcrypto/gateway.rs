//! What Api for Crypto says of itself.

use alloc::boxed::Box;
use alloc::string::String;

use super::method::ApiForCryptoMethod;
use super::settings::{ApiForCrypto, BASE_URL, INVOICE_URL, with_slash};
use super::wallet::GetWallet;
use super::{CreateInvoice, GetInvoice, Notification, NotificationFields};
use crate::call::Reading;
use crate::error::Result;
use crate::gateway::{
    Callback, CallbackProof, Client, Gateway, Method, ProofKind, Setting, SettingKind, Settings, Verified, keys,
    other_proof, own, size, text,
};
use crate::json::DEFAULT_MAX_BODY;
use crate::machine::fingerprint;
use crate::schema::{Answer, Parameters, documented, documented_name};
use crate::signature::Keys;

pub(crate) static GATEWAY: Gateway = Gateway {
    name: documented_name("ApiForCrypto"),
    documentation: documented(&["Crypto invoices of Api for Crypto."]),
    settings: &[
        Setting::required_secret("wallet_id", SettingKind::Text, &["The id of your wallet. Whoever knows it can use it."]),
        Setting::secret(
            "notification_secret",
            SettingKind::Secret,
            &["A secret of yours from which every invoice's `secret_key` is derived, so that you need to store none."],
        ),
        Setting::base_url(BASE_URL),
        Setting::optional(
            "invoice_url",
            SettingKind::Text,
            &[
                "Where invoices are asked for, with `{base_url}`, `{wallet_id}` and `{uuid}` filled in. The gateway has",
                "not published the address: `{base_url}invoices/{uuid}` unless told otherwise.",
            ],
        )
        .or(INVOICE_URL),
        Setting::MAX_BODY,
    ],
    methods: &[method::<CreateInvoice>(), method::<GetInvoice>(), method::<GetWallet>()],
    callback: Callback {
        verify: documented_name("verify_notification"),
        documentation: documented(&[
            "Verifies that a notification carries the invoice's `secret_key`, then reads it. Give the one that the",
            "invoice was created with, unless the client derives them from its notification secret.",
            "",
            "Whoever has seen one notification can replay it: act only when the status has changed, and better on what",
            "`invoice` then says.",
        ]),
        proof: ProofKind::SecretKey,
        answer: documented_name(Notification::NAME),
        schemas: Notification::SCHEMAS,
        sample: Some(NotificationFields::SCHEMA),
        expected: None,
    },
    conventions: super::CONVENTIONS,
    open,
};

fn open(settings: Settings<'_>) -> Result<Box<dyn Client>> {
    let client = ApiForCrypto {
        wallet_id: GATEWAY.text(settings, 0)?.into(),
        notification_key: keys(settings, 1).map(Keys::into_current),
        base_url: with_slash(text(settings, 2).unwrap_or(BASE_URL).into()),
        invoice_url: text(settings, 3).unwrap_or(INVOICE_URL).into(),
        max_body: size(settings, 4).unwrap_or(DEFAULT_MAX_BODY),
    };
    client.check()?;
    Ok(Box::new(client))
}

const fn method<P: ApiForCryptoMethod>() -> Method {
    Method {
        name: documented_name(P::NAME),
        request: P::SCHEMA,
        answer: documented_name(<P::Answer as Answer>::NAME),
        schemas: <P::Answer as Answer>::SCHEMAS,
        moves_money: false,
        paging: None,
        build: |client, arguments| P::request(own::<ApiForCrypto>(client)?, arguments),
        read: |status, body, max_body| Reading { max_body, moves_money: false }.read::<P::Answer>(status, body),
    }
}

impl Client for ApiForCrypto {
    fn gateway(&self) -> &'static Gateway {
        &GATEWAY
    }

    fn verify<'b>(&self, body: &'b [u8], proof: &CallbackProof<'_>, max_body: usize) -> Result<Verified<'b>> {
        let CallbackProof::SecretKey(secret_key) = proof else { return Err(other_proof()) };
        Ok(Verified { parsed: self.verify_within(max_body, body, *secret_key)?, secret_index: None })
    }

    fn account(&self) -> String {
        fingerprint(&[&self.wallet_id, &self.base_url, &self.invoice_url])
    }

    fn max_body(&self) -> usize {
        self.max_body
    }
}
