//! What can go wrong with one request.

use crate::world::{SETTLE_TIME, World};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    RequestLost,
    AnswerLost,
    Garbled(u16, &'static str),
    /// Delivered twice; the answer of this copy comes back.
    Twice(u8),
    /// Delivered twice: the first copy is refused for lack of balance, the second arrives late.
    RefusedThenLate,
    /// Carried out late, by so many tenths of what the lag leaves of the settle time; no answer.
    Late(u64),
    /// The process ends before it saves.
    CrashBeforeSave,
    /// The process ends after it has saved, before it sends.
    CrashBeforeSend,
    /// The process ends after it has sent.
    CrashAfterSend,
    /// The process ends after the answer was reported, before that is saved.
    CrashAfterReport,
    /// The store says that it has saved, and has not; the process ends after it has sent.
    WriteLost,
    /// A second worker takes up what is saved.
    SecondWorker,
    /// The merchant's clock is set: by so many milliseconds.
    Clock(i64),
    /// `details` refuses to look.
    Passing(u16, &'static str),
    /// The answer is about another `uniqueid`.
    OtherId,
    /// `details` is answered as before the payout.
    Stale,
    /// The balance does not suffice for this request.
    NoBalance,
}

const YEAR: i64 = 365 * 24 * 3_600_000;

impl Fault {
    pub(crate) const ALL: [Self; 33] = [
        Self::RequestLost,
        Self::AnswerLost,
        Self::Garbled(502, "<html>"),
        Self::Garbled(200, ""),
        Self::Garbled(200, r#"{"success":tr"#),
        Self::Twice(1),
        Self::Twice(2),
        Self::RefusedThenLate,
        Self::Late(1),
        Self::Late(5),
        Self::Late(10),
        Self::CrashBeforeSave,
        Self::CrashBeforeSend,
        Self::CrashAfterSend,
        Self::CrashAfterReport,
        Self::WriteLost,
        Self::SecondWorker,
        Self::Clock(YEAR),
        Self::Clock(-YEAR),
        Self::Clock(300_000),
        Self::Clock(-300_000),
        Self::Passing(200, r#"{"success":false,"error":"too many requests"}"#),
        Self::Passing(400, r#"{"success":false,"error":"invalid signature"}"#),
        Self::Passing(200, r#"{"success":false,"error":"maintenance"}"#),
        Self::Passing(200, r#"{"success":false}"#),
        Self::Passing(401, r#"{"success":false,"error":"not found"}"#),
        Self::Passing(429, r#"{"success":false,"error":"not found"}"#),
        Self::Passing(500, r#"{"success":false,"error":"not found"}"#),
        Self::Passing(404, "<html>not found</html>"),
        Self::Passing(404, r#"{"error":"no route matched"}"#),
        Self::OtherId,
        Self::Stale,
        Self::NoBalance,
    ];

    /// The row of the table it is counted in.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::RequestLost | Self::AnswerLost => "request or answer lost",
            Self::Garbled(..) => "answer garbled",
            Self::Twice(_) | Self::RefusedThenLate => "delivered twice",
            Self::Late(_) => "request late",
            Self::CrashBeforeSave | Self::CrashBeforeSend | Self::CrashAfterSend | Self::CrashAfterReport => "crash",
            Self::WriteLost => "write lost",
            Self::SecondWorker => "two workers",
            Self::Clock(_) => "clock set",
            Self::Passing(..) => "passing denial",
            Self::OtherId => "answer about another",
            Self::Stale => "stale answer",
            Self::NoBalance => "balance changes",
        }
    }

    /// Whether a second debit is to be expected at a gateway that pays on repeats.
    pub(crate) fn may_debit_twice(self) -> bool {
        matches!(self, Self::Twice(_) | Self::RefusedThenLate | Self::WriteLost)
    }

    /// When a request arrives that is late: with the lag of `details`, within the settle time.
    pub(crate) fn arrival(tenths: u64, now: u64, world: &World) -> u64 {
        now + (SETTLE_TIME - world.profile.lag.min(SETTLE_TIME)) * tenths / 10
    }
}
