//! The limits of a machine: each is declared once, with its default, and is saved and set under its name.

use alloc::vec::Vec;
use core::time::Duration;

use super::whole_millis;
use crate::error::Result;
use crate::schema::require;

const DAY: u64 = 24 * 60 * 60 * 1_000;
pub(crate) const WEEK: u64 = 7 * DAY;
pub(crate) const YEAR: u64 = 366 * DAY;

/// The limits of a machine by their names, for bindings and saved texts.
pub trait PolicyOptions: Default {
    /// The names of the options.
    const NAMES: &'static [&'static str];

    /// Whether an option is a count: all others are times.
    fn is_count(name: &str) -> bool;

    /// Sets an option: a count, or a time in milliseconds.
    ///
    /// # Errors
    /// `invalid_input` where the option does not exist.
    fn set(&mut self, name: &str, value: u64) -> Result<()>;

    /// The options with their names, as [`PolicyOptions::set`] takes them.
    fn options(&self) -> Vec<(&'static str, u64)>;

    /// Checks the limits.
    ///
    /// # Errors
    /// `invalid_input`, naming the option as `policy.sends`.
    fn check(&self) -> Result<()>;
}

/// A count, or a time.
pub(crate) trait PolicyOption {
    const IS_COUNT: bool;
    fn from_number(number: u64) -> Self;
    fn number(self) -> u64;
}

impl PolicyOption for u32 {
    const IS_COUNT: bool = true;

    fn from_number(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }

    fn number(self) -> u64 {
        self.into()
    }
}

impl PolicyOption for Duration {
    const IS_COUNT: bool = false;

    fn from_number(number: u64) -> Self {
        Self::from_millis(number)
    }

    fn number(self) -> u64 {
        whole_millis(self)
    }
}

/// Makes a struct the limits of a machine, each with its default. The struct's own `check` has their rules.
macro_rules! policy {
    ($Name:ident { $($option:ident: $Type:ty = $default:expr,)* }) => {
        impl $Name {
            /// The defaults.
            pub const fn new() -> Self {
                Self { $($option: $default),* }
            }

            $(
                #[doc = concat!("Sets [`", stringify!($Name), "::", stringify!($option), "`].")]
                #[must_use]
                pub const fn $option(mut self, $option: $Type) -> Self {
                    self.$option = $option;
                    self
                }
            )*
        }

        impl Default for $Name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl crate::machine::PolicyOptions for $Name {
            const NAMES: &'static [&'static str] = &[$(stringify!($option)),*];

            fn is_count(name: &str) -> bool {
                match name {
                    $(stringify!($option) => <$Type as crate::machine::PolicyOption>::IS_COUNT,)*
                    _ => false,
                }
            }

            fn set(&mut self, name: &str, value: u64) -> crate::error::Result<()> {
                match name {
                    $(stringify!($option) => self.$option = crate::machine::PolicyOption::from_number(value),)*
                    _ => return Err(crate::error::Error::invalid("policy", "has an option that there is not")),
                }
                Ok(())
            }

            fn options(&self) -> alloc::vec::Vec<(&'static str, u64)> {
                alloc::vec![$((stringify!($option), crate::machine::PolicyOption::number(self.$option))),*]
            }

            fn check(&self) -> crate::error::Result<()> {
                Self::check(self)
            }
        }
    };
}
pub(crate) use policy;

/// The rules of the pauses between questions.
pub(crate) fn check_pauses(first: Duration, longest: Duration) -> Result<()> {
    let (first, longest) = (whole_millis(first), whole_millis(longest));
    require((1..=WEEK).contains(&first), "policy.first_pause", "must be above zero, and at most 7 days")?;
    let rule = "must be at least the first pause, and at most 7 days";
    require((first..=WEEK).contains(&longest), "policy.longest_pause", rule)
}
