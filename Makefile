# cfngen: `make help` lists the targets.

# gcc or clang; release (the default), debug or san (address, leak and undefined-behaviour checks).
ifeq ($(origin CC),default)
CC := gcc
endif
VARIANT ?= release
PREFIX ?= /usr/local

ifeq ($(CC)-$(VARIANT),gcc-release)
OUT := build
else
OUT := build/$(CC)-$(VARIANT)
endif
OBJ := $(OUT)/obj

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes
FLAGS_release := -O2 -g -DNDEBUG
FLAGS_debug := -O0 -g
FLAGS_san := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ifeq ($(filter $(VARIANT),release debug san),)
$(error VARIANT is release, debug or san, not $(VARIANT))
endif
CFLAGS ?=
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) -fvisibility=hidden -fPIC \
	$(FLAGS_$(VARIANT)) -Iinclude -Ilib -MMD -MP $(CFLAGS)
ALL_LDFLAGS = $(FLAGS_$(VARIANT)) $(LDFLAGS)
LDLIBS = -ljansson -lyaml

VERSION := $(shell sed -n 's/^\#define CFN_VERSION "\(.*\)"/\1/p' include/cfngen/version.h 2>/dev/null)
SOVERSION := 0

LAYERS := base node read write template stack constructs synth
LIB_SOURCES := $(foreach layer,$(LAYERS),$(sort $(wildcard lib/$(layer)/*.c)))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(OBJ)/%.o)
CLI_SOURCES := $(sort $(wildcard cli/*.c))
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(OBJ)/%.o)
UNIT_SOURCES := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_PROGRAMS := $(UNIT_SOURCES:%.c=$(OUT)/%)
EXAMPLE_SOURCES := $(sort $(wildcard examples/*.c))
EXAMPLES := $(EXAMPLE_SOURCES:%.c=$(OUT)/%)

PACKAGES_BUILD := gcc libc6-dev libjansson-dev libyaml-dev
PACKAGES_TEST := libcmocka-dev

.PHONY: all
all: $(OUT)/cfngen $(OUT)/libcfngen.a $(OUT)/libcfngen.so

# $(call need,PACKAGES): installs the Debian packages that are missing, or names them.
define need
@missing=$$(for p in $(1); do \
	dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
if [ -z "$$missing" ]; then :; \
elif ! command -v apt-get >/dev/null; then echo "needed, under the names that Debian has for them:" $$missing; \
elif [ "$$(id -u)" = 0 ]; then echo "installing" $$missing && \
	(apt-get install -y -qq --no-install-recommends $$missing || \
	(apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing)) >/dev/null; \
else echo "missing packages; run: sudo apt-get install" $$missing >&2; exit 1; fi
endef

build/.packages-build: | build
	$(call need,$(PACKAGES_BUILD))
	@touch $@
build/.packages-test: build/.packages-build | build
	$(call need,$(PACKAGES_TEST))
	@touch $@
build:
	@mkdir -p $@

$(OBJ)/%.o: %.c | build/.packages-build
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c $< -o $@

$(OUT)/libcfngen.a: $(LIB_OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(OUT)/libcfngen.so: $(LIB_OBJECTS)
	$(CC) $(ALL_LDFLAGS) -shared -Wl,-soname,libcfngen.so.$(SOVERSION) -Wl,--no-undefined $^ $(LDLIBS) -o $@

$(OUT)/cfngen: $(CLI_OBJECTS) $(OUT)/libcfngen.a
	$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -o $@

$(OUT)/tests/unit/%: $(OBJ)/tests/unit/%.o $(OUT)/libcfngen.a | build/.packages-test
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -lcmocka -o $@
$(OBJ)/tests/%.o: tests/%.c | build/.packages-test
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/support -c $< -o $@

$(OUT)/examples/%: $(OBJ)/examples/%.o $(OUT)/libcfngen.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -o $@

.PHONY: clean
clean:
	rm -rf build

.SECONDARY:
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
