# make reports   the national reports, into reports/index.html
# make test      every check
# The first of them sets up .venv from requirements.lock; the next one finds it ready.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NOTEBOOKS := $(wildcard notebooks/*.ipynb)

export PYTHONWARNINGS ?= ignore::DeprecationWarning
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

.PHONY: reports refresh test lint types unit notebooks test-long coverage mutants fuzz lab bench bench-refresh notebooks-refresh pictures docs lock clean

reports: $(READY)
	$(BIN)/workforce programs
	$(BIN)/workforce refresh --group national

# Every report of the catalogue that is not current; what schedules call.
refresh: $(READY)
	$(BIN)/workforce refresh

test: lint types unit notebooks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/vulture

types: $(READY)
	$(BIN)/mypy

# A file's tests stay together in one process, which what they share is built in once.
unit: $(READY)
	$(BIN)/pytest -n auto --dist loadfile

notebooks: $(READY)
	$(BIN)/pytest -n auto --dist loadfile --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg \
	  --nbval-cell-timeout 600 $(NOTEBOOKS)

# The runs that take minutes: many kills, large files, fuzzing.
test-long: $(READY)
	$(BIN)/pytest -m long

# The unit tests again, with every line and branch of src counted, in subprocesses and forked reports too.
coverage: $(READY)
	mkdir -p build
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term

# Tools that are tried on the project now and then, beside the lock: they bring much, and have no
# wheels for some versions of Python. `make fuzz TARGETS=pay`, `make mutants TARGETS=models/finance.py`.
fuzz: $(READY) build/fuzz
	PYTHONPATH=build/fuzz $(BIN)/python scripts/fuzz.py $(TARGETS)

mutants: $(READY) build/mutmut
	$(BIN)/python scripts/mutants.py $(TARGETS)

build/fuzz:
	$(BIN)/python -m pip install --quiet --only-binary :all: --target $@ atheris==3.0.0

build/mutmut:
	$(BIN)/python -m pip install --quiet --only-binary :all: --target $@ mutmut==3.8.1

lab: $(READY)
	$(BIN)/jupyter trust notebooks/*.ipynb  # else Lab shows the words of stored figures, not the figures
	cd notebooks && $(CURDIR)/$(BIN)/jupyter lab explore.ipynb \
	  --Scheduler.execution_manager_class=analysis.reporting.scheduler_jobs.CheckedJobs

# Run the committed notebooks again at their default parameters, after a change that is meant.
notebooks-refresh: $(READY)
	$(BIN)/python scripts/run_notebooks.py $(NOTEBOOKS)

# What documents draw or list from the code: the flow in README, the codebook.
docs: $(READY)
	$(BIN)/python scripts/make_flow.py
	$(BIN)/python scripts/make_codebook.py

# The pictures of the README, from the data and the real pages; it needs Chromium.
pictures: $(READY)
	$(BIN)/workforce refresh --group national
	$(BIN)/python scripts/make_pictures.py

bench: $(READY)
	$(BIN)/python benchmarks/survey_benchmark.py
	$(BIN)/python benchmarks/oews_benchmark.py
	$(BIN)/python benchmarks/acs_benchmark.py

bench-refresh: $(READY)
	$(BIN)/python benchmarks/refresh_benchmark.py

lock: $(READY)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python scripts/lock.py

# uv installs in seconds; where it cannot be had, pip takes the same lock. Either compiles, once:
# where Python may not (PYTHONDONTWRITEBYTECODE), each process would, for longer than it runs.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv==0.13.9 || echo "uv cannot be had; pip it is (minutes rather than seconds)"
	if [ -x $(BIN)/uv ]; then \
	  VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock && \
	  VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable . ; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable . ; \
	fi
	touch $@

clean:
	rm -rf $(VENV) build reports/*.html reports/*/ data/processed/*.parquet data/processed/set_aside data/processed/manifest.json
