#!/bin/sh
# cfngen compare against real servers: verdicts and exit statuses, what is shown and what is not,
# table mappings, and what happens when a database is not as it should be.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh
. tests/support/aws.sh

help_names_every_command_and_says_what_it_takes() {
    ends 0 compare --help
    for command in plan explain count schema check lag gate; do
        prints "compare $command"
        "$CFNGEN" help compare $command >"$scratch/help"
        grep -q "Usage: cfngen compare $command" "$scratch/help"
        awk 'length > 80 { print; bad = 1 } END { exit bad }' "$scratch/help"
    done
}
the_manual_names_every_command_and_option() {
    sed 's/\\-/-/g' docs/man/cfngen-compare.1 >"$scratch/manual"
    for command in plan explain count schema check lag gate; do
        grep -qF "cfngen compare $command" "$scratch/manual"
        "$CFNGEN" help compare $command | sed -n 's/^ .*\(--[a-z-]*\).*/\1/p' >"$scratch/options"
        test -s "$scratch/options"
        while read -r option; do grep -qF -- "$option" "$scratch/manual" || { echo "$option"; return 1; }; done <"$scratch/options"
    done
    if command -v man >/dev/null; then
        LC_ALL=C.UTF-8 man --warnings -l docs/man/cfngen-compare.1 2>&1 >/dev/null | tee "$scratch/warnings"
        test ! -s "$scratch/warnings"
    fi
}
wrong_arguments_are_refused() {
    ends 2 compare
    ends 2 compare chek
    says "did you mean compare check?"
    ends 2 compare check --setle 1
    says "did you mean --settle?"
    ends 2 compare check --max-load 0
    says "--max-load takes a number from 1 to 100"
    ends 2 compare check -t orders
    says "--table takes a schema and a table"
    (unset CFNGEN_SOURCE_URL; ends 2 compare check; says "--source is missing")
}
a_url_that_is_wrong_is_told_without_its_password() {
    ends 3 compare check --source http://me:hunter2@h/ --target mysql://h/
    says "CFN5001"
    lacks "$scratch/err" hunter2
    ends 3 compare check --source mysql://h/ --target postgresql://h/
    says "different families"
}
check help_names_every_command_and_says_what_it_takes
check the_manual_names_every_command_and_option
check wrong_arguments_are_refused
check a_url_that_is_wrong_is_told_without_its_password

