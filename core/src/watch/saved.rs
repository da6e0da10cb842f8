//! A watch as text: one JSON object, with a version.

use alloc::string::String;

use super::outcome::WatchOutcome;
use super::state::{Stage, State};
use crate::error::{Error, Result};
use crate::json::{Document, ObjectWriter};
use crate::machine::Common;
use crate::machine::saved::{Saved, SavedObject};

const VERSION: &str = "1";

impl State {
    pub(super) fn to_text(&self) -> String {
        let (mut object, common) = (ObjectWriter::new(), &self.common);
        object.number("watch", VERSION);
        common.revision.write("revision", &mut object);
        common.account.write("account", &mut object);
        self.invoice.write("invoice", &mut object);
        object.text("stage", self.stage.name());
        common.timer.write(&mut object);
        common.requests.write("requests", &mut object);
        self.status.write("status", &mut object);
        self.closed_at.write("closed_at", &mut object);
        self.called_back.write("called_back", &mut object);
        common.last.write("last", &mut object);
        common.since.write("since", &mut object);
        if let Stage::Done(outcome) = &self.stage {
            outcome.verdict.write("verdict", &mut object);
        }
        self.policy.write("policy", &mut object);
        object.finish()
    }

    /// # Errors
    /// `malformed_body` where the text is not what [`State::to_text`] wrote.
    pub(super) fn read(text: &str) -> Result<Self> {
        let document = Document::read(text.as_bytes())?;
        let state = Self::of(SavedObject::new(&document));
        state.ok_or_else(|| Error::malformed("is not a watch that this library has saved"))
    }

    fn of(saved: SavedObject<'_>) -> Option<Self> {
        saved.get::<String>("watch").filter(|version| version == VERSION)?;
        saved.get::<String>("account")?;
        let stage = match &*saved.get::<String>("stage")? {
            "waiting" => Stage::Waiting,
            "asking" => Stage::Asking,
            "done" => Stage::Done(WatchOutcome { verdict: saved.get("verdict")?, status: saved.get("status")? }),
            _ => return None,
        };
        Some(Self {
            invoice: saved.get("invoice")?,
            policy: saved.get("policy")?,
            common: Common::read(saved)?,
            stage,
            status: saved.get("status")?,
            closed_at: saved.get("closed_at")?,
            called_back: saved.get("called_back")?,
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
