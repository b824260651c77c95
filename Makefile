# notes: one program, layers that point down.  "make help" lists the targets.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
AR ?= ar
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
VERSION := $(shell cat VERSION 2>/dev/null || echo 0.0.0)

# SAN=address,undefined and the like; WERROR=1 makes warnings errors; V=1 shows
# the commands.
SAN ?=
WERROR ?=
OPT ?= -O2
Q := $(if $(V),,@)

PKGS := sqlite3 libcmark libutf8proc jansson ncursesw zlib
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wpointer-arith \
	-Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2 \
	-Wimplicit-fallthrough -Wnull-dereference -Wdouble-promotion \
	-Wconversion -Wno-sign-conversion
ifneq ($(findstring clang,$(CC)),clang)
WARN += -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
	-Wjump-misses-init
endif
ifneq ($(WERROR),)
WARN += -Werror
endif

CPPFLAGS_ALL = -include base/banned.h -D_GNU_SOURCE \
	-DNOTES_VERSION='"$(VERSION)"' -Iinclude -Isrc $(PKG_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL = -std=c11 $(OPT) -g -fno-omit-frame-pointer $(WARN) $(CFLAGS)
ifneq ($(SAN),)
CFLAGS_ALL += -fsanitize=$(SAN) -fno-sanitize-recover=all
LDFLAGS_ALL = -fsanitize=$(SAN) $(LDFLAGS)
else
CFLAGS_ALL += -fstack-protector-strong
CPPFLAGS_ALL += $(if $(filter -O0,$(OPT)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
LDFLAGS_ALL = $(LDFLAGS)
endif

# From the top down: a layer may call what stands to its right.
LAYERS := tui cli app render vcs store message model base
LIBS_tui := tui app render vcs store message model base
LIBS_cli := cli app render vcs store message model base
LIBS_app := app render vcs store message model base
LIBS_render := render model base
LIBS_vcs := vcs model base
LIBS_store := store model base
LIBS_message := message model base
LIBS_model := model base
LIBS_base := base

# Debian ships static archives of the small libraries; linking them in saves
# each short-lived process a third of its start.  STATIC=0 links dynamically.
STATIC ?= 1
STATIC_NAMES := sqlite3 cmark utf8proc jansson ncursesw tinfo z
STATIC_DIR := $(shell $(PKG_CONFIG) --variable=libdir sqlite3 2>/dev/null)
STATIC_HAVE := $(foreach l,$(STATIC_NAMES),$(wildcard $(STATIC_DIR)/lib$(l).a))
ifeq ($(STATIC)$(words $(STATIC_HAVE)),1$(words $(STATIC_NAMES)))
LDLIBS_ALL = -Wl,-Bstatic $(addprefix -l,$(STATIC_NAMES)) -Wl,-Bdynamic \
	-lm -ldl -pthread
else
LDLIBS_ALL = $(shell $(PKG_CONFIG) --libs $(PKGS)) -lm -ldl -pthread
endif

SRC_OF = $(wildcard src/$(1)/*.c src/$(1)/*/*.c)
OBJ_OF = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(call SRC_OF,$(1)))
ARCHIVES_OF = $(foreach l,$(LIBS_$(1)),$(BUILD)/lib$(l).a)
ALL_ARCHIVES := $(foreach l,$(LAYERS),$(BUILD)/lib$(l).a)

# Objects that are made from other files (schema as bytes).
GEN_OBJ_store := $(BUILD)/obj/gen/schema.o

##   all (default)    build $(BUILD)/notes
all: $(BUILD)/notes

$(BUILD)/notes: $(BUILD)/obj/main.o $(ALL_ARCHIVES)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

$(BUILD)/obj/%.o: src/%.c VERSION
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The folder itself is a prerequisite, so that a file that comes or goes counts.
$(BUILD)/gen/schema.c: schema $(wildcard schema/*.sql) tests/embed.sh
	@mkdir -p $(@D)
	$(Q)sh tests/embed.sh schema/*.sql > $@

##   check-LAYER      build and run the unit tests of one layer, with all output
define LAYER_RULES
$(BUILD)/lib$(1).a: $(call OBJ_OF,$(1)) $(GEN_OBJ_$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(Q)$(AR) rcs $$@ $$^
TESTS_$(1) := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/$(1)/test_*.c))
$$(TESTS_$(1)): $(BUILD)/tests/%: tests/%.c $(wildcard tests/*.h tests/$(1)/*.h) $(call ARCHIVES_OF,$(1))
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CPPFLAGS_ALL) -Itests $$(CFLAGS_ALL) -Wno-missing-prototypes $$(LDFLAGS_ALL) -o $$@ $$< $(call ARCHIVES_OF,$(1)) -lcmocka $$(LDLIBS_ALL)
UNIT_TESTS += $$(TESTS_$(1))
.PHONY: check-$(1)
check-$(1): $$(TESTS_$(1))
	@rc=0; for t in $$^; do echo "== $$$$t"; $$$$t || rc=1; done; exit $$$$rc
endef
$(foreach l,$(LAYERS),$(eval $(call LAYER_RULES,$(l))))

# Targets that install what they miss start make anew, so that what was looked
# up at the top of this file is looked up again.
AGAIN = +$(Q)sh .ci/deps
REMAKE = $(MAKE) --no-print-directory -j$(JOBS)

##   check            all tests: units, command line, layers, format
check:
	$(AGAIN) check
	+$(Q)$(REMAKE) check-run

##   asan             the same under AddressSanitizer and UBSan
asan:
	$(AGAIN) check
	+$(Q)$(REMAKE) check-run BUILD=build-asan STATIC=0 OPT=-O1 \
	    SAN=address,undefined

# What does not compile must not keep the rest from being tested: it counts as
# failed, since tests/run.sh looks for every program that there should be.
CHECKS ?= $(UNIT_TESTS) $(sort $(wildcard tests/cli/*.sh)) $(HOUSE_CHECKS)
HOUSE_CHECKS ?= tests/layers.sh tests/format.sh
check-run:
	+$(Q)$(MAKE) --no-print-directory -k check-build || :
	+$(Q)MAKEFLAGS= NOTES=$(abspath $(BUILD)/notes) SAN=$(SAN) \
	    BUILD=$(abspath $(BUILD)) JOBS=$(JOBS) sh tests/run.sh $(CHECKS)
check-build: $(UNIT_TESTS) $(BUILD)/tests/mallocfail.so $(if $(wildcard src/main.c),$(BUILD)/notes)

##   format           lay out the .c files with clang-format
format:
	$(Q)sh tests/format.sh --fix

##   coverage         line coverage of each layer by its tests
coverage:
	$(AGAIN) check
	+$(Q)$(REMAKE) check-run BUILD=build-coverage STATIC=0 OPT=-O0 \
	    CFLAGS=--coverage LDFLAGS=--coverage HOUSE_CHECKS=
	$(Q)sh tests/coverage.sh build-coverage

##   fuzz             a short run of every fuzz target (FUZZ_RUNS=50000)
FUZZ_RUNS ?= 50000
fuzz:
	$(AGAIN) ci
	+$(Q)$(REMAKE) fuzz-run CC=clang BUILD=build-fuzz STATIC=0 OPT=-O1 \
	    SAN=fuzzer-no-link,address,undefined
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*.c))
fuzz-run: $(FUZZERS)
	$(Q)sh tests/fuzz.sh $(FUZZ_RUNS) $(FUZZERS)
# tests/fuzz/LAYER_NAME.c is linked with that layer and those below it.
.SECONDEXPANSION:
$(FUZZERS): $(BUILD)/fuzz/%: tests/fuzz/%.c $$(call ARCHIVES_OF,$$(firstword $$(subst _, ,$$*)))
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -Wno-missing-prototypes \
	    -fsanitize=fuzzer -o $@ $^ $(LDFLAGS_ALL) $(LDLIBS_ALL)

##   bench            ratios against git and others (BENCH=NAME for one section)
bench:
	$(AGAIN) build
	+$(Q)$(REMAKE) all $(BUILD)/tests/cpu
	+$(Q)MAKEFLAGS= NOTES=$(abspath $(BUILD)/notes) \
	    CPU=$(abspath $(BUILD)/tests/cpu) sh tests/bench.sh $(BENCH)
$(BUILD)/tests/cpu: tests/bench/cpu.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $<

$(BUILD)/tests/mallocfail.so: tests/mallocfail.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -Wno-missing-prototypes \
	    -fno-builtin -fPIC -shared -o $@ $< -ldl

##   demo             build, track this repository in a copy of it, show the notes
demo:
	$(AGAIN) build
	+$(Q)$(REMAKE) all
	$(Q)NOTES=$(abspath $(BUILD)/notes) sh tests/demo.sh

##   deps             install the Debian packages that are missing
deps:
	$(Q)sh .ci/deps all

##   install          to $(DESTDIR)$(PREFIX): program, man page, completions
BINDIR := $(DESTDIR)$(PREFIX)/bin
SHARE := $(DESTDIR)$(PREFIX)/share
MAN1 := $(SHARE)/man/man1/notes.1
BASH_COMPLETION := $(SHARE)/bash-completion/completions/notes
ZSH_COMPLETION := $(SHARE)/zsh/site-functions/_notes
FISH_COMPLETION := $(SHARE)/fish/vendor_completions.d/notes.fish
install: all
	$(Q)for shell in bash zsh fish; do \
	    $(BUILD)/notes completion $$shell \
	    > $(BUILD)/completion.$$shell || exit 1; done
	$(Q)install -D -m 755 $(BUILD)/notes "$(BINDIR)/notes"
	$(Q)install -D -m 644 docs/notes.1 "$(MAN1)"
	$(Q)install -D -m 644 $(BUILD)/completion.bash "$(BASH_COMPLETION)"
	$(Q)install -D -m 644 $(BUILD)/completion.zsh "$(ZSH_COMPLETION)"
	$(Q)install -D -m 644 $(BUILD)/completion.fish "$(FISH_COMPLETION)"

##   uninstall        remove what install put there
uninstall:
	rm -f "$(BINDIR)/notes" "$(MAN1)" "$(BASH_COMPLETION)" \
	    "$(ZSH_COMPLETION)" "$(FISH_COMPLETION)"

##   clean            remove build folders
clean:
	rm -rf build build-*

help:
	@echo 'Targets:'
	@sed -n 's/^##//p' Makefile
	@echo 'Variables: CC BUILD OPT SAN WERROR=1 STATIC=0 V=1 PREFIX DESTDIR'

.PHONY: all asan bench check check-build check-run clean coverage demo deps \
	format fuzz fuzz-run help install uninstall

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
