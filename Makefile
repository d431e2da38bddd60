# Everything a newcomer needs: make run, make test. `make help` lists the rest.
SHELL := /bin/sh
UV_VERSION := 0.13.9
UV := .tools/bin/uv
PYTHON := .venv/bin/python
REQUIREMENTS := requirements-dev.txt

.DEFAULT_GOAL := help
.PHONY: help setup environment run test test-postgres lint validate bench torture walks mutation dating lock clean packages packages-for-tests
.NOTPARALLEL:

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

setup: packages .venv/ready  ## the environment: uv, hash-pinned requirements, system packages

# A demo on this machine unless the environment says otherwise (README, Configuration).
run: export DEMO ?= 1
run: setup  ## the demo, or the service that the settings describe
	@exec .venv/bin/flask --app app serve

test: setup packages-for-tests lint  ## all that CI runs; what could not run stands at the end with its reason
	$(PYTHON) -m pytest --database=sqlite -n 2 -r s
	$(PYTHON) -m pytest --database=postgres -n 2 -r s tests/record tests/test_migrations.py

test-postgres: setup packages-for-tests  ## every test on PostgreSQL too, browser apart
	$(PYTHON) -m pytest --database=postgres -n 2 -r s --ignore=tests/browser

lint: setup  ## style, types, who may import whom
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

validate: setup  ## official validators on the documents and PDFs of many women (Java, FHIR_PACKAGES); what is missing is listed as skipped
	$(PYTHON) -m tests.validation
	$(PYTHON) -m tests.validation.pdf

bench: setup  ## figures: rules, pages, her phone, saving, PDF, start-up, memory, peak hour, outbox
	@for part in rules pages phone pdf service jobs; do echo "== $$part"; $(PYTHON) -m bench.$$part || exit 1; done

torture: setup packages-for-tests  ## kill processes 1,000 times on SQLite and on PostgreSQL and count what is lost
	$(PYTHON) -m tests.durability.torture --kills 1000 --database sqlite
	$(PYTHON) -m tests.durability.torture --kills 1000 --database postgres

mutation: setup  ## change the rules one place at a time and see that a test fails
	$(PYTHON) -m tests.mutation

dating: setup  ## every last period of 2020 to 2035 with every cycle, and every treatment, against a second implementation
	$(PYTHON) -m tests.rules.second_opinion

walks: setup  ## a thousand random walks over her form
	WALKS=1000 $(PYTHON) -m pytest tests/citizen/test_walks.py

lock: $(UV)  ## pin the requirements again from pyproject.toml
	$(UV) pip compile pyproject.toml --universal --generate-hashes --no-header --extra pg -o requirements.txt -q
	$(UV) pip compile pyproject.toml --universal --generate-hashes --no-header --extra pg --group dev -o requirements-dev.txt -q

clean:  ## remove the environment and the caches; DATA_DIR stays
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis mutants

environment: .venv/ready

packages:
	@deploy/system_packages run

packages-for-tests:
	@deploy/system_packages test

# pip's configured index, if there is one, is uv's too: uv does not read pip's configuration.
.venv/ready: $(REQUIREMENTS) | $(UV)
	@test -x $(PYTHON) || $(UV) venv -q .venv
	@index=$$(.tools/bin/pip config list | sed -n "s/.*\.index.url='\(.*\)'/\1/p" | tail -n 1); \
	$${index:+env UV_DEFAULT_INDEX="$$index"} $(UV) pip sync -q --python $(PYTHON) --require-hashes --compile-bytecode $(REQUIREMENTS)
	@touch $@

$(UV):
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	python3 -m venv .tools
	.tools/bin/pip install -q uv==$(UV_VERSION)
