#!/usr/bin/env bash
# Tests what is said of the crates that we build with: notices, bills of materials, and the rules of deny.toml.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tests/setup.sh supply
exec target/venv-supply/bin/python -m pytest tests/supply "$@"
