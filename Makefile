# cfngen: `make help` lists what can be made.

# gcc or clang; release (the default), debug, san (address, leak and undefined-behaviour checks) or
# threads (checks of what threads share).
ifeq ($(origin CC),default)
CC := gcc
endif
VARIANT ?= release
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
ifeq ($(filter $(VARIANT),release debug san threads),)
$(error VARIANT is release, debug, san or threads, not $(VARIANT))
endif

# All processors, unless -j says otherwise.
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif

COMPILER := $(notdir $(lastword $(CC)))
ifeq ($(COMPILER)-$(VARIANT),gcc-release)
OUT := build
else
OUT := build/$(COMPILER)-$(VARIANT)
endif
OBJ := $(OUT)/obj
GEN := $(OUT)/gen

# Warnings are errors in the variants that developers use, not where a newer compiler may know more.
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes
FLAGS_release := -O2 -g -DNDEBUG
FLAGS_debug := -O0 -g -Werror
FLAGS_san := -O1 -g -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_threads := -O1 -g -Werror -fsanitize=thread
LDFLAGS_release := -Wl,--no-undefined
LDFLAGS_debug := -Wl,--no-undefined
CFLAGS ?=
BASE_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) -fvisibility=hidden -fPIC \
	-Iinclude -Ilib -Itests/support -I$(GEN)
ALL_CFLAGS = $(BASE_CFLAGS) $(FLAGS_$(VARIANT)) $(CFLAGS)
ALL_LDFLAGS = $(FLAGS_$(VARIANT)) $(LDFLAGS)
LDLIBS = -ljansson -lyaml -lpcre2-8

VERSION := $(shell sed -n 's/^\#define CFN_VERSION "\(.*\)"/\1/p' include/cfngen/version.h)
SOVERSION := 0

