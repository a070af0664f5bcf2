# `make run` and `make test` do all the set-up; scripts/setup is where it happens.
PYTHON ?= python3
export PYTHON

BIN := .venv/bin
CATALOGS := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
COMPILE = UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv pip compile pyproject.toml --quiet \
	--universal --python-version 3.11 --generate-hashes $(UPGRADE)

# Set-up comes before everything else, also under `make -j`.
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run demo test lint bench translations lock clean setup setup-test

help: ## Say what there is (this text)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo '  SUARA_HOST, SUARA_PORT and SUARA_DATA say where it serves and where answers are kept.'

run: setup $(CATALOGS) ## Set up what is missing, then serve on 127.0.0.1:8000
	@exec $(BIN)/suara serve

demo: setup $(CATALOGS) ## Serve invented answers from a data folder of their own (RESPONSES=1000)
	@exec $(BIN)/suara demo $(if $(RESPONSES),--responses $(RESPONSES))

test: setup-test $(CATALOGS) ## Set up what is missing, then run every test (ARGS='tests/forms -x')
	@exec $(BIN)/python -m pytest $(ARGS)

lint: setup-test ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup-test $(CATALOGS) ## Measure speed and size, and print a table
	@exec $(BIN)/python -m bench

translations: setup ## Collect the texts of the interface into the catalogs, and compile them
	$(BIN)/pybabel extract --mapping=translations/babel.cfg --keyword=lazy_gettext \
		--add-comments=Translators: --add-location=file --output=translations/messages.pot \
		app templates
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-pot-creation-date \
		--input-file=translations/messages.pot --output-dir=translations
	$(BIN)/pybabel compile --directory=translations

lock: setup ## Lock the dependencies of pyproject.toml again (UPGRADE=--upgrade takes newer ones)
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group build --group test --constraint requirements.lock \
		--output-file requirements-test.lock

clean: ## Remove what was set up; answers and data stay
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find translations -name '*.mo' -delete

setup:
	@scripts/setup run

setup-test:
	@scripts/setup test

%.mo: %.po | setup
	@$(BIN)/pybabel compile --input-file=$< --output-file=$@
