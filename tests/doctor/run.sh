#!/usr/bin/env bash
# Tests the command of both packages that were built; shops in Flask and FastAPI make some of the mistakes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tests/setup.sh node frameworks_python
exec pytest tests/doctor "$@"
