//! A gateway, and the requests that are still on their way to it, in virtual time.

/// How late a request may be, how long the gateway may take to change its mind, and how out of date `details` may be,
/// together: the settle time of the payouts that are explored, in milliseconds.
pub(crate) const SETTLE_TIME: u64 = 600_000;

pub(crate) const UNIQUEID: &str = "135";
pub(crate) const AMOUNT: &str = "10.00";
pub(crate) const PURSE: &str = "Z123456789012";

/// What a `withdraw` with a used `uniqueid` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Repeats {
    Refuse,
    Replay,
    Pay,
}

/// What becomes of a payout that the gateway has taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Course {
    Complete,
    PendingThenComplete,
    PendingThenCanceled,
    /// The gateway changes its mind.
    ErrorThenComplete,
}

/// How `details` says that it does not know the `uniqueid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotKnown {
    Words,
    Status404,
    EmptyList,
    EmptyData,
}

/// A gateway, and how its merchant uses it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Profile {
    pub(crate) repeats: Repeats,
    pub(crate) course: Course,
    pub(crate) not_known: NotKnown,
    /// How out of date the slowest replica that answers `details` is.
    pub(crate) lag: u64,
    /// How much of the settle time is kept for a clock that is set forward more than once. Below zero, it is exceeded.
    pub(crate) reserve: i64,
    /// Whether the `uniqueid` was used before, for another payment.
    pub(crate) is_used: bool,
    /// Whether the balance never suffices.
    pub(crate) is_poor: bool,
    /// How often the policy allows to send.
    pub(crate) sends: u32,
    /// Whether the text is saved before the first step, too.
    pub(crate) is_saved_first: bool,
}

impl Profile {
    /// What lag and reserve leave of the settle time.
    pub(crate) fn patience(&self) -> u64 {
        SETTLE_TIME.saturating_sub(self.lag).saturating_add_signed(-self.reserve)
    }
}

pub(crate) type Answer = (u16, String);

/// One payout that the gateway has taken on.
#[derive(Debug, Clone, Copy)]
struct Transaction {
    begin: u64,
    amount: &'static str,
    purse: &'static str,
    course: Course,
    /// When its status becomes the last one.
    settles_at: u64,
}

pub(crate) struct World {
    pub(crate) profile: Profile,
    transactions: Vec<Transaction>,
    /// When requests arrive that are still on their way.
    late: Vec<u64>,
    /// When the balance suffices again.
    poor_until: u64,
}

impl Transaction {
    fn status(&self, at: u64) -> &'static str {
        match (self.course, at >= self.settles_at) {
            (Course::PendingThenComplete | Course::PendingThenCanceled, false) => "Pending",
            (Course::PendingThenCanceled, true) => "Canceled",
            (Course::ErrorThenComplete, false) => "Error",
            _ => "Complete",
        }
    }

    fn answer(&self, at: u64) -> Answer {
        let (amount, purse, status) = (self.amount, self.purse, self.status(at));
        let body = format!(
            r#"{{"from":"USD","to":"WMZ","amount_from":{amount},"amount_from_comis":{amount},"amount_to":{amount},
            "purse":"{purse}","type":"Withdraw","status":"{status}","orderid":29,"uniqueid":"{UNIQUEID}","success":true}}"#
        );
        (200, body)
    }
}

impl World {
    pub(crate) fn new(profile: Profile) -> Self {
        let (amount, purse) = ("1.00", "Z000000000000");
        let used = Transaction { begin: 0, amount, purse, course: Course::Complete, settles_at: 0 };
        let transactions = if profile.is_used { vec![used] } else { Vec::new() };
        Self { profile, transactions, late: Vec::new(), poor_until: 0 }
    }

    /// Carries out what arrives until then.
    pub(crate) fn advance(&mut self, now: u64) {
        self.late.sort_unstable();
        while let Some(&at) = self.late.first().filter(|at| **at <= now) {
            self.late.remove(0);
            self.withdraw(at);
        }
    }

    /// Another copy of the request arrives at that time.
    pub(crate) fn send_late(&mut self, at: u64) {
        self.late.push(at);
    }

    pub(crate) fn empty_balance(&mut self, until: u64) {
        self.poor_until = until;
    }

    pub(crate) fn withdraw(&mut self, now: u64) -> Answer {
        if self.profile.is_poor || now < self.poor_until {
            return (200, r#"{"success":false,"error":"insufficient balance"}"#.into());
        }
        match (self.transactions.last(), self.profile.repeats) {
            (Some(_), Repeats::Refuse) => (409, r#"{"success":false,"error":"uniqueid was used before"}"#.into()),
            (Some(transaction), Repeats::Replay) => transaction.answer(now),
            _ => {
                let (course, settles_at) = (self.profile.course, now + self.profile.patience());
                let transaction = Transaction { begin: now, amount: AMOUNT, purse: PURSE, course, settles_at };
                self.transactions.push(transaction);
                transaction.answer(now)
            }
        }
    }

    /// What a replica answers that is so out of date.
    pub(crate) fn details(&self, now: u64, lag: u64) -> Answer {
        let then = now.saturating_sub(lag);
        match self.transactions.iter().rfind(|transaction| transaction.begin <= then) {
            Some(transaction) => transaction.answer(then),
            None => self.not_known(),
        }
    }

    fn not_known(&self) -> Answer {
        let (status, body) = match self.profile.not_known {
            NotKnown::Words => (200, r#"{"success":false,"error":"uniqueid not found"}"#),
            NotKnown::Status404 => (404, r#"{"message":"Not Found"}"#),
            NotKnown::EmptyList => (200, "[]"),
            NotKnown::EmptyData => (200, r#"{"success":true,"data":[]}"#),
        };
        (status, body.into())
    }

    /// How often money has moved for this payout once nothing more happens.
    pub(crate) fn debits(&mut self) -> usize {
        self.advance(u64::MAX);
        let is_ours = |transaction: &&Transaction| transaction.amount == AMOUNT;
        let end = |transaction: &Transaction| transaction.status(u64::MAX) == "Complete";
        self.transactions.iter().filter(is_ours).filter(|transaction| end(transaction)).count()
    }
}
