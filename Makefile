# Everything that is done to the project; `make` lists it. Needs only Python 3.11 or newer and make.
.DEFAULT_GOAL := help
.PHONY: help demo test lint fix docs bench accept pin clean

PYTHON ?= python3
BIN := .venv/bin

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

# Everything a developer needs, pinned; made again when what is needed changes.
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m compileall -q src
	@touch $@

demo: .venv/ready ## run the shipped estimate and write its report to demo/report.html
	@mkdir -p demo
	$(BIN)/estimative run soviet-dprk-1984 --html demo/report.html

test: .venv/ready ## run every test
	$(BIN)/python -m pytest -n logical --dist loadfile

lint: .venv/ready ## check style, types and which room may import which
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: .venv/ready ## mend style where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/ready ## write the generated pages and pictures of docs/ again
	$(BIN)/python scripts/write_docs.py

bench: .venv/ready ## measure the engine and the questions (benchmarks/RESULTS.md)
	$(BIN)/python -m benchmarks

accept: .venv/ready ## take the problems' present wording as the expected one
	ESTIMATIVE_ACCEPT=1 $(BIN)/python -m pytest tests/problems

pin: ## choose the newest versions of what the project needs again
	$(PYTHON) scripts/pin.py

clean: ## remove what was made
	rm -rf .venv demo build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
