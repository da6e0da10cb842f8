//! What Bitloga says of itself.

use alloc::boxed::Box;
use alloc::string::String;

use super::client::Bitloga;
use super::method::{BASE_URL, BitlogaMethod, SIGNATURE_HEADER};
use super::{
    ApplyCode, Callback, CallbackFields, CreateCode, CreateInvoice, Expected, GetBalances, GetDetails, ListCodes,
    Withdraw,
};
use crate::call::Reading;
use crate::error::Result;
use crate::gateway::{
    self, CallbackProof, Client, Gateway, Method, ProofKind, Setting, SettingKind, Settings, Verified, other_proof,
    own, required_keys, size, text,
};
use crate::json::DEFAULT_MAX_BODY;
use crate::machine::fingerprint;
use crate::schema::{Answer, Parameters, documented, documented_name};

pub(crate) static GATEWAY: Gateway = Gateway {
    name: documented_name("Bitloga"),
    documentation: documented(&["The merchant API of Bitloga."]),
    settings: &[
        Setting::required_secret("api_key", SettingKind::Text, &["The API key of the user panel."]),
        Setting::required_secret(
            "api_secret",
            SettingKind::Secrets,
            &["Its secret; several while one replaces another, the new one first: it signs, all of them verify."],
        ),
        Setting::base_url(BASE_URL),
        Setting::MAX_BODY,
    ],
    methods: &[
        method::<GetBalances>(),
        method::<CreateInvoice>(),
        method::<Withdraw>(),
        method::<GetDetails>(),
        method::<CreateCode>(),
        method::<ApplyCode>(),
        method::<ListCodes>(),
    ],
    callback: gateway::Callback {
        verify: documented_name("verify_callback"),
        documentation: documented(&[
            "Verifies the text or bytes of a callback exactly as received, then reads it.",
            "",
            "The signature carries no time and no nonce: a replay verifies too. Act once per `event_id`, and hold it",
            "against what you expect.",
        ]),
        proof: ProofKind::Signature(SIGNATURE_HEADER),
        answer: documented_name(Callback::NAME),
        schemas: Callback::SCHEMAS,
        sample: Some(CallbackFields::SCHEMA),
        expected: Some(Expected::SCHEMA),
    },
    conventions: super::CONVENTIONS,
    open,
};

fn open(settings: Settings<'_>) -> Result<Box<dyn Client>> {
    let client = Bitloga {
        api_key: GATEWAY.text(settings, 0)?.into(),
        keys: required_keys(settings, 1)?,
        base_url: text(settings, 2).unwrap_or(BASE_URL).into(),
        max_body: size(settings, 3).unwrap_or(DEFAULT_MAX_BODY),
        is_checked: true,
    };
    client.check()?;
    Ok(Box::new(client))
}

const fn method<P: BitlogaMethod>() -> Method {
    Method {
        name: documented_name(P::NAME),
        request: P::SCHEMA,
        answer: documented_name(<P::Answer as Answer>::NAME),
        schemas: <P::Answer as Answer>::SCHEMAS,
        moves_money: P::MOVES_MONEY,
        paging: P::PAGING,
        build: |client, arguments| own::<Bitloga>(client)?.request(P::ACTION, P::SCHEMA, arguments),
        read: |status, body, max_body| {
            Reading { max_body, moves_money: P::MOVES_MONEY }.read::<P::Answer>(status, body)
        },
    }
}

impl Client for Bitloga {
    fn gateway(&self) -> &'static Gateway {
        &GATEWAY
    }

    fn verify<'b>(&self, body: &'b [u8], proof: &CallbackProof<'_>, max_body: usize) -> Result<Verified<'b>> {
        let CallbackProof::Signature(source) = proof else { return Err(other_proof()) };
        let (parsed, secret_index) = self.verify_within(max_body, body, source)?;
        Ok(Verified { parsed, secret_index: Some(secret_index) })
    }

    fn account(&self) -> String {
        fingerprint(&[&self.api_key, &self.base_url])
    }

    fn max_body(&self) -> usize {
        self.max_body
    }
}
