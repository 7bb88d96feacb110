# What a contributor types. `make help` lists it; `setup` runs before everything and says nothing when nothing is missing.

SHELL := /bin/bash
PACKAGES := libedit-dev libsqlite3-dev libssl-dev libcurl4-openssl-dev libsimdjson-dev pkg-config
TEST_PACKAGES := nginx-light
BENCH_PACKAGES := curl nginx-light libnginx-mod-http-echo jq redis-server redis-tools sqlite3 postgresql postgresql-client python3 python3-pip
DIST_PACKAGES := binutils dpkg-dev lintian xz-utils
MISSING = for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done
SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
# With Swift's libraries linked in, zosh starts in two thirds of the time.
RELEASE := swift build -c release --static-swift-stdlib
# Where `make install` puts zosh; and a folder that holds a zosh to install, where none shall be built.
PREFIX ?= /usr/local
BUILT ?=
BUILD_UNLESS_BUILT = $(if $(BUILT),,$(MAKE) -s setup && $(RELEASE) --product zosh -q &&)
BUILT_OR_RELEASE = $(or $(BUILT),$$($(RELEASE) --show-bin-path))
# All tests begun at once let a reply wait for half a minute on a busy machine, and hold three thousand descriptors. A few
# at a time take as long in all. Swift before 6.3 has no such option; there the usual 1024 descriptors are too few.
WIDTH = $(shell swift test --help-hidden 2>/dev/null | grep -o -- '--experimental-maximum-parallelization-width' | sed 's/$$/ 8/')
DESCRIPTORS := ulimit -Sn 8192 2>/dev/null || ulimit -Sn "$$(ulimit -Hn)"
# `make test ONLY=MessagesTests` and `make record ONLY=…` take only the tests whose names match a regular expression.
ONLY ?=
# The browser that tests play would ask a proxy for this machine, too.
TEST = no_proxy="localhost,127.0.0.1,::1$${no_proxy:+,$$no_proxy}" swift test --skip-build $(WIDTH)

.DEFAULT_GOAL := help
.PHONY: help setup run demo install uninstall dist docs test check format record bench nightly

help: ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## Install missing Debian packages by name
	@command -v swift >/dev/null || { echo "zosh needs Swift 6.2 or newer: https://swift.org/install" >&2; exit 1; }
	@missing=$$($(call MISSING,$(PACKAGES))); [ -z "$$missing" ] || scripts/install-packages.sh $$missing

run: setup ## Open the shell on the embedded emulator, in the world of README's tour
	@$(SWIFT_BUILD) --product zosh -q && exec $$(swift build --show-bin-path)/zosh --demo --demo-users 25 --demo-seed 7

demo: setup ## Watch zosh do its main job against the embedded emulator
	@$(SWIFT_BUILD) --product zosh -q && $(SWIFT_BUILD) --product zoho-emulator -q && scripts/demo.sh $$(swift build --show-bin-path)/zosh

install: ## Install below PREFIX (/usr/local); BUILT=FOLDER installs what is there and builds nothing
	@$(BUILD_UNLESS_BUILT) DESTDIR="$(DESTDIR)" scripts/install.sh "$(BUILT_OR_RELEASE)" "$(PREFIX)"

uninstall: ## Remove what make install put below PREFIX
	@DESTDIR="$(DESTDIR)" scripts/install.sh --remove "$(PREFIX)"

dist: ## Make a tarball, a Debian package and their checksums in dist/
	@missing=$$($(call MISSING,$(DIST_PACKAGES))); [ -z "$$missing" ] || scripts/install-packages.sh $$missing
	@$(BUILD_UNLESS_BUILT) scripts/dist.sh "$(BUILT_OR_RELEASE)" dist

DRAWN := PictureTests|CommandTableTests|MessagesTests.areListed
docs: setup ## Write again what is made from sessions and sources: README's picture and table of commands, docs/messages.txt
	@$(SWIFT_BUILD) --build-tests -q && { ZOSH_RECORD=1 $(TEST) --filter '$(DRAWN)' > /dev/null; $(TEST) --filter '$(DRAWN)' > /dev/null; } && git --no-pager diff --stat -- docs README.md

test: setup ## Build and run every test; ONLY=NAMES only those
	@missing=$$($(call MISSING,$(TEST_PACKAGES))); [ -z "$$missing" ] || scripts/install-packages.sh $$missing || true
	@$(SWIFT_BUILD) --build-tests -q && { $(DESCRIPTORS); } && $(if $(ONLY),$(TEST) --filter '$(ONLY)',ZOSH_TESTS_ALONE=1 $(TEST) --filter KeyringOfUserTests && $(TEST))

check: setup ## Check versions, file sizes, layout and words that must not be here
	@scripts/check.sh

format: ## Lay the Swift files out as .swift-format says
	@swift format --in-place --recursive --parallel Package.swift Sources Plugins Tests

record: setup ## Rewrite transcripts and golden files, ONLY=NAMES some (fails, so that nobody lands a recording unread)
	@$(SWIFT_BUILD) --build-tests -q && { $(DESCRIPTORS); } && ZOSH_RECORD=1 $(TEST) $(if $(ONLY),--filter '$(ONLY)'); exit 1

bench: setup ## Measure beside rivals in the same run
	@missing=$$($(call MISSING,$(BENCH_PACKAGES))); [ -z "$$missing" ] || scripts/install-packages.sh $$missing || true
	@$(RELEASE) --product zosh -q && $(RELEASE) --product zoho-emulator -q && Benchmarks/run.sh

nightly: setup ## Sanitizers, long fuzzing, repeated terminal tests
	@scripts/nightly.sh
