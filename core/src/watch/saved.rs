//! A watch as text: one JSON object, with a version.

use alloc::string::String;

use super::outcome::{WatchOutcome, WatchVerdict};
use super::policy::WatchPolicy;
use super::state::{Stage, State};
use crate::error::{Error, Result};
use crate::json::{Document, ObjectWriter};
use crate::machine::saved::{Saved, write_last_answer, write_number, write_optional, write_time, write_timer};

const VERSION: &str = "1";

impl State {
    pub(super) fn to_text(&self) -> String {
        let mut object = ObjectWriter::new();
        object.number("watch", VERSION);
        write_number(&mut object, "revision", self.revision);
        object.text("account", &self.account);
        object.text("invoice", &self.invoice);
        object.text("stage", self.stage.name());
        write_timer(&mut object, &self.timer);
        write_number(&mut object, "requests", self.requests);
        write_optional(&mut object, "status", self.status.as_deref());
        if let Some(closed_at) = self.closed_at {
            write_number(&mut object, "closed_at", closed_at);
        }
        write_optional(&mut object, "called_back", self.called_back.as_deref());
        write_last_answer(&mut object, self.last.as_ref());
        write_time(&mut object, "since", self.since);
        if let Stage::Done(outcome) = &self.stage {
            object.text("verdict", outcome.verdict.as_str());
        }
        object.object("policy", |object| {
            for (name, value) in self.policy.options() {
                write_number(object, name, value);
            }
        });
        object.finish()
    }

    /// # Errors
    /// `malformed_body` where the text is not what [`State::to_text`] wrote.
    pub(super) fn read(text: &str) -> Result<Self> {
        let document = Document::read(text.as_bytes())?;
        let state = Self::of(Saved::new(&document));
        state.ok_or_else(|| Error::malformed("is not a watch that this library has saved"))
    }

    fn of(saved: Saved<'_>) -> Option<Self> {
        saved.text("watch").filter(|version| version == VERSION)?;
        let status = saved.text("status");
        let stage = match &*saved.text("stage")? {
            "waiting" => Stage::Waiting,
            "asking" => Stage::Asking,
            "done" => {
                let verdict = saved.text("verdict")?;
                let verdict = WatchVerdict::ALL.into_iter().find(|known| known.as_str() == verdict)?;
                Stage::Done(WatchOutcome { verdict, status: status.clone() })
            }
            _ => return None,
        };
        Some(Self {
            invoice: saved.text("invoice")?,
            policy: read_policy(saved.group("policy")?)?,
            account: saved.text("account")?,
            revision: saved.number("revision")?,
            stage,
            timer: saved.timer()?,
            requests: saved.number("requests")?,
            status,
            closed_at: saved.number("closed_at"),
            called_back: saved.text("called_back"),
            last: saved.last_answer(),
            since: saved.time("since"),
        })
    }
}

impl Stage {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Asking => "asking",
            Self::Done(_) => "done",
        }
    }
}

fn read_policy(saved: Saved<'_>) -> Option<WatchPolicy> {
    let mut policy = WatchPolicy::new();
    for name in WatchPolicy::NAMES {
        policy.set(name, saved.number(name)?).ok()?;
    }
    policy.check().ok()?;
    Some(policy)
}
