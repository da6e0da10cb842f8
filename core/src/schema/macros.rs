//! The declarations: a struct in the words of the gateway's document, and everything that follows
//! from it.

/// Declares the fields of an answer, as [`message!`] does. What was serialised can be read back.
macro_rules! answer {
    ($(#[doc = $doc:literal])* pub struct $Name:ident { $($fields:tt)* }) => {
        crate::schema::macros::message! {
            [#[cfg_attr(feature = "serde", derive(serde::Deserialize))]]
            $(#[doc = $doc])* pub struct $Name { $($fields)* }
        }
    };
}

/// Declares the fields of a message: those of the gateway's document, and after `also` those that
/// verification adds. Lists may be absent, which reads as empty, unless there is a reason why they are
/// `required`. In brackets come attributes of the type.
macro_rules! message {
    (
        [$(#[$attribute:meta])*]
        $(#[doc = $doc:literal])*
        $(#[event_id($($event:ident),*)])?
        pub struct $Name:ident {
            $($(#[doc = $field_doc:literal])* $(#[required($reason:literal)])? pub $field:ident: $Type:ty,)*
        }
        $(also {
            $($(#[doc = $also_doc:literal])* pub $also:ident: $Also:ty,)*
        })?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        $(#[$attribute])*
        #[non_exhaustive]
        pub struct $Name {
            $(
                $(#[doc = $field_doc])*
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "crate::schema::FieldType::is_absent"))]
                pub $field: $Type,
            )*
            /// Fields the gateway's document does not name, kept as they came.
            #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "crate::json::Extra::is_empty"))]
            pub extra: crate::json::Extra,
            $($(
                $(#[doc = $also_doc])*
                pub $also: $Also,
            )*)?
        }

        const _: () = assert!(
            <$Name as crate::schema::Answer>::SCHEMAS[0].fields.len() <= crate::schema::MAX_FIELDS
        );

        impl crate::schema::Answer for $Name {
            const NAME: &'static str = stringify!($Name);
            const SCHEMAS: &'static [&'static crate::schema::ResponseSchema] = {
                static SCHEMA: crate::schema::ResponseSchema = crate::schema::ResponseSchema {
                    name: stringify!($Name),
                    documentation: crate::schema::documented(&[$($doc),*]),
                    fields: &[$(crate::schema::Field {
                        name: const { crate::schema::wire_name(stringify!($field)) },
                        documentation: crate::schema::documented(&[$($field_doc),*]),
                        kind: <$Type as crate::schema::FieldType>::KIND,
                        required: <$Type as crate::schema::FieldType>::REQUIRED $(|| !$reason.is_empty())?,
                        secret: <$Type as crate::schema::FieldType>::SECRET,
                    }),*],
                    open_amounts: false,
                    event_id: &[$($(const {
                        let _ = |message: &$Name| { let _ = &message.$event; };
                        crate::schema::wire_name(stringify!($event))
                    }),*)?],
                    // Every gateway's folder has its own.
                    conventions: super::CONVENTIONS,
                };
                &[&SCHEMA]
            };
        }

        impl crate::schema::FromObject for $Name {
            fn from_object(
                message: &str,
                object: &mut crate::schema::ParsedObject,
            ) -> crate::error::Result<Self> {
                let mut values = object.values.iter_mut();
                Ok(Self {
                    $($field: match values.next() {
                        Some(value) => crate::schema::FieldType::from_value(message, value)?,
                        None => return crate::schema::unexpected(),
                    },)*
                    extra: core::mem::take(&mut object.extra),
                    $($($also: <$Also>::default(),)*)?
                })
            }
        }

        impl crate::schema::FieldType for $Name {
            const KIND: crate::schema::FieldKind =
                crate::schema::FieldKind::Group(<Self as crate::schema::Answer>::SCHEMAS[0]);

            fn from_value(
                message: &str,
                value: &mut crate::schema::FieldValue,
            ) -> crate::error::Result<Self> {
                match value {
                    crate::schema::FieldValue::Group(object) => {
                        <Self as crate::schema::FromObject>::from_object(message, object)
                    }
                    _ => crate::schema::unexpected(),
                }
            }
        }
    };
}

/// Declares an open set of known values.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        pub enum $Name:ident {
            $($(#[doc = $known_doc:literal])* $Known:ident = $value:literal $(=> $outcome:ident)?,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[doc = $known_doc])* $Known,)*
            /// A value the gateway's document does not name, as it came.
            Other(alloc::string::String),
        }

        impl $Name {
            pub(crate) const CHOICE: &'static crate::schema::Choice = {
                static CHOICE: crate::schema::Choice = crate::schema::Choice {
                    name: crate::schema::documented_name(stringify!($Name)),
                    documentation: crate::schema::documented(&[$($doc),*]),
                    known: crate::schema::documented_values(&[$(crate::schema::Known {
                        value: $value,
                        documentation: crate::schema::documented(&[$($known_doc),*]),
                        outcome: crate::schema::macros::choice!(@outcome $($outcome)?),
                    }),*]),
                };
                &CHOICE
            };

            /// The documented values.
            #[allow(dead_code, reason = "not every choice is looked through")]
            pub(crate) const DOCUMENTED: &'static [&'static str] = &[$($value),*];

            /// The documented value that a text is, whatever the case of its letters; else the text.
            #[allow(dead_code, reason = "not every choice settles something")]
            pub(crate) fn in_any_case(text: &str) -> Self {
                let text = text.trim();
                let known = Self::DOCUMENTED.iter().find(|known| known.eq_ignore_ascii_case(text));
                Self::from(known.copied().unwrap_or(text))
            }

            #[allow(dead_code, reason = "not every choice is one of statuses")]
            pub(crate) fn outcome(&self) -> Option<crate::schema::Outcome> {
                match self {
                    $(Self::$Known => crate::schema::macros::choice!(@outcome $($outcome)?),)*
                    Self::Other(_) => None,
                }
            }

            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Known => $value,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                match text {
                    $($value => Self::$Known,)*
                    other => Self::Other(other.into()),
                }
            }
        }

        /// As [`Self::as_str`], but an unknown value on one line, escaped, and cut after 200 characters.
        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    Self::Other(text) => f.pad(&crate::shown::shown(text)),
                    known => f.pad(known.as_str()),
                }
            }
        }

        impl From<alloc::string::String> for $Name {
            fn from(text: alloc::string::String) -> Self {
                Self::from(&*text)
            }
        }

        crate::schema::becomes!(&str, alloc::string::String => $Name);

        impl crate::schema::ParameterType for $Name {
            const KIND: crate::schema::ParameterKind =
                <alloc::string::String as crate::schema::ParameterType>::KIND;
            const CHOICE: Option<&'static crate::schema::Choice> = Some($Name::CHOICE);

            fn unset() -> Self {
                Self::Other(alloc::string::String::new())
            }

            fn argument(&self) -> Option<crate::schema::Argument<'_>> {
                Some(crate::schema::Argument::Text(self.as_str()))
            }

            fn from_argument(argument: &crate::schema::Argument<'_>) -> Option<Self> {
                argument.text().map(Self::from)
            }
        }

        impl PartialEq<str> for $Name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $Name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl crate::schema::FieldType for $Name {
            const KIND: crate::schema::FieldKind = crate::schema::FieldKind::Choice(Self::CHOICE);

            fn from_value(
                message: &str,
                value: &mut crate::schema::FieldValue,
            ) -> crate::error::Result<Self> {
                value.scalar(message).map(|text| Self::from(&*text))
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <alloc::string::String as serde::Deserialize>::deserialize(deserializer).map(|text| Self::from(&*text))
            }
        }
    };
    (@outcome) => { None };
    (@outcome $outcome:ident) => { Some(crate::schema::Outcome::$outcome) };
}

/// Declares an open set of statuses, each with what it says of the money.
macro_rules! status {
    ($(#[doc = $doc:literal])* pub enum $Name:ident { $($body:tt)* }) => {
        crate::schema::macros::choice! { $(#[doc = $doc])* pub enum $Name { $($body)* } }

        impl $Name {
            /// Whether the money has arrived.
            pub fn is_paid(&self) -> bool {
                self.outcome() == Some(crate::schema::Outcome::Paid)
            }

            /// Whether nothing will change any more. An unknown status is not final.
            pub fn is_final(&self) -> bool {
                self.outcome().is_some_and(crate::schema::Outcome::is_final)
            }
        }
    };
}

/// Declares the parameters of a method, or of a group within them. What the types of the
/// parameters do not say is in the struct's [`crate::schema::Rules`]. Setters of optional parameters
/// take an `Option`, unless `#[setter(value)]` says that they take a value only.
macro_rules! parameters {
    (
        $(#[doc = $doc:literal])*
        $(#[derive($Derived:ident)])?
        $visibility:vis struct $Name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[setter($setter:ident)])?
                pub $field:ident: $Type:ident $(<$Inner:ident>)?,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $(#[derive($Derived)])?
        #[allow(non_snake_case, reason = "the gateway's own names")]
        #[non_exhaustive]
        $visibility struct $Name {
            $($(#[doc = $field_doc])* pub $field: $Type $(<$Inner>)?,)*
        }

        #[allow(non_snake_case, dead_code, reason = "the gateway's own names; not every method needs `unset`")]
        impl $Name {
            pub(crate) fn unset() -> Self {
                Self { $($field: <$Type $(<$Inner>)? as crate::schema::ParameterType>::unset(),)* }
            }

            $(crate::schema::macros::parameters! {
                @setter [$($setter)?] $(#[doc = $field_doc])* $field: $Type $(<$Inner>)?
            })*
        }

        const _: () = {
            /// The position of each parameter.
            #[allow(non_snake_case, missing_docs, unreachable_pub, reason = "the gateway's own names")]
            pub struct Fields {
                $(pub $field: crate::schema::Position,)*
            }

            impl crate::schema::Parameters for $Name {
                const SCHEMA: &'static crate::schema::RequestSchema = {
                    static SCHEMA: crate::schema::RequestSchema = crate::schema::RequestSchema {
                        name: crate::schema::documented_name(stringify!($Name)),
                        documentation: crate::schema::documented(&[$($doc),*]),
                        parameters: &[$(crate::schema::Parameter {
                            name: crate::schema::wire_name(stringify!($field)),
                            documentation: crate::schema::documented(&[$($field_doc),*]),
                            kind: <$Type $(<$Inner>)? as crate::schema::ParameterType>::KIND,
                            choice: crate::schema::documented_choice(
                                <$Type $(<$Inner>)? as crate::schema::ParameterType>::CHOICE,
                            ),
                            required: <$Type $(<$Inner>)? as crate::schema::ParameterType>::REQUIRED,
                            secret: <$Type $(<$Inner>)? as crate::schema::ParameterType>::SECRET,
                        }),*],
                        rules: <$Name as crate::schema::Rules>::rules,
                    };
                    &SCHEMA
                };

                type Fields = Fields;
                #[allow(unused_mut, unused_assignments, reason = "no parameter is after the last")]
                const FIELDS: Fields = {
                    let mut next = 0;
                    $(
                        #[allow(non_snake_case, reason = "the gateway's own names")]
                        let $field = crate::schema::Position(next);
                        next += 1;
                    )*
                    let _ = next;
                    Fields { $($field),* }
                };

                fn from_named(_arguments: crate::schema::NamedArguments<'_>) -> Option<Self> {
                    Some(Self { $($field: crate::schema::parameter(_arguments.get(Self::FIELDS.$field))?,)* })
                }

                fn with_arguments<R>(&self, then: impl FnOnce(crate::schema::Arguments<'_>) -> R) -> R {
                    then(&[$(crate::schema::ParameterType::argument(&self.$field)),*])
                }
            }
        };

        impl crate::schema::ParameterType for $Name {
            const KIND: crate::schema::ParameterKind =
                crate::schema::ParameterKind::Group(<Self as crate::schema::Parameters>::SCHEMA);

            fn unset() -> Self {
                $Name::unset()
            }

            fn argument(&self) -> Option<crate::schema::Argument<'_>> {
                Some(crate::schema::Argument::Group(alloc::vec![
                    $(crate::schema::ParameterType::argument(&self.$field)),*
                ]))
            }

            fn from_argument(argument: &crate::schema::Argument<'_>) -> Option<Self> {
                let crate::schema::Argument::Group(members) = argument else { return None };
                <Self as crate::schema::Parameters>::from_named(crate::schema::NamedArguments::new(members))
            }
        }
    };
    (@setter [value] $(#[doc = $doc:literal])* $field:ident: Option<$Inner:ident>) => {
        $(#[doc = $doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$Inner>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (@setter [] $(#[doc = $doc:literal])* $field:ident: Option<$Inner:ident>) => {
        $(#[doc = $doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<crate::schema::Optional<$Inner>>) -> Self {
            self.$field = $field.into().into_option();
            self
        }
    };
    (@setter [] $(#[doc = $doc:literal])* $field:ident: $Type:ident $(<$Inner:ident>)?) => {
        $(#[doc = $doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$Type $(<$Inner>)?>) -> Self {
            self.$field = $field.into();
            self
        }
    };
}

pub(crate) use {answer, choice, message, parameters, status};
