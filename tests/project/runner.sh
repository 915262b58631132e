#!/bin/sh
# Checks the test runner itself: nothing that goes wrong in a suite may pass as a success.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh

suite() { # NAME TEXT OF THE SCRIPT
    printf '#!/bin/sh\n%s\n' "$2" >"$scratch/$1"
    chmod +x "$scratch/$1"
}

run_prints() { # STATUS LINE SUITE
    status=0
    SUITE_SECONDS=1 tests/run "$scratch/$3" >"$scratch/out" 2>&1 || status=$?
    cat "$scratch/out"
    test "$status" = "$1"
    grep -qF -- "$2" "$scratch/out"
}

suite good 'echo 1..2; echo ok 1 - a; echo "ok 2 - b # SKIP no tool"'
suite bad 'echo 1..2; echo ok 1 - a; echo not ok 2 - b; echo "# because"; exit 1'
suite crashing 'echo 1..1; echo ok 1 - a; kill -SEGV $$'
suite short 'echo 1..3; echo ok 1 - a'
suite silent 'exit 0'
suite hanging 'echo 1..1; exec tail -f /dev/null'
suite skipped 'echo "1..0 # SKIP no moon"'
suite cmocka 'echo 1..1; echo ok 1 - a; echo 1..1; echo "not ok 1 # SKIP b"'

a_skip_is_counted_with_its_reason() { run_prints 0 "2 tests, 1 passed, 0 failed, 1 skipped (no tool)" good; }
a_failure_is_shown_in_full() { run_prints 1 "# because" bad; }
a_crash_fails() { run_prints 1 "signal 11" crashing; }
a_plan_that_does_not_match_fails() { run_prints 1 "planned 3 tests and ran 1" short; }
no_plan_fails() { run_prints 1 "printed no plan" silent; }
a_suite_that_hangs_is_ended() { run_prints 1 "took too long" hanging; }
a_suite_can_skip_itself() { run_prints 0 "1 tests, 0 passed, 0 failed, 1 skipped (no moon)" skipped; }
several_groups_in_a_program_add_up() { run_prints 0 "2 tests, 1 passed, 0 failed, 1 skipped (b)" cmocka; }
a_suite_that_is_missing_fails() { run_prints 1 "printed no plan" missing; }

check a_skip_is_counted_with_its_reason
check a_failure_is_shown_in_full
check a_crash_fails
check a_plan_that_does_not_match_fails
check no_plan_fails
check a_suite_that_hangs_is_ended
check a_suite_can_skip_itself
check several_groups_in_a_program_add_up
check a_suite_that_is_missing_fails
finish
