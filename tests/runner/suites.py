"""The suites of `make test`, in the order they are started.

To add one, add a line to `SUITES`: a name, a shell command run in the root of the repository, and
how to count its tests. The tools of `tests/requirements.txt` are on the path.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import counts
from .counts import Counter


@dataclass(frozen=True)
class Suite:
    """One command and how to judge it."""

    name: str
    command: str
    count: Counter
    after: tuple[str, ...] = ()
    """Suites that have to pass first."""
    lane: str = ""
    """Suites of one lane never run at the same time."""
    minutes: int = 15
    """How long it may take before it is stopped and counted as failed."""
    table: str = ""
    """How the first line of a table in its output begins that is shown even if all is well."""


# Cargo lets only one command build at a time: two would wait for each other and hold both places.
CARGO = "cargo"
# Both install the packed package into target/npm.
WORKSHOP = "workshop"
# Both set up target/venv-supply.
SUPPLY = "supply"
# Both set up the environments of the Python frameworks.
FRAMEWORKS = "frameworks"

NO_STD = "cargo build -p payseal --no-default-features --target thumbv7em-none-eabihf --target thumbv6m-none-eabi"
CLIPPY = (
    "cargo clippy --workspace --all-targets -- -D warnings"
    " && cargo clippy -p payseal --all-targets --all-features -- -D warnings"
)
RUST_DOCUMENTATION = "RUSTDOCFLAGS='-D warnings' cargo doc -p payseal --all-features --no-deps"

# Builds come first: what waits for them fills the second place while cargo is busy in the first.
SUITES = (
    Suite("runner", "python3 -m unittest discover -s tests -p test_run.py", counts.unittest),
    Suite("dist", "pytest tests/distribution", counts.pytest),
    Suite("circles", "pytest tests/circles", counts.pytest),
    Suite("vectors", "python3 tests/vectors/generate.py --check", counts.command),
    Suite("wasm-package", "make build-wasm", counts.build, lane=CARGO,
          table="payseal_bg.wasm: "),
    Suite("wasm", "npm test --prefix bindings-wasm", counts.node, after=("wasm-package",)),
    Suite("toy-gateway-rust", "cargo test -p payseal --features toy-gateway --test toy_gateway", counts.cargo, lane=CARGO),
    Suite("toy-gateway-js", "node bindings-wasm/tests/toy_gateway/build.mjs"
          " && node --test bindings-wasm/tests/toy_gateway/toys.test.mjs", counts.node, lane=CARGO),
    Suite("toy-gateway-python", "tests/toy_python/run.sh", counts.pytest, lane=CARGO),
    Suite("consumers", "tests/setup.sh chromium nodes && node tests/npm/run.mjs", counts.node,
          after=("wasm-package",), lane=WORKSHOP, table="| project"),
    Suite("framework-examples-js", "tests/setup.sh nodes && node tests/npm/frameworks.mjs", counts.node,
          after=("wasm-package",), lane=WORKSHOP),
    Suite("python-package", "make build-python", counts.build, lane=CARGO),
    Suite("python", "pytest bindings-python", counts.pytest, after=("python-package",)),
    Suite("python-lint", "tests/lint-python.sh", counts.command, after=("python-package",), lane=SUPPLY),
    Suite("smoke", "python tests/smoke/run.py bindings-python/dist bindings-wasm/dist", counts.command,
          after=("wasm-package", "python-package")),
    Suite("workflows", "pytest tests/workflows", counts.pytest),
    Suite("release", "pytest tests/release", counts.pytest),
    Suite("python-release-check", "python bindings-python/release_check.py", counts.pytest,
          after=("python-package",), lane=CARGO, minutes=25, table="Python   from"),
    Suite("sandbox-program", "make build-sandbox", counts.build, lane=CARGO),
    Suite("sandbox-page", "tests/setup.sh chromium && npm test --prefix tests/sandbox_page", counts.node,
          after=("sandbox-program",)),
    Suite("sandbox-packages-built", "make build-sandbox-packages", counts.build, lane=CARGO,
          table="the program for"),
    Suite("sandbox-packages", "pytest tests/sandbox_packages", counts.pytest,
          after=("sandbox-packages-built", "wasm-package", "python-package")),
    Suite("examples", "make build-examples", counts.build,
          after=("sandbox-program", "wasm-package", "python-package"), lane=CARGO),
    Suite("end-to-end", "pytest tests/end_to_end", counts.pytest, after=("examples",)),
    Suite("framework-examples-python", "tests/frameworks_python/run.sh", counts.pytest,
          after=("sandbox-program", "python-package"), lane=FRAMEWORKS, minutes=25),
    Suite("doctor", "tests/doctor/run.sh", counts.pytest, after=("wasm-package", "python-package"), lane=FRAMEWORKS,
          table="| mistake"),
    Suite("readme", "pytest tests/readme", counts.pytest, after=("examples", "sandbox-packages-built"), lane=CARGO,
          table="site: "),
    Suite("readme-rust", "cargo test -p payseal-readme --doc", counts.cargo, lane=CARGO),
    Suite("docs", "make docs", counts.build, after=("wasm-package",), lane=CARGO),
    Suite("site", "pytest tests/site", counts.pytest, after=("docs",)),
    Suite("playground", "tests/setup.sh chromium && npm test --prefix tests/playground", counts.node,
          after=("docs", "python-package")),
    Suite("site-sources", "npm test --prefix tests/site", counts.node),
    Suite("packages", "pytest tests/packages", counts.pytest, after=("examples",), lane=CARGO, minutes=20),
    Suite("supply", "tests/supply/run.sh", counts.pytest, after=("examples",), lane=SUPPLY),
    Suite("public-api", "python -m pytest tests/public_api -rs", counts.pytest, after=("wasm-package", "python-package"),
          lane=CARGO),
    Suite("minimal-versions", "tests/minimal-versions.sh", counts.command, lane=CARGO),
    Suite("msrv", "pytest tests/msrv -rs", counts.pytest, lane=CARGO),
    Suite("demo", "make demo", counts.command, after=("examples",), lane=CARGO, table="step "),
    Suite("rust-core", "cargo test -p payseal --no-fail-fast", counts.cargo, lane=CARGO),
    Suite("explorer", "cargo test --release -p payseal --all-features --test explorer -- --nocapture", counts.cargo,
          lane=CARGO, table="| class"),
    Suite("mutants", "python3 tests/mutants/run.py --short", counts.pytest, lane=CARGO),
    Suite("soak", "make build-soak && python tests/soak/run.py --short", counts.pytest, after=("examples",),
          lane=CARGO, table="| language"),
    Suite("rust-no-std", NO_STD, counts.command, lane=CARGO),
    Suite("sandbox", "cargo test -p payseal-sandbox --no-fail-fast", counts.cargo, lane=CARGO),
    Suite("generated", "cargo run -q -p payseal-generator -- --check", counts.command, lane=CARGO),
    Suite("generator", "cargo test -p payseal-generator --no-fail-fast", counts.cargo, lane=CARGO),
    Suite("wasm-build", "cargo test -p payseal-wasm-build --no-fail-fast", counts.cargo, lane=CARGO),
    Suite("rust-format", "cargo fmt --all --check", counts.command),
    Suite("rust-lint", CLIPPY, counts.command, lane=CARGO),
    Suite("rust-documentation", RUST_DOCUMENTATION, counts.command, lane=CARGO),
)  # fmt: skip
