//! What each verdict says of the money: the documentation and the code say the same.

use payseal::payout::{Certainty, Verdict};

/// The rows of the table in the documentation of `Verdict`.
fn documented() -> Vec<[String; 4]> {
    let source = include_str!("../../src/bitloga/payout/outcome.rs");
    let rows = source.lines().filter_map(|line| line.strip_prefix("/// | `"));
    let rows = rows.map(|row| {
        let cells: Vec<_> = row.trim_end_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        <[&str; 4]>::try_from(cells).unwrap().map(str::to_owned)
    });
    rows.collect()
}

#[test]
fn the_table_in_the_documentation_is_what_the_code_says() {
    let code = Verdict::ALL.map(|verdict| {
        let is_safe = if verdict.is_new_uniqueid_safe() { "yes" } else { "no" };
        let money = [verdict.has_money_moved(), verdict.can_money_still_move()].map(Certainty::as_str);
        [verdict.as_str(), money[0], money[1], is_safe].map(str::to_owned)
    });
    assert_eq!(documented(), code);
}

#[test]
fn a_new_uniqueid_is_safe_only_where_no_money_has_moved_and_none_can() {
    for verdict in Verdict::ALL {
        let is_over = [verdict.has_money_moved(), verdict.can_money_still_move()] == [Certainty::No, Certainty::No];
        assert_eq!(verdict.is_new_uniqueid_safe(), is_over, "{verdict}");
    }
}

#[test]
fn each_verdict_tells_whether_a_new_uniqueid_is_safe() {
    let source = include_str!("../../src/bitloga/payout/outcome.rs");
    let variants = source.split("pub enum Verdict {").nth(1).unwrap().split("\n}").next().unwrap();
    let sentences: Vec<_> = variants.split(",\n").filter(|variant| variant.contains("///")).collect();
    assert_eq!(sentences.len(), Verdict::ALL.len());
    for documentation in sentences {
        assert!(
            documentation
                .replace("///", "")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains("new `uniqueid`")
        );
    }
}
