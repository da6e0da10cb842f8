#!/usr/bin/env bash
# Runs every fuzz target of core/fuzz for some seconds: tests/fuzz.sh [SECONDS]
#
# Needs the nightly toolchain; cargo-fuzz itself is installed into target/tools.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-60}
cargo_fuzz_version=0.13.2

[ -f core/fuzz/Cargo.toml ] || { echo "fuzz: there are no fuzz targets in core/fuzz" >&2; exit 1; }
cargo +nightly --version >/dev/null || { echo "fuzz: install Rust's nightly toolchain first" >&2; exit 1; }

if [ ! -x target/tools/bin/cargo-fuzz ]; then
    cargo install --quiet --locked --root target/tools --version "$cargo_fuzz_version" cargo-fuzz
fi
PATH="$PWD/target/tools/bin:$PATH"

targets=$(cd core && cargo +nightly fuzz list)
[ -n "$targets" ] || { echo "fuzz: core/fuzz has no target" >&2; exit 1; }
for target in $targets; do
    echo "fuzz: $target for $seconds s"
    (cd core && cargo +nightly fuzz run "$target" -- -max_total_time="$seconds")
done
