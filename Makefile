# Everything starts here. `make demo` and `make test` set up what they need on a machine that has
# Python 3.11 and nothing of ours; `make` alone lists the rest.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help venv demo test check fix bench docs lock clean

help: ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

venv: $(READY) ## Build .venv from the lock, when it is missing or the lock is newer

$(READY): locks/dev.txt
	@bash locks/install "$(VENV)"

demo: $(READY) ## An illustrative North Yorkshire, run whole, in a folder of its own
	@"$(BIN)/roundtable" demo

test: $(READY) ## Every test but the whole run on Spark; what this machine lacks is skipped by name
	@"$(BIN)/python" -m pytest -n 2 --dist loadgroup -m "not whole_spark"

check: $(READY) ## Lint, format, types, the one-way corridor, and what may stand in the tree
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .
	@"$(BIN)/mypy"
	@"$(BIN)/lint-imports"
	@"$(BIN)/python" -m pytest -q -n 0 tests/unit/test_tree.py

fix: $(READY) ## Mend what lint and format can mend by themselves
	@"$(BIN)/ruff" check --fix .
	@"$(BIN)/ruff" format .

bench: $(READY) ## Measure time and memory against a script written by hand; prints a table
	@"$(BIN)/python" -m bench

# Not --quiet: it hides the warnings before --strict can count them.
docs: $(READY) ## Build the documentation into site/
	@NO_MKDOCS_2_WARNING=1 "$(BIN)/python" -m mkdocs build --strict
	@echo "The documentation is at site/index.html"

lock: ## Work out the locked versions again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv; see its own documentation" >&2; exit 1; }
	@uv pip compile pyproject.toml --extra dev --output-file locks/dev.txt $(LOCK_OPTIONS)
	@uv pip compile pyproject.toml --extra spark --constraints locks/dev.txt --output-file locks/spark.txt $(LOCK_OPTIONS)

# The lock names versions and hashes and says nothing of where or on which machine it was made.
LOCK_OPTIONS := --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	--custom-compile-command "make lock"

clean: ## Remove what was built: .venv, caches, site
	@rm -rf "$(VENV)" site dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
