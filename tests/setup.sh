#!/usr/bin/env bash
# Sets up what the other commands need: tests/setup.sh rust|node|python|chromium…
#
# Each part looks first whether there is anything to do. Everything goes into target/ and node_modules/, except for
# the Rust targets and, when a test asks for it, Debian's Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stamps=target/setup
rust_targets=(wasm32-unknown-unknown thumbv7em-none-eabihf)

fail() {
    echo "setup: $*" >&2
    exit 1
}

need() {
    command -v "$1" >/dev/null || fail "$1 is missing; install $2 first"
}

# Whether the stamp of $1 says that it was set up from $2.
is_current() {
    [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]
}

mark_current() {
    mkdir -p "$stamps"
    echo "$2" >"$stamps/$1"
}

checksum() {
    cat "$@" | cksum
}

set_up_rust() {
    need cargo "Rust (https://rustup.rs)"
    local libraries target
    libraries="$(rustc --print sysroot)/lib/rustlib"
    for target in "${rust_targets[@]}"; do
        if [ ! -d "$libraries/$target/lib" ]; then
            need rustup "rustup, or the Rust target $target,"
            rustup target add "$target"
        fi
    done
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
}

# Installs the packages of every folder with a package-lock.json, when the lock file has changed.
set_up_node() {
    need npm "Node 20 or newer"
    local lock folder
    while read -r lock; do
        folder=$(dirname "$lock")
        set_up_node_packages "${folder#./}"
    done < <(find . \( -name node_modules -o -name target -o -name dist -o -name .git \) -prune \
        -o -name package-lock.json -print | sort)
}

set_up_node_packages() {
    local folder=$1 stamp key
    stamp="npm-${folder//\//-}"
    key="$(checksum "$folder/package-lock.json") $(node --version)"
    if ! is_current "$stamp" "$key" || [ ! -d "$folder/node_modules" ]; then
        echo "setup: npm ci in $folder"
        npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
        mkdir -p "$folder/node_modules"
        mark_current "$stamp" "$key"
    fi
}

# Makes target/venv with the tools of tests/requirements.txt.
set_up_python() {
    need python3 "Python 3.9 or newer"
    local key
    key="$(checksum tests/requirements.txt) $(python3 --version)"
    if ! is_current python "$key" || [ ! -x target/venv/bin/python ]; then
        echo "setup: Python tools in target/venv"
        mkdir -p target
        python3 -m venv --clear target/venv \
            || fail "python3 cannot make a virtual environment; on Debian install python3-venv"
        target/venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --requirement tests/requirements.txt
        mark_current python "$key"
    fi
}

# Debian's Chromium, for tests in a browser. The only package of the system that is ever installed.
set_up_chromium() {
    if command -v chromium >/dev/null; then
        return
    fi
    need apt-get "Chromium yourself: this is no Debian, so it"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || fail "chromium is missing; install it, or run this as root"
        as_root=(sudo -n)
    fi
    echo "setup: installing chromium"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium >/dev/null
}

[ $# -gt 0 ] || fail "name what to set up: rust, node, python, chromium"
for part in "$@"; do
    case $part in
        rust | node | python | chromium) "set_up_$part" ;;
        *) fail "no such part: $part" ;;
    esac
done
