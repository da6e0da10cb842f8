//! The same example in three languages, which run as tests: taken from the vectors that prove all of them.

mod javascript;
mod rust;

use std::io;

use heck::ToLowerCamelCase as _;
use serde_json::Value;

use self::rust::Program;
use crate::python;
use crate::rust::Functions;
use crate::source::{Callbacks, Feature, Gateway, Method, Parameter, RequestSchema, Setting, is_list};
use crate::vectors::{Shown, Vectors, What, body, shown};
use crate::words::list;

/// How long a line may be before it is broken.
const WIDTH: usize = 100;

/// The examples of one gateway. A gateway without vectors or without functions in Rust has none.
pub(super) struct Examples<'a> {
    vectors: Vectors<'a>,
    functions: &'a Functions,
}

impl<'a> Examples<'a> {
    /// # Errors
    /// Where the vectors cannot be read.
    pub(super) fn read(gateway: &'a Gateway, functions: &'a Functions) -> io::Result<Self> {
        Ok(Self { vectors: Vectors::read(gateway)?, functions })
    }

    /// Calls a method, and reads an answer.
    pub(super) fn call(&self, method: &Method) -> io::Result<String> {
        let Some(input) = self.input(method) else { return Ok(String::new()) };
        let answer = self.vectors.answer(method);
        let (shown, body) = (shown(method.schemas, &answer["value"]), wrapped_json(&body(answer)));
        let name = method.name;

        let mut program = self.program();
        let argument = program.argument(method, input).unwrap_or_default();
        let call = match argument.strip_prefix('&').filter(|argument| argument.contains('\n')) {
            Some(parameters) => format!("let parameters = {parameters};\nlet call = client.{name}(&parameters)?;\n"),
            None => format!("let call = client.{name}({argument})?;\n"),
        };
        let rust = program.text(&format!(
            "{call}// Send call.request() unchanged, then read what comes back:\n\
             {}{}",
            parsed(&format!("br#\"{body}\"#"), ["let body = ", ";", "let answer = call.parse(200, ", ")?;"]),
            rust::asserted(&shown, method.schemas.len() > 1)
        ));

        let before = format!("const call = client.{}(", name.to_lower_camel_case());
        let javascript = self.javascript(
            None,
            &format!(
                "{}// Send it unchanged, as by fetch(call.url, call), then read what comes back:\n\
                 {}console.log(answer{}); // {}\n",
                javascript::statement(&before, &javascript::input(method, input), ");"),
                parsed(&format!("`{body}`"), ["const body = ", ";", "const answer = call.parse(200, ", ");"]),
                javascript::read(&shown),
                printed(&shown, ["true", "false"])
            ),
        );

        let python = self.python(&format!(
            "call = client.{name}({})\n# Send it unchanged, then read what comes back:\n\
             {}print(answer{})  # {}\n",
            python::given(method, input),
            parsed(&format!("\"\"\"{body}\"\"\""), ["body = ", "", "answer = call.parse(200, ", ")"]),
            python::read(&shown),
            printed(&shown, ["True", "False"])
        ))?;
        Ok(code_group(&rust, &javascript, &python))
    }

    /// Goes through pages, of which the first is empty, and so the last.
    pub(super) fn pages(&self, method: &Method) -> io::Result<String> {
        let (Some(paging), Some(input)) = (method.paging, self.input(method)) else { return Ok(String::new()) };
        let empty = self.vectors.shortest_answer(method);
        let mut fields = method.schemas.iter().flat_map(|schema| schema.fields);
        let entries = fields.find(|field| is_list(field)).map_or("", |field| field.name);
        let name = paging.name;

        let mut program = self.program();
        let filter = program.argument(method, input).unwrap_or_default();
        let rust = program.text(&format!(
            "let mut pages = client.{name}({});\nwhile let Some(call) = pages.next_call()? {{\n    \
             // Send call.request() unchanged, then read what comes back:\n    \
             let page = call.parse(200, br#\"{empty}\"#)?;\n    pages.received(&page);\n    \
             assert_eq!(page.{entries}.len(), 0);\n}}\n",
            filter.trim_start_matches('&')
        ));
        let javascript = self.javascript(
            None,
            &format!(
                "for (const call of client.{}({})) {{\n  const page = call.parse(200, `{empty}`);\n  \
                 console.log(page.{entries}.length); // 0\n}}\n",
                name.to_lower_camel_case(),
                javascript::object(&javascript::input(method, input))
            ),
        );
        let python = self.python(&format!(
            "for call in client.{name}({}):\n    page = call.parse(200, '{empty}')\n    print(len(page.{entries}))  # 0\n",
            python::given(method, input)
        ))?;
        Ok(code_group(&rust, &javascript, &python))
    }

