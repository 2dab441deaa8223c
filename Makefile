# Two commands for a newcomer: `make demo` and `make test`. Each sets up what it needs in .venv.
# TOCSIN_DATA may name a folder of data sets; tests that need it skip, visibly, without it.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help demo test check lint types audit docs wheel sbom fuzz bench-setup lock clean

help:
	@echo "make demo   read the shipped corpus into a fresh store, print the record, serve the board"
	@echo "make test   run the whole test suite"
	@echo "make check  lint, strict types, audit, tests: what CI runs"
	@echo "make docs   build the docs site into build/site; a broken link or a lie stops it"
	@echo "make wheel  the wheel and the source archive, and their bill of materials, into dist"
	@echo "make sbom   the bill of materials alone (CycloneDX)"
	@echo "make fuzz   fuzz readers, grounding, watching and the API for a minute each"
	@echo "make bench-setup   install what benchmarks compare with"
	@echo "make lock   refresh the hash-pinned requirements"

# A stamp per requirement set: set-up runs again only when the lock changes. A lock names every package, so pip resolves
# nothing (--no-deps): older pips else look past the lock for what is wanted with an extra, and refuse what they find.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
.venv/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Tocsin needs Python 3.11 or newer; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --require-hashes -r requirements/build.txt
	$(INSTALL) --no-build-isolation -e .
	$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

# Other readers of dates, for benchmarks only, in a folder of their own: one of them asks for older releases than Tocsin has.
.venv/bench.stamp: requirements/bench.txt .venv/dev.stamp
	$(INSTALL) --require-hashes --target .venv/bench --upgrade -r requirements/bench.txt
	@touch $@

bench-setup: .venv/bench.stamp

demo: .venv/run.stamp
	$(BIN)/tocsin demo

test: .venv/dev.stamp
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/dev.stamp
	$(BIN)/mypy

# Weaknesses of our own code are ruff's rules S (flake8-bandit); this sees that what is installed is what was pinned.
audit: .venv/dev.stamp
	$(BIN)/python -m tools.audit

check: lint types audit test

docs: .venv/dev.stamp
	$(BIN)/python -m pytest -q tests/docs -m "not slow"
	$(BIN)/python -m mkdocs build --strict

wheel: .venv/dev.stamp sbom
	$(BIN)/python -m build --no-isolation --outdir dist

sbom: .venv/dev.stamp
	$(BIN)/python -m tools.sbom --out dist/tocsin.cdx.json

fuzz: .venv/dev.stamp
	$(BIN)/python -m benchmarks.fuzz --minutes 9

LOCK := uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --universal --python-version 3.11 --custom-compile-command "make lock"
lock:
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) requirements/build.in -c requirements/run.txt -o requirements/build.txt
	$(LOCK) --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) --no-deps requirements/bench.in -o requirements/bench.txt

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
