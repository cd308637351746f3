# Every target is one line over the `course` command; the environment builds itself on first use.
PYTHON ?= python3
UV_VERSION := 0.13.8
UV := .venv/uv/bin/uv
READY := .venv/ready
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv/course
export TF_CPP_MIN_LOG_LEVEL ?= 2
RUN := .venv/course/bin
EXPORT := --no-hashes --no-emit-project --no-dev --no-annotate --no-header
BROWSER := .venv/browser/ready.json
TWO := --numprocesses=2 --dist=loadfile

.PHONY: demo test browser lab site cover report-picture build grade data lint clean lock

demo: $(READY)  ## build every lesson, grade a sample class, show where the results are
	@$(RUN)/course demo

test: $(READY) $(BROWSER)  ## everything that CI checks
	@$(RUN)/ruff check . && $(RUN)/ruff format --check . && $(RUN)/pytest $(TWO)

browser: $(BROWSER)  ## fetch what the browser tests need

lab: $(READY)  ## open JupyterLab on the students' notebooks
	@$(RUN)/jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/notebooks

site: $(READY)  ## write the lessons as web pages into site/
	@$(RUN)/course site site

cover: $(READY)  ## draw the README's picture again from the solutions
	@$(RUN)/python -m course.cover

report-picture: $(READY) $(BROWSER)  ## draw the README's class report again from a graded sample class
	@$(RUN)/python -m course.report_picture

build: $(READY)  ## build every lesson whose source changed
	@$(RUN)/course build

grade: $(READY)  ## make grade LESSON=01_perceptron SUBMISSIONS=folder
	@$(RUN)/course grade "$(LESSON)" --submissions "$(SUBMISSIONS)"

data: $(READY)  ## make the embedded data again from the packages it came from
	@$(RUN)/python data/build/all.py

lint: $(READY)  ## mend what ruff can mend
	@$(RUN)/ruff check --fix . && $(RUN)/ruff format .

clean:  ## remove the environment
	rm -rf .venv

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "this course needs Python 3.11 to 3.13; set PYTHON=")'
	@echo "Setting up the environment in .venv (once, a few minutes)"
	@$(PYTHON) -m venv .venv/uv
	@.venv/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(READY): pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --quiet --compile-bytecode --python $(PYTHON)
	@touch $@

$(BROWSER): $(addprefix tests/browser/,package-lock.json install.py unpack.mjs) | $(READY)
	@$(RUN)/python -m tests.browser.install

lock: $(READY)  ## write the pins again after a change to pyproject.toml
	@$(UV) lock && $(UV) export --frozen --quiet $(EXPORT) --output-file requirements.txt
