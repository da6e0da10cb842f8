#!/usr/bin/env bash
# Prints the compiler flags that make what is built for a target the same wherever and whenever it is built: they keep
# the folders of this machine and the time out of it. Used for the wheels, and for the sandbox's program.
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
case $target in
    # The identifier of what is linked is a hash of the symbols for debugging, too, which name folders.
    *-apple-darwin) flags+=("-Clink-arg=-Wl,-S") ;;
    # Without this the bytes say when they were linked.
    x86_64-pc-windows-gnu) flags+=("-Clink-arg=-Wl,--no-insert-timestamp") ;;
esac
echo "${flags[*]}"
