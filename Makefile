# Alongside. `make run` shows you the made-up place; `make test` checks everything.
PORT ?= 8000
ONLY ?=

.PHONY: help run test lock format clean

help:
	@echo 'make run     the made-up place, at http://127.0.0.1:$(PORT)'
	@echo 'make test    every check and every test (make test ONLY=types for one step)'
	@echo 'make format  put the code in the shape that make test asks for'
	@echo 'make lock    settle the versions of all packages again (needs uv)'
	@echo 'make clean   remove what was made, but no one'\''s home'

run:
	@sh ./setup run
	@ALONGSIDE_HOME=$${ALONGSIDE_HOME:-var/demo} .venv/bin/alongside demo --if-absent
	@ALONGSIDE_HOME=$${ALONGSIDE_HOME:-var/demo} PORT=$(PORT) exec .venv/bin/alongside serve

test:
	@sh ./setup test
	@.venv/bin/python tests/everything.py $(ONLY)

format:
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
lock:
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) --extra test -c requirements/run.txt pyproject.toml -o requirements/test.txt

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .hypothesis .import_linter_cache
