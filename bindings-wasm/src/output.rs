//! What an operation leaves for JavaScript: a table of numbers, and a text for what has to be written anew.
//!
//! The first five numbers are the status, the address and length of the text, one that the operation
//! defines, and how many numbers there are. After them comes what the status says, mostly as pairs: the place
//! where a text begins and the one where it ends, in UTF-16 code units. `js/output.ts` reads all this.

use payseal::binding::{
    FieldValue, Parsed, ParsedObject, ResponseSchema, TextSpan, error_number, extra_members, key_states,
    push_quoting_numbers,
};
use payseal::signature::Key;
use payseal::{Difference, Error, Request, Secret};

use crate::constants::{self, COUNT, ESCAPED, KEY, NO_TEXT, RESULT, UNQUOTED};
use crate::utf16::{Utf16Offsets, length};

/// How an operation ended.
#[derive(Clone, Copy)]
#[repr(u32)]
pub(crate) enum Status {
    /// With the result that the operation has.
    Done = constants::DONE,
    /// With an error.
    Error = constants::ERROR,
    /// The client was evicted: open it again.
    Evicted = constants::EVICTED,
    /// Nothing is left to do.
    End = constants::END,
}

/// The pair of a text that is absent.
const NOWHERE: [u32; 2] = [NO_TEXT; 2];

/// The numbers of unknown fields of at least so many bytes are quoted only when somebody looks: at 64 KiB that would
/// take half of the whole time again.
const LARGE: usize = 1 << 14;

/// The output of the operation under way.
pub(crate) struct OutputBuffer {
    numbers: Vec<u32>,
    text: String,
    /// The length of `text` in code units.
    length: usize,
}

impl OutputBuffer {
    pub(crate) const fn new() -> Self {
        Self { numbers: Vec::new(), text: String::new(), length: 0 }
    }

    pub(crate) fn begin(&mut self) {
        self.numbers.clear();
        self.numbers.resize(RESULT as usize, 0);
        self.text.clear();
        self.length = 0;
    }

    pub(crate) fn finish(&mut self, status: Status) -> u32 {
        self.numbers[0] = status as u32;
        self.numbers[1] = address(self.text.as_ptr().addr());
        self.numbers[2] = number(self.text.len());
        self.numbers[COUNT as usize] = number(self.numbers.len());
        address(self.numbers.as_ptr().addr())
    }

    /// The number that an operation defines for itself.
    pub(crate) fn set_aside(&mut self, value: usize) {
        self.numbers[3] = number(value);
    }

    /// The scheduled keys of secrets, low words first: 32 numbers for each. JavaScript takes them and wipes them here.
    pub(crate) fn keys(&mut self, secrets: &[Secret]) {
        // Once: numbers that have to move leave a copy of themselves.
        self.numbers.reserve(KEY as usize * secrets.len());
        for word in secrets.iter().flat_map(|secret| key_states(&Key::new(secret))).flatten() {
            let halves = [word & u64::from(u32::MAX), word >> 32];
            self.numbers.extend(halves.map(|half| u32::try_from(half).unwrap_or(0)));
        }
    }

    pub(crate) fn push(&mut self, value: usize) {
        self.numbers.push(number(value));
    }

    pub(crate) fn push_number(&mut self, number: u32) {
        self.numbers.push(number);
    }

    /// One after the other: engines call a function to copy eight bytes.
    fn push_pair(&mut self, [first, second]: [u32; 2]) {
        self.numbers.push(first);
        self.numbers.push(second);
    }

    /// Writes a text and leaves its place.
    pub(crate) fn push_text(&mut self, text: &str) {
        let start = self.length;
        self.text.push_str(text);
        self.length += length(text);
        self.push_pair([number(start), number(self.length)]);
    }

    /// Leaves the address and the length of a text that never changes, in ASCII: JavaScript reads it only once.
    fn push_static(&mut self, text: &'static str) {
        self.push_pair([address(text.as_ptr().addr()), number(text.len())]);
    }

