#!/bin/sh
# What goes wrong while databases are compared: never equal, never without an end, and taken up again
# where it was.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh

# The rows of a comparison pass a gate at the target: a lock that is asked for when the row 15000 is
# read. While hold_gate has it, the first chunk (up to the row 6000) was compared, and the second one
# stands still.
where="id <> 15000 OR shop.gate() = 1"

make_gate() {
    if [ "$family" = mariadb ]; then
        source "CREATE FUNCTION shop.gate() RETURNS INT NOT DETERMINISTIC RETURN 1"
        target "CREATE FUNCTION shop.gate() RETURNS INT NOT DETERMINISTIC RETURN GET_LOCK('gate', 60) * RELEASE_LOCK('gate')"
    else
        source "CREATE FUNCTION shop.gate() RETURNS int VOLATILE LANGUAGE sql AS 'SELECT 1'"
        target "CREATE FUNCTION shop.gate() RETURNS int VOLATILE LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_advisory_lock(1); PERFORM pg_advisory_unlock(1); RETURN 1; END'"
    fi
}
# Runs statements in a session that lasts until let_go; returns when they have been run.
hold() { # SQL
    rm -f "$scratch/fifo" "$scratch/held"
    mkfifo "$scratch/fifo"
    if [ "$family" = mariadb ]; then
        mariadb --no-defaults -uroot -S "$scratch/target/socket" -N -n <"$scratch/fifo" >"$scratch/held" 2>&1 &
    else
        psql -q -X -t -A -h "$scratch/target" -U postgres postgres <"$scratch/fifo" >"$scratch/held" 2>&1 &
    fi
    holder=$!
    exec 8>"$scratch/fifo"
    echo "$1; SELECT 'held';" >&8
    until_it_is_so grep -q held "$scratch/held"
}
let_go() {
    exec 8>&-
    wait "$holder" || :
}
hold_gate() {
    if [ "$family" = mariadb ]; then hold "SELECT GET_LOCK('gate', 10)"; else hold "SELECT pg_advisory_lock(1)"; fi
}
hold_table() {
    if [ "$family" = mariadb ]; then hold "LOCK TABLES shop.t WRITE"; else hold "BEGIN; LOCK TABLE shop.t"; fi
}

# The connections of the comparison at the target that wait for a lock.
waiting() {
    if [ "$family" = mariadb ]; then
        target "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE IN ('User lock', 'Waiting for table metadata lock')
            AND ID <> CONNECTION_ID() AND INFO NOT LIKE 'SELECT GET_LOCK%'"
    else
        target "SELECT pid FROM pg_stat_activity WHERE application_name = 'cfngen-compare' AND wait_event_type = 'Lock'"
    fi
}
is_waiting() {
    test -n "$(waiting)"
}
# Waits until a command succeeds; a slow machine has a minute for it.
until_it_is_so() {
    tries=600
    until "$@" >"$scratch/said" 2>&1; do
        tries=$((tries - 1))
        test $tries -gt 0
        sleep 0.1
    done
}
# Becomes a comparison: for a subshell, or the background.
compare() { # ARGUMENT...
    exec "$(dirname "$CFNGEN")/cfngen-compare" check -t shop.t --settle 0 --where "$where" --mode digest \
        --resume "$scratch/state" "$@" >"$scratch/out" 2>"$scratch/err"
}
# Starts a comparison and waits until it stands at the gate.
start_check() { # ARGUMENT...
    rm -f "$scratch/state"
    hold_gate
    compare "$@" 8>&- &
    running=$!
    until_it_is_so is_waiting
}
finish_check() { # STATUS
    status=0
    wait $running || status=$?
    cat "$scratch/out" "$scratch/err"
    test $status = "$1"
}
# All is as it would have been without the fault; and not all was compared again.
finds_the_differences() {
    prints "shop.t  30,000 rows"
    prints "0 missing, 0 extra, 2 changed"
    prints 'changed  id="1500"'
    prints 'changed  id="30999"'
}
resumes_where_it_was() { # ARGUMENT...
    grep -E '"low":"[0-9]+"' "$scratch/state"
    compare "$@" &
    running=$!
    finish_check 1
    finds_the_differences
    test ! -e "$scratch/state"
}

