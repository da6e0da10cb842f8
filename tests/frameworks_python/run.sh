#!/usr/bin/env bash
# Tests the wheel that was built in the shops of examples/python-frameworks, in Apache, Celery, FastAPI and others.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tests/setup.sh databases apache frameworks_python
python=target/venv-frameworks/bin/python
"$python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall \
    bindings-python/dist/*.whl
exec "$python" -m pytest tests/frameworks_python "$@"
