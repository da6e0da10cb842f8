//! The classes of clients: how one is made, by the settings of its gateway, and how it verifies.

use textwrap::{fill, indent};

use super::{docstring, hanging, lines_of, marked};
use crate::source::{Gateway, ProofKind, Setting, SettingKind, documentation};
use crate::words::{each, list};

/// The gateways whose clients can do more than the core's list says: `_clients.py` has a base for each.
const WITH_BASE: &[&str] = &["ApiForCrypto", "Bitloga"];

/// The head of a gateway's class, with what makes and verifies.
pub(super) fn class(gateway: &Gateway) -> String {
    let name = gateway.name;
    let (native, method, takes) = match gateway.callback.proof {
        ProofKind::Signature(_) => {
            ("SignedClient", "verify_callback", "source: str | bytes | payseal.types.Headers | None")
        }
        ProofKind::SecretKey => ("SecretKeyClient", "verify_notification", "secret_key: str | None = None"),
    };
    let base = if WITH_BASE.contains(&name) { format!("_clients.{name}Base") } else { format!("_native.{native}") };
    let verify = gateway.callback.verify;
    let documented = docstring(&documentation(gateway.callback.documentation), 8);
    // Python code of its own would take 4 % of the time of a verification.
    let runs =
        if verify == method { String::new() } else { format!("else:\n    {verify} = _native.{native}.{method}\n") };
    let verify = format!(
        "if TYPE_CHECKING:\n\n    def {verify}(self, body: payseal.types.Body, {takes}) -> payseal.{}:\n{documented}        ...\n{runs}",
        gateway.callback.answer
    );
    let members = format!(
        "{}\n__slots__ = ()\n_gateway = {name:?}\n\n{}\n{verify}",
        client_documentation(gateway),
        init(gateway.settings)
    );
    format!("@defined_once\nclass {name}({base}):\n{}", indent(&members, "    "))
}

fn client_documentation(gateway: &Gateway) -> String {
    let Gateway { name, settings, .. } = gateway;
    let introduction = fill(&marked(&gateway.documentation), lines_of(100));
    let described = each(*settings, |setting| {
        let form = match setting.kind {
            SettingKind::Secret => " ``str`` or ``bytes``.",
            SettingKind::Secrets => " ``str`` or ``bytes``, or a list of them.",
            SettingKind::Text | SettingKind::Size => "",
        };
        hanging(&format!("{}: {}{form}", setting.name, marked(&documentation(setting.documentation))))
    });
    let required = settings.iter().filter(|setting| setting.required);
    let required = list(required, ", ", |setting| format!("{:?}", setting.name.replace('_', "-")));
    let address = settings.iter().find(|setting| setting.name == "base_url").and_then(|setting| setting.default);
    let address = address.unwrap_or_default();
    format!(
        r#""""{introduction}

A client makes calls and verifies what the gateway sends. It keeps scheduled keys, not the secrets. Any
number of threads may share one; a copy of it is the client itself. It cannot be pickled.

Parameters:
{described}
Raises:
    InvalidInputError: A secret is missing, empty or wrapped in white space (``invalid_secret``), or another
        setting is not what it has to be.

>>> from payseal import {name}
>>> {name}({required})
<{name} {address}>
"""
"#
    )
}

/// What is required or secret goes by position, too.
fn init(settings: &[Setting]) -> String {
    let by_position = |setting: &&Setting| setting.required || setting.secret;
    let declare = |setting: &Setting| {
        let end = if setting.required { "" } else { " | None = None" };
        format!(", {}: {}{end}", setting.name, setting_type(setting.kind))
    };
    let positional = each(settings.iter().filter(by_position), declare);
    let by_name = each(settings.iter().filter(|setting| !by_position(setting)), declare);
    let names = list(settings, ", ", |setting| setting.name.into());
    format!(
        "@suggesting\ndef __init__(self{positional}, *{by_name}) -> None:\n    try:\n        self._open(({names}))\n    \
         finally:\n        # Frames show up in reports.\n        del {names}\n"
    )
}

pub(crate) fn setting_type(kind: SettingKind) -> &'static str {
    match kind {
        SettingKind::Text => "str",
        SettingKind::Secret => "payseal.types.Secret",
        SettingKind::Secrets => {
            "payseal.types.Secret | list[payseal.types.Secret] | tuple[payseal.types.Secret, ...] | list[str] | list[bytes]"
        }
        SettingKind::Size => "int",
    }
}
