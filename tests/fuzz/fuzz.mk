# Fuzzing with clang's libFuzzer: `make fuzz`, `make fuzz FUZZ_SECONDS=600`.
# New inputs go to build/fuzz; one that fails is put into tests/fuzz/regressions under the name of its
# target, with the fix: fix-of-what.read_yaml
FUZZ_SECONDS ?= 60
FUZZ_FLAGS := -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/*.c)))
# Of what is apart, the readers that need no client of a database.
FUZZ_SOURCES := $(foreach layer,$(LAYERS),$(sort $(wildcard lib/$(layer)/*.c))) lib/preflight/grants.c lib/compare/work.c lib/compare/key_text.c lib/compare/url.c
FUZZ_OBJECTS := $(FUZZ_SOURCES:%.c=build/fuzz/obj/%.o)
# What the functions are sent is read by libraries apart, which take from libcfngen what they need.
FUZZ_APART_OBJECTS := $(patsubst %.c,build/fuzz/obj/%.o,$(filter lib/compare/%,$(COMPARE_SOURCES)) $(filter-out %/main.c,$(LAMBDA_SOURCES)))
PACKAGES_fuzz := clang libclang-rt-dev libc6-dev libjansson-dev libyaml-dev $(PACKAGES_compare) $(PACKAGES_lambda)

build/fuzz/obj/%.o: %.c | build/.packages-fuzz $(GEN)/.bindings
	$(call said,CC $<)
	@mkdir -p $(@D)
	$(Q)clang $(BASE_CFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c $< -o $@
build/fuzz/obj/lib/schema/open.o: lib/schema/facts.bin
$(FUZZ_OBJECTS): | $(GEN)/.bindings
$(FUZZ_APART_OBJECTS): BASE_CFLAGS += $(COMPARE_CFLAGS)
build/fuzz/libcfngen.a: $(FUZZ_OBJECTS)
	@rm -f $@
	$(Q)ar rcs $@ $^
$(addprefix build/fuzz/bin/,validator_event cutover_event aws_xml): build/fuzz/bin/%: build/fuzz/obj/tests/fuzz/%.o $(FUZZ_APART_OBJECTS) build/fuzz/libcfngen.a
	$(call said,LD $@)
	@mkdir -p $(@D)
	$(Q)clang $(FUZZ_FLAGS) -fsanitize=fuzzer $^ $(LAMBDA_LDLIBS) $(COMPARE_LDLIBS) $(LDLIBS) -o $@
build/fuzz/bin/%: build/fuzz/obj/tests/fuzz/%.o $(FUZZ_OBJECTS)
	$(call said,LD $@)
	@mkdir -p $(@D)
	$(Q)clang $(FUZZ_FLAGS) -fsanitize=fuzzer $^ $(LDLIBS) -o $@

.PHONY: fuzz $(FUZZ_TARGETS:%=fuzz-%)
fuzz: $(FUZZ_TARGETS:%=fuzz-%) ## Fuzz each reader and writer for FUZZ_SECONDS (60)
$(FUZZ_TARGETS:%=fuzz-%): fuzz-%: build/fuzz/bin/%
	@mkdir -p build/fuzz/corpus/$* build/fuzz/found
	$(call said,FUZZ $*)
	$(Q)build/fuzz/bin/$* -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
		-print_final_stats=1 -dict=tests/fuzz/$*.dict -artifact_prefix=build/fuzz/found/$*- \
		build/fuzz/corpus/$* tests/fuzz/corpus/$* >build/fuzz/$*.log 2>&1 || \
		{ tail -50 build/fuzz/$*.log; exit 1; }
	@echo "fuzz $*: $$(sed -n 's/^stat::number_of_executed_units: *//p' build/fuzz/$*.log) runs, nothing found"
-include $(FUZZ_OBJECTS:.o=.d) $(FUZZ_APART_OBJECTS:.o=.d) $(FUZZ_TARGETS:%=build/fuzz/obj/tests/fuzz/%.d)