LAYERS := base node read write schema bindings template dms stack constructs check access diff assertions synth
# Libraries apart from libcfngen, for they need more; they come after all layers but use the first ones.
APART := compare preflight lambda
HEADERS := $(wildcard include/cfngen/*.h lib/*/*.h cli/*.h cli/*/*.h tests/support/*.h)
LIB_SOURCES := $(foreach layer,$(LAYERS),$(sort $(wildcard lib/$(layer)/*.c)))
CLI_SOURCES := $(sort $(wildcard cli/*.c cli/aws/*.c cli/cutover/*.c cli/deploy/*.c cli/task/*.c cli/test/*.c))
# What cfngen-compare and cfngen-preflight have of the program: their own tables of commands, what reads such tables,
# and what asks AWS.
COMPARE_CLI_SOURCES := $(sort $(wildcard cli/compare/*.c cli/databases/*.c cli/aws/*.c)) $(addprefix cli/,find_command.c json.c options.c output.c usage.c)
PREFLIGHT_CLI_SOURCES := $(sort $(wildcard cli/preflight/*.c cli/databases/*.c cli/aws/*.c)) $(addprefix cli/,find_command.c json.c options.c output.c usage.c)
COMPARE_SOURCES := $(foreach library,$(filter-out lambda,$(APART)),$(sort $(wildcard lib/$(library)/*.c)))
LAMBDA_SOURCES := $(sort $(wildcard lib/lambda/*.c))
SCHEMA_BUILD_SOURCES := $(sort $(wildcard cli/schema_build/*.c))
BINDINGS_BUILD_SOURCES := $(sort $(wildcard cli/bindings_build/*.c))
SUPPORT_SOURCES := $(sort $(wildcard tests/support/*.c))
UNIT_SOURCES := $(sort $(wildcard tests/unit/*/test_*.c))
EXAMPLE_SOURCES := $(sort $(wildcard examples/*.c))
BENCH_SOURCES := $(sort $(wildcard tests/bench/*.c))
C_SOURCES := $(LIB_SOURCES) $(COMPARE_SOURCES) $(LAMBDA_SOURCES) $(CLI_SOURCES) $(sort $(wildcard cli/compare/*.c cli/databases/*.c cli/preflight/*.c)) $(SCHEMA_BUILD_SOURCES) $(BINDINGS_BUILD_SOURCES) $(SUPPORT_SOURCES) $(UNIT_SOURCES) $(EXAMPLE_SOURCES) \
	$(BENCH_SOURCES) $(sort $(wildcard tests/fuzz/*.c tests/study/*.c))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(OBJ)/%.o)
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(OBJ)/%.o)
SCHEMA_BUILD_OBJECTS := $(SCHEMA_BUILD_SOURCES:%.c=$(OBJ)/%.o)
# The library up to the generator of bindings: what can be built before the bindings are there.
STAGE_OBJECTS := $(foreach layer,base node read write schema bindings,$(filter $(OBJ)/lib/$(layer)/%,$(LIB_OBJECTS))) \
	$(BINDINGS_BUILD_SOURCES:%.c=$(OBJ)/%.o)
COMPARE_OBJECTS := $(COMPARE_SOURCES:%.c=$(OBJ)/%.o)
LAMBDA_OBJECTS := $(LAMBDA_SOURCES:%.c=$(OBJ)/%.o)
COMPARE_CLI_OBJECTS := $(COMPARE_CLI_SOURCES:%.c=$(OBJ)/%.o)
PREFLIGHT_CLI_OBJECTS := $(PREFLIGHT_CLI_SOURCES:%.c=$(OBJ)/%.o)
SUPPORT_OBJECTS := $(SUPPORT_SOURCES:%.c=$(OBJ)/%.o)
UNIT_PROGRAMS := $(UNIT_SOURCES:%.c=$(OUT)/%)
EXAMPLES := $(EXAMPLE_SOURCES:%.c=$(OUT)/%)
BENCHES := $(BENCH_SOURCES:%.c=$(OUT)/%)
BLUEPRINTS := $(sort $(wildcard templates/*.yaml))
RUNBOOKS := $(sort $(wildcard templates/*.runbook.md))

.PHONY: all
all: $(OUT)/cfngen $(OUT)/libcfngen.a $(OUT)/libcfngen.so \
	$(OUT)/cfngen-compare $(OUT)/cfngen-preflight $(OUT)/libcfncompare.a $(OUT)/libcfncompare.so \
	$(OUT)/lambda/bootstrap ## Build the program and the libraries (the default)

# What each target needs, under the names that Debian has for it.
PACKAGES_gcc := gcc libc6-dev
PACKAGES_clang := clang libclang-rt-dev libc6-dev
PACKAGES_build := libjansson-dev libyaml-dev libpcre2-dev $(PACKAGES_$(COMPILER))
PACKAGES_test := libcmocka-dev libzstd-dev
PACKAGES_schema := libzstd-dev
PACKAGES_compare := libmariadb-dev libpq-dev
PACKAGES_lambda := libcurl4-openssl-dev libexpat1-dev
PACKAGES_bundle := zip advancecomp binutils
# Servers that the tests of the comparison start; without them those tests are skipped.
PACKAGES_servers := mariadb-server-core mariadb-client-core postgresql
PACKAGES_deb := git dpkg-dev debhelper fakeroot libzstd-dev libmariadb-dev libpq-dev
PACKAGES_format := clang-format
PACKAGES_lint := clang-tidy cppcheck libcmocka-dev libzstd-dev $(PACKAGES_compare) $(PACKAGES_lambda)
PACKAGES_headers := gcc g++ clang

# $(call need,PACKAGES): installs those that are missing, or names them and the command that does.
# `make PACKAGES=have` trusts that everything is there.
define need
@[ "$(PACKAGES)" = have ] && exit 0; exec 9>build/.packages.lock; \
command -v flock >/dev/null && flock 9; \
command -v dpkg-query >/dev/null || { echo "needed, by Debian's names: $(1)"; exit 0; }; \
missing=; for p in $(1); do dpkg-query -W -f='$${Status}' "$$p" 2>/dev/null | \
	grep -q 'ok installed' || missing="$$missing $$p"; done; [ -n "$$missing" ] || exit 0; \
as=; if [ "$$(id -u)" != 0 ]; then \
	if sudo -n true 2>/dev/null; then as="sudo -n"; \
	else echo "missing packages; run: sudo apt-get install$$missing" >&2; exit 1; fi; fi; \
echo "installing$$missing"; \
install="$$as env DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends install"; \
{ $$install $$missing || { $$as apt-get -qq update && $$install $$missing; }; } >build/packages.log 2>&1 || \
	{ cat build/packages.log >&2; exit 1; }
endef

$(addprefix build/.packages-,test format lint headers fuzz schema compare lambda deb bundle): build/.packages-%: Makefile | build
	$(call need,$(PACKAGES_$*))
	@touch $@
# What tests can do without: who may not install it goes on.
build/.packages-servers: Makefile | build
	-$(call need,$(PACKAGES_servers))
	@touch $@
build/.packages-build-$(COMPILER): Makefile | build
	$(call need,$(PACKAGES_build))
	@touch $@
build:
	@mkdir -p $@

# $(call record,TEXT): rewrites the target when the text is not what it holds.
record = @mkdir -p $(@D); printf '%s\n' '$(1)' | cmp -s - $@ || printf '%s\n' '$(1)' >$@
.PHONY: FORCE
FORCE:
$(OBJ)/.flags: FORCE
	$(call record,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LDLIBS))
$(OBJ)/.lib-objects: FORCE
	$(call record,$(LIB_OBJECTS))
$(OBJ)/.cli-objects: FORCE
	$(call record,$(CLI_OBJECTS))

# `make V=1` shows the commands.
Q := $(if $(V),,@)
said = @$(if $(V),:,echo) '$(1)'

$(OBJ)/%.o: %.c $(OBJ)/.flags | build/.packages-build-$(COMPILER)
	$(call said,CC $<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@
$(OBJ)/tests/%.o: tests/%.c $(OBJ)/.flags | build/.packages-build-$(COMPILER) build/.packages-test
	$(call said,CC $<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(OUT)/libcfngen.a: $(LIB_OBJECTS) $(OBJ)/.lib-objects
	$(call said,AR $@)
	@rm -f $@
	$(Q)ar rcs $@ $(LIB_OBJECTS)
$(OUT)/libcfngen.so: $(LIB_OBJECTS) $(OBJ)/.lib-objects lib/package/libcfngen.map
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(LDFLAGS_$(VARIANT)) -shared -Wl,-soname,libcfngen.so.$(SOVERSION) \
		-Wl,--version-script=lib/package/libcfngen.map $(LIB_OBJECTS) $(LDLIBS) -o $@
$(OUT)/cfngen: $(CLI_OBJECTS) $(OUT)/libcfngen.a $(OBJ)/.cli-objects
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(CLI_OBJECTS) $(OUT)/libcfngen.a $(LDLIBS) -o $@

# The comparison is apart, because only its users need the clients of databases. Its shared library
# has what it uses of libcfngen inside.
COMPARE_CFLAGS := -pthread -isystem /usr/include/mariadb -isystem /usr/include/postgresql
COMPARE_LDLIBS := -lmariadb -lpq -pthread
$(COMPARE_OBJECTS): BASE_CFLAGS += $(COMPARE_CFLAGS)
$(COMPARE_OBJECTS): | build/.packages-compare
$(OUT)/libcfncompare.a: $(COMPARE_OBJECTS)
	$(call said,AR $@)
	@rm -f $@
	$(Q)ar rcs $@ $^
$(OUT)/libcfncompare.so: $(COMPARE_OBJECTS) $(OUT)/libcfngen.a lib/package/libcfncompare.map
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(LDFLAGS_$(VARIANT)) -shared -Wl,-soname,libcfncompare.so.$(SOVERSION) \
		-Wl,--exclude-libs,libcfngen.a -Wl,--version-script=lib/package/libcfncompare.map \
		$(COMPARE_OBJECTS) $(OUT)/libcfngen.a $(COMPARE_LDLIBS) $(LDLIBS) -o $@
$(OUT)/cfngen-compare: $(COMPARE_CLI_OBJECTS) $(OUT)/libcfncompare.a $(OUT)/libcfngen.a
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(COMPARE_LDLIBS) $(LDLIBS) -o $@
$(OUT)/cfngen-preflight: $(PREFLIGHT_CLI_OBJECTS) $(OUT)/libcfncompare.a $(OUT)/libcfngen.a
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(COMPARE_LDLIBS) $(LDLIBS) -o $@

# The functions that run on AWS need libcurl and libexpat. Their libraries are beside them in the bundle: RPATH, because a
# RUNPATH is not for the libraries of libraries. Their tests have a main of their own. The libexpat of Debian 12 asks for
# one function of a glibc that Lambda has not: where it can be linked statically it gets ours (lib/lambda/random.h).
EXPAT_INSIDE := -l:libexpat.a -Wl,--undefined=cfn__random_bytes,--defsym=arc4random_buf=cfn__random_bytes
LAMBDA_LDLIBS = -lcurl $(if $(shell test -e "$$($(CC) -print-file-name=libexpat.a)" && echo yes),$(EXPAT_INSIDE),-lexpat)
$(LAMBDA_OBJECTS): | build/.packages-lambda
$(OUT)/libcfnlambda.a: $(filter-out %/main.o,$(LAMBDA_OBJECTS))
	$(call said,AR $@)
	@rm -f $@
	$(Q)ar rcs $@ $^
$(OUT)/lambda/bootstrap: $(OBJ)/lib/lambda/main.o $(OUT)/libcfnlambda.a $(OUT)/libcfncompare.a $(OUT)/libcfngen.a
	$(call said,LD $@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -Wl,--disable-new-dtags,-rpath,'$$ORIGIN/lib' $^ \
		$(LAMBDA_LDLIBS) $(COMPARE_LDLIBS) $(LDLIBS) -o $@

# What is uploaded. CA_BUNDLE=FILE are the certificates of RDS.
CA_BUNDLE ?=
.PHONY: lambda
lambda: $(OUT)/lambda/validator.zip ## Make the zip of the functions for Lambda: CA_BUNDLE=FILE of RDS's certificates
$(OUT)/lambda/.certificates: FORCE
	$(call record,$(CA_BUNDLE))
$(OUT)/lambda/validator.zip: $(OUT)/lambda/bootstrap lib/lambda/bundle LICENSE $(CA_BUNDLE) $(OUT)/lambda/.certificates | build/.packages-bundle
	@lib/lambda/bundle $< $@ $(CA_BUNDLE)

# The builder of facts is apart, because only its users need libzstd.
$(SCHEMA_BUILD_OBJECTS): | build/.packages-schema
$(OUT)/cfngen-schema-build: $(SCHEMA_BUILD_OBJECTS) $(OUT)/libcfngen.a
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -lzstd -o $@

# The blueprints go into the program: one BLUEPRINT(name, "path") for each, and one RUNBOOK.
embedded = $(foreach file,$(3),$(1)($(subst -,_,$(file:templates/%$(2)=%)), "$(file)"))
$(GEN)/blueprints.inc: FORCE
	$(call record,$(call embedded,BLUEPRINT,.yaml,$(BLUEPRINTS)) $(call embedded,RUNBOOK,.runbook.md,$(RUNBOOKS)))
$(OBJ)/cli/blueprints.o: $(GEN)/blueprints.inc $(BLUEPRINTS) $(RUNBOOKS)

# The facts about resource types go into the library.
$(OBJ)/lib/schema/open.o: lib/schema/facts.bin

# The typed bindings of these services are installed; the library's own constructs are made with
# them. `make bindings` writes those of all services.
SERVICES := Backup CloudWatch DMS EC2 Events IAM KMS Lambda Logs RDS Route53 S3 SNS SQS SSM SecretsManager StepFunctions
lower = $(shell printf '%s' '$(1)' | tr '[:upper:]' '[:lower:]')
BINDINGS := $(patsubst %,$(GEN)/cfngen/aws/%.h,$(call lower,$(SERVICES)))
$(OUT)/cfngen-bindings: $(STAGE_OBJECTS)
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -o $@
$(GEN)/.services: FORCE
	$(call record,$(SERVICES))
$(GEN)/.bindings: $(OUT)/cfngen-bindings $(GEN)/.services
	$(call said,GEN $(GEN)/cfngen/aws)
	$(Q)$(OUT)/cfngen-bindings $(GEN) $(SERVICES:%=AWS::%)
	@touch $@
# A header whose text did not change keeps its time, and nothing is compiled again for it.
$(BINDINGS): $(GEN)/.bindings ;
# What may include them. Which ones it does is known once it was compiled.
$(filter-out $(STAGE_OBJECTS),$(LIB_OBJECTS) $(CLI_OBJECTS) $(SCHEMA_BUILD_OBJECTS) $(SUPPORT_OBJECTS) \
	$(C_SOURCES:%.c=$(OBJ)/%.o)): | $(GEN)/.bindings
.PHONY: bindings
bindings: $(OUT)/cfngen $(GEN)/.bindings ## Write the typed bindings of all services, for install
	@$(OUT)/cfngen bindings --all -o $(GEN)

# The tests of what is apart, which start servers.
define apart-test
$(OUT)/tests/unit/$(1)/%: $(OBJ)/tests/unit/$(1)/%.o $(OUT)/libcfncompare.a $(OUT)/libcfngen.a | build/.packages-servers
	@mkdir -p $$(@D)
	$$(call said,LD $$@)
	$$(Q)$$(CC) $$(ALL_LDFLAGS) $$^ $$(COMPARE_LDLIBS) $$(LDLIBS) -lcmocka -o $$@
endef
$(foreach library,$(filter-out lambda,$(APART)),$(eval $(call apart-test,$(library))))
$(OUT)/tests/unit/lambda/%: $(OBJ)/tests/unit/lambda/%.o $(OUT)/libcfnlambda.a $(OUT)/libcfncompare.a $(OUT)/libcfngen.a
	@mkdir -p $(@D)
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LAMBDA_LDLIBS) $(COMPARE_LDLIBS) $(LDLIBS) -lcmocka -o $@
$(OUT)/tests/unit/%: $(OBJ)/tests/unit/%.o $(SUPPORT_OBJECTS) $(OUT)/libcfngen.a
	@mkdir -p $(@D)
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -lcmocka -o $@
# What reads databases for a measurement does so without the comparison's library.
$(OBJ)/tests/bench/naive_stream.o: BASE_CFLAGS += $(COMPARE_CFLAGS)
$(OBJ)/tests/bench/naive_stream.o: | build/.packages-compare
$(OUT)/tests/bench/naive_stream: LDLIBS += $(COMPARE_LDLIBS)
$(OUT)/tests/bench/%: $(OBJ)/tests/bench/%.o $(OUT)/libcfngen.a
	@mkdir -p $(@D)
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -o $@
$(OUT)/tests/study/%: $(OBJ)/tests/study/%.o $(OUT)/libcfngen.a
	@mkdir -p $(@D)
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -o $@
# Users of a test framework bring it with them.
$(OBJ)/examples/assert-cmocka.o: | build/.packages-test
$(OUT)/examples/assert-cmocka: LDLIBS += -lcmocka
$(OUT)/examples/%: $(OBJ)/examples/%.o $(OUT)/libcfngen.a
	@mkdir -p $(@D)
	$(call said,LD $@)
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(LDLIBS) -o $@

DEMO := rds-mysql-to-aurora-mysql
DEMO_OUT := build/demo/$(DEMO).template.json
.PHONY: demo
demo: $(OUT)/cfngen ## Turn a blueprint into a CloudFormation template
	@mkdir -p $(dir $(DEMO_OUT))
	@$(OUT)/cfngen synth templates/$(DEMO).yaml --environment demo --suffix demo1 --minify -o $(DEMO_OUT)
	@echo
	@echo "Written: $(DEMO_OUT), from templates/$(DEMO).yaml."
	@echo "To deploy it, with the values that docs/$(DEMO).md asks for:"
	@echo "  $(OUT)/cfngen deploy templates/$(DEMO).yaml --environment demo --suffix demo1 --stack-name migration-demo \\"
	@echo "    --parameters-file FILE --s3-bucket BUCKET --code Validator=build/lambda/validator.zip"
	@echo "\"make lambda\" makes that zip. It shows what would be made, and asks first; docs/tutorial.md does all of it without an account of AWS."

# What tests are told: where the program, the libraries and the built examples are.
TEST_ENVIRONMENT = CFNGEN='$(CURDIR)/$(OUT)/cfngen' OUT='$(CURDIR)/$(OUT)' CC='$(CC)' \
	VARIANT='$(VARIANT)' VERSION='$(VERSION)' LAYERS='$(LAYERS)' APART='$(APART)'
CASE_AREAS := $(sort $(wildcard tests/cases/*))
CLI_TESTS := $(sort $(wildcard tests/cli/*.sh tests/lambda/*.sh))
PROJECT_TESTS := $(sort $(wildcard tests/project/*.sh))
# The project's own rules do not depend on how it was built: they are checked once.
TESTS := $(UNIT_PROGRAMS) $(CASE_AREAS) $(CLI_TESTS) tests/run-examples
ifeq ($(OUT),build)
TESTS += $(PROJECT_TESTS)
endif

.PHONY: test-programs test check-project bless
test-programs: all $(OUT)/cfngen-schema-build $(UNIT_PROGRAMS) $(EXAMPLES)
test: test-programs ## Run unit tests, cases, command-line tests, examples and project tests
	@$(TEST_ENVIRONMENT) tests/run $(TESTS)
check-project: all $(OUT)/cfngen-schema-build $(EXAMPLES) build/.packages-headers ## Run the tests of the project itself: layers, exports, headers
	@$(TEST_ENVIRONMENT) tests/run $(PROJECT_TESTS)
bless: all $(OUT)/cfngen-schema-build $(EXAMPLES) ## Rewrite what the cases and the project tests expect; read the diff
	@$(TEST_ENVIRONMENT) BLESS=1 tests/run $(CASE_AREAS) $(addprefix tests/project/,bindings.sh exports.sh reference.sh)

.PHONY: check check-san check-threads check-clang check-format check-lint format
check: ## Run everything that CI runs
	+@MAKE='$(MAKE)' tests/run-checks
check-san: ## Run the tests with address, leak and undefined-behaviour checks
	@$(MAKE) --no-print-directory VARIANT=san test
check-threads: ## Run what uses the library from several threads, with checks of what they share
	@$(MAKE) --no-print-directory VARIANT=threads test-threads
test-threads: $(OUT)/tests/unit/synth/test_threads
	@$(TEST_ENVIRONMENT) tests/run $^
check-clang: ## Run the tests built by clang without optimisation
	@$(MAKE) --no-print-directory CC=clang VARIANT=debug test
FORMATTED = $(C_SOURCES) $(HEADERS) $(wildcard tests/headers/*/*.c tests/*/*.h)
check-format: build/.packages-format ## Check the layout of the C code
	@clang-format --dry-run -Werror $(FORMATTED)
format: build/.packages-format ## Lay out the C code
	@clang-format -i $(FORMATTED)
check-lint: $(C_SOURCES:%.c=build/lint/%.tidy) build/lint/cppcheck ## Check the C code with clang-tidy and cppcheck
build/lint/lib/compare/%.tidy build/lint/lib/preflight/%.tidy build/lint/tests/bench/naive_stream.tidy: BASE_CFLAGS += $(COMPARE_CFLAGS)
build/lint/%.tidy: %.c .clang-tidy $(HEADERS) $(BINDINGS) $(GEN)/blueprints.inc | build/.packages-lint build/.packages-build-$(COMPILER)
	@mkdir -p $(@D)
	@echo "clang-tidy $<"; clang-tidy --quiet $< -- $(BASE_CFLAGS) >$@.log 2>/dev/null || { cat $@.log; exit 1; }
	@mv $@.log $@
build/lint/cppcheck: $(C_SOURCES) $(HEADERS) $(BINDINGS) | build/.packages-lint
	@mkdir -p build/lint/cppcheck-cache
	@echo cppcheck; cppcheck --quiet --std=c11 --enable=warning,performance,portability \
		--inline-suppr --suppress=nullPointerRedundantCheck --error-exitcode=1 \
		--cppcheck-build-dir=build/lint/cppcheck-cache -Iinclude -Ilib -Itests/support -I$(GEN) $(C_SOURCES)
	@touch $@

.PHONY: test-compare test-integration test-fresh conformance bench study-flips
.PHONY: check-compare bench-compare
check-compare: all build/.packages-servers ## Test the comparison: faults, TLS, live changes, valgrind, a real MySQL
	@$(TEST_ENVIRONMENT) tests/run $(sort $(wildcard tests/compare/*.sh))
test-compare: all $(OUT)/tests/unit/compare/test_random_tables ## Test the comparison at length: faults, TLS, live changes, 500 random tables
	@$(TEST_ENVIRONMENT) JOBS=2 ROUNDS=500 SUITE_SECONDS=900 tests/run $(OUT)/tests/unit/compare/test_random_tables \
		$(sort $(wildcard tests/compare/*.sh))
test-integration: all $(EXAMPLES) ## Deploy to a simulated AWS, and have other linters check what cfngen writes
	@$(TEST_ENVIRONMENT) JOBS=1 tests/run $(sort $(wildcard tests/integration/*.sh))
test-fresh: ## Run `make demo` and `make test` in a fresh Debian that has only git and make
	@tests/integration/fresh-debian
conformance: all ## Compare the checks of types with cfn-lint: CORPUS="DIR..." MUTANTS=300 SEED=1
	@$(TEST_ENVIRONMENT) CORPUS='$(CORPUS)' FIXTURES='$(FIXTURES)' MUTANTS='$(MUTANTS)' SEED='$(SEED)' tests/conformance/run
study-flips: $(OUT)/cfngen $(OUT)/tests/study/flips ## Plant a fault in each value of the main blueprint: do its tests catch it?
	@mkdir -p build/study
	@$(OUT)/cfngen synth templates/$(DEMO).yaml --environment prod --suffix pr42 --minify -o build/study/template.json
	@$(OUT)/tests/study/flips examples/$(DEMO).test.yaml build/study/template.json tests/study/neutral.txt
.PHONY: conformance-diff
conformance-diff: all ## Compare `cfngen diff` with npm's cloudformation-diff: CORPUS="DIR..." NODE_PATH=DIR
	@$(TEST_ENVIRONMENT) CORPUS='$(CORPUS)' tests/conformance/diff/run
bench-compare: all $(addprefix $(OUT)/tests/bench/,measure naive_stream) build/.packages-servers ## Measure the comparison on 2,000,000 rows of real servers
	@$(TEST_ENVIRONMENT) tests/bench/compare
bench: $(OUT)/cfngen $(filter-out %/naive_stream,$(BENCHES)) ## Measure speed and memory against fixed aims
	@$(TEST_ENVIRONMENT) tests/bench/run

# The regions of `make schema-refresh`, and where AWS publishes the provider schemas of each.
SCHEMA_REGIONS ?= us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 \
	ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 \
	ap-southeast-5 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 \
	eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1
SCHEMA_URL ?= https://schema.cloudformation.REGION.amazonaws.com/CloudformationSchema.zip
.PHONY: schema-build schema-refresh
schema-build: $(OUT)/cfngen-schema-build ## Build the program behind `cfngen schema build`
schema-refresh: $(OUT)/cfngen-schema-build ## Build the facts about resource types anew from what AWS publishes
	@lib/schema/refresh '$(OUT)/cfngen-schema-build' '$(SCHEMA_URL)' $(SCHEMA_REGIONS)
-include tests/fuzz/fuzz.mk

MAN_PAGES = $(wildcard docs/man/*.1)
SHARE = $(DESTDIR)$(PREFIX)/share
# Completion scripts, each where its shell looks for it.
BASH_COMPLETION = $(SHARE)/bash-completion/completions/cfngen
ZSH_COMPLETION = $(SHARE)/zsh/site-functions/_cfngen
FISH_COMPLETION = $(SHARE)/fish/vendor_completions.d/cfngen.fish
LIB = $(DESTDIR)$(LIBDIR)
PC = $(LIB)/pkgconfig
CMAKE = $(LIB)/cmake/cfngen
LIBRARIES := libcfngen libcfncompare
# What lib/package/*.in becomes: a file that says where things were installed.
filled = sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@LIBDIR@|$(LIBDIR)|g' -e 's|@VERSION@|$(VERSION)|g' lib/package/$(1).in
.PHONY: install install-files uninstall
install: all ## Install under PREFIX (/usr/local), in DESTDIR if given
	@$(MAKE) --no-print-directory install-files
install-files:
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin include/cfngen) $(PC) $(CMAKE) $(SHARE)/cfngen
	install -d $(addprefix $(SHARE)/doc/cfngen/,docs examples templates)
	install -m 644 README.md CHANGELOG.md LICENSE $(SHARE)/doc/cfngen/
	install -m 644 docs/*.md $(SHARE)/doc/cfngen/docs/
	for file in $$(find examples -type f); do install -D -m 644 $$file $(SHARE)/doc/cfngen/$$file || exit 1; done
	install -m 644 $(BLUEPRINTS) $(RUNBOOKS) $(SHARE)/doc/cfngen/templates/
	install -m 755 $(OUT)/cfngen $(OUT)/cfngen-compare $(OUT)/cfngen-preflight $(DESTDIR)$(PREFIX)/bin/
	$(if $(wildcard $(OUT)/cfngen-schema-build),install -m 755 $(OUT)/cfngen-schema-build $(DESTDIR)$(PREFIX)/bin/)
	install -m 644 include/cfngen/*.h $(DESTDIR)$(PREFIX)/include/cfngen/
	for folder in $(GEN)/cfngen/*/; do there=$(DESTDIR)$(PREFIX)/include/cfngen/$$(basename $$folder); \
		install -d $$there && install -m 644 $$folder*.h $$there/ || exit 1; done
	install -m 644 $(LIBRARIES:%=$(OUT)/%.a) $(LIB)/
	for library in $(LIBRARIES); do install -m 755 $(OUT)/$$library.so $(LIB)/$$library.so.$(VERSION) && \
		ln -sf $$library.so.$(VERSION) $(LIB)/$$library.so.$(SOVERSION) && \
		ln -sf $$library.so.$(SOVERSION) $(LIB)/$$library.so || exit 1; done
	$(call filled,cfngen.pc) >$(PC)/cfngen.pc
	$(call filled,cfncompare.pc) >$(PC)/cfncompare.pc
	$(call filled,cfngenConfig.cmake) >$(CMAKE)/cfngenConfig.cmake
	$(call filled,cfngenConfigVersion.cmake) >$(CMAKE)/cfngenConfigVersion.cmake
	$(OUT)/cfngen schema editor >$(SHARE)/cfngen/cfngen.schema.json
	install -d $(dir $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION))
	$(OUT)/cfngen completion bash >$(BASH_COMPLETION)
	$(OUT)/cfngen completion zsh >$(ZSH_COMPLETION)
	$(OUT)/cfngen completion fish >$(FISH_COMPLETION)
	$(if $(MAN_PAGES),install -d $(SHARE)/man/man1)
	$(if $(MAN_PAGES),install -m 644 $(MAN_PAGES) $(SHARE)/man/man1/)
uninstall: ## Take out what install put in
	rm -rf $(DESTDIR)$(PREFIX)/include/cfngen $(SHARE)/doc/cfngen $(SHARE)/cfngen $(CMAKE)
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/bin/,cfngen cfngen-compare cfngen-preflight cfngen-schema-build) $(PC)/cfngen.pc $(PC)/cfncompare.pc
	rm -f $(foreach library,$(LIBRARIES),$(addprefix $(LIB)/$(library).,a so so.$(SOVERSION) so.$(VERSION)))
	rm -f $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION) $(MAN_PAGES:docs/man/%=$(SHARE)/man/man1/%)

