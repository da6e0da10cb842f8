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

.PHONY: generate
generate: ## write the files of both packages that follow from the core's tables
	@tests/setup.sh python
	cargo run -q -p payseal-generator

.PHONY: format
format: setup ## format the Rust and Python sources
	cargo fmt --all
	@$(TOOLS) ruff format .
	@$(TOOLS) ruff check --fix .

.PHONY: clean
clean: ## remove everything that was built or set up
	rm -rf target bindings-wasm/dist bindings-python/dist
	find . -name node_modules -prune -exec rm -rf {} +

.PHONY: build build-sandbox build-wasm build-python build-examples build-soak
build: build-sandbox build-wasm build-python ## build the sandbox and both packages

build-sandbox: setup ## build the local gateway
	cargo build -p payseal-sandbox

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

.PHONY: remade
remade:
