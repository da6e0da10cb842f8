"""What the headers of programs and libraries say: ELF, PE and Mach-O."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

_ELF = {0x3E: "x86_64", 0xB7: "aarch64"}
_PE = {0x8664: "x86_64", 0xAA64: "arm64"}
_MACH_O = {0x01000007: "x86_64", 0x0100000C: "arm64"}

_INTERPRETER = 3
_DYLIBS = (0x0C, 0x80000018)
_CODE_SIGNATURE = 0x1D
_MINIMUM_MACOS = 0x24
_BUILD_VERSION = 0x32


def kind(binary: bytes) -> str:
    """The format and the processor, such as `Mach-O arm64`; empty if it is neither program nor library."""
    if binary[:4] == b"\x7fELF":
        return f"ELF {_name(_ELF, struct.unpack_from('<H', binary, 18)[0])}"
    if binary[:2] == b"MZ" and len(binary) > 64:
        (start,) = struct.unpack_from("<I", binary, 60)
        return f"PE {_name(_PE, struct.unpack_from('<H', binary, start + 4)[0])}"
    if binary[:4] == b"\xcf\xfa\xed\xfe":
        return f"Mach-O {_name(_MACH_O, struct.unpack_from('<I', binary, 4)[0])}"
    return ""


def _name(known: dict[int, str], number: int) -> str:
    return known.get(number, f"{number:#x}")


def is_static(elf: bytes) -> bool:
    """Whether an ELF program needs no loader, and so no C library of the system."""
    (start,) = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    return all(struct.unpack_from("<I", elf, start + size * each)[0] != _INTERPRETER for each in range(count))


@dataclass(frozen=True)
class MachO:
    """What matters of a Mach-O file before macOS runs it."""

    libraries: tuple[str, ...]
    """What it is linked against."""
    oldest_macos: tuple[int, int]
    signature: str
    """`none`, `ad hoc`, `of an identity`, or `broken`: a page does not have the digest that was signed."""


def mach_o(binary: bytes) -> MachO:
    """Reads the load commands, and checks the signature."""
    libraries = []
    oldest = (0, 0)
    signature = "none"
    for command, content in _load_commands(binary):
        if command in _DYLIBS:
            (start,) = struct.unpack_from("<I", content, 8)
            libraries.append(content[start:].split(b"\0")[0].decode())
        elif command in (_MINIMUM_MACOS, _BUILD_VERSION):
            (version,) = struct.unpack_from("<I", content, 8 if command == _MINIMUM_MACOS else 12)
            oldest = (version >> 16, version >> 8 & 0xFF)
        elif command == _CODE_SIGNATURE:
            start, size = struct.unpack_from("<II", content, 8)
            signature = _signature(binary, binary[start : start + size])
    return MachO(tuple(libraries), oldest, signature)


def _load_commands(binary: bytes) -> Iterator[tuple[int, bytes]]:
    (count,) = struct.unpack_from("<I", binary, 16)
    position = 32
    for _ in range(count):
        command, size = struct.unpack_from("<II", binary, position)
        yield command, binary[position : position + size]
        position += size


def _signature(binary: bytes, signed: bytes) -> str:
    """Numbers in a signature are big-endian, unlike those of the file."""
    (count,) = struct.unpack_from(">I", signed, 8)
    for each in range(count):
        (start,) = struct.unpack_from(">I", signed, 16 + 8 * each)
        if struct.unpack_from(">I", signed, start)[0] == 0xFADE0C02:
            return _directory(binary, signed[start:])
    return "none"


def _directory(binary: bytes, directory: bytes) -> str:
    flags, digests, _identity, _special, pages, end = struct.unpack_from(">6I", directory, 12)
    length, algorithm, _platform, page_bits = struct.unpack_from("4B", directory, 36)
    if algorithm != 2 or pages != -(-end // (1 << page_bits)):
        return "broken"
    for page in range(pages):
        content = binary[page << page_bits : min((page + 1) << page_bits, end)]
        start = digests + length * page
        if hashlib.sha256(content).digest() != directory[start : start + length]:
            return "broken"
    return "ad hoc" if flags & 2 else "of an identity"
