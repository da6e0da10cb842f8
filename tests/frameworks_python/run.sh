#!/usr/bin/env bash
# Tests the wheel that was built in the shops of examples/python-frameworks, in Apache, Celery, FastAPI and others: in
# their newest versions, and in those that run on the oldest Python.
#
# tests/frameworks_python/run.sh [newest|oldest] [parameters of pytest]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

ages=(newest oldest)
case ${1:-} in
    newest | oldest) ages=("$1") && shift ;;
esac

tests/setup.sh databases apache frameworks_python
failed=0
for age in "${ages[@]}"; do
    environment=target/venv-frameworks-$age
    # Left out by the setup, which says why.
    [ -d "$environment" ] || continue
    echo "frameworks: $age, $("$environment/bin/python" --version)"
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall \
        bindings-python/dist/*.whl
    "$environment/bin/python" -m pytest tests/frameworks_python "$@" || failed=$?
done
exit "$failed"
