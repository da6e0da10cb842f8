//! Saved texts: one JSON object, read member by member.

use alloc::string::{String, ToString as _};

use super::{LastAnswer, Timer, Timestamp};
use crate::json::{Document, Kind, ObjectWriter};

/// One object of a saved text.
#[derive(Clone, Copy)]
pub(crate) struct Saved<'d> {
    document: &'d Document<'d>,
    object: usize,
}

impl<'d> Saved<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        Self { document, object: Document::ROOT }
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        Some(self.document.member(self.object, name)?.into_owned())
    }

    /// A number up to 2^53-1: more no machine counts to, and no language of this library can tell.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        let digits = self.text(name)?;
        // `parse` by itself would take a plus sign.
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().filter(|number| *number <= Timestamp::MAX.millis())
    }

    pub(crate) fn count(&self, name: &str) -> Option<u32> {
        u32::try_from(self.number(name)?).ok()
    }

    pub(crate) fn time(&self, name: &str) -> Option<Timestamp> {
        Some(Timestamp::from_millis(self.number(name)?))
    }

    /// Whether the member is `true`: what is not was not written.
    pub(crate) fn flag(&self, name: &str) -> bool {
        let member = self.document.field(self.object, name);
        member.is_some_and(|member| self.document.node(member).kind == Kind::True)
    }

    pub(crate) fn group(&self, name: &str) -> Option<Self> {
        Some(Self { object: self.document.field(self.object, name)?, ..*self })
    }

    pub(crate) fn timer(&self) -> Option<Timer> {
        Some(Timer {
            seen: self.time("seen"),
            left: self.number("left")?,
            waited: self.number("waited")?,
            pauses: self.count("pauses")?,
        })
    }

    pub(crate) fn last_answer(&self) -> Option<LastAnswer> {
        let last = self.group("last")?;
        let status = u16::try_from(last.number("status")?).ok()?;
        Some(LastAnswer { at: last.time("at")?, status, reason: last.text("reason") })
    }
}

pub(crate) fn write_optional(object: &mut ObjectWriter, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.text(name, value);
    }
}

pub(crate) fn write_number(object: &mut ObjectWriter, name: &str, number: u64) {
    object.number(name, &number.to_string());
}

pub(crate) fn write_time(object: &mut ObjectWriter, name: &str, time: Option<Timestamp>) {
    if let Some(time) = time {
        write_number(object, name, time.millis());
    }
}

pub(crate) fn write_flag(object: &mut ObjectWriter, name: &str, flag: bool) {
    if flag {
        object.number(name, "true");
    }
}

pub(crate) fn write_timer(object: &mut ObjectWriter, timer: &Timer) {
    write_time(object, "seen", timer.seen);
    write_number(object, "left", timer.left);
    write_number(object, "waited", timer.waited);
    write_number(object, "pauses", timer.pauses.into());
}

pub(crate) fn write_last_answer(object: &mut ObjectWriter, last: Option<&LastAnswer>) {
    if let Some(last) = last {
        object.object("last", |object| {
            write_time(object, "at", Some(last.at));
            write_number(object, "status", last.status.into());
            write_optional(object, "reason", last.reason.as_deref());
        });
    }
}
