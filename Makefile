# Gatebook. `make help` lists what can be asked for.

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
# Cases of each property test: a tenth of what `make acceptance` runs.
CASES ?= 100
export CASES

# How long `make fuzz` runs each target; a shell's own SECONDS is not meant.
SECONDS_EACH := $(if $(filter command% environment%,$(origin SECONDS)),$(SECONDS),60)

# The distribution's libraries behind Sources/CLibraries, and the time zones.
PACKAGES := librdkafka-dev libsqlite3-dev libsimdjson-dev zlib1g-dev libyaml-dev \
  libmicrohttpd-dev libcurl4-openssl-dev libssl-dev pkg-config tzdata
# The same by the names that pkg-config knows, where packages have other names.
LIBRARIES := rdkafka sqlite3 simdjson zlib yaml-0.1 libmicrohttpd libcurl libcrypto
# What only tests use: Java for a real broker in KAFKA_HOME, openssl for its certificates.
TEST_PACKAGES := openjdk-17-jre-headless docker-compose openssl

RELEASE := .build/release/gatebook
SWIFT_RELEASE := -c release --static-swift-stdlib
FORMAT := swift format --recursive --parallel
LINT := swift format lint --strict --recursive --parallel
STYLE := --configuration Config/swift-format.json
TEST_STYLE := --configuration Config/swift-format-tests.json

.PHONY: run test build format lint bench fuzz fuzz-short smoke acceptance install uninstall packages test-tools swift \
  clean help

run: build ## Build what is missing and run the demo; with CONFIG=file: gatebook run
ifdef CONFIG
	@exec $(RELEASE) run --config '$(CONFIG)' $(ARGS)
else
	@exec $(RELEASE) demo $(ARGS)
endif

# One build, in one configuration: the end-to-end tests run the program that stands beside them.
test: packages test-tools lint ## Check the style, build once, run every test (CASES, SAMPLES_DIR, KAFKA_HOME)
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --disable-xctest $(ARGS)

build: packages ## The release binary: .build/release/gatebook
	@swift build $(SWIFT_RELEASE) --product gatebook

format: swift ## Format every Swift file in place
	$(FORMAT) --in-place $(STYLE) Package.swift Sources
	$(FORMAT) --in-place $(TEST_STYLE) Tests

lint: swift ## Check the style of every Swift file
	@$(LINT) $(STYLE) Package.swift Sources
	@$(LINT) $(TEST_STYLE) Tests

bench: packages test-tools ## Measure, with what Tests/Benchmarks/README.md describes
	swift build $(SWIFT_RELEASE) --product gatebook
	swift build $(SWIFT_RELEASE) --product Benchmarks
	.build/release/Benchmarks $(ARGS)

# What it finds and what it learns stay under .build; a finding is repeated by giving its file to the
# target's program.
fuzz: packages ## Fuzz scanner, decoder and tables under the address sanitizer for SECONDS each
	swift build --product gatebook
	FUZZ_SECONDS='$(SECONDS_EACH)' Tests/Fuzzing/fuzz

fuzz-short: ## The same for a minute each, as the gate does
	@$(MAKE) --no-print-directory fuzz SECONDS=60

# The optimiser can break what the tests' own build does not: a million would not find more.
smoke: build ## The release binary on a simulated tenant, compared with its truth
	@rm -rf .build/smoke && mkdir -p .build/smoke
	$(RELEASE) simulate --quiet --seed 1 --records 100000 --output .build/smoke/log \
	  --settings .build/smoke/gatebook.yaml --truth .build/smoke/truth
	$(RELEASE) import --quiet --config .build/smoke/gatebook.yaml --ledger .build/smoke/ledger.db \
	  .build/smoke/log
	$(RELEASE) simulate --check .build/smoke/truth --ledger .build/smoke/ledger.db
	$(RELEASE) verify --ledger .build/smoke/ledger.db
	@rm -rf .build/smoke

# A million records against a real broker, thirty kills: an hour, not a gate.
acceptance: build test-tools ## The end-to-end tests at full size, with the release binary
	swift build --build-tests
	GATEBOOK='$(abspath $(RELEASE))' RECORDS=1000000 KILLS=30 CASES=1000 \
	  swift test --skip-build --disable-xctest --filter 'EndToEndTests|PipelineTests' $(ARGS)

