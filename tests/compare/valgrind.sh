#!/bin/sh
# cfngen compare under valgrind, over pairs with differences of every kind, a state that it goes on from and a
# login that is refused: no memory is misused, and none is lost.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/databases.sh
: "${CFNGEN:?the program to test}"

ends_clean() { # STATUS ARGUMENT...
    expected=$1
    shift
    status=0
    timeout 120 valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible \
        --errors-for-leak-kinds=definite,indirect "$(dirname "$CFNGEN")/cfngen-compare" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
    cat "$scratch/err"
    test "$status" = "$expected" || { echo "exit status $status instead of $expected"; cat "$scratch/out"; return 1; }
}
differences_are_found_without_a_fault_of_memory() { # MODE
    ends_clean 1 check -t 'shop.%' --settle 0 --mode "$1" --show-values --json "$scratch/report.json" --repair-sql "$scratch/repair.sql"
    grep -q "1 missing, 1 extra, 2 changed" "$scratch/out"
}
several_jobs_have_no_fault_of_memory() {
    ends_clean 1 check -t 'shop.%' --settle 0 --jobs 3
}
a_state_is_gone_on_from_without_a_fault_of_memory() {
    printf '%s' '{"cfngenComparison":"1"' >"$scratch/state.json"
    ends_clean 3 check -t shop.orders --settle 0 --resume "$scratch/state.json"
    rm "$scratch/state.json"
    ends_clean 4 check -t shop.orders --settle 0 --mode digest --max-seconds 0.001 --resume "$scratch/state.json"
    ends_clean 1 check -t shop.orders --settle 0 --mode digest --resume "$scratch/state.json"
}
schemas_are_compared_without_a_fault_of_memory() {
    ends_clean 1 schema -t 'shop.%'
}
a_database_that_is_not_reached_leaves_nothing_behind() {
    ends_clean 3 check -t shop.orders --target "$(echo "$CFNGEN_TARGET_URL" | sed 's/target/nowhere/')"
}

[ "${VARIANT:-release}" != san ] || { skip "comparing under valgrind" "the sanitizers watch memory themselves"; finish; exit; }
command -v valgrind >/dev/null || { skip "comparing under valgrind" "no valgrind"; finish; exit; }
for family in mariadb postgresql; do
    if ! databases $family; then
        skip "comparing with $family under valgrind" "$missing"
        continue
    fi
    both "CREATE SCHEMA shop"
    both "CREATE TABLE shop.orders (id INT PRIMARY KEY, amount DECIMAL(9,2), note TEXT)"
    both "CREATE TABLE shop.keyless (v INT, note TEXT)"
    for side in source target; do
        seq 2000 | awk 'BEGIN { printf "INSERT INTO shop.orders VALUES " }
            { printf "%s(%d, %d, \047note %d\047)", (NR > 1 ? "," : ""), $1, $1 / 3, $1 }' >"$scratch/rows"
        $side "$(cat "$scratch/rows")"
    done
    both "INSERT INTO shop.keyless SELECT id, note FROM shop.orders WHERE id <= 50"
    target "DELETE FROM shop.orders WHERE id = 7"
    target "INSERT INTO shop.orders VALUES (9000, NULL, NULL)"
    target "UPDATE shop.orders SET note = NULL WHERE id = 70"
    target "UPDATE shop.orders SET amount = amount + 1 WHERE id = 700"
    target "DELETE FROM shop.keyless WHERE v = 3"
    source "CREATE INDEX more ON shop.orders (amount)"
    for mode in digest stream; do check differences_are_found_without_a_fault_of_memory $mode; done
    for test in several_jobs_have_no_fault_of_memory a_state_is_gone_on_from_without_a_fault_of_memory \
        schemas_are_compared_without_a_fault_of_memory a_database_that_is_not_reached_leaves_nothing_behind; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
finish
