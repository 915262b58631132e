#!/bin/sh
# What goes wrong while databases are compared: never equal, never without an end, and taken up again
# where that is possible.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh

# The connections of cfngen at the target.
connections() {
    if [ "$family" = mariadb ]; then
        target "SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND USER = 'root'"
    else
        target "SELECT pid FROM pg_stat_activity WHERE application_name = 'cfngen-compare'"
    fi
}
is_connected() {
    test -n "$(connections)"
}
# Waits until a command succeeds; a slow machine has ten seconds for it.
until_it_is_so() {
    tries=100
    until "$@" >"$scratch/said" 2>&1; do
        tries=$((tries - 1))
        test $tries -gt 0
        sleep 0.1
    done
}
# Starts a comparison that takes seconds, for --max-load keeps it from working most of the time, and
# waits until it is under way; finish_check gives its exit status.
start_check() { # ARGUMENT...
    timeout 60 "$CFNGEN" compare check -t shop.t --settle 0 --max-load 5 "$@" >"$scratch/out" 2>"$scratch/err" &
    running=$!
    until_it_is_so is_connected
    sleep 0.5
}
finish_check() { # STATUS
    status=0
    wait $running || status=$?
    cat "$scratch/out" "$scratch/err"
    test $status = "$1"
}

cut_connections() {
    for id in $(connections); do
        if [ "$family" = mariadb ]; then target "KILL $id"; else target "SELECT pg_terminate_backend($id)" >/dev/null; fi
    done
}

a_connection_that_is_cut_is_made_anew() {
    start_check
    test -n "$(connections)"
    cut_connections
    finish_check 1
    prints "shop.t  30,000 rows"
    prints "0 missing, 0 extra, 2 changed"
}
a_server_that_dies_makes_it_incomplete() {
    start_check
    kill -KILL "$(cat "$scratch/target/pid")"
    finish_check 4
    prints "not gone through to its end; target:"
    "$project/tests/support/servers" start "$scratch" "$family" target
}
a_server_that_is_started_again_is_used_again() {
    start_check
    "$project/tests/support/servers" stop "$scratch" target
    "$project/tests/support/servers" start "$scratch" "$family" target
    finish_check 1
    prints "0 missing, 0 extra, 2 changed"
}
a_table_that_is_dropped_makes_it_incomplete() {
    target "CREATE TABLE shop.kept AS SELECT * FROM shop.t"
    start_check
    target "DROP TABLE shop.t"
    finish_check 4
    target "ALTER TABLE shop.kept RENAME TO ${renamed:-t}"
    target "ALTER TABLE shop.t ADD PRIMARY KEY (id)"
}
a_column_that_is_dropped_makes_it_incomplete() {
    start_check
    target "ALTER TABLE shop.t DROP COLUMN v"
    finish_check 4
    target "ALTER TABLE shop.t ADD COLUMN v VARCHAR(20)"
}
is_locked() {
    if [ "$family" = mariadb ]; then
        ! target "SET lock_wait_timeout = 0; SELECT 1 FROM shop.t LIMIT 1"
    else
        ! target "SET lock_timeout = '1ms'; SELECT 1 FROM shop.t LIMIT 1"
    fi
}
# Keeps the table of the target for itself until its input ends.
hold_table() { # SECONDS
    if [ "$family" = mariadb ]; then
        (echo "LOCK TABLES shop.t WRITE;"; sleep "$1") | mariadb --no-defaults -uroot -S "$scratch/target/socket" &
    else
        (echo "BEGIN; LOCK TABLE shop.t;"; sleep "$1") | psql -q -X -h "$scratch/target" -U postgres postgres &
    fi
    holder=$!
    until_it_is_so is_locked
}
a_lock_is_waited_for_until_the_time_is_over() {
    hold_table 8
    start_check --max-seconds 2
    finish_check 4
    prints "stopped while the target was at work"
    wait $holder || :
}
an_interrupt_ends_it_and_says_what_is_not_done() {
    hold_table 8
    "$(dirname "$CFNGEN")/cfngen-compare" check -t shop.t --settle 0 >"$scratch/out" 2>"$scratch/err" &
    running=$!
    until_it_is_so is_connected
    kill -TERM $running
    finish_check 4
    prints "incomplete  shop.t"
    wait $holder || :
}

for family in mariadb postgresql; do
    if ! databases $family; then
        skip "faults of $family" "$missing"
        continue
    fi
    if [ "$family" = mariadb ]; then renamed=shop.t; else renamed=t; fi
    both "CREATE SCHEMA shop"
    both "CREATE TABLE shop.t (id INT PRIMARY KEY, v VARCHAR(20))"
    both "INSERT INTO shop.t WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000)
        SELECT a.i * 1000 + b.i, concat('v', b.i) FROM s a, s b WHERE a.i <= 30"
    target "UPDATE shop.t SET v = 'other' WHERE id IN (1500, 30999)"
    for test in a_connection_that_is_cut_is_made_anew a_server_that_dies_makes_it_incomplete \
        a_server_that_is_started_again_is_used_again a_table_that_is_dropped_makes_it_incomplete \
        a_lock_is_waited_for_until_the_time_is_over an_interrupt_ends_it_and_says_what_is_not_done \
        a_column_that_is_dropped_makes_it_incomplete; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
finish
