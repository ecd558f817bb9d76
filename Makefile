# What people and CI call. Every target sets up the environment first, so a fresh clone needs nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JS := tests/js
JS_READY := $(JS)/node_modules/.ready

.PHONY: run dev test thorough check format lint types docs bench train recordings clean

run: $(READY)  ## start the app and open it
	$(BIN)/python -m app $(ARGS)

dev: $(READY)  ## the same, reloading when a file changes
	$(BIN)/python -m app --server.fileWatcherType auto --server.runOnSave true $(ARGS)

test: $(READY) $(JS_READY)  ## all tests; those in a browser need Chromium
ifdef ARGS
	$(BIN)/pytest $(ARGS)
else
	$(BIN)/pytest -n auto -m "not browser"
	$(BIN)/pytest -n 2 --dist worksteal -m "browser and not thorough" --durations 15
endif

thorough: $(READY) $(JS_READY)  ## what CI has no time for: the same at more sizes and in more places
	$(BIN)/pytest -n 2 --dist worksteal -m thorough --durations 15

check: $(READY) lint types test  ## what CI runs: format, lint, types, tests

lint: $(READY) $(JS_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	cd $(JS) && npm run --silent lint

types: $(READY) $(JS_READY)
	$(BIN)/mypy cnn_core app
	cd $(JS) && npm run --silent types

format: $(READY) $(JS_READY)  ## rewrite the code in house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd $(JS) && npm run --silent format

docs: $(READY)  ## the reference of cnn_core from its docstrings: out/docs/index.html
	$(BIN)/python -m tests.api_reference out/docs

bench: $(READY)  ## speed, as ratios measured in one run
	for script in tests/benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

train: $(READY)  ## train the Fashion-MNIST networks again
	$(BIN)/python -m cnn_core.networks.training $(ARGS)

recordings: $(READY)  ## run the experiments again, and measure the kept moments of the trainings
	for name in shuffle shift epochs batch_norm dropout weight_decay; do \
	  $(BIN)/python -m cnn_core.networks.experiments $$name $(ARGS) || exit 1; done
	$(BIN)/python -m cnn_core.networks.experiments.forgotten $(ARGS)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kernelscope needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

$(JS_READY): $(JS)/package.json $(JS)/package-lock.json
	cd $(JS) && npm ci --silent
	touch $@

clean:
	rm -rf $(VENV) $(JS)/node_modules out/docs .pytest_cache .mypy_cache .ruff_cache .hypothesis
