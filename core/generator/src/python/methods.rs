//! The methods of the clients, with their documentation.

use std::io;

use textwrap::{fill, indent};

use super::clients;
use super::examples::Examples;
use super::{declared, described, hanging, lines_of, marked, python_name, values};
use crate::source::{Feature, Gateway, Method, Parameter, Source, documentation, group_of, have_secret};
use crate::words::list;

/// Nothing that annotations need is imported when the package runs.
const IMPORTS: &str = "\
import payseal

from . import _clients, _native
from ._native import defined_once
from ._suggest import suggesting

TYPE_CHECKING = False
if TYPE_CHECKING:
    import payseal.types
";

pub(super) fn file(source: &Source) -> io::Result<String> {
    let mut parts = vec![IMPORTS.to_owned()];
    for gateway in &source.gateways {
        parts.push(clients::class(gateway));
        let examples = Examples::read(gateway)?;
        let calls = gateway.methods.iter().map(|method| call(method, &examples));
        let features = gateway.features.iter().filter_map(|feature| of_feature(gateway, feature, &examples));
        parts.extend(calls.chain(features).map(|method| method.text()));
    }
    Ok(parts.join("\n"))
}

/// A method and all that is said of it.
struct MethodText<'a> {
    name: &'a str,
    parameters: &'static [Parameter],
    /// One more parameter: its name, type and documentation.
    further: Option<[&'static str; 3]>,
    result: String,
    documentation: String,
    returns: String,
    example: String,
    /// The call of native code that takes the values, as far as their tuple.
    native: String,
}

/// A method that makes a call.
fn call<'a>(method: &'a Method, examples: &Examples<'_>) -> MethodText<'a> {
    let answers = list(method.schemas, " | ", |schema| format!("payseal.{}", schema.name));
    MethodText {
        name: method.name,
        parameters: method.parameters,
        further: None,
        result: format!("payseal.Call[{answers}]"),
        documentation: method.documentation.clone(),
        returns: format!("A :class:`Call` whose ``parse`` gives a :class:`{}`.", method.answer),
        example: examples.call(method),
        native: format!("self._call({:?}, ", method.name),
    }
}

/// A method that makes no call.
fn of_feature(gateway: &Gateway, feature: &Feature, examples: &Examples<'_>) -> Option<MethodText<'static>> {
    let (name, parameters, result, documentation, returns, example) = match feature {
        Feature::Pages(name) => return pages(gateway.method(name)?, examples),
        Feature::Payouts(name) => {
            let method = gateway.method(name)?;
            let documentation = "Starts a payout that is never paid twice, whatever happens on the way.";
            let returns = "A :class:`Payout`, which ``payseal.driver`` runs.";
            ("payout", method.parameters, "Payout", documentation, returns, examples.payout(method))
        }
        Feature::Callbacks(callbacks) => {
            let documentation = "Signs a callback as the gateway would, so that you can test your endpoint.";
            let returns = "A :class:`SignedCallback`: ``body`` and ``headers``.";
            let example = examples.callback(callbacks) + ">>> callback.status.is_paid\nTrue\n";
            ("sign_callback", callbacks.fields.parameters, "SignedCallback", documentation, returns, example)
        }
        Feature::Notifications(fields) => {
            let documentation =
                "Makes a notification as the gateway would send it, so that you can test your endpoint.";
            let returns = "A :class:`TestNotification`: ``body`` and ``headers``.";
            let example = examples.notification(fields);
            ("test_notification", fields.parameters, "TestNotification", documentation, returns, example)
        }
    };
    let further = match feature {
        Feature::Payouts(_) => Some(POLICY),
        Feature::Callbacks(_) => Some(EXTRA),
        _ => None,
    };
    let native = format!("_native.{name}(self, ");
    let (result, documentation, returns) = (format!("payseal.{result}"), documentation.into(), returns.into());
    Some(MethodText { name, parameters, further, result, documentation, returns, example, native })
}

/// What goes through the pages of a list.
fn pages(method: &Method, examples: &Examples<'_>) -> Option<MethodText<'static>> {
    let paging = method.paging?;
    let result = match method.answer {
        "CodePage" => "payseal.CodePages".into(),
        answer => format!("payseal.CodePages[payseal.{answer}]"),
    };
    Some(MethodText {
        name: paging.name,
        parameters: method.parameters,
        further: None,
        result,
        documentation: documentation(paging.documentation),
        returns:
            "An iterator of calls. Parse the answer to each before you take the next: that is how the end is known."
                .into(),
        example: examples.pages(method, paging),
        native: format!("self._pages({:?}, ", method.name),
    })
}

const POLICY: [&str; 3] = [
    "policy",
    "PayoutPolicy",
    "Other limits: ``settle_time``, ``denials``, ``sends``, ``first_pause``, ``longest_pause`` and ``give_up_time``; \
     times are in seconds. See :class:`payseal.types.PayoutPolicy`.",
];

const EXTRA: [&str; 3] = [
    "extra",
    "UnknownFields",
    "Fields that no document names, after those it does: what the gateway may send one day.",
];

impl MethodText<'_> {
    fn text(&self) -> String {
        let Self { name, parameters, result, returns, example, native, .. } = self;
        let (mut takes, mut given) = (declared(parameters, " | None = None"), values(parameters, ""));
        let mut described = described(parameters);
        if let Some([name, type_name, documentation]) = self.further {
            takes = format!("{takes}, {name}: payseal.types.{type_name} | None = None");
            given = format!("{given}, {name}");
            described += &hanging(&format!("{name}: {documentation}"));
        }
        let (mut decorator, mut raises) = ("", "");
        if !parameters.is_empty() {
            decorator = "@suggesting\n";
            described = format!("Parameters:\n{described}\n");
            raises = "Raises:\n    InvalidInputError: A parameter breaks a rule of the gateway's document.\n\n";
        }
        let documentation = fill(&marked(&self.documentation), lines_of(100));
        let returns = hanging(returns);
        let holds_secret =
            |it: &&Parameter| it.secret || group_of(it.kind).is_some_and(|it| have_secret(it.parameters));
        let secret = parameters.iter().filter(holds_secret);
        let secret = list(secret, ", ", |parameter| python_name(parameter.name).into());
        let mut body = format!("return {native}{given})\n");
        if !secret.is_empty() {
            body = format!("try:\n    {body}finally:\n    # Frames show up in reports.\n    del {secret}\n");
        }
        let text = format!("\"\"\"{documentation}\n\n{described}Returns:\n{returns}\n{raises}{example}\"\"\"\n{body}");
        let text = indent(&text, "    ");
        indent(&format!("{decorator}def {name}({takes}) -> {result}:\n{text}"), "    ")
    }
}
