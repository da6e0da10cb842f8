"""What an artifact has to pass before it may be published. A check returns nothing, or raises `Failed`."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import headers
from commands import CHECKERS, ROOT, Failed, Shell
from contents import NOTICES, contents, has_notices, missing_licences, naming_this_machine
from release import WHEEL_BOUND

SYSTEM_LIBRARIES = ("/usr/lib/", "/System/")


@dataclass(frozen=True)
class Check:
    """One check of a file."""

    name: str
    check: Callable[[Shell, Path], None]


def _licences(_: Shell, file: Path) -> None:
    if missing := missing_licences(file):
        raise Failed(f"without {', '.join(missing)}")


def _linked_in(_: Shell, file: Path) -> None:
    if not has_notices(file):
        raise Failed(f"without {NOTICES}, or with an old one")


def _folders(_: Shell, file: Path) -> None:
    if found := naming_this_machine(file):
        raise Failed(f"a folder of this machine is named in {', '.join(found)}")


def _size(_: Shell, file: Path) -> None:
    if file.stat().st_size > WHEEL_BOUND:
        raise Failed(f"{file.stat().st_size} bytes, more than {WHEEL_BOUND}")


def _types(_: Shell, file: Path) -> None:
    if missing := {"payseal/py.typed", "payseal/_native.pyi"} - set(contents(file)):
        raise Failed(f"without {', '.join(sorted(missing))}")


def _twine(shell: Shell, file: Path) -> None:
    shell.run(CHECKERS / "twine", "check", "--strict", file)


def _wheel_contents(shell: Shell, file: Path) -> None:
    shell.run(CHECKERS / "check-wheel-contents", file)


def _abi3(shell: Shell, file: Path) -> None:
    printed = shell.run(CHECKERS / "abi3audit", "--strict", "--summary", file)
    # A wheel without a module for abi3 passes as well. The lines are broken anywhere.
    if "1 extensions scanned" not in " ".join(printed.split()):
        raise Failed("abi3audit scanned no module")


LICENCES = Check("licences", _licences)
FOLDERS = Check("no folder of this machine", _folders)
TWINE = Check("twine", _twine)
ABI3 = Check("abi3audit", _abi3)

EVERY = (LICENCES, FOLDERS)
NOTICES_OF_TODAY = Check("notices", _linked_in)
LINKED = (*EVERY, NOTICES_OF_TODAY)
"""Of what has a program or a library in it."""
WHEEL = (*LINKED, TWINE, Check("check-wheel-contents", _wheel_contents))
NATIVE_WHEEL = (*WHEEL, Check("size", _size), Check("types", _types))


def tag(expected: str) -> Check:
    """That a wheel's name ends with a tag: a regular expression."""

    def check(_: Shell, file: Path) -> None:
        if not re.search(f"-({expected})$", file.stem):
            raise Failed(f"is called {file.name}, not …-{expected}")

    return Check("tag", check)


MUSL_ITSELF = "libc.so"
"""What zig calls musl. The loader of musl takes this name for itself, which auditwheel does not know."""


def auditwheel(policy: str) -> Check:
    """That a wheel needs nothing of a Linux system which its policy does not promise."""

    def check(shell: Shell, file: Path) -> None:
        with tempfile.TemporaryDirectory() as no_libraries:
            printed = shell.run(CHECKERS / "auditwheel", "show", "--json", "--ldpaths", no_libraries, file)
        said = json.loads(printed[printed.index("{") : printed.rindex("}") + 1])
        is_musl = policy.startswith("musllinux") and set(said["external_libs"]) == {MUSL_ITSELF}
        found = said["sym_tag"] if is_musl else said["overall_tag"]
        if found != policy:
            raise Failed(f"is {found}, not {policy}; needs {', '.join(said['external_libs']) or 'newer symbols'}")

    return Check("auditwheel", check)


def binary(expected: str) -> Check:
    """That the one program or library of a package is for this format and processor."""

    def check(_: Shell, file: Path) -> None:
        found = [headers.kind(content) for content in contents(file).values()]
        if [kind for kind in found if kind] != [expected]:
            raise Failed(f"has {', '.join(filter(None, found)) or 'no binary'}, not one of {expected}")

    return Check("processor", check)


def _binary_of(file: Path) -> bytes:
    (found,) = (content for content in contents(file).values() if headers.kind(content))
    return found


def _static(_: Shell, file: Path) -> None:
    if not headers.is_static(_binary_of(file)):
        raise Failed("the program needs a loader")


def _macos(_: Shell, file: Path) -> None:
    found = headers.mach_o(_binary_of(file))
    if foreign := [name for name in found.libraries if not name.startswith(SYSTEM_LIBRARIES)]:
        raise Failed(f"is linked against {', '.join(foreign)}")
    is_arm = headers.kind(_binary_of(file)).endswith("arm64")
    # On arm64, macOS ends every program with code that is not signed, or not as it was signed.
    if found.signature == "broken" or (is_arm and found.signature == "none"):
        raise Failed(f"the code signature is {found.signature}")
    promised = re.search(r"-macosx_(\d+)_(\d+)_", file.name)
    if promised and found.oldest_macos > (int(promised[1]), int(promised[2])):
        raise Failed(f"needs macOS {found.oldest_macos[0]}.{found.oldest_macos[1]}, which the name does not say")


def _windows(shell: Shell, file: Path) -> None:
    printed = shell.run(CHECKERS / "delvewheel", "show", file)
    copied = re.search(r"will be copied into the wheel\.\s+(.*)", printed)
    if not copied or copied[1].strip() != "None" or "not found" in printed.lower():
        raise Failed("needs a library that Windows does not have; the log has delvewheel's list")


STATIC = Check("static", _static)
MACOS = Check("system's libraries and signature", _macos)
WINDOWS = Check("delvewheel", _windows)


def _publint(shell: Shell, file: Path) -> None:
    shell.run(ROOT / "bindings-wasm" / "node_modules" / ".bin" / "publint", file, "--strict")


def _types_of_npm(shell: Shell, file: Path) -> None:
    shell.run(ROOT / "bindings-wasm" / "node_modules" / ".bin" / "attw", file, "--no-emoji")


def _npm_publish(shell: Shell, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ("npm", "publish", "--dry-run", "--provenance=false", "--ignore-scripts", "--access", "public")
        shell.run(*command, file, folder=Path(folder))


def _cargo_publish(shell: Shell, file: Path) -> None:
    target = ROOT / "target" / "dist-builds" / "publish"
    command = ("cargo", "publish", "--dry-run", "--allow-dirty", "--no-verify", "--package", "payseal")
    shell.run(*command, "--target-dir", target)
    # Cargo of today leaves it in a folder below this one.
    if file.read_bytes() not in [packed.read_bytes() for packed in (target / "package").rglob(file.name)]:
        raise Failed("cargo would publish other bytes")


NPM = (*LINKED, Check("publint", _publint), Check("npm publish --dry-run", _npm_publish))
NPM_LIBRARY = (*NPM, Check("types of npm", _types_of_npm))
CRATE = (*EVERY, Check("cargo publish --dry-run", _cargo_publish))