cut_connection() {
    for id in $(waiting); do
        if [ "$family" = mariadb ]; then target "KILL $id"; else target "SELECT pg_terminate_backend($id)" >"$scratch/none"; fi
    done
}
a_connection_that_is_cut_is_made_anew() {
    start_check
    cut_connection
    let_go
    finish_check 1
    finds_the_differences
}
a_statement_that_is_killed_is_sent_again() {
    start_check
    for id in $(waiting); do
        if [ "$family" = mariadb ]; then target "KILL QUERY $id"; else target "SELECT pg_cancel_backend($id)" >"$scratch/none"; fi
    done
    let_go
    finish_check 1
    finds_the_differences
}
a_server_that_dies_makes_it_incomplete() {
    start_check
    kill -KILL "$(cat "$scratch/target/pid")"
    finish_check 4
    let_go
    prints "not gone through to its end; target:"
    "$project/tests/support/servers" start "$scratch" "$family" target 8>&-
    resumes_where_it_was
}
a_server_that_is_started_again_is_used_again() {
    start_check
    "$project/tests/support/servers" stop "$scratch" target
    "$project/tests/support/servers" start "$scratch" "$family" target 8>&-
    let_go
    finish_check 1
    finds_the_differences
}
a_program_that_is_killed_leaves_a_state_to_go_on_from() {
    start_check
    kill -KILL $running
    wait $running || :
    let_go
    resumes_where_it_was
}
an_interrupt_ends_it_and_says_what_is_not_done() {
    start_check
    kill -TERM $running
    finish_check 4
    prints "incomplete  shop.t"
    let_go
    resumes_where_it_was
}
# Its connections stay open, new ones are made, and nothing is ever answered.
has_ended() {
    case $(ps -o stat= -p $running) in "" | Z*) ;; *) return 1 ;; esac
}
a_server_that_stands_still_is_not_waited_for() {
    start_check
    server=$(cat "$scratch/target/pid")
    kill -STOP "$server"
    kill -TERM $running
    ended=1
    until_it_is_so has_ended || ended=0
    kill -CONT "$server"
    let_go
    test $ended = 1 || kill -KILL $running
    finish_check 4
    resumes_where_it_was
}
a_lock_is_waited_for_until_the_time_is_over() {
    start_check --max-seconds 2
    finish_check 4
    prints "stopped while the target was at work"
    let_go
    resumes_where_it_was
}
a_lock_that_is_let_go_is_no_fault() {
    rm -f "$scratch/state"
    hold_table
    compare 8>&- &
    running=$!
    until_it_is_so is_waiting
    let_go
    finish_check 1
    finds_the_differences
}
a_statement_that_takes_too_long_is_given_up() {
    start_check --statement-seconds 1
    finish_check 1 # for a difference was found before
    prints "not gone through to its end; target:"
    let_go
    resumes_where_it_was
}
# Alters the table as soon as the statement at the gate has ended, and before the next one.
alter_at_the_gate() { # SQL
    # The gate opens when nobody has this file any more.
    (exec 8>&-; target "$1") &
    altering=$!
    until_it_is_so is_altering
    let_go
    wait $altering
}
is_altering() {
    if [ "$family" = mariadb ]; then
        target "SELECT 'now' FROM information_schema.PROCESSLIST WHERE STATE = 'Waiting for table metadata lock'" | grep now
    else
        target "SELECT 'now' FROM pg_stat_activity WHERE application_name = 'psql' AND wait_event = 'relation'" | grep now
    fi
}
a_table_that_is_dropped_makes_it_incomplete() {
    target "CREATE TABLE shop.kept AS SELECT * FROM shop.t"
    target "ALTER TABLE shop.kept ADD PRIMARY KEY (id)"
    start_check
    alter_at_the_gate "DROP TABLE shop.t"
    finish_check 4
    prints "rows seem to differ and could not be looked at again"
    target "ALTER TABLE shop.kept RENAME TO $renamed"
    resumes_where_it_was
}
a_column_that_is_dropped_makes_it_incomplete() {
    target "CREATE TABLE shop.kept AS SELECT * FROM shop.t"
    target "ALTER TABLE shop.kept ADD PRIMARY KEY (id)"
    start_check
    alter_at_the_gate "ALTER TABLE shop.t DROP COLUMN v"
    finish_check 4
    prints "not gone through to its end; target:"
    # What was compared before is nothing to go on from.
    compare &
    running=$!
    finish_check 3
    says "CFN5005: shop.t: its columns or key"
    target "DROP TABLE shop.t"
    target "ALTER TABLE shop.kept RENAME TO $renamed"
}

