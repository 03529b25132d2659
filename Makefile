# `make help` lists the targets. VENV, PYTHON and JOBS may be set: make test VENV=/somewhere PYTHON=python3.12
VENV ?= .venv
PYTHON ?= python3
JOBS ?= auto
PYTEST_ARGS ?=

BIN := $(VENV)/bin
# An environment may be shared by checkouts, and holds the one that was installed last.
STAMP := $(VENV)/.nianbao-$(shell printf %s '$(CURDIR)' | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help install demo test test-long check lint imports types bench docs clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS='	' read -r target text; do \
	    printf '  make %-10s %s\n' "$$target" "$$text"; done

install: $(STAMP) ## build the virtual environment

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'nianbao needs Python 3.11 or newer: make PYTHON=python3.12 …' >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo 'Installing what nianbao needs into $(VENV): about a minute, longer on a slow line …'
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@# setuptools warns of every editable installation, twenty lines long.
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@rm -f $(VENV)/.nianbao-*
	@touch $@

demo: $(STAMP) ## turn the sample reports into a workbook, out/demo
	@# One sample is broken on purpose, and so the run ends as partial (1).
	@$(BIN)/nianbao run samples/reports --year 2023 --roster samples/roster.xlsx --out out/demo || test $$? -eq 1

test: $(STAMP) ## run the tests (PYTEST_ARGS adds arguments)
	@# Hundreds of processes are started; where PYTHONDONTWRITEBYTECODE is set, each would compile all anew.
	@$(BIN)/python -m compileall -q nianbao connectors plugins outputs flows
	@# By file, so that what a file shares (Prefect's server, LibreOffice) is started once; in the order of
	@# tests/conftest.py.
	@$(BIN)/pytest -m 'not long' -n $(JOBS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

test-long: $(STAMP) ## run the tests that take minutes
	@# pytest ends with 5 where no test bears the marker, which is no failure.
	@$(BIN)/pytest -m long $(PYTEST_ARGS) || test $$? -eq 5

check: lint imports types ## run all that reads the code without running it

lint: $(STAMP) ## ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

imports: $(STAMP) ## the floors of docs/architecture.md
	@$(BIN)/lint-imports

types: $(STAMP) ## mypy, strict
	@$(BIN)/mypy

bench: $(STAMP) ## time what is to stay fast
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

docs: $(STAMP) ## write anew what the docs show of the program
	@$(BIN)/python scripts/write_docs.py

clean: ## remove what was built, but neither the environment nor other results
	@rm -rf build dist out/demo *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	@find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +
