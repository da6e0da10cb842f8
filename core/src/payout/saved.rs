//! A payout as text: one JSON object, with a version.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Outcome, Payout, Stage, Verdict};
use crate::bitloga::{TransactionStatus, Withdraw};
use crate::error::{Error, Result};
use crate::json::{Document, ObjectWriter};
use crate::message::Parameters;
use crate::text::{decimal, natural_number};

/// Texts of another version are refused rather than guessed at.
const VERSION: &str = "1";

impl Payout {
    /// The whole state, to be saved before every send. It holds no key and no secret.
    pub fn to_text(&self) -> String {
        let mut object = ObjectWriter::new();
        object.number("version", VERSION);
        object.text("stage", self.stage.name());
        if let Stage::Unsettled(until) = self.stage {
            object.number("until", &decimal(until));
        }
        object.integer("sends", self.sends.into());
        object.integer("asked", self.asked.into());
        object.integer("denials", self.denials.into());
        optional(&mut object, "refusal", self.refusal.as_deref());
        if let Stage::Done(outcome) = &self.stage {
            object.object("outcome", |object| outcome.write(object));
        }
        object.object("withdraw", |object| {
            Withdraw::TABLE.write(&self.inputs(), object);
        });
        object.finish()
    }

    /// Goes on where [`Payout::to_text`] left off.
    ///
    /// # Errors
    /// `malformed_body` where the text is not what `to_text` wrote, or of another version.
    pub fn from_text(text: &str) -> Result<Self> {
        let document = Document::read(text.as_bytes())?;
        let saved = Saved { document: &document, object: Document::ROOT };
        saved.payout().ok_or_else(|| Error::malformed("is no payout that this version of the library has written"))
    }
}

impl Stage {
    const fn name(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Withdrawing => "withdrawing",
            Self::Unsettled(_) => "unsettled",
            Self::Asking => "asking",
            Self::Done(_) => "done",
        }
    }
}

impl Outcome {
    fn write(&self, object: &mut ObjectWriter) {
        object.text("verdict", self.verdict.as_str());
        optional(object, "status", self.status.as_ref().map(TransactionStatus::as_str));
        optional(object, "orderid", self.orderid.as_deref());
        optional(object, "transid", self.transid.as_deref());
        optional(object, "reason", self.reason.as_deref());
    }
}

fn optional(object: &mut ObjectWriter, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.text(name, value);
    }
}

/// One object of a saved text.
#[derive(Clone, Copy)]
struct Saved<'d> {
    document: &'d Document<'d>,
    object: usize,
}

impl Saved<'_> {
    fn payout(&self) -> Option<Payout> {
        if self.text("version").as_deref() != Some(VERSION) {
            return None;
        }
        let group = self.group("withdraw")?;
        let mut withdraw = Vec::new();
        for parameter in Withdraw::TABLE.parameters {
            withdraw.push(group.text(parameter.name));
        }
        let payout = Payout {
            withdraw,
            stage: self.stage()?,
            sends: self.count("sends")?,
            asked: self.count("asked")?,
            denials: self.count("denials")?,
            refusal: self.text("refusal"),
        };
        Withdraw::TABLE.check(&payout.inputs()).ok()?;
        Some(payout)
    }

    fn stage(&self) -> Option<Stage> {
        Some(match &*self.text("stage")? {
            "ready" => Stage::Ready,
            "withdrawing" => Stage::Withdrawing,
            "unsettled" => Stage::Unsettled(self.number("until")?),
            "asking" => Stage::Asking,
            "done" => Stage::Done(self.group("outcome")?.outcome()?),
            _ => return None,
        })
    }

    fn outcome(&self) -> Option<Outcome> {
        let verdict = self.text("verdict")?;
        Some(Outcome {
            verdict: Verdict::ALL.into_iter().find(|known| known.as_str() == verdict)?,
            status: self.text("status").map(|status| status.as_str().into()),
            orderid: self.text("orderid"),
            transid: self.text("transid"),
            reason: self.text("reason"),
        })
    }

    fn text(&self, name: &str) -> Option<String> {
        Some(self.document.member(self.object, name)?.into_owned())
    }

    fn number(&self, name: &str) -> Option<u64> {
        natural_number(self.text(name)?.as_bytes())
    }

    fn count(&self, name: &str) -> Option<u32> {
        u32::try_from(self.number(name)?).ok()
    }

    fn group(&self, name: &str) -> Option<Self> {
        Some(Self { object: self.document.field(self.object, name)?, ..*self })
    }
}
