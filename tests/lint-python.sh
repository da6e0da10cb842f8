#!/usr/bin/env bash
# Checks the style and the types of all Python in the repository, with the tools of target/venv on the path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

echo "ruff"
ruff check .
ruff format --check .

# Each of these is checked on its own: modules in different folders may share a name.
check_types() {
    echo "mypy --strict $*"
    mypy --strict "$@"
}
(cd tests && check_types run.py test_run.py runner)
check_types tests/vectors
check_types tests/circles
check_types tests/msrv
(cd tests && check_types public_api)
tests/setup.sh supply
(cd tests && check_types --python-executable ../target/venv-supply/bin/python supply)
check_types tests/smoke
(cd tests/readme && check_types .)
(cd tests/site && MYPYPATH=../readme check_types .)
(cd tests && MYPYPATH=readme check_types release)
check_types tests/workflows
MYPYPATH=tests/distribution check_types tests/packages
MYPYPATH=bindings-python check_types tests/distribution
check_types tests/end_to_end
check_types tests/doctor --exclude python_shops
(cd bindings-python && check_types .)
echo "stubtest: the module with stubs"
(cd target && python -m mypy.stubtest payseal._native)
echo "pyright"
(cd bindings-python && pyright --pythonpath "$(command -v python)" .)
check_types examples/python
check_types examples/sandbox/packages.py
(cd examples/sandbox/python && check_types src)
(cd tests/sandbox_packages && MYPYPATH=../readme check_types --exclude ^python/ .)
MYPYPATH=examples/sandbox/python/src check_types tests/sandbox_packages/python
