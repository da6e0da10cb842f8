//! What can go wrong with one request, or around it.

use crate::world::Profile;

/// Where in the handling of a request a worker is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    BeforeSave,
    BeforeSend,
    BeforeReport,
    AfterReport,
}

/// When the merchant's clock is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// While the request is under way.
    Request,
    /// In the pause after it, by someone who does not look at the clock until it is over.
    Pause,
    /// In the pause after it, by a queue that goes by the clock.
    PauseByClock,
}

/// A request of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Withdraw,
    Details,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    RequestLost,
    AnswerLost,
    Garbled(u16, &'static str),
    /// Delivered twice at once; the answer to the first copy, or to the second, comes back.
    Twice(u8),
    /// Delivered twice: one copy at once, and answered; the other after so many tenths of the patience.
    TwiceLate(u64),
    /// Delivered twice: one copy is refused for lack of balance, the other arrives late.
    RefusedThenLate(u64),
    /// Arrives after so many tenths of the patience.
    Late(u64),
    /// Does not arrive: a proxy or a gateway that is busy answers this.
    Passing(u16, &'static str),
    /// The answer is about another `uniqueid`.
    OtherId,
    /// A replica that is up to date answers: what others say after it is older.
    FreshReplica,
    /// The balance does not suffice for this request, and for so many tenths of the patience after it.
    BalanceEmptied(u64),
    /// The process ends, and another begins after so many seconds.
    Crash(Point, u64),
    /// The store says that it has saved, and has not.
    WriteLost(Point),
    /// A second worker takes up what is saved, or begins anew.
    SecondWorker(Point),
    /// The merchant's clock is set: by so many milliseconds.
    Clock(i64, When),
}

const YEAR: i64 = 365 * 24 * 3_600_000;
const MINUTES: i64 = 5 * 60_000;
const DAY: u64 = 24 * 3_600;

/// What goes wrong with `withdraw`.
const OF_WITHDRAW: [Fault; 22] = [
    Fault::RequestLost,
    Fault::AnswerLost,
    Fault::Garbled(502, "<html>"),
    Fault::Garbled(200, ""),
    Fault::Garbled(200, r#"{"success":tr"#),
    Fault::Twice(1),
    Fault::Twice(2),
    Fault::TwiceLate(1),
    Fault::TwiceLate(10),
    Fault::RefusedThenLate(1),
    Fault::RefusedThenLate(10),
    Fault::Late(1),
    Fault::Late(5),
    Fault::Late(10),
    Fault::Passing(200, r#"{"success":false,"error":"too many requests"}"#),
    Fault::Passing(429, r#"{"success":false,"error":"too many requests"}"#),
    Fault::Passing(500, r#"{"success":false,"error":"maintenance"}"#),
    Fault::OtherId,
    Fault::BalanceEmptied(0),
    Fault::BalanceEmptied(1),
    Fault::BalanceEmptied(10),
    Fault::BalanceEmptied(40),
];

/// What goes wrong with `details`.
const OF_DETAILS: [Fault; 14] = [
    Fault::AnswerLost,
    Fault::Garbled(502, "<html>"),
    Fault::Garbled(200, r#"{"success":tr"#),
    Fault::Passing(200, r#"{"success":false,"error":"too many requests"}"#),
    Fault::Passing(400, r#"{"success":false,"error":"invalid signature"}"#),
    Fault::Passing(200, r#"{"success":false,"error":"maintenance"}"#),
    Fault::Passing(200, r#"{"success":false}"#),
    Fault::Passing(401, r#"{"success":false,"error":"not found"}"#),
    Fault::Passing(429, r#"{"success":false,"error":"not found"}"#),
    Fault::Passing(500, r#"{"success":false,"error":"not found"}"#),
    Fault::Passing(404, "<html>not found</html>"),
    Fault::Passing(404, r#"{"error":"no route matched"}"#),
    Fault::OtherId,
    Fault::FreshReplica,
];

/// What goes wrong with the merchant at any request.
const OF_MERCHANT: [Fault; 22] = [
    Fault::Crash(Point::BeforeSave, 1),
    Fault::Crash(Point::BeforeSend, 1),
    Fault::Crash(Point::BeforeReport, 1),
    Fault::Crash(Point::AfterReport, 1),
    Fault::Crash(Point::BeforeReport, DAY),
    Fault::WriteLost(Point::BeforeSave),
    Fault::WriteLost(Point::AfterReport),
    Fault::SecondWorker(Point::BeforeSave),
    Fault::SecondWorker(Point::BeforeSend),
    Fault::SecondWorker(Point::BeforeReport),
    Fault::SecondWorker(Point::AfterReport),
    Fault::Clock(YEAR, When::Request),
    Fault::Clock(-YEAR, When::Request),
    Fault::Clock(MINUTES, When::Request),
    Fault::Clock(-MINUTES, When::Request),
    Fault::Clock(YEAR, When::Pause),
    Fault::Clock(-YEAR, When::Pause),
    Fault::Clock(MINUTES, When::Pause),
    Fault::Clock(-MINUTES, When::Pause),
    Fault::Clock(YEAR, When::PauseByClock),
    Fault::Clock(MINUTES, When::PauseByClock),
    Fault::Clock(-MINUTES, When::PauseByClock),
];

impl Fault {
    /// What can go wrong on the way to the gateway and back.
    pub(crate) fn of_network(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Withdraw => &OF_WITHDRAW,
            Kind::Details => &OF_DETAILS,
        }
    }

    /// What can go wrong with the merchant meanwhile.
    pub(crate) fn of_merchant() -> &'static [Self] {
        &OF_MERCHANT
    }

    /// Whether it is the merchant's, and can come on top of one on the way.
    pub(crate) fn is_of_merchant(self) -> bool {
        matches!(self, Self::Crash(..) | Self::WriteLost(_) | Self::SecondWorker(_) | Self::Clock(..))
    }

    /// The row of the table it is counted in.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::RequestLost => "request lost",
            Self::AnswerLost => "answer lost",
            Self::Garbled(..) => "answer garbled",
            Self::Twice(_) | Self::TwiceLate(_) | Self::RefusedThenLate(_) => "delivered twice",
            Self::Late(_) => "request late",
            Self::Passing(..) => "passing denial",
            Self::OtherId => "answer about another",
            Self::FreshReplica => "older answer after newer",
            Self::BalanceEmptied(_) => "balance changes",
            Self::Crash(..) => "crash",
            Self::WriteLost(_) => "write lost",
            Self::SecondWorker(_) => "two workers",
            Self::Clock(..) => "clock set",
        }
    }

    /// Whether a second debit is to be expected at a gateway that pays on repeats.
    pub(crate) fn may_debit_twice(self) -> bool {
        matches!(self, Self::Twice(_) | Self::TwiceLate(_) | Self::RefusedThenLate(_) | Self::WriteLost(_))
    }

    /// Whether time seems to pass that does not.
    pub(crate) fn is_clock_set_forward(self) -> bool {
        matches!(self, Self::Clock(by, _) if by > 0)
    }
}

/// So many tenths of the patience after a moment.
pub(crate) fn later(now: u64, tenths: u64, profile: &Profile) -> u64 {
    now + profile.patience() * tenths / 10
}
