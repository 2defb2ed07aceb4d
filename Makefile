# Everything that is done with a checkout; `make help` lists it.
# Needs Python 3.11 or newer with its venv module; uses uv where it is installed (`UV=` turns that off).

VENV   ?= .venv
BIN    := $(VENV)/bin
UV     ?= $(shell command -v uv 2>/dev/null)
NEWEST := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c '$(NEWEST)' 2>/dev/null && { echo $$python; break; }; done)
SPECS   = $(wildcard specs/*/openapi.yaml)
MODELS := generated/wireproof_models

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check gates format lint types layers docs lint-specs \
	generate check-generated bench bench-audit bench-planted bench-large driftbench driftbench-peers docsbench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.with-dev ## make the virtual environment, with everything a developer needs

demo: $(VENV)/.with-run ## judge the documented examples, then one example against what its page claims
	$(BIN)/validate-response specs/*/examples/succeeded.json
	@echo
	@echo "The same yutoai answer against what its documentation claims; drift is expected, so exit code 1:"
	@echo
	$(BIN)/validate-response --spec specs/yutoai/documented.yaml specs/yutoai/examples/succeeded.json; \
		test $$? -eq 1

test: $(VENV)/.with-dev ## run every test, with the branch coverage gate
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

check: gates test ## everything that a change must pass: the gates, then the tests

gates: lint types lint-specs check-generated ## what a change must pass besides the tests

format: $(VENV)/.with-dev ## rewrite the code in the house format
	$(BIN)/ruff format
	$(BIN)/ruff check --fix-only

lint: $(VENV)/.with-dev ## check format and style of the code
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/.with-dev ## check the types
	$(BIN)/mypy

layers: $(VENV)/.with-dev ## check that no module imports upwards (part of the tests)
	$(BIN)/python -m pytest -q tests/meta/test_layers.py

docs: $(VENV)/.with-dev ## check that the commands and the code in the documentation work (part of the tests)
	$(BIN)/python -m pytest -q tests/meta/test_docs.py

lint-specs: $(VENV)/.with-dev ## lint the contracts
	$(BIN)/wireproof lint $(SPECS)

generate: $(VENV)/.with-dev ## write the models: specs/ -> generated/
	$(BIN)/wireproof generate $(SPECS) --output $(MODELS)

check-generated: $(VENV)/.with-dev ## fail, naming files, where generated/ is not what the generator writes
	@$(BIN)/wireproof generate $(SPECS) --output $(MODELS) --check || { code=$$?; \
		echo "In this checkout, \`make generate\` does that." >&2; exit $$code; }

bench-audit: $(VENV)/.with-bench ## measure the cost of an audit, as a multiple of parsing the same bytes
	$(BIN)/python benchmarks/audit.py

bench-planted: $(VENV)/.with-bench ## audit invented recordings of a million answers with four planted changes each
	$(BIN)/python benchmarks/planted.py

bench-large: $(VENV)/.with-bench ## audit recordings of gigabytes or a million files, and tell the memory it took (LARGE="--gigabytes 5 --folder …")
	$(BIN)/python benchmarks/large.py $(LARGE)

bench: $(VENV)/.with-bench ## measure speed, memory and peers in one run; writes docs/benchmarks.md (BENCH=--quick does not)
	$(BIN)/python benchmarks/run.py $(BENCH)

driftbench: $(VENV)/.with-run ## measure recall, names, places and false alarms on labelled drifts; writes docs/driftbench.md
	$(BIN)/python benchmarks/drift/run.py --write $(DRIFT)

driftbench-peers: $(VENV)/.with-run ## measure other validators on the same drifts; installs them under build/peers
	$(BIN)/python benchmarks/drift/peers.py $(DRIFT)

docsbench: $(VENV)/.with-run ## measure the proofreading of labelled documentation pages; writes docs/docsbench.md
	$(BIN)/python benchmarks/docs/run.py --write

lock: $(VENV)/.with-run ## choose the newest allowed versions afresh and write requirements.lock
	$(BIN)/python tools/lock.py

clean: ## remove the virtual environment, caches and build output
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp a set of requirements; the constraints make every machine install the same versions.
$(VENV)/.with-run: EXTRAS :=
$(VENV)/.with-dev: EXTRAS := [dev]
$(VENV)/.with-bench: EXTRAS := [bench]
$(VENV)/.with-%: pyproject.toml requirements.lock | $(BIN)/python
ifeq ($(UV),)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.$(EXTRAS)'
else
	$(UV) pip install --quiet --python $(BIN)/python -c requirements.lock -e '.$(EXTRAS)'
endif
	@$(BIN)/python -m compileall -q src generated
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "wireproof needs Python 3.11 or newer, and found none;" \
		"install one, or name it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c '$(NEWEST)' || { echo "wireproof needs Python 3.11 or newer; $(PYTHON) is older:" \
		"name another: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
ifeq ($(UV),)
	$(PYTHON) -m venv $(VENV)
else
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
endif