equal_tables_are_equal() {
    ends 0 compare check -t shop.plain --settle 0
    prints "equal       shop.plain"
    prints "1 tables: 1 equal"
    says_nothing
}
every_kind_of_difference_is_listed() {
    ends 1 compare check -t shop.items --settle 0
    prints "1 missing, 1 extra, 2 changed"
    prints 'missing  id="2"'
    prints 'extra  id="9"'
    prints 'changed  id="3"  note (null-vs-empty)'
    prints 'changed  id="4"  name (letter-case), note (truncated)'
}
values_are_shown_on_request_alone() {
    ends 1 compare check -t shop.items --settle 0 --json "$scratch/report.json"
    cat "$scratch/out" "$scratch/report.json" >"$scratch/shown"
    lacks "$scratch/shown" Secret
    ends 1 compare check -t shop.items --settle 0 --show-values
    prints 'name (letter-case) "Secret" / "secret"'
}
the_report_is_json() {
    ends 1 compare check -t shop.items --settle 0 --json -
    holds_json_lines "$scratch/out"
    prints '"verdict":"different"'
    prints '{"change":"changed","key":{"id":"3"},"columns":[{"column":"note","reason":"null-vs-empty"'
}
a_report_that_cannot_be_written_is_trouble() {
    [ -e /dev/full ] || return 0
    ends 3 compare check -t shop.plain --settle 0 --json /dev/full
    ends 3 compare check -t shop.plain --settle 0 --json /nowhere/report.json
    says CFN0003
}
the_table_that_fools_exclusive_or_is_found() {
    ends 1 compare check -t shop.fooled --settle 0 --mode digest
    prints "0 missing, 0 extra, 802 changed"
}
a_table_or_column_that_is_missing_is_a_difference() {
    ends 1 compare plan -t shop.lonely
    prints "the table is not there at the target"
    ends 1 compare check -t shop.narrow --settle 0
    prints "column b is not there at the target"
    prints "column c is at the target alone"
}
what_cannot_be_compared_is_incomplete() {
    ends 4 compare check -t shop.mixed --settle 0
    prints "incomplete  shop.mixed"
    prints "column b is not compared"
}
rows_are_counted() {
    ends 1 compare count -t shop.lonelier
    prints "shop.lonelier  3 rows, 1 at the target"
    prints "2 missing"
    ends 0 compare count -t shop.items # as many, though not the same
}
the_gate_says_go_or_not() {
    ends 0 compare gate -t shop.plain --settle 0
    test "$(cat "$scratch/out")" = GO
    ends 1 compare gate -t shop.items --settle 0
    prints NO_GO
    prints "shop.items: 1 rows missing, 1 extra, 2 changed"
    ends 4 compare gate -t shop.mixed --settle 0
    prints INCOMPLETE
}
the_lag_is_measured_by_heartbeats() {
    ends 0 compare lag --target "$CFNGEN_SOURCE_URL" --heartbeat shop.beats --samples 2
    prints "of 2 heartbeats"
    ends 1 compare lag --target "$CFNGEN_SOURCE_URL" --heartbeat shop.beats --max-lag 0
    prints "behind, more than 0 s"
    ends 4 compare lag --heartbeat shop.beats --heartbeat-seconds 1 --json -
    prints '"samples":0'
    prints "replication stands still or is far behind"
    ends 4 compare lag --heartbeat shop.nothing --json -
    prints "the heartbeat cannot be written"
    ends 2 compare lag
    says "--heartbeat is missing"
}
task=arn:aws:dms:eu-west-2:123456789012:task:ABCDEF
task_is() { # STATUS LATENCY
    scenario <<END
> dms describe-replication-tasks *
{"ReplicationTasks": [{"Status": "$1", "ReplicationInstanceArn": "arn:aws:dms:eu-west-2:123456789012:rep:I"}]}
> dms describe-replication-instances *
{"ReplicationInstances": [{"ReplicationInstanceIdentifier": "shop-prod"}]}
> cloudwatch get-metric-statistics * CDCLatencySource *
{"Datapoints": [{"Timestamp": "2026-01-02T03:05:00Z", "Maximum": 2.0}, {"Timestamp": "2026-01-02T03:04:00Z", "Maximum": 99.0}]}
> cloudwatch get-metric-statistics * CDCLatencyTarget *
{"Datapoints": [$2]}
END
}
gate() { # STATUS
    ends "$1" compare gate -t shop.plain --settle 0 --task $task
    cat "$scratch/out"
}
the_gate_asks_about_the_task() {
    task_is running '{"Timestamp": "2026-01-02T03:05:00Z", "Maximum": 3.0}'
    gate 0
    test "$(cat "$scratch/out")" = GO
    called "--filters Name=replication-task-arn,Values=$task --without-settings"
    called "--dimensions Name=ReplicationInstanceIdentifier,Value=shop-prod Name=ReplicationTaskIdentifier,Value=ABCDEF"
    called "--region eu-west-2"
    task_is running '{"Timestamp": "2026-01-02T03:05:00Z", "Maximum": 31.5}'
    gate 1
    prints NO_GO
    prints "CDCLatencyTarget is 31.5 s, more than 30 s"
    task_is stopped '{"Timestamp": "2026-01-02T03:05:00Z", "Maximum": 1.0}'
    gate 1
    prints "the DMS task is stopped, not running"
}
a_task_that_says_nothing_is_incomplete() {
    task_is running ''
    gate 4
    prints INCOMPLETE
    prints "CloudWatch has no CDCLatencyTarget of the last 10 minutes"
    scenario <<END
> dms *
{"ReplicationTasks": []}
END
    gate 4
    prints "there is no DMS task $task"
    scenario <<END
> dms describe-replication-tasks *
{"ReplicationTasks": [{"Status": "running", "ReplicationInstanceArn": "arn:aws:dms:eu-west-2:123456789012:rep:I"}]}
> dms describe-replication-instances *
{"ReplicationInstances": []}
END
    gate 4
    prints "the replication instance of the DMS task is not known"
    scenario <<END
> dms *
{"ReplicationTasks": [{"Status": "running"}]}
END
    gate 4
    prints "the replication instance of the DMS task is not known"
    scenario <<END
> *
!error AccessDenied no
END
    gate 3
    prints "the state of the DMS task is not known"
    lacks "$scratch/out" "^GO"
}
the_gate_measures_the_lag() {
    ends 0 compare gate -t shop.plain --target "$CFNGEN_SOURCE_URL" --heartbeat shop.beats --json -
    prints '"gate":{"verdict":"GO","lagSeconds":'
    ends 4 compare gate -t shop.plain --settle 0 --heartbeat shop.beats --heartbeat-seconds 1
    prints INCOMPLETE
    prints "replication stands still or is far behind"
}
statements_are_explained() {
    ends 0 compare explain -t shop.plain
    prints "-- shop.plain, at the source"
    grep -v '^--' "$scratch/out" | sed -n 1p >"$scratch/statement"
    source "$(cat "$scratch/statement")" >"$scratch/sum"
    grep '^3' "$scratch/sum"
}
what_dms_does_not_bring_over_is_found() {
    ends 1 compare schema -t shop.made
    prints "missing   index shop.made.by_note"
    prints "missing   view shop.seen"
    prints "changed   column shop.made.note"
    lacks "$scratch/out" made.id
    if [ "$1" = mariadb ]; then
        prints "changed   auto_increment shop.made"
        prints "missing   trigger shop.made.noted"
        prints "missing   foreign key shop.made.to_plain"
    else
        prints "changed   sequence shop.numbers"
        prints "missing   constraint shop.made.to_plain"
        prints "missing   routine shop.twice(n integer)"
    fi
    ends 1 compare schema -t shop.made --json -
    holds_json_lines "$scratch/out"
    prints '"change":"missing","kind":"view","schema":"shop","table":"","name":"seen"'
}
schemas_that_are_the_same_are_equal() {
    ends 0 compare schema -t store.alike
    prints " differ"
    prints "extra     index store.alike.more"
}
only_rows_of_a_condition_count() {
    ends 0 compare check -t shop.items --settle 0 --where 'id NOT IN (2, 3, 4, 9)'
    ends 1 compare check -t shop.items --settle 0 --where 'id < 3'
    prints "1 missing, 0 extra, 0 changed"
}
a_condition_that_is_wrong_is_told() {
    ends 4 compare check -t shop.items --settle 0 --where 'nowhere = 1'
    prints nowhere
}
mappings_choose_and_rename() {
    cat >"$scratch/mappings.json" <<'END'
{"rules": [
  {"rule-type": "selection", "rule-id": "1", "rule-name": "1", "rule-action": "include",
   "object-locator": {"schema-name": "shop", "table-name": "moved"},
   "filters": [{"filter-type": "source", "column-name": "id", "filter-conditions": [{"filter-operator": "gte", "value": "10"}]}]},
  {"rule-type": "transformation", "rule-id": "2", "rule-name": "2", "rule-action": "rename", "rule-target": "schema",
   "object-locator": {"schema-name": "shop"}, "value": "store"},
  {"rule-type": "transformation", "rule-id": "3", "rule-name": "3", "rule-action": "add-prefix", "rule-target": "table",
   "object-locator": {"schema-name": "shop", "table-name": "%"}, "value": "x_"},
  {"rule-type": "transformation", "rule-id": "4", "rule-name": "4", "rule-action": "rename", "rule-target": "column",
   "object-locator": {"schema-name": "shop", "table-name": "%", "column-name": "note"}, "value": "remark"},
  {"rule-type": "transformation", "rule-id": "5", "rule-name": "5", "rule-action": "remove-column", "rule-target": "column",
   "object-locator": {"schema-name": "shop", "table-name": "%", "column-name": "gone"}}
]}
END
    ends 0 compare check --mappings "$scratch/mappings.json" --settle 0
    prints "shop.moved -> store.x_moved"
    prints "column gone is not compared: the mappings leave it out"
    target "UPDATE store.x_moved SET remark = 'other' WHERE id = 11"
    ends 1 compare check --mappings "$scratch/mappings.json" --settle 0
    prints 'changed  id="11"  note (other)'
}
mappings_that_are_wrong_are_told() {
    echo '{"rules": []}' >"$scratch/wrong.json"
    ends 3 compare check --mappings "$scratch/wrong.json"
    says "wrong.json:1:11: error CFN4327"
}
nothing_to_compare_is_trouble() {
    ends 3 compare check -t nowhere.%
    says CFN5004
    ends 3 compare check -t shop.plain -t shop.nowhere
    says "there is no table shop.nowhere at the source"
}
sql_that_repairs_the_target_is_written_and_not_run() {
    rm -f "$scratch/repair.sql"
    ends 1 compare check -t shop.items --settle 0 --repair-sql "$scratch/repair.sql"
    cat "$scratch/out" "$scratch/err" >"$scratch/shown"
    lacks "$scratch/shown" Secret
    test "$(stat -c %a "$scratch/repair.sql")" = 600
    for statement in "INSERT INTO" "DELETE FROM" "UPDATE" "COMMIT;"; do grep -q "^$statement" "$scratch/repair.sql"; done
    ends 1 compare check -t shop.items --settle 0
    prints "1 missing, 1 extra, 2 changed"
    ends 3 compare check -t shop.items --settle 0 --repair-sql /nowhere/repair.sql
    says CFN0003
}
a_word_of_an_enum_in_a_key_is_found_again() {
    [ "$family" = mariadb ] || return 0
    ends 1 compare check -t shop.words --settle 0
    prints "0 missing, 0 extra, 1 changed"
}
a_table_of_300_columns_is_compared() {
    ends 1 compare check -t shop.wide --settle 0
    prints "0 missing, 0 extra, 1 changed"
    prints 'changed  id="2"  c293 (null)'
}
many_jobs_say_the_same_as_one() {
    for jobs in 1 4; do
        ends 1 compare check -t 'shop.%' --settle 0 --jobs $jobs
        sed 's/, [a-z]*, [0-9.]* s$//; s/([0-9.]* s)$//' "$scratch/out" >"$scratch/by-$jobs"
    done
    diff "$scratch/by-1" "$scratch/by-4"
    ends 2 compare check --jobs 0
    says "--jobs takes a number from 1 to 64"
}
the_time_that_is_given_is_kept() {
    ends 4 compare check -t shop.fooled --max-seconds 0.000001
    prints "there was no time for it"
}
a_password_that_is_wrong_is_told_without_it() {
    url=$(echo "$CFNGEN_SOURCE_URL" | sed 's,//[a-z]*@,//nobody:hunter2@,')
    ends 3 compare check --source "$url" --target "$CFNGEN_TARGET_URL"
    says CFN5006
    lacks "$scratch/err" hunter2
}
a_missing_privilege_is_never_equal() {
    ends 4 compare check -t shop.plain --settle 0 --source "$(echo "$CFNGEN_SOURCE_URL" | sed 's,//[a-z]*@,//weak@,')"
    if [ "$1" = postgresql ]; then
        prints "not gone through to its end; source: permission denied"
    else
        prints "the login of the source may read some of its columns only"
    fi
}
a_server_that_is_gone_is_trouble() {
    "$project/tests/support/servers" stop "$scratch" target
    ends 3 compare check -t shop.plain
    says "CFN5002"
    says "target, "
}