# The sources of the last commit: the same bytes from the same commit.
TARBALL := build/cfngen-$(VERSION).tar.gz
DEB := build/deb
.PHONY: dist deb
dist: | build ## Pack the sources of the last commit into build/cfngen-VERSION.tar.gz
	@git -c tar.umask=0022 archive --format=tar --prefix=cfngen-$(VERSION)/ HEAD | gzip -9 -n >$(TARBALL)
	@echo "$(TARBALL)"
deb: dist build/.packages-deb ## Build Debian packages of the last commit into build/deb
	@rm -rf $(DEB) && mkdir -p $(DEB) && tar -xzf $(TARBALL) -C $(DEB)
	@cp -R lib/package/debian $(DEB)/cfngen-$(VERSION)/
	@printf 'cfngen (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- %s  %s\n' '$(VERSION)' \
		"$$(sed -n 's/^Maintainer: //p' lib/package/debian/control)" "$$(git log -1 --format=%cD)" \
		>$(DEB)/cfngen-$(VERSION)/debian/changelog
	@cd $(DEB)/cfngen-$(VERSION) && env -u MAKEFLAGS -u MAKELEVEL dpkg-buildpackage --no-sign -b >../build.log 2>&1 || { tail -50 ../build.log; exit 1; }
	@ls $(DEB)/*.deb

.PHONY: api-docs
api-docs: | build ## Make pages of the public headers, where doxygen is, in build/api-docs/html
	@command -v doxygen >/dev/null || { echo "needed: doxygen" >&2; exit 1; }
	@doxygen docs/Doxyfile
	@echo build/api-docs/html/index.html

.PHONY: clean help
clean: ## Delete everything that was built
	rm -rf build
help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | sort | while IFS='	' read -r t what; do \
		printf '  make %-17s %s\n' "$$t" "$$what"; done
	@echo 'VARIANT=release|debug|san|threads and CC=gcc|clang choose how it is built.'

.SECONDARY:
-include $(shell find $(OBJ) -type f -name "*.d" 2>/dev/null)