    pub(crate) fn push_optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.push_text(text),
            None => self.push_pair(NOWHERE),
        }
    }

    pub(crate) fn request(&mut self, request: &Request) {
        self.push_static(request.method);
        self.push_text(&request.url);
        self.push_optional(request.body.as_deref().map(|body| std::str::from_utf8(body).unwrap_or_default()));
        self.headers(&request.headers);
    }

    /// A callback for a test: its body and its headers.
    pub(crate) fn message_to_post(&mut self, body: &[u8], headers: &[(&'static str, String)]) {
        self.push_text(std::str::from_utf8(body).unwrap_or_default());
        self.headers(headers);
    }

    pub(crate) fn headers(&mut self, headers: &[(&'static str, String)]) {
        self.push(headers.len());
        for (name, value) in headers {
            self.push_static(name);
            self.push_text(value);
        }
    }

    pub(crate) fn error(&mut self, error: &Error) {
        self.push(error_number(error));
        self.push(usize::from(error.status().unwrap_or(0)));
        self.push(usize::from(error.retryable()));
        self.push_text(&error.to_string());
        self.push_optional(error.field());
        self.push_optional(error.reply().and_then(|reply| reply.reason.as_deref()));
        self.differences(if let Error::Mismatch { differences, .. } = error { differences } else { &[] });
    }

    pub(crate) fn differences(&mut self, differences: &[Difference]) {
        self.push(differences.len());
        for difference in differences {
            self.push_text(difference.field);
            self.push_text(&difference.expected);
            self.push_optional(difference.actual.as_deref());
        }
    }

    /// A message: which of its type's schemas it has, then its record.
    pub(crate) fn message(&mut self, parsed: &Parsed<'_>, schemas: &[&'static ResponseSchema]) {
        let schema = schemas.iter().position(|schema| schema.name == parsed.object.schema.name);
        self.push(schema.unwrap_or(0));
        let start = self.record(&parsed.object, &mut Utf16Offsets::new(parsed.text()));
        if !parsed.object.schema.event_id.is_empty() {
            let pair = self.written(|text| parsed.push_event_id(text));
            self.set(start + 2 * (parsed.object.values.len() + 1), pair);
        }
    }

    /// A record: a pair for each field, one for its unknown fields, and one for its amounts if it is open for
    /// them, or for its deduplication key if it has one. Returns where it begins.
    fn record(&mut self, record: &ParsedObject, offsets: &mut Utf16Offsets<'_>) -> usize {
        let start = self.numbers.len();
        let ResponseSchema { open_amounts, event_id, .. } = record.schema;
        let pairs = record.values.len() + 1 + usize::from(*open_amounts || !event_id.is_empty());
        self.numbers.resize(start + 2 * pairs, 0);
        for (position, value) in record.values.iter().enumerate() {
            let pair = self.field_value(value, offsets);
            self.set(start + 2 * position, pair);
        }
        let after_fields = start + 2 * record.values.len();
        if !record.extra.is_empty() {
            let members = extra_members(&record.extra);
            let is_large = members.len() >= LARGE;
            let push = if is_large { String::push_str } else { push_quoting_numbers };
            let [start, end] = self.written(|text| {
                text.push('{');
                push(text, members);
                text.push('}');
            });
            self.set(after_fields, [start, if is_large { end | UNQUOTED } else { end }]);
        }
        if record.schema.open_amounts {
            let pair = self.amounts(&record.amounts, offsets);
            self.set(after_fields + 2, pair);
        }
        start
    }

    fn set(&mut self, at: usize, pair: [u32; 2]) {
        if let Some([first, second]) = self.numbers.get_mut(at..at + 2) {
            [*first, *second] = pair;
        }
    }

    /// A text leaves its place, a boolean 1 or 2, a group 1 and where it begins, a list one more than its length and
    /// where it begins. Nothing leaves 0.
    fn field_value(&mut self, value: &FieldValue, offsets: &mut Utf16Offsets<'_>) -> [u32; 2] {
        match value {
            FieldValue::Absent => [0, 0],
            FieldValue::Scalar(text) => text_offsets(*text, offsets),
            FieldValue::Boolean(boolean) => [1 + u32::from(*boolean), 0],
            FieldValue::Group(record) => [1, number(self.record(record, offsets))],
            FieldValue::Texts(texts) => {
                let start = self.numbers.len();
                for text in texts {
                    let pair = text_offsets(*text, offsets);
                    self.push_pair(pair);
                }
                [number(texts.len() + 1), number(start)]
            }
            FieldValue::List(records) => {
                let start = self.numbers.len();
                self.numbers.resize(start + records.len(), 0);
                for (position, record) in records.iter().enumerate() {
                    self.numbers[start + position] = number(self.record(record, offsets));
                }
                [number(records.len() + 1), number(start)]
            }
        }
    }

    /// The place of a text that `write` adds.
    fn written(&mut self, write: impl FnOnce(&mut String)) -> [u32; 2] {
        let (start, written) = (self.length, self.text.len());
        write(&mut self.text);
        self.length += length(self.text.get(written..).unwrap_or_default());
        [number(start), number(self.length)]
    }

    fn amounts(&mut self, amounts: &[(TextSpan, TextSpan)], offsets: &mut Utf16Offsets<'_>) -> [u32; 2] {
        let start = self.numbers.len();
        for (currency, amount) in amounts {
            let (currency, amount) = (text_offsets(*currency, offsets), text_offsets(*amount, offsets));
            self.push_pair(currency);
            self.push_pair(amount);
        }
        [number(amounts.len()), number(start)]
    }
}

fn text_offsets(text: TextSpan, offsets: &mut Utf16Offsets<'_>) -> [u32; 2] {
    let range = text.range();
    let escaped = if text.is_escaped() { ESCAPED } else { 0 };
    [number(offsets.at(range.start)), number(offsets.at(range.end)) | escaped]
}

/// Bodies and tables are far shorter than 4 GiB: their lengths fit.
fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Addresses have 32 bits where this runs.
pub(crate) fn address(address: usize) -> u32 {
    u32::try_from(address).unwrap_or(0)
}
