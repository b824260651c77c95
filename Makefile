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
VERSION := $(shell cat VERSION 2>/dev/null || echo 0.0.0)

# SAN=address,undefined and the like; WERROR=1 makes warnings errors.
SAN ?=
WERROR ?=
OPT ?= -O2

PKGS := sqlite3 libcmark libutf8proc jansson ncursesw zlib libpcre2-8
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

CPPFLAGS_ALL = -include base/banned.h -D_GNU_SOURCE -DNOTES_VERSION='"$(VERSION)"' -Iinclude \
	-I$(BUILD)/gen $(shell $(PKG_CONFIG) --cflags $(PKGS)) $(CPPFLAGS)
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
STATIC_NAMES := sqlite3 cmark utf8proc jansson ncursesw tinfo z pcre2-8
STATIC_DIR := $(shell $(PKG_CONFIG) --variable=libdir sqlite3 2>/dev/null)
ifeq ($(STATIC)$(words $(foreach l,$(STATIC_NAMES),$(wildcard $(STATIC_DIR)/lib$(l).a))),1$(words $(STATIC_NAMES)))
LDLIBS_ALL = -Wl,-Bstatic $(addprefix -l,$(STATIC_NAMES)) -Wl,-Bdynamic -lm -ldl -pthread
else
LDLIBS_ALL = $(shell $(PKG_CONFIG) --libs $(PKGS)) -lm -ldl -pthread
endif

SRC_OF = $(wildcard src/$(1)/*.c)
OBJ_OF = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(call SRC_OF,$(1)))

# Objects that are made from other files (schema as bytes).
GEN_OBJ_store := $(BUILD)/obj/gen/schema.o

define LAYER_RULES
$(BUILD)/lib$(1).a: $(call OBJ_OF,$(1)) $(GEN_OBJ_$(1))
	@rm -f $$@
	$$(Q)$(AR) rcs $$@ $$^
TESTS_$(1) := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/$(1)/test_*.c))
$$(TESTS_$(1)): $(BUILD)/tests/%: tests/%.c $(wildcard tests/*.h tests/$(1)/*.h) $(foreach l,$(LIBS_$(1)),$(BUILD)/lib$(l).a)
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CPPFLAGS_ALL) -Itests $$(CFLAGS_ALL) -Wno-missing-prototypes $$(LDFLAGS_ALL) -o $$@ $$< $(foreach l,$(LIBS_$(1)),$(BUILD)/lib$(l).a) -lcmocka $$(LDLIBS_ALL)
UNIT_TESTS += $$(TESTS_$(1))
.PHONY: check-$(1)
check-$(1): $$(TESTS_$(1))
	@rc=0; for t in $$^; do echo "== $$$$t"; $$$$t || rc=1; done; exit $$$$rc
endef
Q := $(if $(V),,@)
$(foreach l,$(LAYERS),$(eval $(call LAYER_RULES,$(l))))

all: $(BUILD)/notes

$(BUILD)/notes: $(BUILD)/obj/main.o $(foreach l,$(LAYERS),$(BUILD)/lib$(l).a)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The folder itself is a prerequisite, so that a file that comes or goes counts.
$(BUILD)/gen/schema.c: schema $(wildcard schema/*.sql) tests/embed.sh
	@mkdir -p $(@D)
	$(Q)sh tests/embed.sh schema/*.sql > $@

.PHONY: all clean
clean:
	rm -rf build build-*

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
