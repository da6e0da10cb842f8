//! A payout as text: one JSON object, with a version.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Closing, Known, Outcome, Payout, Policy, Stage, Verdict};
use crate::bitloga::{Bitloga, TransactionStatus, Withdraw};
use crate::error::{Difference, Error, Result};
use crate::json::{Document, ObjectWriter};
use crate::machine::saved::{
    Saved, write_flag, write_last_answer, write_number, write_optional, write_time, write_timer,
};
use crate::schema::Parameters;

/// Texts of versions that this library has not written are refused rather than guessed at.
const VERSION: &str = "2";
/// Texts without account, policy and revision, as the first payouts of this library were saved.
const FIRST_VERSION: &str = "1";

/// The fields that are compared, as differences name them.
const COMPARED: [&str; 4] = ["type", "to", "amount_to", "purse"];

impl Payout {
    /// The whole state, to be saved whenever [`Payout::revision`] has changed. It holds no key and
    /// no secret.
    pub fn to_text(&self) -> String {
        let mut object = ObjectWriter::new();
        object.number("version", VERSION);
        write_number(&mut object, "revision", self.revision);
        write_optional(&mut object, "account", self.account.as_deref());
        object.text("stage", self.stage.name());
        write_timer(&mut object, &self.timer);
        write_number(&mut object, "waited_before", self.waited_before);
        write_number(&mut object, "requests", self.requests);
        write_number(&mut object, "sends", self.sends.into());
        write_flag(&mut object, "uncertain", self.is_uncertain);
        write_number(&mut object, "questions", self.questions.into());
        write_number(&mut object, "denials", self.denials.into());
        write_optional(&mut object, "refusal", self.refusal.as_deref());
        self.write_found(&mut object);
        write_last_answer(&mut object, self.last.as_ref());
        write_time(&mut object, "since", self.since);
        object.object("policy", |object| {
            for (name, value) in self.policy.options() {
                write_number(object, name, value);
            }
        });
        object.object("withdraw", |object| {
            Withdraw::SCHEMA.write(&self.arguments(), object);
        });
        object.finish()
    }

    fn write_found(&self, object: &mut ObjectWriter) {
        if let Some(known) = &self.known {
            object.object("known", |object| known.write(object));
        }
        if let Some(closing) = &self.closing {
            object.object("closing", |object| {
                object.text("verdict", closing.verdict.as_str());
                write_number(object, "seen_at", closing.seen_at);
            });
        }
        if let Stage::Done(outcome) = &self.stage {
            object.object("outcome", |object| outcome.write(object));
        }
    }

    /// Goes on where [`Payout::to_text`] left off: a restored payout asks before it sends.
    /// [`Bitloga::resume_payout`] also checks that it is of that account.
    ///
    /// A text that was saved before `withdraw` was ever handed out cannot know whether it was sent
    /// since: its payout waits out the settle time before it is sent. To queue payouts, save their
    /// parameters rather than their texts.
    ///
    /// # Errors
    /// `malformed_body` where the text is not what `to_text` wrote, or of another version.
    pub fn from_text(text: &str) -> Result<Self> {
        Self::continued(text).map(Self::restored)
    }

    /// The very payout that [`Payout::to_text`] wrote, for bindings that keep their payouts as
    /// texts: nothing can have been sent in between.
    ///
    /// # Errors
    /// As [`Payout::from_text`].
    #[doc(hidden)]
    pub fn continued(text: &str) -> Result<Self> {
        let document = Document::read(text.as_bytes())?;
        let saved = Saved::new(&document);
        let payout = match saved.text("version").as_deref() {
            Some(VERSION) => read(saved),
            Some(FIRST_VERSION) => read_first_version(saved),
            _ => None,
        };
        payout.ok_or_else(|| Error::malformed("is not a payout that this library has saved"))
    }

    /// What is to be sent may have been sent after the text was saved.
    fn restored(mut self) -> Self {
        if self.stage == Stage::Ready {
            self.is_uncertain = true;
            self.denials = 0;
            // What is restored again and again before it is sent gives up in its time.
            self.waited_before = self.waited_before.saturating_add(self.timer.waited);
            self.timer.restart(0);
            self.stage = Stage::Waiting;
        }
        self
    }
}

impl Bitloga {
    /// [`Payout::from_text`], for a payout of this client's account. One that was saved without an
    /// account, by a version of this library before 0.2, belongs to this client from now on.
    ///
    /// # Errors
    /// `malformed_body` where the text is not a saved payout; `invalid_input` where it is of
    /// another account or address.
    pub fn resume_payout(&self, text: &str) -> Result<Payout> {
        let payout = Payout::from_text(text)?;
        payout.check_account(self)?;
        Ok(payout.bind(self))
    }
}

