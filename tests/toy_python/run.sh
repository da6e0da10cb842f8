#!/usr/bin/env bash
# Builds the Python package with the toy gateway into target/toy/python, of which no wheel is made, and drives it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

root=target/toy/python
package=$root/bindings-python/python/payseal
rm -rf "$root"
mkdir -p "$package"
cp bindings-python/python/payseal/*.py* bindings-python/python/payseal/py.typed "$package"
cargo run -q -p payseal-generator --features toy-gateway -- --into "$root"
cargo build -q -p payseal-python --features toy-gateway
for library in target/debug/libpayseal_native.{so,dylib}; do
    if [ -f "$library" ]; then cp "$library" "$package/_native.abi3.so"; fi
done

MYPYPATH=$root/bindings-python/python mypy --strict tests/toy_python
PYTHONPATH=$root/bindings-python/python pytest tests/toy_python
