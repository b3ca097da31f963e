# Berkas. `make help` lists everything; `make check` is exactly what CI runs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
DATA ?= .data
PORT ?= 8090
export OMP_THREAD_LIMIT := 1
export PYTHONDONTWRITEBYTECODE := 1

BIN := .venv/bin
RUN_PACKAGES := tesseract-ocr tesseract-ocr-ind libzbar0
TEST_PACKAGES := $(RUN_PACKAGES) chromium fonts-liberation fonts-dejavu-core fonts-noto-core fonts-ocr-a fonts-ocr-b

.PHONY: help run test check lint types imports supply sbom advisories package bench bench-reading nightly fuzz pictures screens openapi lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: .venv/.ready ## serve the whole product on this machine (PORT=8090 DATA=.data), filled with invented people
	@infra/install.sh $(RUN_PACKAGES)
	@$(BIN)/python -m chalicelib serve --data $(DATA) --port $(PORT)

test: .venv/.ready ## run all tests
	@infra/install.sh $(TEST_PACKAGES)
	@$(BIN)/pytest

check: .venv/.ready lint types imports supply test package ## all that must hold before a change lands

lint: .venv/.ready ## style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/.ready ## types
	@$(BIN)/mypy

imports: .venv/.ready ## the direction of imports
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

supply: .venv/.ready ## what we take from others: hashes, licences, known faults; no secret lies about (no network)
	@$(BIN)/python -m infra.supply

sbom: .venv/.ready ## the bill of materials (CycloneDX), build/sbom.json (no network)
	@$(BIN)/python -m infra.supply.sbom

advisories: .venv/.ready ## ask osv.dev for what is known against our packages; writes infra/supply/advisories.json
	@$(BIN)/python -m infra.supply.refresh

package: .venv/.ready ## build and check what goes to AWS (build/package)
	@$(BIN)/python -m infra.package --check

bench: .venv/.ready ## measure; writes bench/results.json
	@infra/install.sh $(RUN_PACKAGES)
	@$(BIN)/python -m bench

bench-reading: .venv/.ready ## measure the reading on unseen pictures (hours; resumes; ARGS=--quick for minutes)
	@infra/install.sh $(TEST_PACKAGES)
	@$(BIN)/python -m bench.reading $(ARGS)

nightly: .venv/.ready ## what takes hours: each route asked a thousand times, each round by others; then fuzz
	@for round in $$(seq 10); do BERKAS_ROUND=$$round $(BIN)/pytest tests/access || exit 1; done
	@$(MAKE) fuzz

fuzz: .venv/.ready ## mutated files through the reader (up to 55 minutes; goes on where it stopped)
	@infra/install.sh $(TEST_PACKAGES)
	@$(BIN)/python -m bench.fuzz

pictures: .venv/.ready ## take the README's pictures
	@infra/install.sh $(TEST_PACKAGES)
	@$(BIN)/python -m tests.e2e.pictures

screens: .venv/.ready ## photograph every state of every page at 360 and 1280 px, into build/screens (docs/screens.md)
	@infra/install.sh $(TEST_PACKAGES)
	@BERKAS_SCREENS=build/screens $(BIN)/pytest tests/e2e

openapi: .venv/.ready ## write docs/openapi.json anew
	@$(BIN)/python -m infra.openapi

lock: ## pin all requirements anew, with hashes (needs uv)
	uv pip compile -q pyproject.toml --universal --generate-hashes --no-header -o requirements.txt
	uv pip compile -q pyproject.toml --universal --generate-hashes --no-header --extra reader -c requirements.txt -o requirements-reader.txt
	uv pip compile -q pyproject.toml --universal --generate-hashes --no-header --extra reader --extra dev -c requirements.txt -o requirements-dev.txt

clean: ## remove what was built; keeps $(DATA)
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/.ready: requirements-dev.txt
	@infra/install.sh --python $(PYTHON)
	@echo "Installing Python packages into .venv (a minute or two, once) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