impl Stage {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Withdrawing => "withdrawing",
            Self::Waiting => "waiting",
            Self::Asking => "asking",
            Self::Done(_) => "done",
        }
    }
}

impl Known {
    fn write(&self, object: &mut ObjectWriter) {
        write_optional(object, "status", self.status.as_ref().map(TransactionStatus::as_str));
        write_optional(object, "orderid", self.orderid.as_deref());
        write_optional(object, "transid", self.transid.as_deref());
    }

    fn read(saved: Saved<'_>) -> Self {
        Self {
            status: saved.text("status").map(|status| status.as_str().into()),
            orderid: saved.text("orderid"),
            transid: saved.text("transid"),
        }
    }
}

impl Outcome {
    fn write(&self, object: &mut ObjectWriter) {
        object.text("verdict", self.verdict.as_str());
        write_optional(object, "status", self.status.as_ref().map(TransactionStatus::as_str));
        write_optional(object, "orderid", self.orderid.as_deref());
        write_optional(object, "transid", self.transid.as_deref());
        write_optional(object, "reason", self.reason.as_deref());
        if !self.differences.is_empty() {
            object.object("differences", |object| {
                for Difference { field, expected, actual } in &self.differences {
                    object.object(field, |object| {
                        object.text("expected", expected);
                        write_optional(object, "actual", actual.as_deref());
                    });
                }
            });
        }
    }

    fn read(saved: Saved<'_>) -> Option<Self> {
        let Known { status, orderid, transid } = Known::read(saved);
        let reason = saved.text("reason");
        let verdict = Verdict::named(&saved.text("verdict")?)?;
        let differences = saved.group("differences").map(read_differences).unwrap_or_default();
        Some(Self { verdict, status, orderid, transid, reason, differences })
    }
}

fn read_differences(saved: Saved<'_>) -> Vec<Difference> {
    let read = |field| {
        let difference = saved.group(field)?;
        Some(Difference { field, expected: difference.text("expected")?, actual: difference.text("actual") })
    };
    COMPARED.into_iter().filter_map(read).collect()
}

fn read(saved: Saved<'_>) -> Option<Payout> {
    let closing = match saved.group("closing") {
        Some(closing) => {
            Some(Closing { verdict: Verdict::named(&closing.text("verdict")?)?, seen_at: closing.number("seen_at")? })
        }
        None => None,
    };
    Some(Payout {
        account: saved.text("account"),
        revision: saved.number("revision")?,
        stage: read_stage(saved)?,
        timer: saved.timer()?,
        waited_before: saved.number("waited_before")?,
        requests: saved.number("requests")?,
        sends: saved.count("sends")?,
        is_uncertain: saved.flag("uncertain"),
        questions: saved.count("questions")?,
        denials: saved.count("denials")?,
        refusal: saved.text("refusal"),
        known: saved.group("known").map(Known::read),
        closing,
        last: saved.last_answer(),
        since: saved.time("since"),
        ..Payout::fresh(read_withdraw(saved)?, read_policy(saved.group("policy")?)?)
    })
}

/// The first version counted denials from the first second on, and knew neither account nor
/// revision: only what it is sure of is taken over. It sent a restored payout again at once, so
/// that what it took for a first send may have been a repeat.
fn read_first_version(saved: Saved<'_>) -> Option<Payout> {
    let stage = match &*saved.text("stage")? {
        "unsettled" => Stage::Waiting,
        _ => read_stage(saved)?,
    };
    Some(Payout {
        stage,
        sends: saved.count("sends")?,
        questions: saved.count("asked")?,
        is_uncertain: true,
        refusal: saved.text("refusal"),
        ..Payout::fresh(read_withdraw(saved)?, Policy::new())
    })
}

fn read_stage(saved: Saved<'_>) -> Option<Stage> {
    Some(match &*saved.text("stage")? {
        "ready" => Stage::Ready,
        "withdrawing" => Stage::Withdrawing,
        "waiting" => Stage::Waiting,
        "asking" => Stage::Asking,
        "done" => Stage::Done(Outcome::read(saved.group("outcome")?)?),
        _ => return None,
    })
}

fn read_policy(saved: Saved<'_>) -> Option<Policy> {
    let mut policy = Policy::new();
    for name in Policy::NAMES {
        policy.set(name, saved.number(name)?).ok()?;
    }
    policy.check().ok()?;
    Some(policy)
}

fn read_withdraw(saved: Saved<'_>) -> Option<Vec<Option<String>>> {
    let group = saved.group("withdraw")?;
    let mut withdraw = Vec::new();
    for parameter in Withdraw::SCHEMA.parameters {
        withdraw.push(group.text(parameter.name));
    }
    let payout = Payout::fresh(withdraw, Policy::new());
    Withdraw::SCHEMA.check(&payout.arguments()).ok()?;
    Some(payout.withdraw)
}
