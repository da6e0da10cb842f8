#![doc = include_str!("../../../../README.md")]
#![allow(clippy::doc_markdown, reason = "the README is read as a page, not as documentation of code")]
