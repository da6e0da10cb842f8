//! The numbers that both sides of the boundary use. `core/generator` writes them to `js/generated/constants.ts`.

macro_rules! constants {
    ($($(#[doc = $documentation:literal])* $NAME:ident = $value:expr;)*) => {
        $($(#[doc = $documentation])* pub(crate) const $NAME: u32 = $value;)*

        /// Each of them: its name, its value, and what it says.
        pub const CONSTANTS: &[(&str, u32, &str)] =
            &[$((stringify!($NAME), $NAME, concat!($($documentation),*))),*];
    };
}

constants! {
    /// An operation ended with the result that it has.
    DONE = 0;
    /// An operation ended with an error.
    ERROR = 1;
    /// The client was evicted: open it again.
    EVICTED = 2;
    /// Nothing is left to do.
    END = 3;

    /// Which number of the output tells how many there are.
    COUNT = 4;
    /// Where the result begins in the output.
    RESULT = 5;
    /// How many numbers a scheduled key has.
    KEY = 32;
    /// In the end of a text: it has JSON escapes in it.
    ESCAPED = 1 << 31;
    /// In the end of unknown fields: they are large, and their numbers are not quoted yet.
    UNQUOTED = 1 << 31;
    /// The place of a text that is not there. No text of a message begins at 0, where its `{` is.
    NO_TEXT = u32::MAX;
    /// The length of a body that is longer than the client reads, and was not copied.
    TOO_LONG = u32::MAX;
    /// How many entries pages have held where no page came before.
    NO_PAGES = u32::MAX;
    /// The length of a secret that was not given.
    NO_SECRET_KEY = u32::MAX;

    /// A signature that was given itself.
    SIGNATURE = 0;
    /// A signature out of its header.
    OF_HEADER = 1;
    /// A signature, perhaps, out of another header, for diagnosis.
    OF_ANOTHER_HEADER = 2;

    /// A parameter without a value.
    ABSENT = 0;
    /// A parameter that is a text.
    TEXT = 1;
    /// A parameter that is the digits of an exact number.
    NUMBER = 2;
    /// A parameter that is the shortest digits of a binary float.
    FLOAT = 3;
    /// A group: its own entries follow.
    GROUP = 4;
    /// A value of a type that its parameter does not take.
    OTHER = 5;
    /// Text with half a surrogate pair in it, which UTF-8 cannot hold.
    ILL_FORMED = 6;
    /// A text that was not even copied.
    LONG_TEXT = 7;
    /// `true`.
    TRUE = 8;
    /// `false`.
    FALSE = 9;
    /// A list: its elements follow, as many as the number in place of a length says.
    LIST = 10;

    /// A payout.
    PAYOUT = 0;
    /// A watch of an invoice of Bitloga.
    INVOICE = 1;
    /// A watch of an invoice of Api for Crypto.
    CRYPTO_INVOICE = 2;

    /// Begins a payout or a watch.
    BEGIN = 0;
    /// Goes on with one that was saved.
    RESUME = 1;
    /// Tells what to do next.
    NEXT = 2;
    /// Reports what came of a request.
    REPORT = 3;
    /// Hands in a verified callback.
    OBSERVE = 4;
    /// Tells where it is at.
    PROGRESS = 5;

    /// A step: send a request.
    SEND = 0;
    /// A step: wait.
    WAIT = 1;
    /// A step: nothing more.
    DONE_STEP = 2;
}