    /// Makes a callback as the gateway would, and verifies it.
    pub(super) fn callback(&self) -> io::Result<String> {
        for feature in &self.vectors.gateway.features {
            match feature {
                Feature::Callbacks(callbacks) => return self.signed(callbacks),
                Feature::Notifications(fields) => return self.notified(fields),
                Feature::Pages(_) | Feature::Payouts(_) => {}
            }
        }
        Ok(String::new())
    }

    fn signed(&self, callbacks: &Callbacks) -> io::Result<String> {
        let Callbacks { answer, fields, expected } = callbacks;
        let (value, event_id) = (self.vectors.callback(), self.vectors.first_event_id());
        let mut program = self.program();
        let Some(made) = program.made(fields, value) else { return Ok(String::new()) };
        let given = among(fields.parameters, &made.given);
        let compared = among(expected.parameters, &made.given);

        let nothing = program.empty(expected);
        let expected = program.with(&nothing, compared.iter().copied(), value);
        let rust = program.text(&format!(
            "// What the gateway sends:\nlet sent = client.sign_callback(&{})?;\n\n\
             let callback = client.verify_callback(&sent.body, sent.signature())?;\n\
             let expected = {expected};\ncallback.expect(&expected)?;\n\
             assert_eq!(callback.event_id, {event_id:?});\nassert!(callback.status.is_paid());\n",
            made.expression
        ));

        let sign = "const { body, headers } = client.signCallback(";
        let function = format!("expect{answer}");
        let javascript = self.javascript(
            Some(&function),
            &format!(
                "// What the gateway sends:\n{}\nconst callback = client.verifyCallback(body, headers);\n{}\
                 console.log(callback.event_id); // {event_id}\nconsole.log(callback.isPaid); // true\n",
                javascript::statement(sign, &javascript::members(given.iter().copied(), value), ");"),
                javascript::statement(
                    &format!("{function}(callback, "),
                    &javascript::members(compared.iter().copied(), value),
                    ");"
                ),
            ),
        );

        let python = self.python(&format!(
            "# What the gateway sends:\nsent = client.sign_callback({})\n\n\
             callback = client.verify_callback(sent.body, sent.headers)\ncallback.expect({})\n\
             print(callback.event_id)  # {event_id}\nprint(callback.status.is_paid)  # True\n",
            python::arguments(given.into_iter(), value),
            python::arguments(compared.into_iter(), value),
        ))?;
        Ok(code_group(&rust, &javascript, &python))
    }

    fn notified(&self, fields: &RequestSchema) -> io::Result<String> {
        let notification = self.vectors.notification();
        let (value, secret) = (&notification["value"], &notification["secret_key"]);
        let mut program = self.program();
        let Some(made) = program.made(fields, value) else { return Ok(String::new()) };
        let given = among(fields.parameters, &made.given);

        let rust = program.text(&format!(
            "// What the gateway sends:\nlet fields = {}.secret_key({secret});\n\
             let sent = client.test_notification(&fields)?;\n\n\
             let notification = client.verify_notification(&sent.body, Some({secret}))?;\n\
             assert!(notification.status.is_paid());\n",
            made.expression
        ));

        let mut members = javascript::members(given.iter().copied(), value);
        members.push(format!("secret_key: {secret}"));
        let javascript = self.javascript(
            None,
            &format!(
                "// What the gateway sends:\n{}\nconst notification = client.verifyNotification(body, {secret});\n\
                 console.log(notification.isPaid); // true\n",
                javascript::statement("const { body } = client.testNotification(", &members, ");"),
            ),
        );

        let python = self.python(&format!(
            "# What the gateway sends:\nsent = client.test_notification({}, secret_key={secret})\n\n\
             notification = client.verify_notification(sent.body, {secret})\nprint(notification.status.is_paid)  # True\n",
            python::arguments(given.into_iter(), value),
        ))?;
        Ok(code_group(&rust, &javascript, &python))
    }

