//! What documents and bindings say about the causes of diagnosis is what the core has.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs::read_to_string;

use payseal::Cause;

fn file(name: &str) -> String {
    read_to_string(format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// What is between two texts, once.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn the_document_has_every_cause_and_its_message() {
    let document = file("docs/diagnose.md");
    let rows: Vec<_> = between(&document, "| cause | message |\n|---|---|\n", "\n\n").lines().collect();
    let expected: Vec<_> = Cause::ALL.iter().map(|cause| format!("| `{cause}` | {} |", cause.message())).collect();
    assert_eq!(rows, expected);
}

#[test]
fn both_bindings_have_every_cause() {
    let typescript = file("bindings-wasm/js/diagnosis.ts");
    let python = file("bindings-python/python/payseal/_payout.py");
    for list in [between(&typescript, "type DiagnosisCause =", ";"), between(&python, "cause: Literal[", "]")] {
        let names: Vec<_> = list.split('"').skip(1).step_by(2).collect();
        assert_eq!(names, Cause::ALL.iter().map(|cause| cause.as_str()).collect::<Vec<_>>());
    }
}
