//! The declarations: a struct in the words of the gateway's table, and everything that follows
//! from it.

/// Declares the fields of an answer, as [`message!`] does. What was serialised can be read back.
macro_rules! answer {
    ($(#[doc = $doc:literal])* pub struct $Name:ident { $($fields:tt)* }) => {
        crate::message::macros::message! {
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
        $(#[event_id($($event:literal),*)])?
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
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "crate::message::FieldType::is_absent"))]
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
            <$Name as crate::message::Answer>::SHAPES[0].fields.len() <= crate::message::MAX_FIELDS
        );

        impl crate::message::Answer for $Name {
            const NAME: &'static str = stringify!($Name);
            const SHAPES: &'static [&'static crate::message::Shape] = {
                static SHAPE: crate::message::Shape = crate::message::Shape {
                    name: stringify!($Name),
                    documentation: crate::message::documented(&[$($doc),*]),
                    fields: &[$(crate::message::Field {
                        name: const { crate::message::wire_name(stringify!($field)) },
                        documentation: crate::message::documented(&[$($field_doc),*]),
                        kind: <$Type as crate::message::FieldType>::KIND,
                        required: <$Type as crate::message::FieldType>::REQUIRED $(|| !$reason.is_empty())?,
                        secret: <$Type as crate::message::FieldType>::SECRET,
                    }),*],
                    open_amounts: false,
                    event_id: &[$($($event),*)?],
                };
                &[&SHAPE]
            };

            fn from_record(
                message: &str,
                record: &mut crate::message::Record,
            ) -> crate::error::Result<Self> {
                let mut slots = record.slots.iter_mut();
                Ok(Self {
                    $($field: match slots.next() {
                        Some(slot) => crate::message::FieldType::take(message, slot)?,
                        None => return crate::message::unexpected(),
                    },)*
                    extra: core::mem::take(&mut record.extra).into(),
                    $($($also: <$Also>::default(),)*)?
                })
            }
        }

        impl crate::message::FieldType for $Name {
            const KIND: crate::message::FieldKind =
                crate::message::FieldKind::Group(<Self as crate::message::Answer>::SHAPES[0]);

            fn take(
                message: &str,
                slot: &mut crate::message::Slot,
            ) -> crate::error::Result<Self> {
                match slot {
                    crate::message::Slot::Group(record) => {
                        <Self as crate::message::Answer>::from_record(message, record)
                    }
                    _ => crate::message::unexpected(),
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
            pub(crate) const CHOICE: &'static crate::message::Choice = {
                static CHOICE: crate::message::Choice = crate::message::Choice {
                    name: crate::message::documented_name(stringify!($Name)),
                    documentation: crate::message::documented(&[$($doc),*]),
                    known: crate::message::documented_values(&[$(crate::message::Known {
                        value: $value,
                        documentation: crate::message::documented(&[$($known_doc),*]),
                        outcome: crate::message::macros::choice!(@outcome $($outcome)?),
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
            fn outcome(&self) -> Option<crate::message::Outcome> {
                match self {
                    $(Self::$Known => crate::message::macros::choice!(@outcome $($outcome)?),)*
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

        crate::message::becomes!(&str, alloc::string::String => $Name);

        impl crate::message::ParameterType for $Name {
            const KIND: crate::message::ParameterKind =
                <alloc::string::String as crate::message::ParameterType>::KIND;

            fn blank() -> Self {
                Self::Other(alloc::string::String::new())
            }

            fn scalar(&self) -> Option<crate::message::Given<'_>> {
                Some(crate::message::Given::Text(self.as_str()))
            }

            fn take(values: &crate::message::Values<'_>, name: &'static str) -> crate::error::Result<Self> {
                <alloc::string::String as crate::message::ParameterType>::take(values, name).map(Self::from)
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

        impl crate::message::FieldType for $Name {
            const KIND: crate::message::FieldKind = crate::message::FieldKind::Choice(Self::CHOICE);

            fn take(
                message: &str,
                slot: &mut crate::message::Slot,
            ) -> crate::error::Result<Self> {
                match slot {
                    crate::message::Slot::Scalar(text) => Ok(Self::from(&*text.read(message))),
                    _ => crate::message::unexpected(),
                }
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
    (@outcome $outcome:ident) => { Some(crate::message::Outcome::$outcome) };
}

/// Declares an open set of statuses, each with what it says of the money.
macro_rules! status {
    ($(#[doc = $doc:literal])* pub enum $Name:ident { $($body:tt)* }) => {
        crate::message::macros::choice! { $(#[doc = $doc])* pub enum $Name { $($body)* } }

        impl $Name {
            /// Whether the money has arrived.
            pub fn is_paid(&self) -> bool {
                self.outcome() == Some(crate::message::Outcome::Paid)
            }

            /// Whether nothing will change any more. An unknown status is not final.
            pub fn is_final(&self) -> bool {
                self.outcome().is_some_and(crate::message::Outcome::is_final)
            }
        }
    };
}

/// Declares the parameters of a method, or of a group within them. What the types of the
/// parameters do not say stands in the struct's [`crate::message::Rules`]. Setters of optional parameters
/// take an `Option`, unless `#[setter(value)]` says that they take a value only.
macro_rules! parameters {
    (
        $(#[doc = $doc:literal])*
        pub struct $Name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[setter($setter:ident)])?
                pub $field:ident: $Type:ident $(<$Inner:ident>)?,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(non_snake_case, reason = "the gateway's own names")]
        #[non_exhaustive]
        pub struct $Name {
            $($(#[doc = $field_doc])* pub $field: $Type $(<$Inner>)?,)*
        }

        #[allow(non_snake_case, reason = "the gateway's own names")]
        impl $Name {
            pub(crate) fn blank() -> Self {
                Self { $($field: <$Type $(<$Inner>)? as crate::message::ParameterType>::blank(),)* }
            }

            $(crate::message::macros::parameters! {
                @setter [$($setter)?] $(#[doc = $field_doc])* $field: $Type $(<$Inner>)?
            })*
        }

        impl crate::message::Parameters for $Name {
            const TABLE: &'static crate::message::Table = {
                static TABLE: crate::message::Table = crate::message::Table {
                    name: crate::message::documented_name(stringify!($Name)),
                    documentation: crate::message::documented(&[$($doc),*]),
                    parameters: &[$(crate::message::Parameter {
                        name: crate::message::wire_name(stringify!($field)),
                        documentation: crate::message::documented(&[$($field_doc),*]),
                        kind: <$Type $(<$Inner>)? as crate::message::ParameterType>::KIND,
                        required: <$Type $(<$Inner>)? as crate::message::ParameterType>::REQUIRED,
                    }),*],
                    rules: <$Name as crate::message::Rules>::rules,
                };
                &TABLE
            };

            fn from_values(values: &crate::message::Values<'_>) -> crate::error::Result<Self> {
                Ok(Self {
                    $($field: crate::message::ParameterType::take(
                        values,
                        const { crate::message::wire_name(stringify!($field)) },
                    )?,)*
                })
            }

            #[allow(non_snake_case, reason = "the gateway's own names")]
            fn with_inputs<R>(&self, then: impl FnOnce(crate::message::Inputs<'_>) -> R) -> R {
                $(let mut $field = alloc::vec::Vec::new();)*
                then(&[$(crate::message::ParameterType::given(&self.$field, &mut $field)),*])
            }
        }

        impl crate::message::ParameterType for $Name {
            const KIND: crate::message::ParameterKind =
                crate::message::ParameterKind::Group(<Self as crate::message::Parameters>::TABLE);

            fn blank() -> Self {
                $Name::blank()
            }

            fn scalar(&self) -> Option<crate::message::Given<'_>> {
                None
            }

            fn given<'m, 'a: 'm>(
                &'a self,
                members: &'m mut alloc::vec::Vec<Option<crate::message::Given<'a>>>,
            ) -> Option<crate::message::Given<'m>> {
                members.extend([$(crate::message::ParameterType::scalar(&self.$field)),*]);
                Some(crate::message::Given::Group(members))
            }

            fn take(values: &crate::message::Values<'_>, name: &'static str) -> crate::error::Result<Self> {
                match values.group(name) {
                    Some(members) => <Self as crate::message::Parameters>::from_values(&members),
                    None => Err(crate::error::Error::invalid(name, "is required")),
                }
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
        pub fn $field(mut self, $field: impl Into<crate::message::Optional<$Inner>>) -> Self {
            self.$field = $field.into().into_option();
            self
        }
    };
    (@setter [] $(#[doc = $doc:literal])* $field:ident: $Type:ident) => {
        $(#[doc = $doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$Type>) -> Self {
            self.$field = $field.into();
            self
        }
    };
}

pub(crate) use {answer, choice, message, parameters, status};
