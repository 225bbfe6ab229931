# The four words of the tutorial: run, build, test, debug. `make help` says what each does.

MODULE   ?= echo
WORKLOAD ?= $(MODULE)
BINARY   ?= bin/maelstrom-$(MODULE)

# The workbench. The same binary runs under the original:
#   make run MAELSTROM=/opt/maelstrom/maelstrom
MAELSTROM ?= packages/workbench/bin/eddy.js

# The tests of the tutorials: Maelstrom's, and those of the Gossip Glomers.
MAELSTROM_CMD_echo = $(MAELSTROM) test -w echo --bin $(BINARY) --node-count 1 --time-limit 10
MAELSTROM_CMD_unique-ids = $(MAELSTROM) test -w unique-ids --bin $(BINARY) --node-count 3 --rate 1000 --time-limit 30 --availability total --nemesis partition
MAELSTROM_CMD_broadcast = $(MAELSTROM) test -w broadcast --bin $(BINARY) --node-count 5 --rate 10 --time-limit 20 --nemesis partition
MAELSTROM_CMD_g-set = $(MAELSTROM) test -w g-set --bin $(BINARY) --node-count 5 --rate 10 --time-limit 20 --nemesis partition
MAELSTROM_CMD_pn-counter = $(MAELSTROM) test -w pn-counter --bin $(BINARY) --node-count 5 --rate 10 --time-limit 20 --nemesis partition
MAELSTROM_CMD_g-counter = $(MAELSTROM) test -w g-counter --bin $(BINARY) --node-count 3 --rate 100 --time-limit 20 --nemesis partition
MAELSTROM_CMD_kafka = $(MAELSTROM) test -w kafka --bin $(BINARY) --node-count 2 --concurrency 2n --rate 1000 --time-limit 20
MAELSTROM_CMD_lin-kv = $(MAELSTROM) test -w lin-kv --bin $(BINARY) --node-count 3 --concurrency 2n --rate 100 --time-limit 10

MAELSTROM_CMD = $(MAELSTROM_CMD_$(WORKLOAD))

ifneq (,$(filter run,$(MAKECMDGOALS)))
ifeq (,$(MAELSTROM_CMD))
workloads := $(sort $(patsubst MAELSTROM_CMD_%,%,$(filter MAELSTROM_CMD_%,$(.VARIABLES))))
$(error there is no MAELSTROM_CMD_$(WORKLOAD) in the Makefile; WORKLOAD is one of: $(workloads))
endif
endif
ifeq (,$(wildcard challenges/$(MODULE)/main.ts))
$(error there is no challenges/$(MODULE)/main.ts; MODULE is one of: $(patsubst challenges/%/main.ts,%,$(wildcard challenges/*/main.ts)))
endif

# What is built from what; `make` builds only what has changed.
installed := node_modules/.package-lock.json
compiled  := node_modules/.cache/eddy-compiled
pages     := packages/workbench/dist/pages/app.js
sources   := $(shell find packages/node/src packages/workbench/src challenges -name node_modules -prune -o -name '*.test.ts' -prune -o -name '*.ts' -print)
drawn     := $(shell find packages/viewer packages/workbench/src/pictures -name node_modules -prune -o -name '*.test.ts*' -prune -o -type f -print)

# What `make bench` measures: all, or what is named: make bench benchmarks=virtual
benchmarks := node workbench virtual linearizability checkers kafka

# The challenges that have both a folder and a command; in their commands, MODULE is each of them in turn.
challenges := $(foreach name,$(patsubst challenges/%/main.ts,%,$(wildcard challenges/*/main.ts)),$(if $(MAELSTROM_CMD_$(name)),$(name)))

.DEFAULT_GOAL := help
.PHONY: help run build test debug check format clean fuzz bench challenges docs screenshots

help: ## list the targets and the variables
	@echo 'Targets:'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1@\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F@ '{ printf "%-20s%s\n", $$1, $$2 }'
	@echo
	@echo 'Variables, and what they are now:'
	@echo '  MODULE=$(MODULE)        the folder under challenges/ that is built and run'
	@echo '  WORKLOAD=$(WORKLOAD)      what it is tested with'
	@echo '  BINARY=$(BINARY)'
	@echo '                     the node that is tested; any other executable will do'
	@echo '  MAELSTROM=$(MAELSTROM)'
	@echo '                     the workbench; a path to the original runs the same test there'

run: build ## build the server and run its workload under the workbench
	$(MAELSTROM_CMD)

build: bin/maelstrom-$(MODULE) $(pages) ## build the workbench and the server, as far as they have changed

debug: build ## show the runs in a browser; PORT=8081 at another port
	$(MAELSTROM) serve $(if $(PORT),--port $(PORT))

test: build bin/maelstrom-echo check ## check the style, build everything, run all tests
	@scripts/chromium.sh --install >/dev/null
	node_modules/.bin/vitest run

check: $(compiled) ## check format, style and the types of the tests
	node_modules/.bin/biome check --error-on-warnings
	node_modules/.bin/tsc -b

format: $(installed) ## mend format and style where that is safe
	node_modules/.bin/biome check --write

fuzz: $(compiled) ## feed the node library with FUZZ_CASES random inputs (a million unless you say)
	FUZZ_CASES=$(or $(FUZZ_CASES),1000000) node_modules/.bin/vitest run packages/node/test/fuzz.test.ts

bench: build bin/maelstrom-echo ## measure the library and the workbench; PEER=path measures another echo node beside it
	node_modules/.bin/esbuild $(benchmarks:%=benchmarks/%.ts) --bundle --platform=node --format=esm --packages=external --log-level=warning --outdir=node_modules/.cache/benchmarks --out-extension:.js=.mjs
	@set -e; for each in $(benchmarks); do echo; echo "== $$each"; PEER=$(PEER) node node_modules/.cache/benchmarks/$$each.mjs; done

challenges: $(challenges:%=bin/maelstrom-%) ## run all challenges, and show what came of them in one table; JOBS=2 runs two at a time
	@JOBS=$(JOBS) node scripts/challenges.js $(foreach MODULE,$(challenges),'$(MAELSTROM_CMD_$(MODULE))')

docs: $(compiled) ## write docs/workloads.md anew, from the comments of the workloads
	packages/workbench/bin/eddy.js doc > docs/workloads.md

screenshots: build $(challenges:%=bin/maelstrom-%) ## take the pictures in docs/images anew, of real runs, in the machine's Chromium
	node scripts/screenshots.js

clean: ## remove all that was built
	rm -rf bin packages/*/dist packages/*/*.tsbuildinfo node_modules/.cache

$(installed): package.json package-lock.json $(wildcard packages/*/package.json challenges/*/package.json)
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(compiled): $(installed) $(sources) $(wildcard tsconfig*.json packages/*/tsconfig.json)
	node_modules/.bin/tsc -b tsconfig.build.json
	@mkdir -p $(@D) && touch $@

$(pages): $(compiled) $(drawn)
	node_modules/.bin/vite build --config packages/viewer/vite.config.ts
	@touch $@

bin/maelstrom-%: $(compiled) scripts/bundle.js $(wildcard challenges/*/*.ts)
	node scripts/bundle.js challenges/$*/main.ts $@
