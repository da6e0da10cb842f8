//! Who is compared. Every contender shows that its results are right before its time counts.

mod macs;
mod parsers;
mod payseal;

use std::collections::BTreeMap;

use self::macs::{AwsLc, Mac, Ring, RustCrypto, RustCryptoUncached};
use self::parsers::{Parse, Strict, Struct, Value};
use self::payseal::Payseal;
use crate::blocks;
use crate::measure::{Repeated, repeated};
use crate::plan::{Group, Plan, Workload};

pub const API_KEY: &str = "api-key";
pub const SECRET: &str = "api-secret";

/// One way to do an operation.
pub struct Contender<'a> {
    pub name: String,
    pub run: Repeated<'a>,
}

/// A contender that has not been looked at yet: checks its results, and says what they should have been.
type Entrance<'a> = Box<dyn FnOnce() -> Result<Repeated<'a>, String> + 'a>;
type Entrances<'a> = Vec<(&'static str, Entrance<'a>)>;

/// The contenders of a group: all that can do its operation, or those it names. Where it has several workloads, they
/// are called after these.
///
/// # Errors
/// Where a contender's result is wrong.
pub fn of<'a>(group: &Group, plan: &'a Plan) -> Result<Vec<Contender<'a>>, String> {
    let mut contenders = Vec::new();
    for name in &group.workloads {
        let workload = plan.workloads.get(name).ok_or_else(|| format!("the plan has no workload {name}"))?;
        for (contender, entrance) in entrances(&group.operation, workload)? {
            if group.only.is_empty() || group.only.iter().any(|only| only == contender) {
                let run = entrance().map_err(|fault| format!("{}, {name}: {contender} {fault}", group.operation))?;
                let name = if group.workloads.len() > 1 { name } else { contender };
                contenders.push(Contender { name: name.into(), run });
            }
        }
    }
    Ok(contenders)
}

fn entrances<'a>(operation: &str, workload: &'a Workload) -> Result<Entrances<'a>, String> {
    Ok(match operation {
        "verify" => verify(workload),
        "verify and parse" => verify_and_parse(workload),
        "refuse a wrong signature" => refuse(workload),
        "sign an invoice" => sign_an_invoice(),
        "new client" => new_client(),
        other => return Err(format!("no contender does this: {other}")),
    })
}

/// What Cargo's lock file does not say.
pub fn versions() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        #[cfg(feature = "openssl")]
        ("OpenSSL", openssl::version::version()),
    ])
}

/// Every way to compute a signature; the key is scheduled beforehand where that is possible.
fn macs() -> Vec<(&'static str, Box<dyn Mac>)> {
    vec![
        ("payseal", Box::new(Payseal::new())),
        ("hmac + sha2, cached", Box::new(RustCrypto::new())),
        ("hmac + sha2, uncached", Box::new(RustCryptoUncached)),
        ("ring, cached", Box::new(Ring::new())),
        ("aws-lc-rs, cached", Box::new(AwsLc::new())),
        #[cfg(feature = "openssl")]
        ("openssl", Box::new(macs::OpenSsl::new())),
    ]
}

fn verify(workload: &Workload) -> Entrances<'_> {
    let floor: Entrance<'_> = Box::new(|| {
        let blocks = blocks::of_message(workload.body.as_bytes());
        Ok(repeated(move || blocks::compress(&blocks)))
    });
    let mut entrances = vec![("the SHA-512 blocks alone", floor)];
    for (name, mac) in macs() {
        entrances.push((name, verifying(mac, workload, workload.signature.clone())));
    }
    entrances
}

fn refuse(workload: &Workload) -> Entrances<'_> {
    macs().into_iter().map(|(name, mac)| (name, verifying(mac, workload, wrong(&workload.signature)))).collect()
}

fn verifying(mac: Box<dyn Mac>, workload: &Workload, signature: String) -> Entrance<'_> {
    let body = workload.body.as_bytes();
    Box::new(move || {
        if !mac.verify(body, &workload.signature) || mac.verify(body, &wrong(&workload.signature)) {
            return Err("does not tell a right signature from a wrong one".into());
        }
        Ok(repeated(move || mac.verify(body, &signature)))
    })
}

/// The signature with its last digit changed.
fn wrong(signature: &str) -> String {
    let (digits, last) = signature.split_at(signature.len() - 1);
    format!("{digits}{}", if last == "0" { "1" } else { "0" })
}

fn verify_and_parse(workload: &Workload) -> Entrances<'_> {
    vec![
        ("payseal", Box::new(|| payseal::receiving(workload))),
        ("serde_json instead of our reader", receiving::<Strict>(Payseal::new(), workload)),
        ("ring, cached + serde_json to a struct", receiving::<Struct>(Ring::new(), workload)),
        ("aws-lc-rs, cached + serde_json to a struct", receiving::<Struct>(AwsLc::new(), workload)),
        ("ring, cached + serde_json::Value", receiving::<Value>(Ring::new(), workload)),
        ("hmac + sha2, uncached + serde_json::Value", receiving::<Value>(RustCryptoUncached, workload)),
        #[cfg(feature = "openssl")]
        ("openssl + serde_json::Value", receiving::<Value>(macs::OpenSsl::new(), workload)),
    ]
}

fn receiving<'a, P: Parse>(mac: impl Mac + 'a, workload: &'a Workload) -> Entrance<'a> {
    let (body, signature) = (workload.body.as_bytes(), workload.signature.as_str());
    Box::new(move || {
        let receive = move || if mac.verify(body, signature) { P::parse(body) } else { None };
        let parsed = receive().ok_or("refuses the callback")?;
        check_fields(|field| parsed.field(field), workload)?;
        Ok(repeated(receive))
    })
}

/// Whether every field the documents name reads as it must.
fn check_fields(field: impl Fn(&str) -> Option<String>, workload: &Workload) -> Result<(), String> {
    for (name, expected) in &workload.fields {
        if field(name).as_ref() != Some(expected) {
            return Err(format!("reads {name} as {:?}, not as {expected}", field(name)));
        }
    }
    Ok(())
}

fn sign_an_invoice<'a>() -> Entrances<'a> {
    let payseal = Payseal::new();
    vec![
        ("payseal", signing(move || payseal.sign_invoice())),
        ("serde_json + ring, cached", signing_by_hand(Ring::new())),
        ("serde_json + hmac + sha2, uncached", signing_by_hand(RustCryptoUncached)),
        #[cfg(feature = "openssl")]
        ("serde_json + openssl", signing_by_hand(macs::OpenSsl::new())),
    ]
}

fn signing_by_hand<'a>(mac: impl Mac + 'a) -> Entrance<'a> {
    signing(move || Ok(parsers::sign_invoice(&mac)))
}

/// A body and its signature.
type Signed = Result<(Vec<u8>, String), String>;

fn signing<'a>(sign: impl Fn() -> Signed + 'a) -> Entrance<'a> {
    Box::new(move || {
        let (body, signature) = sign()?;
        if body != parsers::INVOICE.as_bytes() || !Ring::new().verify(&body, &signature) {
            return Err("signs something else".into());
        }
        Ok(repeated(sign))
    })
}

fn new_client<'a>() -> Entrances<'a> {
    vec![
        ("payseal", Box::new(|| Ok(repeated(Payseal::new)))),
        ("hmac + sha2", Box::new(|| Ok(repeated(RustCrypto::new)))),
        ("ring", Box::new(|| Ok(repeated(Ring::new)))),
        ("aws-lc-rs", Box::new(|| Ok(repeated(AwsLc::new)))),
    ]
}
