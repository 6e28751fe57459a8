# The two commands of a newcomer: make run, make test. Everything they need they install themselves.
PYTHON ?= python3
PORT ?= 8000
TIME_SCALE ?= 1
STAGE ?= dev
OUT ?= out
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PORT TIME_SCALE

.DEFAULT_GOAL := help
.PHONY: help install run test lint check format demo inspect audit admin verify-audit verify-log bench package site machine holidays clean system

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(READY) ## install what the code needs, into .venv

$(READY): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.13 ..."; exit 1; }
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV) || { echo "The package python3-venv is needed."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

site: $(READY) ## build the static pages into site/public
	@$(BIN)/python site/build.py

run: site ## start everything on PORT (8000); TIME_SCALE hastens the office's time
	@$(BIN)/python -m local.run

test: system site ## run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY) ## format, lint, types and import contract, without the tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## the whole gate: format, lint, types, imports, tests

format: $(READY) ## format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

demo: site ## drive an application from start to permit: BUNDLE=DIR OUT=DIR
	@$(BIN)/python -m local.demo --out "$(OUT)" $(if $(BUNDLE),--bundle "$(BUNDLE)")

inspect: $(READY) ## read every bundle below BUNDLES, predictions to OUT, pages for people to REPORT
	@$(BIN)/python -m local.inspect "$(BUNDLES)" "$(OUT)" $(if $(REPORT),--report "$(REPORT)")

audit: $(READY) ## ask the running stack: ARGS="list --status issued", "show CASE", "export --format csv"
	@$(BIN)/python -m local.audit $(ARGS)

admin: $(READY) ## administer the office of the running stack: ARGS="officers list", "log", "--help"
	@$(BIN)/python -m local.admin $(ARGS)

verify-audit: $(READY) ## check every audit chain and seal of the running stack
	@$(BIN)/python -m local.audit verify

verify-log: $(READY) ## check the register's public log as outsiders do: ARGS="--permit FILE", "--key"
	@$(BIN)/python -m local.log $(ARGS)

machine: $(READY) ## build the state machine and its drawing from the procedure
	@$(BIN)/python -m statemachine.build

holidays: $(READY) ## write the national days of the coming years from the package that knows them
	@$(BIN)/python -m infrastructure.national_days

bench: system site ## measure, and print the figures as tables
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.documents

package: $(READY) ## one template with all functions, layers and resources: STAGE=dev OUT=DIR
	@$(BIN)/python -m infrastructure.package --stage "$(STAGE)" --out "$(OUT)"

# What Debian provides: the browser of the tests, and readers that check our PDF from outside (veraPDF is Java).
SYSTEM := chromium poppler-utils qpdf zbar-tools default-jdk-headless libjaxb-java
NEEDED := chromium pdfsig qpdf zbarimg javac /usr/share/java/jaxb-runtime.jar
system: $(READY)
	@there() { command -v "$$1" >/dev/null || test -f "$$1"; }; \
	missing=""; for tool in $(NEEDED); do there $$tool || missing=yes; done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(SYSTEM) >/dev/null; fi; \
	for tool in $(NEEDED); do there $$tool || { \
	  echo "Please install the Debian packages: $(SYSTEM)"; exit 1; }; done

clean: ## remove what was built
	@rm -rf site/public .local build out
