//! What JavaScript writes, and everything the module keeps between operations.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use payseal::Secret;
use payseal::binding::{Argument, Client, Parameter};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::alone::Alone;
use crate::inputs::{Entries, arguments};
use crate::reply::{Reply, Verdict, address};
use crate::slots::Slots;

static EXCHANGE: Alone<Exchange> = Alone::new(Exchange::new());

/// Buffers that are used again by every operation, and the clients.
pub(crate) struct Exchange {
    /// Texts and bodies, one behind the other.
    input: Vec<u8>,
    /// What stands in `input`: two numbers for each entry.
    table: Vec<u32>,
    reply: Reply,
    clients: Clients,
}

/// The clients of all gateways.
pub(crate) type Clients = Slots<Box<dyn Client>>;

/// What JavaScript wrote for one operation.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    input: &'a [u8],
    table: &'a [u32],
}

impl Exchange {
    const fn new() -> Self {
        Self { input: Vec::new(), table: Vec::new(), reply: Reply::new(), clients: Slots::new() }
    }
}

impl<'a> Written<'a> {
    /// Some bytes of the input. Places beyond it are as good as nothing written.
    pub(crate) fn bytes(self, start: u32, length: u32) -> &'a [u8] {
        let start = start as usize;
        self.input.get(start..start.saturating_add(length as usize)).unwrap_or_default()
    }

    /// Some bytes of the input as text; what is no UTF-8 is as good as nothing written.
    pub(crate) fn text(self, start: u32, length: u32) -> &'a str {
        core::str::from_utf8(self.bytes(start, length)).unwrap_or_default()
    }

    /// Secrets one after the other, whose lengths the table tells. Unlike texts they may be any bytes.
    pub(crate) fn secrets(self, count: u32) -> payseal::Result<Vec<Secret>> {
        let mut entries = self.entries(0, 0);
        let mut at = 0;
        let mut secrets = Vec::new();
        for _ in 0..count {
            let length = entries.length();
            secrets.push(Secret::new(self.bytes(at, length))?);
            at = at.saturating_add(length);
        }
        Ok(secrets)
    }

    /// The arguments for some parameters, whose texts are in the first `length` bytes.
    pub(crate) fn arguments(self, length: u32, parameters: &[Parameter]) -> payseal::Result<Vec<Option<Argument<'a>>>> {
        arguments(&mut self.entries(0, length), parameters)
    }

    /// The entries of the table, whose texts stand in the first `length` bytes from `start`.
    pub(crate) fn entries(self, start: u32, length: u32) -> Entries<'a> {
        Entries::new(self.table, self.text(start, length))
    }
}

/// Runs one operation and returns the address of its reply.
pub(crate) fn operate(
    mut operation: impl FnMut(Written<'_>, &mut Clients, &mut Reply) -> payseal::Result<Verdict>,
) -> u32 {
    operate_dynamically(&mut operation)
}

/// Compiled once, unlike [`operate`].
fn operate_dynamically(
    operation: &mut dyn FnMut(Written<'_>, &mut Clients, &mut Reply) -> payseal::Result<Verdict>,
) -> u32 {
    EXCHANGE.with(|exchange| {
        let Exchange { input, table, reply, clients } = exchange;
        reply.begin();
        match operation(Written { input, table }, clients, reply) {
            Ok(verdict) => reply.finish(verdict),
            Err(error) => {
                reply.begin();
                reply.error(&error);
                reply.finish(Verdict::Error)
            }
        }
    })
}

/// Makes room for that many bytes of input, and returns its address.
#[wasm_bindgen]
pub fn input(bytes: u32) -> u32 {
    EXCHANGE.with(|exchange| {
        let bytes = bytes as usize;
        if exchange.input.len() < bytes {
            exchange.input = vec![0; bytes];
        }
        address(exchange.input.as_ptr().addr())
    })
}

/// Makes room for that many numbers in the table, and returns its address.
#[wasm_bindgen]
pub fn table(numbers: u32) -> u32 {
    EXCHANGE.with(|exchange| {
        let numbers = numbers as usize;
        if exchange.table.len() < numbers {
            exchange.table = vec![0; numbers];
        }
        address(exchange.table.as_ptr().addr())
    })
}
