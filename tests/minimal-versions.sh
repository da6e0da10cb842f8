#!/usr/bin/env bash
# Builds what is published with the oldest versions of its dependencies that its manifests allow.
#
# The oldest versions are chosen for our own dependencies; what those need is as new as may be, which is what users get who
# hold one crate back. With the oldest of those, too, mistakes in the manifests of others would be counted as ours.
# Each crate is alone in a copy of the workspace, without what tests it: another's needs would hide its mistakes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
copies=$root/target/minimal-versions
export CARGO_TARGET_DIR=$copies/build

# Copies the crates of $2… to the folder $1, as a workspace of their own.
copy() {
    local folder=$1 members member
    shift
    rm -rf "$folder"
    mkdir -p "$folder"
    members=$(printf '"%s", ' "$@")
    sed "s|^members = .*|members = [$members]|; /^default-members/d" Cargo.toml >"$folder/Cargo.toml"
    for member in "$@"; do
        mkdir -p "$folder/$member"
        cp -r "$member/src" "$member/README.md" "$folder/$member/"
        # Without the section of what only tests need.
        awk '/^\[/ { tested = /^\[dev-dependencies/ } !tested' "$member/Cargo.toml" >"$folder/$member/Cargo.toml"
    done
}

# Checks the crates of a copy with the oldest versions: check FOLDER ARGUMENTS…, for each line of arguments.
check() {
    local folder=$1 arguments
    shift
    cd "$folder"
    # An unstable option of cargo, which nothing but this resolution uses.
    RUSTC_BOOTSTRAP=1 cargo update --quiet -Z direct-minimal-versions
    for arguments in "$@"; do
        echo "cargo check $arguments"
        # shellcheck disable=SC2086 # several arguments
        cargo check --quiet --locked $arguments
    done
    cd "$root"
}

copy "$copies/core" core
check "$copies/core" "-p payseal --features http,serde,std" "-p payseal --no-default-features"
copy "$copies/python" core bindings-python
check "$copies/python" "-p payseal-python"
copy "$copies/wasm" core bindings-wasm
check "$copies/wasm" "-p payseal-wasm --target wasm32-unknown-unknown"
