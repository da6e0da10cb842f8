//! Tests of the sandbox from outside: every one starts a server on a free port and talks HTTP to it.

// Helpers fail the test they help, as its own assertions do.
#![allow(clippy::unwrap_used, clippy::panic)]

mod behaviour;
mod bitloga;
mod callbacks;
mod command;
mod copies;
mod crypto;
mod denials;
mod events;
mod exchanges;
mod guard;
mod harness;
mod misbehaviour;
mod pages;
mod payouts;
mod requests;
mod speed;
mod state;
mod trigger;
mod trouble;
