//! Cuts off what panics would print.
//!
//! In this module a panic is a trap: JavaScript starts it anew. The message that functions of the standard library
//! put together before is read by nobody, and takes a kilobyte of what browsers download. A compiler can leave it
//! out by itself, with `-C panic=immediate-abort`, but not yet a stable one.

use anyhow::{Context, Result, ensure};
use rustc_demangle::demangle;
use walrus::{FunctionKind, LocalFunction, Module};

/// Functions of the standard library that never return, by how their names begin.
const PANICS: [&str; 10] = [
    "core::panicking::",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
];

/// The only way to the functions that print numbers and texts.
const FORMATTING: &str = "core::fmt::write";

/// Puts a trap in place of every function that only panics, and of those that would print for it.
pub(crate) fn cut(compiled: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(compiled).context("cannot read the compiled module")?;
    for function in module.funcs.iter_mut() {
        let Some(name) = function.name.as_deref().map(readable) else { continue };
        ensure!(name != FORMATTING, "the module formats text, where panics alone should: see core/src/text.rs");
        match &mut function.kind {
            FunctionKind::Local(function) if only_panics(&name) || prints(&name) => trap(function),
            _ => {}
        }
    }
    Ok(module.emit_wasm())
}

/// The name of a function without the hash that the compiler puts after it.
fn readable(symbol: &str) -> String {
    format!("{:#}", demangle(symbol))
}

fn only_panics(name: &str) -> bool {
    PANICS.iter().any(|panics| name.starts_with(panics))
}

fn prints(name: &str) -> bool {
    name.starts_with("core::fmt::") || name.contains(" as core::fmt::")
}

fn trap(function: &mut LocalFunction) {
    let mut body = function.builder_mut().func_body();
    body.instrs_mut().clear();
    body.unreachable();
}

#[cfg(test)]
mod tests {
    use walrus::ir::Instr;
    use walrus::{FunctionBuilder, FunctionId, ModuleConfig, ValType};

    use super::*;

    fn add(module: &mut Module, name: &str) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        builder.name(name.into()).func_body().i32_const(1);
        let function = builder.finish(Vec::new(), &mut module.funcs);
        module.exports.add(name, function);
        function
    }

    #[test]
    fn only_what_panics_becomes_a_trap() {
        let mut module = Module::with_config(ModuleConfig::new());
        let panics = "_ZN4core9panicking9panic_fmt17h0123456789abcdefE";
        for name in [panics, "_ZN7payseal6amount6Amount2of17h0123456789abcdefE"] {
            add(&mut module, name);
        }
        let cut = Module::from_buffer(&cut(&module.emit_wasm()).unwrap()).unwrap();
        for (id, function) in cut.funcs.iter_local() {
            let traps = matches!(function.block(function.entry_block()).instrs[..], [(Instr::Unreachable(_), _)]);
            assert_eq!(traps, cut.funcs.get(id).name.as_deref() == Some(panics));
        }
    }

    #[test]
    fn a_module_that_formats_text_is_refused() {
        let mut module = Module::with_config(ModuleConfig::new());
        add(&mut module, "_ZN4core3fmt5write17h0123456789abcdefE");
        assert!(cut(&module.emit_wasm()).is_err());
    }
}
