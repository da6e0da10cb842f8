//! The library itself.

use payseal::bitloga::{Bitloga, Callback, CreateInvoice};
use payseal::signature::{Keys, Signature};
use payseal::{Amount, Secret};

use super::macs::Mac;
use super::{API_KEY, SECRET, check_fields};
use crate::measure::{Repeated, repeated};
use crate::plan::Workload;

/// A client, and the keys it keeps for itself.
pub struct Payseal {
    client: Bitloga,
    keys: Keys,
}

fn secret() -> Secret {
    Secret::new(SECRET).expect("neither empty nor wrapped in white space")
}

pub fn client() -> Bitloga {
    Bitloga::new(API_KEY, secret())
}

impl Payseal {
    pub fn new() -> Self {
        Self { client: client(), keys: secret().into() }
    }

    pub fn sign_invoice(&self) -> Result<(Vec<u8>, String), String> {
        let amount: Amount = "1.00".parse().map_err(describe)?;
        let invoice = CreateInvoice::new("125", "WMZ", amount, "Z123456789012")
            .paylist("WMZ,WMR,WME")
            .comis("payer")
            .desc("Description");
        let mut request = self.client.create_invoice(&invoice).map_err(describe)?.into_request();
        let signature = request.headers.pop().map(|(_, value)| value).unwrap_or_default();
        Ok((request.body.unwrap_or_default(), signature))
    }
}

impl Mac for Payseal {
    fn verify(&self, body: &[u8], signature: &str) -> bool {
        Signature::from_hex(signature).and_then(|signature| self.keys.verify(body, &signature)).is_ok()
    }

    fn sign(&self, body: &[u8]) -> String {
        self.keys.sign(body).to_hex()
    }
}

/// Verification and reading in one call, after which every field is there.
pub fn receiving(workload: &Workload) -> Result<Repeated<'_>, String> {
    let (body, signature) = (workload.body.as_bytes(), workload.signature.as_str());
    let client = client();
    let receive = move || client.verify_callback(body, signature);
    let callback = receive().map_err(describe)?;
    check_fields(|field| read(&callback, field), workload)?;
    Ok(repeated(receive))
}

fn read(callback: &Callback, field: &str) -> Option<String> {
    match field {
        "to" => Some(callback.to.clone()),
        "amount" => Some(callback.amount.to_string()),
        "purse" => callback.purse.clone(),
        "type" => Some(callback.r#type.to_string()),
        "status" => Some(callback.status.to_string()),
        "dtag" => callback.dtag.clone(),
        "name" => callback.name.clone(),
        "surname" => callback.surname.clone(),
        "invoiceid" => Some(callback.invoiceid.clone()),
        "uniqueid" => Some(callback.uniqueid.clone()),
        _ => None,
    }
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn describe(error: payseal::Error) -> String {
    error.to_string()
}