# The same tables for both families, as far as they have the types.
fill() {
    if [ "$family" = mariadb ]; then
        both "CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE DATABASE store"
        long=mediumtext
    else
        both "CREATE SCHEMA shop; CREATE SCHEMA store"
        long=text
    fi
    both "CREATE TABLE shop.beats (id INT PRIMARY KEY, beat BIGINT)"
    both "CREATE TABLE shop.plain (id INT PRIMARY KEY, v VARCHAR(20))"
    both "INSERT INTO shop.plain VALUES (1, 'a'), (2, NULL), (3, '')"
    both "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(20), note VARCHAR(20), big $long)"
    source "INSERT INTO shop.items VALUES (1, 'a', 'a', NULL), (2, 'b', 'b', ''), (3, 'c', '', 'x'), (4, 'Secret', 'abcdef', 'x')"
    target "INSERT INTO shop.items VALUES (1, 'a', 'a', NULL), (3, 'c', NULL, 'x'), (4, 'secret', 'abc', 'x'), (9, 'b', 'b', '')"
    both "CREATE TABLE shop.fooled (id INT PRIMARY KEY, v INT, t VARCHAR(30))"
    both "INSERT INTO shop.fooled WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000)
        SELECT i, i, concat('t', i % 10) FROM s"
    # Two values change places, and 800 change in the same way.
    target "UPDATE shop.fooled SET v = 3 - v WHERE id <= 2"
    target "UPDATE shop.fooled SET t = concat('u', t) WHERE id > 200"
    both "CREATE TABLE shop.wide (id INT PRIMARY KEY$(seq -f ', c%g INT' -s '' 299))"
    both "INSERT INTO shop.wide (id, c1, c299) VALUES (1, 1, 1), (2, 2, 2)"
    target "UPDATE shop.wide SET c293 = 0 WHERE id = 2"
    source "CREATE TABLE shop.lonely (id INT PRIMARY KEY)"
    source "CREATE TABLE shop.narrow (id INT PRIMARY KEY, b INT)"
    target "CREATE TABLE shop.narrow (id INT PRIMARY KEY, c INT)"
    source "CREATE TABLE shop.mixed (id INT PRIMARY KEY, b INT)"
    target "CREATE TABLE shop.mixed (id INT PRIMARY KEY, b DATE)"
    both "CREATE TABLE store.alike (id INT PRIMARY KEY, a INT NOT NULL DEFAULT 7)"
    target "CREATE INDEX more ON store.alike (a)"
    if [ "$family" = mariadb ]; then
        both "CREATE TABLE shop.made (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(9), plain INT)"
        source "INSERT INTO shop.made VALUES (9, 'a', 1); ALTER TABLE shop.made ADD CONSTRAINT to_plain FOREIGN KEY (plain) REFERENCES shop.plain (id)"
        source "CREATE TRIGGER shop.noted BEFORE INSERT ON shop.made FOR EACH ROW SET NEW.note = 'x'"
        target "ALTER TABLE shop.made MODIFY note VARCHAR(8)"
        both "CREATE TABLE shop.words (k ENUM('é', 'b') CHARACTER SET latin1 PRIMARY KEY, v INT)"
        source "INSERT INTO shop.words VALUES ('é', 1), ('b', 2)"
        target "INSERT INTO shop.words VALUES ('é', 2), ('b', 2)"
    else
        both "CREATE TABLE shop.made (id INT PRIMARY KEY, note VARCHAR(9), plain INT); CREATE SEQUENCE shop.numbers"
        source "SELECT setval('shop.numbers', 99)" >"$scratch/none"
        source "ALTER TABLE shop.made ADD CONSTRAINT to_plain FOREIGN KEY (plain) REFERENCES shop.plain (id)"
        source "CREATE FUNCTION shop.twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * n'"
        target "ALTER TABLE shop.made ALTER note TYPE VARCHAR(8)"
    fi
    source "CREATE INDEX by_note ON shop.made (note)"
    source "CREATE VIEW shop.seen AS SELECT note FROM shop.made"
    both "CREATE TABLE shop.lonelier (id INT PRIMARY KEY)"
    source "INSERT INTO shop.lonelier VALUES (1), (2), (3)"
    target "INSERT INTO shop.lonelier VALUES (1)"
    source "CREATE TABLE shop.moved (id INT PRIMARY KEY, note VARCHAR(9), gone INT)"
    source "INSERT INTO shop.moved VALUES (1, 'no', 1), (10, 'a', 1), (11, 'b', 2)"
    target "CREATE TABLE store.x_moved (id INT PRIMARY KEY, remark VARCHAR(9))"
    target "INSERT INTO store.x_moved VALUES (10, 'a'), (11, 'b')"
    if [ "$family" = postgresql ]; then
        source "CREATE ROLE weak LOGIN; GRANT USAGE ON SCHEMA shop TO weak"
    else
        source "CREATE USER weak@localhost; GRANT SELECT (id) ON shop.plain TO weak@localhost"
    fi
}