    /// The input of a call: one as documented, if there is one, that Rust's constructors can make.
    fn input(&self, method: &Method) -> Option<&Value> {
        let is_documented = |call: &&Value| call["name"].as_str().is_some_and(|name| name.contains("as documented"));
        let calls = || self.vectors.calls(method);
        let mut inputs = calls().filter(is_documented).chain(calls()).map(|call| &call["input"]);
        inputs.find(|input| self.program().argument(method, input).is_some())
    }

    fn program(&self) -> Program<'a> {
        Program::new(self.vectors.gateway, self.functions)
    }

    fn javascript(&self, function: Option<&str>, statements: &str) -> String {
        javascript::text(self.vectors.gateway, function, statements)
    }

    fn python(&self, statements: &str) -> io::Result<String> {
        let gateway = self.vectors.gateway;
        let settings = list(required(gateway), ", ", |setting| format!("{:?}", example_of(setting)));
        let name = gateway.name;
        python::formatted(&format!("from payseal import {name}\n\nclient = {name}({settings})\n{statements}"))
    }
}

/// The parameters of those names.
fn among<'p>(parameters: &'p [Parameter], names: &[&str]) -> Vec<&'p Parameter> {
    parameters.iter().filter(|parameter| names.contains(&parameter.name)).collect()
}

fn required(gateway: &Gateway) -> impl Iterator<Item = &'static Setting> {
    gateway.settings.iter().filter(|setting| setting.required)
}

/// What the sandbox has for a setting: `api_key` is `sandbox-key`.
fn example_of(setting: &Setting) -> String {
    let name = setting.name.trim_start_matches("api_").trim_end_matches("_id");
    format!("sandbox-{}", name.replace('_', "-"))
}

fn code_group(rust: &str, javascript: &str, python: &str) -> String {
    let block = |info: &str, code: &str| format!("```{info}\n{code}```\n\n");
    let blocks = block("rust [Rust]", rust) + &block("js [JavaScript]", javascript) + &block("python [Python]", python);
    format!("::: code-group\n\n{blocks}:::\n\n")
}

/// What reads a body: that has a statement of its own if it has several lines. Given is what is before and after it, and what
/// is before and after it where it is read.
fn parsed(body: &str, [before, after, read, end]: [&str; 4]) -> String {
    if body.contains('\n') {
        format!("{before}{body}{after}\n{read}body{end}\n")
    } else {
        format!("{read}{body}{end}\n")
    }
}

/// JSON in lines that are not too long: broken between members, where blanks mean nothing.
fn wrapped_json(json: &str) -> String {
    let mut lines = vec![String::new()];
    for (number, member) in json.split(",\"").enumerate() {
        let member = if number == 0 { member.to_owned() } else { format!("\"{member}") };
        let Some(line) = lines.last_mut().filter(|line| line.len() + member.len() < WIDTH - 10) else {
            lines.push(format!("  {member}"));
            continue;
        };
        line.push_str(if number == 0 { "" } else { "," });
        line.push_str(&member);
    }
    lines.join(",\n")
}

/// What is printed of an answer, by a language that writes booleans like this.
fn printed<'a>(shown: &'a Shown, booleans: [&'a str; 2]) -> &'a str {
    match &shown.what {
        What::IsPaid(_, is_paid) => booleans[usize::from(!*is_paid)],
        What::Amount(_, text) | What::Field(_, text) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_broken_between_members_only() {
        let member = format!("\"a\":\"{}\"", "x, y ".repeat(15));
        let json = format!("{{{member},{member},\"b\":1}}");
        let wrapped = wrapped_json(&json);
        assert_eq!(wrapped, format!("{{{member},\n  {member},\"b\":1}}"));
        assert_eq!(wrapped.lines().count(), 2);
        assert_eq!(wrapped_json("{}"), "{}");
    }
}
