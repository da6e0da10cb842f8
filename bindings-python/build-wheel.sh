#!/usr/bin/env bash
# Builds the wheel as it is published: bindings-python/build-wheel.sh FOLDER
#
# For Linux with glibc it is linked by zig against the C library of manylinux2014. It names no folder of this machine, so
# that it is the same wherever it is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$1

# What is compiled has to be there before its folder can be named.
cargo fetch --locked --quiet
cargo_home=${CARGO_HOME:-$HOME/.cargo}
flags="--remap-path-prefix=$PWD=payseal --remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust"
for registry in "$cargo_home"/registry/src/*; do
    flags+=" --remap-path-prefix=$registry=cargo"
done

portable=()
if [ "$(uname -s)" = Linux ] && ! compgen -G '/lib/ld-musl-*' >/dev/null; then
    portable=(--zig --compatibility manylinux2014)
fi
rm -rf "$folder"
RUSTFLAGS="$flags" maturin build --locked --release ${portable[@]+"${portable[@]}"} --manifest-path bindings-python/Cargo.toml --out "$folder"
