# make chat  sets up and starts the conversation
# make serve sets up and starts the HTTP API
# make test  sets up and runs all tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: chat serve test check bench lock build clean

chat: $(VENV)/runtime
	@$(BIN)/python -m api.cli.main chat

serve: $(VENV)/runtime
	@$(BIN)/python -m api.cli.main serve

test: $(VENV)/dev
	$(BIN)/python -m pytest -n auto

check: $(VENV)/dev
	scripts/check

bench: $(VENV)/dev
	$(BIN)/python -m bench.core
	$(BIN)/python -m bench.check
	$(BIN)/python -m bench.conversation
	$(BIN)/python -m bench.retrieval $(if $(COLLECTED),--collected $(COLLECTED))
	$(BIN)/python -m bench.api
	$(BIN)/python -m bench.slack

# Generates what ships from the sources: the catalogue, its schemas and the phrases.
build: $(VENV)/dev
	$(BIN)/python -m knowledge.build
	$(BIN)/python -m prompts.build
	$(BIN)/python -m assistant.retrieval.build

lock: $(VENV)/dev
	scripts/lock

$(BIN)/python:
	@$(PYTHON) scripts/require_python.py
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements/runtime.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/dev: requirements/dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/runtime

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