for family in mariadb postgresql; do
    if ! databases $family; then
        skip "the comparison with $family" "$missing"
        continue
    fi
    fill
    for test in equal_tables_are_equal every_kind_of_difference_is_listed values_are_shown_on_request_alone \
        the_report_is_json a_report_that_cannot_be_written_is_trouble the_table_that_fools_exclusive_or_is_found \
        a_table_or_column_that_is_missing_is_a_difference what_cannot_be_compared_is_incomplete rows_are_counted \
        what_dms_does_not_bring_over_is_found schemas_that_are_the_same_are_equal the_gate_says_go_or_not the_lag_is_measured_by_heartbeats the_gate_asks_about_the_task \
        a_task_that_says_nothing_is_incomplete the_gate_measures_the_lag statements_are_explained only_rows_of_a_condition_count \
        a_condition_that_is_wrong_is_told mappings_choose_and_rename mappings_that_are_wrong_are_told \
        nothing_to_compare_is_trouble sql_that_repairs_the_target_is_written_and_not_run a_word_of_an_enum_in_a_key_is_found_again \
        a_table_of_300_columns_is_compared many_jobs_say_the_same_as_one the_time_that_is_given_is_kept a_password_that_is_wrong_is_told_without_it \
        a_missing_privilege_is_never_equal a_server_that_is_gone_is_trouble; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
finish