# The target as someone who has a password.
as_someone() {
    echo "$CFNGEN_TARGET_URL" | sed 's,//[a-z]*@,//someone@,'
}
set_password() {
    if [ "$family" = mariadb ]; then target "SET PASSWORD FOR someone@localhost = PASSWORD('$1')"; else target "ALTER ROLE someone PASSWORD '$1'"; fi
}
# Suspects are looked at again in groups of 100; the second group of these always takes too long.
rows_that_cannot_be_read_again_are_given_up() {
    [ "$family" = postgresql ] || return 0
    both "CREATE TABLE shop.rows (id INT PRIMARY KEY, v INT)"
    source "INSERT INTO shop.rows SELECT i, i FROM generate_series(1, 150) i"
    target "ALTER TABLE shop.rows RENAME TO those"
    target "INSERT INTO shop.those SELECT i, -i FROM generate_series(1, 150) i"
    target "CREATE FUNCTION shop.slow() RETURNS int VOLATILE LANGUAGE plpgsql AS
        'BEGIN IF current_query() LIKE ''%=149)%'' THEN PERFORM pg_sleep(9); END IF; RETURN 0; END'"
    target "CREATE VIEW shop.rows AS SELECT id, v + shop.slow() AS v FROM shop.those"
    status=0
    timeout 60 "$(dirname "$CFNGEN")/cfngen-compare" check -t shop.rows --settle 0 --statement-seconds 1 >"$scratch/out" || status=$?
    cat "$scratch/out"
    test $status = 1 # for the view has no key
    prints "150 rows seem to differ and could not be looked at again"
    ! grep -q "stopped while" "$scratch/out"
}
a_password_that_was_changed_makes_it_incomplete() {
    CFNGEN_TARGET_PASSWORD=first
    export CFNGEN_TARGET_PASSWORD
    start_check --target "$(as_someone)"
    set_password hunter2
    cut_connection
    let_go
    finish_check 4
    grep -E 'Access denied|password authentication failed' "$scratch/out"
    CFNGEN_TARGET_PASSWORD=hunter2
    resumes_where_it_was --target "$(as_someone)"
    cat "$scratch/out" "$scratch/err" >"$scratch/said"
    lacks "$scratch/said" hunter2
    set_password first
}
a_privilege_that_was_taken_away_makes_it_incomplete() {
    CFNGEN_TARGET_PASSWORD=first
    export CFNGEN_TARGET_PASSWORD
    start_check --target "$(as_someone)"
    target "REVOKE SELECT ON shop.t FROM $someone"
    let_go
    finish_check 4
    grep -iE 'command denied|permission denied' "$scratch/out"
    target "GRANT SELECT ON shop.t TO $someone"
    resumes_where_it_was --target "$(as_someone)"
}
a_report_that_cannot_be_written_is_written_later() {
    [ -e /dev/full ] || return 0
    rm -f "$scratch/state"
    compare --json /dev/full &
    running=$!
    finish_check 3
    says CFN0003
    # All ranges were compared; the rows that differ are looked at again.
    lacks "$scratch/state" ranges
    grep '"confirmed":\["1500","30999"\]' "$scratch/state"
    compare --json "$scratch/report.json" &
    running=$!
    finish_check 1
    finds_the_differences
    grep '"changed":2' "$scratch/report.json"
    test ! -e "$scratch/state"
}
a_state_of_another_target_is_refused() {
    start_check
    kill -TERM $running
    finish_check 4
    let_go
    compare --target "$CFNGEN_SOURCE_URL" &
    running=$!
    finish_check 3
    says "CFN5005: it is about another target:"
    (where="id > 0"; compare) &
    running=$!
    finish_check 3
    says "the mappings or the condition are not those"
    head -c 100 "$scratch/state" >"$scratch/cut"
    mv "$scratch/cut" "$scratch/state"
    compare &
    running=$!
    finish_check 3
    says "state:1:"
}

fill() {
    # A server that is killed keeps what it was given.
    if [ "$family" = mariadb ]; then target "SET GLOBAL innodb_flush_log_at_trx_commit = 1"; fi
    both "CREATE SCHEMA shop"
    both "CREATE TABLE shop.t (id INT PRIMARY KEY, v VARCHAR(20))"
    both "INSERT INTO shop.t WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000)
        SELECT a.i * 1000 + b.i, concat('v', b.i) FROM s a, s b WHERE a.i <= 30"
    target "UPDATE shop.t SET v = 'other' WHERE id IN (1500, 30999)"
    make_gate
    if [ "$family" = mariadb ]; then
        renamed=shop.t someone=someone@localhost
        target "CREATE USER someone@localhost IDENTIFIED BY 'first'; GRANT EXECUTE ON shop.* TO someone@localhost"
    else
        renamed=t someone=someone
        target "CREATE ROLE someone LOGIN PASSWORD 'first'; GRANT USAGE ON SCHEMA shop TO someone"
        sed -i '1i local all someone scram-sha-256' "$scratch/target/data/pg_hba.conf"
        target "SELECT pg_reload_conf()" >"$scratch/none"
    fi
    target "GRANT SELECT ON shop.t TO $someone"
}

for family in ${FAMILY:-mariadb postgresql}; do
    if ! databases $family; then
        skip "faults of $family" "$missing"
        continue
    fi
    fill
    for test in a_connection_that_is_cut_is_made_anew a_statement_that_is_killed_is_sent_again \
        a_server_that_dies_makes_it_incomplete a_server_that_is_started_again_is_used_again \
        a_program_that_is_killed_leaves_a_state_to_go_on_from an_interrupt_ends_it_and_says_what_is_not_done \
        a_server_that_stands_still_is_not_waited_for a_lock_is_waited_for_until_the_time_is_over a_lock_that_is_let_go_is_no_fault \
        a_statement_that_takes_too_long_is_given_up rows_that_cannot_be_read_again_are_given_up a_password_that_was_changed_makes_it_incomplete \
        a_privilege_that_was_taken_away_makes_it_incomplete a_report_that_cannot_be_written_is_written_later \
        a_state_of_another_target_is_refused a_table_that_is_dropped_makes_it_incomplete \
        a_column_that_is_dropped_makes_it_incomplete; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
finish
