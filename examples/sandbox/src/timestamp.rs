//! Moments, kept as milliseconds since 1970 in UTC, and the forms the gateways write them in.

use std::time::Duration;

use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

/// Milliseconds since the beginning of 1970, UTC.
pub(crate) type Timestamp = i64;

pub(crate) fn now() -> Timestamp {
    let nanoseconds = OffsetDateTime::now_utc().unix_timestamp_nanos();
    i64::try_from(nanoseconds / 1_000_000).unwrap_or(i64::MAX)
}

pub(crate) fn after(start: Timestamp, duration: Duration) -> Timestamp {
    start.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}

pub(crate) fn before(end: Timestamp, duration: Duration) -> Timestamp {
    end.saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}

/// `2022-07-11 15:27`, as codes carry it.
pub(crate) fn to_the_minute(moment: Timestamp) -> String {
    format(moment, format_description!("[year]-[month]-[day] [hour]:[minute]"))
}

/// `2022-07-11 15:27:08`, as crypto invoices carry it. (Their real format is not published.)
pub(crate) fn to_the_second(moment: Timestamp) -> String {
    format(moment, format_description!("[year]-[month]-[day] [hour]:[minute]:[second]"))
}

/// `2022-07-11T15:27:08.123Z`, as the control API writes it.
pub(crate) fn rfc3339(moment: Timestamp) -> String {
    format(moment, format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z"))
}

fn format(moment: Timestamp, form: &[BorrowedFormatItem<'_>]) -> String {
    date_time(moment).format(form).unwrap_or_default()
}

fn date_time(moment: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(moment) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let moment = 1_657_553_228_123;
        assert_eq!(to_the_minute(moment), "2022-07-11 15:27");
        assert_eq!(to_the_second(moment), "2022-07-11 15:27:08");
        assert_eq!(rfc3339(moment), "2022-07-11T15:27:08.123Z");
        assert_eq!(rfc3339(moment - 123), "2022-07-11T15:27:08.000Z");
    }
}
