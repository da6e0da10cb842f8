//! A payout belongs to one account at one address.

use payseal::payout::{Payout, Step};
use payseal::{Bitloga, Secret};

use crate::support::{BEGIN, at, gateway, payout, withdraw};

fn client(api_key: &str, base_url: &str) -> Bitloga {
    Bitloga::new(api_key, Secret::new("api-secret").unwrap()).base_url(base_url)
}

fn fingerprint(client: &Bitloga) -> String {
    let text: serde_json::Value = serde_json::from_str(&client.payout(&withdraw()).unwrap().to_text()).unwrap();
    text["account"].as_str().unwrap().to_owned()
}

#[test]
fn the_fingerprint_is_of_key_and_address() {
    let one = fingerprint(&client("api-key", "https://one.example/"));
    assert_eq!(one, fingerprint(&client("api-key", "https://one.example/")));
    assert!(one.len() == 32 && one.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{one}");
    let others = [
        client("api-kez", "https://one.example/"),
        client("api-key", "https://two.example/"),
        client("api-keyh", "ttps://one.example/"),
    ];
    for other in others {
        assert_ne!(one, fingerprint(&other));
    }
}

#[test]
fn the_fingerprint_is_the_same_in_every_release() {
    assert_eq!(fingerprint(&gateway()), "093025130ba8847f286c1845debd6b67");
}

#[test]
fn a_new_secret_of_the_account_goes_on_with_it() {
    let rotated = Bitloga::new("api-key", Secret::new("a new one").unwrap());
    assert!(matches!(rotated.resume_payout(&payout().to_text()).unwrap().next(&rotated, at(BEGIN)), Ok(Step::Send(_))));
}

#[test]
fn a_payout_made_without_a_client_belongs_to_the_first_that_sends_it() {
    let mut payout = Payout::new(&withdraw()).unwrap();
    let Step::Send(_) = payout.next(&gateway(), at(BEGIN)).unwrap() else { panic!("it is to be sent") };
    let other = client("another-key", "https://bitloga.com/api/v1/");
    assert_eq!(payout.next(&other, at(BEGIN)).unwrap_err().field(), Some("gateway"));
    assert_eq!(other.resume_payout(&payout.to_text()).unwrap_err().field(), Some("gateway"));
}

#[test]
fn a_text_without_an_account_belongs_to_the_client_that_resumes_it() {
    let texts = [Payout::new(&withdraw()).unwrap().to_text(), include_str!("version1/unsettled.json").to_owned()];
    for text in texts {
        let resumed = gateway().resume_payout(&text).unwrap();
        let other = client("another-key", "https://bitloga.com/api/v1/");
        assert_eq!(other.resume_payout(&resumed.to_text()).unwrap_err().field(), Some("gateway"));
    }
}

#[test]
fn an_ended_payout_is_not_shown_to_another_account() {
    let mut ended = gateway().resume_payout(include_str!("version1/paid.json")).unwrap();
    let other = client("another-key", "https://bitloga.com/api/v1/");
    assert_eq!(ended.next(&other, at(BEGIN)).unwrap_err().field(), Some("gateway"));
}
