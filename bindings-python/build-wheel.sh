#!/usr/bin/env bash
# Builds a wheel as it is published, into an empty folder: bindings-python/build-wheel.sh FOLDER [TARGET [INTERPRETER]]
#
# TARGET is a target of Rust; without it the wheel is for this machine. INTERPRETER is one that abi3 does not cover,
# such as python3.14t: it need not be on this machine. On Linux, all but Windows' x86_64 is linked by zig, against the
# oldest C library that the wheel's tag promises. The wheel names no folder of this machine, so that it
# is the same wherever it is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$1
target=${2:-}
interpreter=${3:-}

this_machine() {
    rustc -vV | sed -n 's/^host: //p'
}

# The options of maturin for a target. Sets the linkers that cargo has to call for it.
choose_options() {
    case $1 in
        *-linux-gnu) options=(--zig --compatibility manylinux2014) ;;
        *-linux-musl) options=(--zig --compatibility musllinux_1_2) ;;
        *-apple-darwin) [ "$(uname -s)" = Darwin ] || options=(--zig) ;;
        # With --zig, maturin 1.16 exports a wrong name from a module within a package.
        x86_64-pc-windows-gnu)
            export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc-win32
            # Without this the bytes say when they were linked. Zig does not take it, and reads SOURCE_DATE_EPOCH.
            flags+=" -C link-arg=-Wl,--no-insert-timestamp"
            ;;
        aarch64-pc-windows-gnullvm)
            export CARGO_TARGET_AARCH64_PC_WINDOWS_GNULLVM_LINKER=$PWD/bindings-python/zig-windows-arm64.sh
            ;;
    esac
}

flags=$(bindings-python/reproducible-flags.sh "${target:-$(this_machine)}")
options=()
if [ -n "$target" ]; then
    choose_options "$target"
    options+=(--target "$target")
elif ! compgen -G '/lib/ld-musl-*' >/dev/null; then
    choose_options "$(this_machine)"
fi
[ -z "$interpreter" ] || options+=(--interpreter "$interpreter")
rm -rf "$folder"
RUSTFLAGS="$flags" maturin build --locked --release ${options[@]+"${options[@]}"} \
    --manifest-path bindings-python/Cargo.toml --out "$folder"
