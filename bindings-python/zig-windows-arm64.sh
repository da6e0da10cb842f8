#!/usr/bin/env bash
# The linker for Windows on arm64, as cargo calls it: zig brings the libraries of C.
set -euo pipefail
arguments=()
for argument in "$@"; do
    case $argument in
        # Zig takes the list of exported names as a file, not as an option of the linker.
        -Wl,*.def) arguments+=("${argument#-Wl,}") ;;
        # Zig links its own, and knows them by other names.
        -lmingw32 | -lmingwex | -lmsvcrt) ;;
        *) arguments+=("$argument") ;;
    esac
done
# Without this the bytes say when they were linked: they say when zip began, as the files of a wheel do.
export SOURCE_DATE_EPOCH=315532800
exec python3 -m ziglang cc -target aarch64-windows-gnu "${arguments[@]}"
