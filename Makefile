# Every verb of the checkout. `make help` lists them; each is safe to repeat and does only what is not yet done.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# The interpreter that the virtual environment is made with; inside it, everything is called by its path.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
XIEZUO := $(BIN)/xiezuo
# One home for `make`: the database, the collected static files and the keys of this checkout's installation.
export XIEZUO_HOME ?= $(CURDIR)/var
# Every command reads the whole product: where nothing compiled may be kept, each would compile it anew.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_update_notifier := false
# uv would otherwise fetch a Python of its own where it finds none that fits.
export UV_PYTHON_DOWNLOADS := never

PIP_INSTALL := $(BIN)/python -m pip install --quiet --quiet --require-hashes --only-binary=:all:
STATIC := src/xiezuo/ui/static
VENDOR := $(STATIC)/vendor
LOCALE := src/xiezuo/locale/zh_Hans/LC_MESSAGES
STATIC_SOURCES = $(shell find src/xiezuo -path '*/static/*' -type f -not -path '*/vendor/*' 2>/dev/null)

RUN_INSTALLED := $(VENV)/installed-for-running
DEV_INSTALLED := $(VENV)/installed-for-development
PROJECT_INSTALLED := $(VENV)/installed-project
# Rivals that the bench asks the same questions; ortools and HiGHS cannot share a process, so these have an environment of their own.
RIVALS := $(VENV)-rivals
RIVALS_INSTALLED := $(RIVALS)/installed
NODE_INSTALLED := node_modules/.installed
FRONT_END := $(VENDOR)/.complete
FONTS := src/xiezuo/papers/fonts
FONTS_INSTALLED := $(FONTS)/.complete
COLLECTED := $(XIEZUO_HOME)/static/.collected
COMPILED := $(VENV)/compiled-loops

BROWSER_PACKAGES := chromium fonts-noto-cjk
# The same browser without windows, for which a page costs a third less. Where it cannot be had, the other one does.
LIGHT_BROWSER := chromium-headless-shell
NIGHT_PACKAGES := libreoffice-writer-nogui poppler-utils
# A file of tests stays with one worker: what a module builds once is built once. The matrix is shared address by address (tests/conftest.py).
PYTEST := $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: help
help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.PHONY: run
run: set-up ## set everything up, load the demonstration county and serve it at http://127.0.0.1:8000
	@$(XIEZUO) demo
	@exec $(XIEZUO) serve

.PHONY: set-up
set-up: $(RUN_INSTALLED) $(PROJECT_INSTALLED) $(FRONT_END) $(FONTS_INSTALLED) $(LOCALE)/django.mo $(COLLECTED) $(COMPILED) ## all that `make run` needs, without running

.PHONY: set-up-dev
set-up-dev: $(DEV_INSTALLED) $(PROJECT_INSTALLED) $(FRONT_END) $(FONTS_INSTALLED) $(LOCALE)/django.mo $(COMPILED) ## all that tests and checks need, but Debian's packages

.PHONY: test
test: set-up-dev ## set everything up and run every test of the commit profile
	@tools/debian_packages.sh $(LIGHT_BROWSER) >/dev/null 2>&1 || true
	@tools/test.sh commit $(BROWSER_PACKAGES) -- $(PYTEST) $(TESTS)

.PHONY: night
night: set-up-dev ## the larger profile: more examples, and the tests that take minutes
	@tools/debian_packages.sh $(LIGHT_BROWSER) >/dev/null 2>&1 || true
	@tools/test.sh night $(BROWSER_PACKAGES) $(NIGHT_PACKAGES) -- $(PYTEST) $(TESTS)

.PHONY: mutate
mutate: set-up-dev ## take one refusal away at a time and see a test turn red; hours: make mutate PARTS=accounts/
	$(BIN)/python -m tools.mutate $(PARTS)

.PHONY: check
check: set-up-dev ## lint, types, order of imports, templates, migrations, translations, documents
	@BIN=$(BIN) tools/check.sh

