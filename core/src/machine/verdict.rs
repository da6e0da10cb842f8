//! How a machine ended, in a word.

/// The verdicts of a machine, each with its text, the same in every language.
macro_rules! verdicts {
    ($Name:ident { $($Verdict:ident = $text:literal),* }) => {
        impl $Name {
            /// Every verdict.
            pub const ALL: [Self; [$($text),*].len()] = [$(Self::$Verdict),*];

            /// The verdict as text, the same in every language.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Verdict => $text,)*
                }
            }
        }

        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl crate::machine::saved::Saved for $Name {
            fn write(&self, name: &str, object: &mut crate::json::ObjectWriter) {
                object.text(name, self.as_str());
            }

            fn read(object: crate::machine::saved::SavedObject<'_>, name: &str) -> Option<Self> {
                let text = object.get::<alloc::string::String>(name)?;
                Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
            }
        }
    };
}
pub(crate) use verdicts;
