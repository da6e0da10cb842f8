//! The core's schemas, as both languages need them: the only module that reads them.

use std::collections::BTreeMap;

use payseal::binding::{self, GATEWAYS, Outcome};
pub(crate) use payseal::binding::{
    Argument, Callback, Choice, Field, FieldKind, Known, NamedArguments, Paging, Parameter, ParameterKind, ProofKind,
};
pub(crate) use payseal::binding::{MAX_TEXT, RequestSchema, ResponseSchema, Setting, SettingKind, SuccessRule};

/// The gateway whose client makes payouts that happen once.
const PAYS_OUT: &str = "Bitloga";

/// Everything that the files are made from. Types go by name, in alphabetical order.
pub(crate) struct Source {
    /// The codes of errors with the names of their classes, in the order of the core.
    pub(crate) errors: Vec<(&'static str, &'static str)>,
    pub(crate) gateways: Vec<Gateway>,
    pub(crate) types: BTreeMap<&'static str, &'static ResponseSchema>,
    /// Types that are one of several others.
    pub(crate) unions: BTreeMap<&'static str, &'static [&'static ResponseSchema]>,
    pub(crate) choices: BTreeMap<&'static str, &'static Choice>,
}

/// One gateway's client.
pub(crate) struct Gateway {
    pub(crate) name: &'static str,
    /// Its place in the core's list.
    pub(crate) number: usize,
    pub(crate) documentation: String,
    pub(crate) settings: &'static [Setting],
    pub(crate) methods: Vec<Method>,
    pub(crate) callback: &'static Callback,
    pub(crate) features: Vec<Feature>,
}

/// A method that makes a call.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) documentation: String,
    pub(crate) request: &'static RequestSchema,
    pub(crate) parameters: &'static [Parameter],
    /// Whether it moves money: sent again, it may move money twice.
    pub(crate) moves_money: bool,
    /// The name of the type that it answers with.
    pub(crate) answer: &'static str,
    pub(crate) schemas: &'static [&'static ResponseSchema],
    pub(crate) paging: Option<&'static Paging>,
}

