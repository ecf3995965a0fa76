# What a developer types. Needs make and Python 3.11 or newer; everything else is put into .venv and var.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# The environment is up to date when it carries the marks of the locks that it was made from.
mark = .venv/$(1)-$(firstword $(shell cksum requirements/*.txt | cksum))
RUN_READY := $(call mark,run)
TEST_READY := $(call mark,test)
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

.PHONY: help run test test-long bench check format messages lock

help: ## This list
	@echo "The MER portal. Usage: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## /  \1#/p' $(MAKEFILE_LIST) | while IFS='#' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

run: $(RUN_READY) $(MESSAGES) ## Start the portal on http://127.0.0.1:8000 (PORT=… for another)
	@exec $(BIN)/python -m tools.start

test: $(TEST_READY) $(MESSAGES) ## All tests (ARGS="…" goes to pytest)
	@exec $(BIN)/python -m tools.test $(ARGS)

test-long: $(TEST_READY) $(MESSAGES) ## All tests, races and fuzzing at their stated size: takes long
	@MER_LONG=1 exec $(BIN)/python -m tools.test $(ARGS)

bench: $(TEST_READY) $(MESSAGES) ## The catalogue's doors beside other ways, measured in databases of its own: minutes (ARGS="--size 1000")
	@exec $(BIN)/python manage.py bench $(ARGS)

check: $(TEST_READY) $(MESSAGES) ## What needs no test run: style, imports between apps, settings, migrations, templates
	@exec $(BIN)/python -m tools.check

format: $(TEST_READY) ## Put Python and templates into the form that check asks for
	@$(BIN)/ruff check --quiet --fix; $(BIN)/ruff format
	@find templates -name '*.html' -exec $(BIN)/djade --target-version=5.2 {} + ; find templates -name '*.html' -exec $(BIN)/djhtml --tabwidth=2 {} +

messages: $(TEST_READY) ## Bring the translations' files up to the sentences in the code
	@$(BIN)/python -m tools.messages

lock: $(TEST_READY) ## Choose the newest versions that pyproject.toml allows, and write requirements/
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/python -m tools.lock

$(BIN)/python:
	@python=$$(sh tools/find-python) && echo "Making .venv with $$python" && $$python -m venv --clear .venv

$(RUN_READY): | $(BIN)/python
	@$(BIN)/python tools/install.py requirements/run.txt
	@rm -f .venv/run-*; touch $@

$(TEST_READY): | $(BIN)/python
	@$(BIN)/python tools/install.py requirements/test.txt requirements/carried.txt
	@rm -f .venv/run-* .venv/test-*; touch $@ $(RUN_READY)

%.mo: %.po | $(RUN_READY)
	@echo "Compiling $<"
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/,%,$(dir $(patsubst %/,%,$(dir $<)))))
