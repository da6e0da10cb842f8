//! The methods of the clients, with their documentation.

use std::io;

use super::examples::Examples;
use super::layout::Code;
use super::{declared, described, hanging, marked, names, python_name};
use crate::source::{Callbacks, Feature, Gateway, Method, Parameter, RequestSchema, Source, is_secret_parameter};
use crate::words::{indented, list, wrap};

/// Nothing that annotations need is imported when the package runs.
const IMPORTS: &str = "\
import payseal

from . import _native
from ._native import defined_once
from ._suggest import suggesting

TYPE_CHECKING = False
if TYPE_CHECKING:
    import payseal.types
";

pub(super) fn file(source: &Source) -> io::Result<String> {
    let mut parts = vec![IMPORTS.to_owned()];
    for gateway in &source.gateways {
        parts.push(client_class(gateway)?);
    }
    Ok(parts.join("\n\n"))
}

/// One client: the native one with a method for each of the gateway.
fn client_class(gateway: &Gateway) -> io::Result<String> {
    let name = gateway.name;
    let examples = Examples::read(gateway)?;
    let mut parts = vec![format!(
        "@defined_once\nclass {name}Methods(_native.{name}):\n    \"\"\"The methods of ``{name}``.\"\"\"\n\n    __slots__ = ()\n"
    )];
    parts.extend(gateway.methods.iter().map(|method| call(method, &examples)));
    parts.extend(gateway.features.iter().filter_map(|feature| match feature {
        Feature::Pages(method) => Some(code_pages(gateway.method(method)?, &examples)),
        Feature::Payouts(method) => Some(payout(gateway.method(method)?, &examples)),
        Feature::Callbacks(callbacks) => Some(sign_callback(*callbacks, &examples)),
        Feature::Notifications(fields) => Some(test_notification(fields, &examples)),
    }));
    Ok(parts.join("\n"))
}

/// A method and all that is said of it.
struct Written<'a> {
    name: &'a str,
    parameters: &'static [Parameter],
    /// One more parameter: its name, type and documentation.
    further: Option<(&'static str, &'static str, &'static str)>,
    result: &'a str,
    documentation: &'a str,
    returns: &'a str,
    example: &'a str,
    body: Code,
}

/// A method that makes a call.
fn call(method: &Method, examples: &Examples<'_>) -> String {
    let answer = list(method.schemas, " | ", |schema| format!("payseal.{}", schema.name));
    Written {
        name: method.name,
        parameters: method.parameters,
        further: None,
        result: &format!("payseal.Call[{answer}]"),
        documentation: &method.documentation,
        returns: &format!("A :class:`Call` whose ``parse`` gives a :class:`{}`.", method.answer),
        example: &examples.call(method),
        body: Code::call(
            "self._call(",
            vec![Code::Plain(format!("\"{}\"", method.name)), values(method.parameters)],
            ")",
        ),
    }
    .text()
}

fn values(parameters: &[Parameter]) -> Code {
    Code::tuple("", names(parameters, ""))
}

/// The iterator of pages.
fn code_pages(method: &Method, examples: &Examples<'_>) -> String {
    let parameters = method.parameters;
    Written {
        name: "code_pages",
        parameters,
        further: None,
        result: "payseal.CodePages",
        documentation: "Page after page of codes, from ``offset`` to the first short page.",
        returns: "An iterator of calls. Parse the answer to each before you take the next: that is how the end is known.",
        example: &examples.pages(method),
        body: Code::call("self._code_pages(", vec![values(parameters)], ")"),
    }
    .text()
}

/// `payout`, which takes what the method takes that pays out.
fn payout(method: &Method, examples: &Examples<'_>) -> String {
    let parameters = method.parameters;
    let policy = "Other limits: ``settle_time``, ``denials``, ``sends``, ``first_pause``, ``longest_pause`` and \
                  ``give_up_time``; times are in seconds. See :class:`payseal.types.PayoutPolicy`.";
    Written {
        name: "payout",
        parameters,
        further: Some(("policy", "payseal.types.PayoutPolicy", policy)),
        result: "payseal.Payout",
        documentation: "Starts a payout that is never paid twice, whatever happens on the way.",
        returns: "A :class:`Payout`, which ``payseal.driver`` runs.",
        example: &examples.payout(method),
        body: Code::call("self._payout(", vec![values(parameters), Code::Plain("policy".into())], ")"),
    }
    .text()
}

fn sign_callback(callbacks: Callbacks, examples: &Examples<'_>) -> String {
    let parameters = callbacks.fields.parameters;
    let extra = "Fields that no document names, after those it does: what the gateway may send one day.";
    Written {
        name: "sign_callback",
        parameters,
        further: Some(("extra", "payseal.types.UnknownFields", extra)),
        result: "payseal.SignedCallback",
        documentation: "Signs a callback as the gateway would, so that you can test your endpoint.",
        returns: "A :class:`SignedCallback`: ``body`` and ``headers``.",
        example: &(examples.callback(callbacks) + ">>> callback.status.is_paid\nTrue\n"),
        body: Code::call("self._sign_callback(", vec![values(parameters), Code::Plain("extra".into())], ")"),
    }
    .text()
}

fn test_notification(fields: &'static RequestSchema, examples: &Examples<'_>) -> String {
    Written {
        name: "test_notification",
        parameters: fields.parameters,
        further: None,
        result: "payseal.TestNotification",
        documentation: "Makes a notification as the gateway would send it, so that you can test your endpoint.",
        returns: "A :class:`TestNotification`: ``body`` and ``headers``.",
        example: &examples.notification(fields),
        body: Code::call("self._test_notification(", vec![values(fields.parameters)], ")"),
    }
    .text()
}

impl Written<'_> {
    fn text(self) -> String {
        let mut takes = declared(self.parameters, " | None = None");
        let mut described = described(self.parameters);
        if let Some((name, type_name, documentation)) = self.further {
            takes.push(Code::Plain(format!("{name}: {type_name} | None = None")));
            described += &hanging(&format!("{name}: {documentation}"));
        }
        let (mut decorator, mut parameters, mut raises) = ("", String::new(), "");
        if !self.parameters.is_empty() {
            decorator = "@suggesting\n";
            parameters = format!("Parameters:\n{}\n", indented(&described, 4));
            raises = "Raises:\n    InvalidInputError: A parameter breaks a rule of the gateway's document.\n\n";
        }
        let documentation = wrap(&marked(self.documentation), 100).join("\n");
        let returns = indented(&hanging(self.returns), 4);
        let example = self.example;
        let text = format!("\"\"\"{documentation}\n\n{parameters}Returns:\n{returns}\n{raises}{example}\"\"\"\n");
        let declaration = Code::call(format!("def {}(", self.name), takes, format!(") -> {}:", self.result));
        let secret = self.parameters.iter().filter(|parameter| is_secret_parameter(parameter));
        let secret = list(secret, ", ", |parameter| python_name(parameter.name));
        let body = self.body.returned();
        let body = if secret.is_empty() {
            body.lines(8)
        } else {
            let body = body.lines(12);
            format!(
                "        try:\n{body}        finally:\n            # Frames show up in reports.\n            del {secret}\n"
            )
        };
        format!("{}{}{}{body}", indented(decorator, 4), declaration.lines(4), indented(&text, 8))
    }
}
