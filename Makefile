# Two commands matter: `make demo` shows the product, `make test` proves it. `make` alone lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -qq --require-hashes -r
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist worksteal
WITH_NODE := PATH="$$PWD/.venv/bin:$$PATH"
# System packages: to run (fonts and text shaping for PDFs), to test (a browser, PDF tools), to test on PostgreSQL.
APT_RUN := python3.11-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2
APT_TEST := chromium libatomic1 poppler-utils
APT_POSTGRES := postgresql
DEMO := DEMO=1 DATA_DIR=.data/demo

.PHONY: help demo setup test test-postgres check format bench pictures update clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

demo: .stamps/python .stamps/assets .stamps/demo ## From nothing to the running product with invented people on http://127.0.0.1:8000 (PORT=)
	@$(DEMO) $(BIN)/python manage.py load_demo --guide http://127.0.0.1:$(PORT)
	echo "Serving on http://127.0.0.1:$(PORT) – press Ctrl+C to stop."
	$(DEMO) exec $(BIN)/python -m gunicorn --config gunicorn.conf.py --bind 127.0.0.1:$(PORT) laypartner.wsgi

setup: .stamps/python-dev .stamps/assets ## Prepare .venv with the development pins and build the assets

test: setup .stamps/apt-test ## Everything: unit, property, browser with axe, PDF and house tests, on SQLite
	@$(PYTEST) $(ARGS)

test-postgres: setup .stamps/apt-test .stamps/apt-postgres ## The same tests (but the browser's) on a PostgreSQL that it starts itself
	@tests/with_postgres.sh $(PYTEST) -m "not browser" $(ARGS)

check: setup ## What to run before sending a change: format, lint, types, migrations, tests
	@$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	$(MAKE) test

format: setup ## Put the code in shape
	@$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## What is measured, as ratios (bench/README.md)
	@DEBUG=1 $(BIN)/python -m bench

pictures: setup .stamps/apt-test ## Every page × role × width and every PDF page on one contact sheet in pictures/
	@$(BIN)/python -m tests.pictures

update: setup ## Newest releases that pyproject.toml and package.json allow; then run make check
	@flags="--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --upgrade"
	$(BIN)/uv pip compile pyproject.toml -o requirements/base.txt $$flags
	$(BIN)/uv pip compile pyproject.toml --extra dev -c requirements/base.txt -o requirements/dev.txt $$flags
	$(BIN)/uv pip compile requirements/node.in -o requirements/node.txt $$flags
	$(WITH_NODE) npm update
	git diff --stat -- requirements package-lock.json

clean: ## Remove everything that the commands above made
	rm -rf .stamps .venv .data node_modules build staticfiles pictures .pytest_cache .mypy_cache .ruff_cache

# --- what the commands stand on; each is done once and again when its inputs change -----------------------------
.stamps:
	@mkdir -p .stamps

# Installs what is missing when root; otherwise prints the one line to run.
define need
if ! command -v dpkg >/dev/null; then echo "This is not Debian: please install the equivalents of: $(1)"; exit 0; fi
missing=(); for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing+=($$p); done
if [ $${#missing[@]} -eq 0 ]; then exit 0; fi
if [ "$$(id -u)" != 0 ]; then
  echo "Some system packages are missing. Run this line once, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends $${missing[*]}" >&2; exit 1; fi
echo "Installing system packages: $${missing[*]}"
apt-get update -qq -o DPkg::Lock::Timeout=300
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $${missing[*]} >/dev/null
endef

.stamps/apt-run: | .stamps
	@( $(call need,$(APT_RUN)) )
	touch $@

.stamps/apt-test: | .stamps
	@( $(call need,$(APT_TEST)) )
	touch $@

.stamps/apt-postgres: | .stamps
	@( $(call need,$(APT_POSTGRES)) )
	touch $@

.venv/bin/python: | .stamps/apt-run
	@echo "Making a Python environment in .venv"
	$(PYTHON) -m venv .venv

.stamps/python: requirements/base.txt .venv/bin/python | .stamps/apt-run
	@if [ .stamps/python-dev -nt requirements/base.txt ]; then touch $@; exit 0; fi
	echo "Installing Python packages (about a minute the first time)"
	$(PIP) requirements/base.txt
	touch $@

.stamps/python-dev: requirements/dev.txt .venv/bin/python | .stamps/apt-run
	@echo "Installing Python packages for development (about a minute the first time)"
	$(PIP) requirements/dev.txt
	touch $@

.stamps/node: package.json package-lock.json .npmrc requirements/node.txt .venv/bin/python | .stamps
	@echo "Fetching the design system"
	if command -v npm >/dev/null && node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)'; then npm ci --silent
	else $(PIP) requirements/node.txt; $(WITH_NODE) npm ci --silent; fi
	touch $@

.stamps/assets: .stamps/node $(shell find assets -type f 2>/dev/null)
	@echo "Compiling the look"
	$(WITH_NODE) npm run --silent build
	touch $@

.stamps/demo: .stamps/python $(shell find laypartner/demo */migrations -type f -not -name '*.pyc' 2>/dev/null)
	@echo "Inventing forty people and their programme"
	rm -rf .data/demo
	$(DEMO) $(BIN)/python manage.py migrate -v0
	$(DEMO) $(BIN)/python manage.py load_demo
	touch $@
