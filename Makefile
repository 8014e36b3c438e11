# Everything works on a fresh machine with Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

demo: $(VENV)/installed
	$(BIN)/assetgen run campaigns/spring.yaml
	@echo "Look at output/spring/report.html"

# What CI runs. A file of tests stays on one processor and shares there what it set up; in their order, or the slowest would
# come last. Branches are counted on the way, but for slow tests.
test: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

# While writing: about a minute. What is slow says why where it is marked.
quick: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow"

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# Renews the tables and numbers of the docs that are made from the code.
docs: $(VENV)/installed
	$(BIN)/python -m docs.tables

# Renews the pins: the newest versions that fit together.
constraints:
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --upgrade --editable '.[dev]'
	sed -n '/^#/p' constraints.txt > constraints.new
	$(BIN)/pip freeze --exclude-editable >> constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) .assetgen .coverage output/*/

.PHONY: demo test quick docs constraints clean
