//! A payout as text: one JSON object, with a version.

use alloc::string::String;

use super::{Outcome, Payout, Stage, Verdict};
use crate::bitloga::{TransactionStatus, Withdraw};
use crate::error::{Error, Result};
use crate::json::{Document, ObjectWriter};
use crate::message::Parameters;
use crate::text::decimal;

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
        saved.payout().map_err(|field| Error::MalformedBody {
            field: Some(field.into()),
            problem: "is not what this version of the library writes".into(),
        })
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

/// What reading a saved text comes to: a value, or the name of the field at fault.
type Read<T> = core::result::Result<T, &'static str>;

impl Saved<'_> {
    fn payout(&self) -> Read<Payout> {
        if self.text("version").as_deref() != Some(VERSION) {
            return Err("version");
        }
        let withdraw = self.group("withdraw")?;
        let withdraw = Withdraw::TABLE.parameters.iter().map(|parameter| withdraw.text(parameter.name)).collect();
        let payout = Payout {
            withdraw,
            stage: self.stage()?,
            sends: self.count("sends")?,
            asked: self.count("asked")?,
            denials: self.count("denials")?,
            refusal: self.text("refusal"),
        };
        Withdraw::TABLE.check(&payout.inputs()).map_err(|_| "withdraw")?;
        Ok(payout)
    }

    fn stage(&self) -> Read<Stage> {
        match self.text("stage").as_deref() {
            Some("ready") => Ok(Stage::Ready),
            Some("withdrawing") => Ok(Stage::Withdrawing),
            Some("unsettled") => Ok(Stage::Unsettled(self.number("until")?)),
            Some("asking") => Ok(Stage::Asking),
            Some("done") => Ok(Stage::Done(self.group("outcome")?.outcome()?)),
            _ => Err("stage"),
        }
    }

    fn outcome(&self) -> Read<Outcome> {
        let verdict = self.text("verdict").unwrap_or_default();
        let verdict = Verdict::ALL.into_iter().find(|known| known.as_str() == verdict);
        Ok(Outcome {
            verdict: verdict.ok_or("verdict")?,
            status: self.text("status").map(|status| status.as_str().into()),
            orderid: self.text("orderid"),
            transid: self.text("transid"),
            reason: self.text("reason"),
        })
    }

    fn text(&self, name: &str) -> Option<String> {
        Some(self.document.member(self.object, name)?.into_owned())
    }

    fn number(&self, name: &'static str) -> Read<u64> {
        self.text(name).and_then(|digits| digits.parse().ok()).ok_or(name)
    }

    fn count(&self, name: &'static str) -> Read<u32> {
        u32::try_from(self.number(name)?).map_err(|_| name)
    }

    fn group(&self, name: &'static str) -> Read<Self> {
        let object = self.document.field(self.object, name).ok_or(name)?;
        Ok(Self { object, ..*self })
    }
}
