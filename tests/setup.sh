#!/usr/bin/env bash
# Sets up what the other commands need: tests/setup.sh rust|node|nodes|python|frameworks_python|chromium|databases…
#
# Each part looks first whether there is anything to do. Everything goes into target/ and node_modules/, except for
# the Rust targets and, when a test asks for them, Debian's Chromium, PostgreSQL, Redis and Apache.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stamps=target/setup
rust_targets=(wasm32-unknown-unknown thumbv7em-none-eabihf thumbv6m-none-eabi)

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

# The versions of Node that the package is tested in, as target/nodes/VERSION/node.
set_up_nodes() {
    need npm "Node 20 or newer"
    local source=tests/npm/nodes key package name
    key=$(checksum "$source/npm-shrinkwrap.json")
    if is_current nodes "$key" && [ -x target/nodes/26/node ]; then
        return
    fi
    echo "setup: versions of Node in target/nodes"
    rm -rf target/nodes
    mkdir -p target/nodes
    cp "$source/package.json" "$source/npm-shrinkwrap.json" target/nodes
    npm ci --prefix target/nodes --no-audit --no-fund --loglevel=error
    for package in target/nodes/node_modules/node-*; do
        name=${package##*/node-}
        ln -s "${package#target/nodes/}/bin" "target/nodes/${name%-linux-*}"
    done
    mark_current nodes "$key"
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

# The first Python of these versions, among those of pyenv and on the path; nothing when there is none.
find_python() {
    local pyenv=${PYENV_ROOT:-$HOME/.pyenv}/versions version candidate
    for version in "$@"; do
        for candidate in "$pyenv/$version".*/bin/python "$(command -v "python$version")"; do
            if [ -x "$candidate" ] && "$candidate" -c "import ensurepip, venv" 2>/dev/null; then
                echo "$candidate"
                return
            fi
        done
    done
}

# Makes target/venv-frameworks-newest and -oldest with the frameworks, database clients and tools that test the shops
# in Python: on the newest Python that is here, and on 3.9.
set_up_frameworks_python() {
    set_up_frameworks newest 3.13 3.12 3.11
    set_up_frameworks oldest 3.9
}

# Makes the environment $1 with the first of the Pythons that follow, or none.
set_up_frameworks() {
    local age=$1 environment=target/venv-frameworks-$1 requirements=tests/frameworks_python/$1.txt python key
    python=$(find_python "${@:2}")
    if [ -z "$python" ]; then
        rm -rf "$environment"
        echo "setup: the $age Python frameworks are not tested: no Python ${*:2} here"
        return
    fi
    key="$(checksum "$requirements") $("$python" --version)"
    if ! is_current "frameworks-python-$age" "$key" || [ ! -x "$environment/bin/python" ]; then
        echo "setup: the $age Python frameworks in $environment, with $("$python" --version)"
        mkdir -p target
        "$python" -m venv --clear "$environment" \
            || fail "$python cannot make a virtual environment; on Debian install python3-venv"
        "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
        mark_current "frameworks-python-$age" "$key"
    fi
}

# Installs packages of Debian, one caller at a time: apt gives up when another holds its lists.
install_from_debian() {
    need apt-get "$* yourself: this is no Debian, so it"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || fail "missing: $*; install them, or run this as root"
        as_root=(sudo -n)
    fi
    echo "setup: installing $*"
    mkdir -p "$stamps"
    (
        flock 9
        "${as_root[@]}" apt-get update -qq
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    ) 9>"$stamps/apt.lock"
}

# Debian's Chromium, for tests in a browser.
set_up_chromium() {
    command -v chromium >/dev/null || install_from_debian chromium
}

# PostgreSQL and Redis, which tests start on ports and in folders of their own.
set_up_databases() {
    local missing=()
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
    command -v redis-server >/dev/null || missing+=(redis-server)
    [ ${#missing[@]} -eq 0 ] || install_from_debian "${missing[@]}"
}

# Apache with mod_wsgi, which tests start on a port and in a folder of their own.
set_up_apache() {
    [ -e /usr/lib/apache2/modules/mod_wsgi.so ] || install_from_debian apache2 libapache2-mod-wsgi-py3
}

[ $# -gt 0 ] || fail "name what to set up: rust, node, nodes, python, frameworks_python, chromium, databases, apache"
for part in "$@"; do
    case $part in
        rust | node | nodes | python | frameworks_python | chromium | databases | apache) "set_up_$part" ;;
        *) fail "no such part: $part" ;;
    esac
done
