# Two commands matter: `make run` and `make test`. `make help` lists the rest.
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
CATALOGUE := translations/id/LC_MESSAGES/messages.mo

.PHONY: help run test lint types phrases check-all bench drawings pictures guide clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run $(CATALOGUE)  ## install, prepare, load the Siak content where there is none, and serve it
	@$(BIN)/pesona init
	@$(BIN)/pesona demo --if-empty
	@exec $(BIN)/pesona serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

test: lint types chromium  ## install what the tests need and run all of them
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: $(VENV)/.test $(CATALOGUE)  ## look for mistakes of form in code and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet

types: $(VENV)/.test  ## check the types
	$(BIN)/mypy pesona

phrases: $(VENV)/.test  ## take new phrases from code and templates into the catalogues
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k gettext -k ngettext:1,2 -c NOTE: --no-location --sort-output --omit-header -o translations/messages.pot .
	$(BIN)/pybabel -q update -i translations/messages.pot -d translations -l id --no-fuzzy-matching --ignore-pot-creation-date --no-wrap
	@sed -i -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By):/d' translations/id/LC_MESSAGES/messages.po

check-all: test  ## the slow gates, run before an issue is called done
	$(BIN)/python -m tests.gates

bench: $(VENV)/.test $(CATALOGUE)  ## compare our pages with a no-op application and with the usual Flask
	$(BIN)/python -m tests.benchmarks.pages

drawings: $(VENV)/.test  ## make the pictures beside shared links anew from the drawings
	$(BIN)/python tools/social_pictures.py

pictures: $(VENV)/.test $(CATALOGUE) chromium  ## take the contact sheets of docs/pictures anew
	$(BIN)/python tools/contact_sheet.py

guide: $(VENV)/.test $(CATALOGUE) chromium  ## take the pictures of the guide for editors anew
	$(BIN)/python tools/guide_pictures.py

clean:  ## remove what was installed and built, never the content
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache $(CATALOGUE)

$(VENV)/.run: requirements.lock setup.cfg setup.py
	@tools/install requirements.lock
	@touch $@

$(VENV)/.test: requirements-test.lock requirements.lock setup.cfg setup.py
	@tools/install requirements-test.lock
	@touch $@ $(VENV)/.run

$(CATALOGUE): translations/id/LC_MESSAGES/messages.po | $(VENV)/.run
	@$(BIN)/pybabel -q compile -d translations -l id

.PHONY: chromium
chromium:
	@tools/chromium