/// What a client does besides making calls.
pub(crate) enum Feature {
    /// Pages of what the method of that name lists.
    Pages(&'static str),
    /// Payouts, by the method of that name.
    Payouts(&'static str),
    /// Callbacks with a signature.
    Callbacks(Callbacks),
    /// Notifications that carry a secret: what a test sends.
    Notifications(&'static RequestSchema),
}

/// Callbacks that are signed.
pub(crate) struct Callbacks {
    /// The name of their type.
    pub(crate) answer: &'static str,
    /// What a test signs.
    pub(crate) fields: &'static RequestSchema,
    /// What a shop expects.
    pub(crate) expected: &'static RequestSchema,
}

impl Source {
    pub(crate) fn read() -> Self {
        let mut source = Self {
            errors: payseal::binding::ERROR_CODES.iter().map(|(code, family)| (*code, family.name())).collect(),
            gateways: Vec::new(),
            types: BTreeMap::new(),
            unions: BTreeMap::new(),
            choices: BTreeMap::new(),
        };
        let mut gateways: Vec<_> = GATEWAYS.iter().enumerate().collect();
        gateways.sort_by_key(|(_, gateway)| gateway.name);
        for (number, gateway) in gateways {
            source.add_gateway(number, gateway);
        }
        source
    }

    fn add_gateway(&mut self, number: usize, gateway: &'static binding::Gateway) {
        self.add_schemas(gateway.callback.answer, gateway.callback.schemas);
        for method in gateway.methods {
            self.add_schemas(method.answer, method.schemas);
        }
        let methods = gateway.methods.iter().map(|method| Method {
            name: method.name,
            documentation: documentation(method.request.documentation),
            request: method.request,
            parameters: method.request.parameters,
            moves_money: method.moves_money,
            answer: method.answer,
            schemas: method.schemas,
            paging: method.paging,
        });
        self.gateways.push(Gateway {
            name: gateway.name,
            number,
            documentation: documentation(gateway.documentation),
            settings: gateway.settings,
            methods: methods.collect(),
            callback: &gateway.callback,
            features: features(gateway),
        });
    }

    fn add_schemas(&mut self, name: &'static str, schemas: &'static [&'static ResponseSchema]) {
        for schema in schemas {
            self.add_schema(schema);
        }
        if schemas.len() > 1 {
            self.unions.insert(name, schemas);
        }
    }

    fn add_schema(&mut self, schema: &'static ResponseSchema) {
        self.types.insert(schema.name, schema);
        for field in schema.fields {
            match field.kind {
                FieldKind::Choice(choice) => drop(self.choices.insert(choice.name, choice)),
                FieldKind::Group(schema) | FieldKind::List(schema) => self.add_schema(schema),
                _ => {}
            }
        }
    }

    /// Whether a type is that of a callback that is signed, which may be by any of several secrets.
    pub(crate) fn is_signed(&self, name: &str) -> bool {
        let callbacks = self.gateways.iter().map(|gateway| gateway.callback);
        let mut signed = callbacks.filter(|callback| matches!(callback.proof, ProofKind::Signature(_)));
        signed.any(|callback| callback.schemas.iter().any(|schema| schema.name == name))
    }

    /// The callbacks whose type this is, and the gateway that sends them.
    pub(crate) fn callbacks_of(&self, name: &str) -> Option<(&Gateway, &Callbacks)> {
        let mut callbacks = self.gateways.iter().filter_map(|gateway| Some((gateway, gateway.callbacks()?)));
        callbacks.find(|(_, callbacks)| callbacks.answer == name)
    }

    /// The union that a type belongs to.
    pub(crate) fn union_of(&self, name: &str) -> Option<(&'static str, &'static [&'static ResponseSchema])> {
        let mut unions = self.unions.iter().map(|(union, schemas)| (*union, *schemas));
        unions.find(|(_, schemas)| schemas.iter().any(|schema| schema.name == name))
    }
}

fn features(gateway: &'static binding::Gateway) -> Vec<Feature> {
    let pages = gateway.methods.iter().filter(|method| method.paging.is_some());
    let mut features: Vec<_> = pages.map(|method| Feature::Pages(method.name)).collect();
    if gateway.name == PAYS_OUT {
        features.push(Feature::Payouts("withdraw"));
    }
    let callback = &gateway.callback;
    match (callback.proof, callback.sample, callback.expected) {
        (ProofKind::Signature(_), Some(fields), Some(expected)) => {
            features.push(Feature::Callbacks(Callbacks { answer: callback.answer, fields, expected }));
        }
        (ProofKind::SecretKey, Some(fields), _) => features.push(Feature::Notifications(fields)),
        _ => {}
    }
    features
}

impl Gateway {
    pub(crate) fn method(&self, name: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.name == name)
    }

    /// The parameters of what makes no call.
    pub(crate) fn further_parameters(&self) -> impl Iterator<Item = &'static RequestSchema> {
        self.features.iter().flat_map(|feature| match feature {
            Feature::Callbacks(callbacks) => vec![callbacks.fields, callbacks.expected],
            Feature::Notifications(fields) => vec![*fields],
            Feature::Pages(_) | Feature::Payouts(_) => Vec::new(),
        })
    }

    fn callbacks(&self) -> Option<&Callbacks> {
        self.features.iter().find_map(|feature| match feature {
            Feature::Callbacks(callbacks) => Some(callbacks),
            _ => None,
        })
    }
}

/// The words of a document as one line; two spaces are between paragraphs.
pub(crate) fn documentation(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// Whether an object always has the field: lists may be empty.
pub(crate) fn is_always_there(field: &Field) -> bool {
    field.required || is_list(field)
}

/// Whether the field is not shown to a person: one named like a secret parameter is not, whatever a gateway writes there.
pub(crate) fn is_secret(field: &Field) -> bool {
    let parameters = GATEWAYS.iter().flat_map(|gateway| gateway.methods).flat_map(|method| method.request.parameters);
    field.secret || parameters.filter(|parameter| parameter.secret).any(|parameter| parameter.name == field.name)
}

pub(crate) fn is_list(field: &Field) -> bool {
    matches!(field.kind, FieldKind::List(_) | FieldKind::Texts)
}

/// The field that says how far the money has come, and its values.
pub(crate) fn status_of(schema: &ResponseSchema) -> Option<(&'static str, &'static Choice)> {
    schema.fields.iter().find_map(|field| match field.kind {
        FieldKind::Choice(choice) if is_status(choice) => Some((field.name, choice)),
        _ => None,
    })
}

pub(crate) fn is_status(choice: &Choice) -> bool {
    choice.known.iter().any(|known| known.outcome.is_some())
}

/// The values that are final where `active` is false, and only there.
pub(crate) fn expiring(choice: &Choice) -> Vec<&'static str> {
    values(choice, |known| known.outcome == Some(Outcome::OpenWhileActive))
}

/// The values of which something is true.
pub(crate) fn values(choice: &Choice, is_one: impl Fn(&Known) -> bool) -> Vec<&'static str> {
    choice.known.iter().filter(|known| is_one(known)).map(|known| known.value).collect()
}

/// The groups among parameters, one at a time or in lists.
pub(crate) fn groups(parameters: &[Parameter]) -> impl Iterator<Item = &'static RequestSchema> {
    parameters.iter().filter_map(|parameter| group_of(parameter.kind))
}

/// What the group is, or each group of a list.
pub(crate) fn group_of(kind: ParameterKind) -> Option<&'static RequestSchema> {
    match kind {
        ParameterKind::Group(group) | ParameterKind::List(group) => Some(group),
        _ => None,
    }
}

/// Whether one of the parameters, or of those in groups, may not be shown.
pub(crate) fn have_secret(parameters: &[Parameter]) -> bool {
    let is_secret = |parameter: &Parameter| parameter.secret;
    parameters.iter().any(is_secret) || groups(parameters).any(|group| have_secret(group.parameters))
}
