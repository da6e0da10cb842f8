//! What JavaScript writes, and everything the module keeps between operations.

use std::cell::RefCell;

use payseal::Secret;
use payseal::binding::{Argument, Client, Parameter};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::client_cache::ClientCache;
use crate::inputs::{Entries, arguments};
use crate::output::{OutputBuffer, Status, address};

thread_local! {
    /// The module has one thread, and no operation begins another.
    static BUFFERS: RefCell<Buffers> = const { RefCell::new(Buffers::new()) };
}

/// Buffers that are used again by every operation, and the clients.
pub(crate) struct Buffers {
    /// Texts and bodies, one after the other.
    input: Vec<u8>,
    /// What is in `input`: two numbers for each entry.
    table: Vec<u32>,
    output: OutputBuffer,
    clients: Clients,
}

/// The clients of all gateways.
pub(crate) type Clients = ClientCache<Box<dyn Client>>;

/// What JavaScript wrote for one operation.
#[derive(Clone, Copy)]
pub(crate) struct InputBuffer<'a> {
    input: &'a [u8],
    table: &'a [u32],
}

impl Buffers {
    const fn new() -> Self {
        Self { input: Vec::new(), table: Vec::new(), output: OutputBuffer::new(), clients: ClientCache::new() }
    }
}

impl<'a> InputBuffer<'a> {
    /// Some bytes of the input. Offsets beyond it count as nothing written.
    pub(crate) fn bytes(self, start: u32, length: u32) -> &'a [u8] {
        let start = start as usize;
        self.input.get(start..start.saturating_add(length as usize)).unwrap_or_default()
    }

    /// Some bytes of the input as text; what is not UTF-8 counts as nothing written.
    pub(crate) fn text(self, start: u32, length: u32) -> &'a str {
        std::str::from_utf8(self.bytes(start, length)).unwrap_or_default()
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

    /// The entries of the table, whose texts are in the first `length` bytes from `start`.
    pub(crate) fn entries(self, start: u32, length: u32) -> Entries<'a> {
        Entries::new(self.table, self.text(start, length))
    }
}

/// Runs one operation and returns the address of its output.
pub(crate) fn operate(
    mut operation: impl FnMut(InputBuffer<'_>, &mut Clients, &mut OutputBuffer) -> payseal::Result<Status>,
) -> u32 {
    operate_dynamically(&mut operation)
}

/// Compiled once, unlike [`operate`].
fn operate_dynamically(
    operation: &mut dyn FnMut(InputBuffer<'_>, &mut Clients, &mut OutputBuffer) -> payseal::Result<Status>,
) -> u32 {
    BUFFERS.with_borrow_mut(|buffers| {
        let Buffers { input, table, output, clients } = buffers;
        output.begin();
        match operation(InputBuffer { input, table }, clients, output) {
            Ok(status) => output.finish(status),
            Err(error) => {
                output.begin();
                output.error(&error);
                output.finish(Status::Error)
            }
        }
    })
}

/// Makes room for that many bytes of input, and returns its address.
#[wasm_bindgen]
pub fn input(bytes: u32) -> u32 {
    BUFFERS.with_borrow_mut(|buffers| {
        let bytes = bytes as usize;
        if buffers.input.len() < bytes {
            buffers.input = vec![0; bytes];
        }
        address(buffers.input.as_ptr().addr())
    })
}

/// Makes room for that many numbers in the table, and returns its address.
#[wasm_bindgen]
pub fn table(numbers: u32) -> u32 {
    BUFFERS.with_borrow_mut(|buffers| {
        let numbers = numbers as usize;
        if buffers.table.len() < numbers {
            buffers.table = vec![0; numbers];
        }
        address(buffers.table.as_ptr().addr())
    })
}
