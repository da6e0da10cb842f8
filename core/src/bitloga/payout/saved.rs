//! A payout as text: one JSON object, with a version.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Closing, Known, Outcome, Payout, Policy, Stage};
use crate::bitloga::{Bitloga, TransactionStatus, Withdraw};
use crate::error::{Difference, Error, Result};
use crate::json::{Document, ObjectWriter};
use crate::machine::Common;
use crate::machine::saved::{Saved, SavedObject, saved};
use crate::schema::{Argument, Parameters};

/// Texts of versions that this library has not written are refused rather than guessed at.
const VERSION: &str = "2";
/// Texts without account, policy and revision, as the first payouts of this library were saved.
const FIRST_VERSION: &str = "1";

impl Payout {
    /// The whole state, to be saved whenever [`Payout::revision`] has changed. It holds no key and
    /// no secret.
    pub fn to_text(&self) -> String {
        let (mut object, common) = (ObjectWriter::new(), &self.common);
        object.number("version", VERSION);
        common.revision.write("revision", &mut object);
        common.account.write("account", &mut object);
        object.text("stage", self.stage.name());
        common.timer.write(&mut object);
        self.waited_before.write("waited_before", &mut object);
        common.requests.write("requests", &mut object);
        self.sends.write("sends", &mut object);
        self.is_uncertain.write("uncertain", &mut object);
        self.questions.write("questions", &mut object);
        self.denials.write("denials", &mut object);
        self.refusal.write("refusal", &mut object);
        self.known.write("known", &mut object);
        self.closing.write("closing", &mut object);
        if let Stage::Done(outcome) = &self.stage {
            outcome.write("outcome", &mut object);
        }
        common.last.write("last", &mut object);
        common.since.write("since", &mut object);
        self.policy.write("policy", &mut object);
        object.object("withdraw", |object| {
            self.withdraw.with_arguments(|arguments| Withdraw::SCHEMA.write(arguments, object));
        });
        object.finish()
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

    /// The very payout that [`Payout::to_text`] wrote: nothing can have been sent in between.
    pub(crate) fn continued(text: &str) -> Result<Self> {
        let document = Document::read(text.as_bytes())?;
        let saved = SavedObject::new(&document);
        let payout = match saved.get::<String>("version").as_deref() {
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
            self.waited_before = self.waited_before.saturating_add(self.common.timer.waited);
            self.common.timer.restart(0);
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

impl Saved for TransactionStatus {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        object.text(name, self.as_str());
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        object.get::<String>(name).map(Self::from)
    }
}

/// By field, those that are compared; left out where nothing differs.
impl Saved for Vec<Difference> {
    fn write(&self, name: &str, object: &mut ObjectWriter) {
        if self.is_empty() {
            return;
        }
        object.object(name, |object| {
            for Difference { field, expected, actual } in self {
                object.object(field, |object| {
                    expected.write("expected", object);
                    actual.write("actual", object);
                });
            }
        });
    }

    fn read(object: SavedObject<'_>, name: &str) -> Option<Self> {
        let Some(differences) = object.group(name) else { return Some(Self::new()) };
        let compared = ["type", "to", "amount_to", "purse"].into_iter();
        let groups = compared.filter_map(|field| Some((field, differences.group(field)?)));
        groups
            .map(|(field, group)| {
                Some(Difference { field, expected: group.get("expected")?, actual: group.get("actual")? })
            })
            .collect()
    }
}

saved!(Known { status, orderid, transid });
saved!(Closing { verdict, seen_at });
saved!(Outcome { verdict, status, orderid, transid, reason, differences });

fn read(saved: SavedObject<'_>) -> Option<Payout> {
    Some(Payout {
        withdraw: read_withdraw(saved)?,
        policy: saved.get("policy")?,
        common: Common::read(saved)?,
        stage: read_stage(saved)?,
        waited_before: saved.get("waited_before")?,
        sends: saved.get("sends")?,
        is_uncertain: saved.get("uncertain")?,
        questions: saved.get("questions")?,
        denials: saved.get("denials")?,
        refusal: saved.get("refusal")?,
        known: saved.get("known")?,
        closing: saved.get("closing")?,
    })
}

/// The first version counted denials from the first second on, and knew neither account nor
/// revision: only what it is sure of is taken over. It sent a restored payout again at once, so
/// that what it took for a first send may have been a repeat.
fn read_first_version(saved: SavedObject<'_>) -> Option<Payout> {
    let stage = match &*saved.get::<String>("stage")? {
        "unsettled" => Stage::Waiting,
        _ => read_stage(saved)?,
    };
    Some(Payout {
        stage,
        sends: saved.get("sends")?,
        questions: saved.get("asked")?,
        is_uncertain: true,
        refusal: saved.get("refusal")?,
        ..Payout::fresh(read_withdraw(saved)?, Policy::new())
    })
}

fn read_stage(saved: SavedObject<'_>) -> Option<Stage> {
    Some(match &*saved.get::<String>("stage")? {
        "ready" => Stage::Ready,
        "withdrawing" => Stage::Withdrawing,
        "waiting" => Stage::Waiting,
        "asking" => Stage::Asking,
        "done" => Stage::Done(saved.get("outcome")?),
        _ => return None,
    })
}

fn read_withdraw(saved: SavedObject<'_>) -> Option<Withdraw> {
    let group = saved.group("withdraw")?;
    let texts = Withdraw::SCHEMA.parameters.iter().map(|parameter| group.get(parameter.name)).collect::<Vec<_>>();
    let arguments = texts.iter().map(|text: &Option<String>| text.as_deref().map(Argument::Text)).collect::<Vec<_>>();
    Withdraw::from_arguments(&arguments).ok()
}