.PHONY: fix
fix: set-up-dev ## let the formatters mend what they can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	-$(BIN)/djlint --reformat --quiet src

.PHONY: messages
messages: set-up-dev ## merge the translations of the parts into the catalogue and compile it
	$(BIN)/python -m tools.messages merge
	$(BIN)/python -m tools.messages compile

.PHONY: migrations
migrations: set-up-dev ## write the migrations of changed tables: make migrations NAME=what_it_adds
	$(XIEZUO) makemigrations --name "$(or $(NAME),$(error say NAME=what_it_adds))"

.PHONY: documents
documents: set-up-dev ## write the generated pages of docs/ anew
	$(BIN)/python -m tools.documents write

.PHONY: bench
bench: set-up-dev $(RIVALS_INSTALLED) ## measure; one table
	$(BIN)/python -m bench

.PHONY: lock
lock: $(DEV_INSTALLED) ## resolve the dependencies of pyproject.toml anew, with hashes and without addresses
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --quiet --output-file requirements-dev.txt
	$(BIN)/uv pip compile --group rivals --universal --python-version 3.11 --generate-hashes --no-header --quiet --output-file requirements-rivals.txt
	npm install --package-lock-only --no-audit --no-fund
	node tools/plain_lock.mjs

.PHONY: clean
clean: ## remove what was built; the installation in var/ stays
	rm -rf $(VENV) $(RIVALS) node_modules $(VENDOR) $(FONTS) $(LOCALE)/django.mo build src/*.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@tools/make_venv.sh "$(PYTHON)" "$(VENV)"

$(RUN_INSTALLED): requirements.txt | $(BIN)/python
	@echo "Installing the Python packages …"
	@$(PIP_INSTALL) --requirement requirements.txt
	@touch $@

# The development lock holds everything of the other one, so one installation serves both.
$(DEV_INSTALLED): requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing the Python packages for development …"
	@$(PIP_INSTALL) --requirement requirements-dev.txt
	@touch $(RUN_INSTALLED) $@

$(RIVALS_INSTALLED): requirements-rivals.txt
	@tools/make_venv.sh "$(PYTHON)" "$(RIVALS)"
	@echo "Installing the rivals that the bench asks …"
	@$(RIVALS)/bin/python -m pip install --quiet --quiet --require-hashes --only-binary=:all: --requirement $<
	@touch $@

# Built with the setuptools of the lock: no build environment is fetched beside it.
$(PROJECT_INSTALLED): pyproject.toml | $(RUN_INSTALLED)
	@$(BIN)/python -m pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(NODE_INSTALLED): package-lock.json package.json .npmrc
	@tools/need_node.sh
	@echo "Installing the packages of the screens …"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONT_END): $(NODE_INSTALLED) $(wildcard tools/build_frontend.mjs tools/*.json)
	@node tools/build_frontend.mjs
	@touch $@

# The fonts that documents are set in; the screens use those of the reader's machine.
$(FONTS_INSTALLED): $(NODE_INSTALLED) src/xiezuo/papers/fonts.py | $(PROJECT_INSTALLED)
	@$(BIN)/python -m xiezuo.papers.install_fonts node_modules
	@touch $@

$(LOCALE)/django.mo: $(LOCALE)/django.po | $(RUN_INSTALLED)
	@$(BIN)/python -m tools.messages compile

$(COLLECTED): $(FRONT_END) $(STATIC_SOURCES) | $(PROJECT_INSTALLED) $(LOCALE)/django.mo
	@$(XIEZUO) collectstatic --noinput --verbosity 0
	@touch $@

# Half a minute of compiling, so that the first question for zones does not wait for it. Kept beside the sources.
$(COMPILED): $(wildcard src/xiezuo/zones/zoning/*.py) | $(PROJECT_INSTALLED)
	@echo "Compiling the loops that draw zones …"
	@$(BIN)/python -m xiezuo.zones.zoning.loading
	@touch $@
