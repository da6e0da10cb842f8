//! A tour of payseal: both gateways, every method, one program.

mod payout;
mod sandbox;
mod transport;

use std::collections::HashSet;

use payseal::apiforcrypto::{self, ApiForCrypto, FiatCurrency, UserData};
use payseal::bitloga::{ApplyCode, Bitloga, CreateCode, CreateInvoice, Expected, ListCodes, Withdraw};
use payseal::{Amount, Secret, unique_id};
use sandbox::{Sandbox, report};
use transport::Transport;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let (sandbox, http) = (Sandbox::from_arguments(), Transport::new());
    bitloga(&sandbox, &http)?;
    api_for_crypto(&sandbox, &http)
}

/// Bitloga: an invoice and its callback, a payout, a code that carries money.
fn bitloga(sandbox: &Sandbox, http: &Transport) -> Result<()> {
    let gateway = Bitloga::new("sandbox-key", Secret::new("sandbox-secret")?).base_url(&sandbox.base_url);

    let balances = http.send(&gateway.balances(None)?)?;
    report("balances", "all", format!("{} USD", balances["USD"]));

    let (uniqueid, amount): (_, Amount) = (fresh_id()?, "1.00".parse()?);
    let invoice = CreateInvoice::new(&*uniqueid, "WMZ", amount.clone(), "Z123456789012")
        .paylist("SBP_RUB")
        .callbackurl(format!("{}/callback", sandbox.receiver));
    let invoice = http.send(&gateway.create_invoice(&invoice)?)?;
    let requisites = invoice.requisites.first().ok_or("the invoice has no requisites")?;
    report("invoice", "1.00 WMZ by SBP_RUB", format!("to pay: {} {}", requisites.amount, requisites.currency));

    sandbox.pay(&format!("invoices/{uniqueid}"))?;
    let delivery = sandbox.next_delivery(&mut HashSet::new(), &uniqueid)?;
    // #region callback
    let callback = gateway.verify_callback(delivery.body.as_bytes(), delivery.signature.as_str())?;
    callback.expect(&Expected::new().uniqueid(&*uniqueid).amount(amount).to("WMZ"))?;
    // #endregion callback
    report("callback", "its payment", format!("{} {} {}", callback.status, callback.amount, callback.to));

    let details = http.send(&gateway.details(&uniqueid)?)?;
    report("details", "its uniqueid", details.status());

    let withdraw = Withdraw::new(fresh_id()?, "USD", "WMZ", "10.00".parse()?, "Z123456789012");
    let outcome = payout::pay_out(&gateway, http, &withdraw)?;
    report("payout", "10.00 WMZ from USD", outcome.verdict);

    let code = CreateCode::new("5.00".parse()?, "USD").pass("password").desc("A present");
    let code = http.send(&gateway.create_code(&code)?)?.code;
    report("code created", "5.00 USD, password", format!("{}-…", &code[..4]));

    let applied = http.send(&gateway.apply_code(&ApplyCode::new(&*code).pass("password"))?)?;
    report("code applied", "code, password", format!("{} {}", applied.amount, applied.currency));

    let mut codes = Vec::new();
    let mut pages = gateway.code_pages(ListCodes::new().currency("USD").limit(1));
    while let Some(call) = pages.next_call()? {
        codes.extend(http.send(&call).inspect(|page| pages.received(page))?.data);
    }
    let listed = codes.iter().find(|listed| listed.code == code).ok_or("the code is not listed")?;
    report("codes listed", "USD, page by page", format!("{} {}", listed.status, listed.amount));
    Ok(())
}

/// Api for Crypto: an invoice and its notifications, which are verified with nothing stored.
fn api_for_crypto(sandbox: &Sandbox, http: &Transport) -> Result<()> {
    let secret = Secret::new("sandbox-notification-secret")?;
    let gateway = ApiForCrypto::new("sandbox-wallet").notification_secret(&secret).base_url(&sandbox.base_url);

    let price = FiatCurrency::new("RUB", "1000".parse()?).percent(2);
    let data = UserData::new().order_id(fresh_id()?).url_callback(format!("{}/notification", sandbox.receiver));
    let invoice = apiforcrypto::CreateInvoice::in_fiat("tron", "USDT", price, 15, 2).data(data);
    let invoice = http.send(&gateway.create_invoice(&invoice)?)?;
    report("crypto invoice", "1000 RUB + 2 % in USDT", format!("to pay: {} units", invoice.value));

    sandbox.pay(&format!("crypto/{}", &*invoice.id))?;
    let (mut seen, mut events, mut statuses) = (HashSet::new(), HashSet::new(), Vec::new());
    while !statuses.iter().any(|status| status == "PAID") {
        let delivery = sandbox.next_delivery(&mut seen, &invoice.id)?;
        let notification = gateway.verify_notification(delivery.body.as_bytes(), None)?;
        // The same event may be delivered more than once.
        if events.insert(notification.event_id.to_string()) {
            statuses.push(notification.status.to_string());
        }
    }
    report("notifications", "its payment", statuses.join(" "));

    let invoice = http.send(&gateway.invoice(&invoice.id)?)?;
    report("crypto details", "its id", &invoice.status);

    let wallet = http.send(&gateway.wallet()?)?;
    report("wallet", "wallet id", format!("{} accounts", wallet.accounts.len()));
    Ok(())
}

/// A `uniqueid` that nobody has used before.
fn fresh_id() -> Result<String> {
    let mut entropy = [0; 16];
    getrandom::fill(&mut entropy).map_err(|error| error.to_string())?;
    Ok(unique_id(entropy))
}
