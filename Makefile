# `make` shows what there is. PYTHON names another interpreter, ARGS goes to the tool behind the target.
PYTHON ?= python3
ARGS ?=
bin := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run demo screenshots test check lint fix bench clean bootstrap

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

run: bootstrap ## Open Archivist
	$(bin)/archivist $(ARGS)

demo: bootstrap ## Do the main job on the sample documents, into build/demo/, and show it
	rm -rf build/demo
	$(bin)/archivist demo build/demo $(ARGS)
	@[ -z "$$DISPLAY$$WAYLAND_DISPLAY" ] || ARCHIVIST_PASSPHRASE="archivist demo" $(bin)/archivist build/demo/Demo.archivist

screenshots: bootstrap ## Render every screen into build/screenshots/
	$(bin)/python -m tests.screenshots $(ARGS)

test: bootstrap ## Run all tests
	$(bin)/pytest $(ARGS)

check: lint ## Check style, types and import contracts, and run the unit tests
	$(bin)/pytest tests/unit $(ARGS)

lint: bootstrap
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports

fix: bootstrap ## Repair and format what can be repaired
	$(bin)/ruff check --fix
	$(bin)/ruff format

bench: bootstrap ## Run the benchmarks and print their ratios
	$(bin)/pytest tests/bench -s -o python_files='bench_*.py' $(ARGS)

clean: ## Remove all that was made here
	rm -rf build dist .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +

bootstrap:
	@packaging/bootstrap $(PYTHON)
