#!/usr/bin/env bash
# Prints the compiler flags that keep the folders of this machine out of what is built for a target, so that it is the
# same wherever it is built. Used for the wheels, and for the sandbox's program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=$1

# What is compiled has to be there before its folder can be named.
cargo fetch --locked --quiet
flags=("--remap-path-prefix=$PWD=payseal" "--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust")
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    # Tests have registries of their own there, at a new address each time: naming them would build everything anew.
    [[ $registry == */127.0.0.1-* ]] || flags+=("--remap-path-prefix=$registry=cargo")
done
# The identifier of what is linked for macOS is a hash of the symbols for debugging, too, which name folders.
[[ $target != *-apple-darwin ]] || flags+=("-Clink-arg=-Wl,-S")
echo "${flags[*]}"
