# What people and CI call. Every target sets up the environment first, so a fresh clone needs nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run dev test check format lint types bench train clean

run: $(READY)  ## start the app and open it
	$(BIN)/python -m app $(ARGS)

dev: $(READY)  ## the same, reloading when a file changes
	$(BIN)/python -m app --server.fileWatcherType auto --server.runOnSave true $(ARGS)

test: $(READY)  ## all tests; those in a browser need Chromium
	$(BIN)/pytest $(ARGS)

check: $(READY) lint types test  ## what CI runs: format, lint, types, tests

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy cnn_core app

format: $(READY)  ## rewrite the code in house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)  ## speed, as ratios measured in one run
	for script in tests/benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

train: $(READY)  ## train the Fashion-MNIST networks again
	$(BIN)/python -m cnn_core.networks.training $(ARGS)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kernelscope needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