# What the program prints and sed writes gets the permissions of files that everybody reads.
install: build ## Install under PREFIX (/usr/local): program, manual, completions, settings, systemd unit
	install -D -m 0755 $(RELEASE) '$(DESTDIR)$(PREFIX)/bin/gatebook'
	install -D -m 0644 Config/gatebook.yaml '$(DESTDIR)$(PREFIX)/share/doc/gatebook/gatebook.yaml'
	umask 022; cd '$(DESTDIR)$(PREFIX)' && \
	  mkdir -p lib/systemd/system share/man/man1 share/bash-completion/completions \
	    share/zsh/site-functions share/fish/vendor_completions.d && \
	  sed 's|/usr/local/|$(PREFIX)/|' '$(CURDIR)/Config/gatebook.service' \
	    > lib/systemd/system/gatebook.service && \
	  bin/gatebook manual > share/man/man1/gatebook.1 && \
	  bin/gatebook completions bash > share/bash-completion/completions/gatebook && \
	  bin/gatebook completions zsh > share/zsh/site-functions/_gatebook && \
	  bin/gatebook completions fish > share/fish/vendor_completions.d/gatebook.fish

uninstall: ## Remove what install put there; ledgers and settings stay
	cd '$(DESTDIR)$(PREFIX)' && rm -f bin/gatebook lib/systemd/system/gatebook.service \
	  share/doc/gatebook/gatebook.yaml share/man/man1/gatebook.1 \
	  share/bash-completion/completions/gatebook share/zsh/site-functions/_gatebook \
	  share/fish/vendor_completions.d/gatebook.fish

clean: ## Remove everything that was built
	rm -rf .build

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sort | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' \
	  | while IFS=$$'\t' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

packages: swift ## Install the distribution's libraries that are missing
	@if command -v apt-get > /dev/null && command -v dpkg-query > /dev/null; then \
	  $(call install_missing,$(PACKAGES)); \
	else \
	  missing=$$(for library in $(LIBRARIES); do \
	    pkg-config --exists "$$library" 2> /dev/null || echo "$$library"; done); \
	  if [ -n "$$missing" ]; then \
	    echo "make: missing on this system, with their headers and pkg-config files:" \
	      $$missing "(on Debian and Ubuntu they would be installed now)." >&2; exit 1; \
	  fi; \
	fi

test-tools: ## Install what only tests and benchmarks need
	@if command -v apt-get > /dev/null && command -v dpkg-query > /dev/null; then \
	  $(call install_missing,$(TEST_PACKAGES)); \
	else \
	  for tool in java docker-compose openssl; do command -v $$tool > /dev/null \
	    || echo "make: without $$tool the tests that need it are skipped." >&2; done; \
	fi

swift: ## Check that Swift 6.2 or newer is there
	@found=$$(swift --version 2> /dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' \
	  | head -n 1); \
	if [ -z "$$found" ]; then \
	  echo "make: Swift is missing: install Swift 6.2 or newer from swift.org/install." >&2; exit 1; \
	elif [ "$$(printf '%s\n' 6.2 "$$found" | sort -V | head -n 1)" != 6.2 ]; then \
	  echo "make: Swift $$found is too old: install 6.2 or newer from swift.org/install." >&2; exit 1; \
	fi

# Installs those of the packages $(1) that are not there; asks dpkg first, so that a second run costs
# nothing. The list of packages is refreshed only when something is missing.
define install_missing
missing=$$(for package in $(1); do \
    [ "$$(dpkg-query -W -f='$${db:Status-Status}' "$$package" 2> /dev/null)" = installed ] \
      || echo "$$package"; done); \
  if [ -n "$$missing" ]; then \
    root=; [ "$$(id -u)" = 0 ] || root=sudo; \
    if [ -n "$$root" ] && ! command -v sudo > /dev/null; then \
      echo "make: missing packages, install them as root:" $$missing >&2; exit 1; \
    fi; \
    echo "Installing" $$missing >&2; \
    $$root apt-get -qq update > /dev/null && \
    $$root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
      $$missing > /dev/null || { echo "make: could not install:" $$missing >&2; exit 1; }; \
  fi
endef
