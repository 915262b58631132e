#!/bin/sh
# cfngen compare check --repair-sql: the SQL is run by the server's own client, and makes the target equal without
# doing anything else.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh

repair() { # TABLE
    ends 1 compare check -t "$1" --settle 0 --repair-sql "$scratch/repair.sql"
    if [ "$family" = mariadb ]; then
        mariadb --no-defaults -uroot -S "$scratch/target/socket" <"$scratch/repair.sql"
    else
        psql -q -X -v ON_ERROR_STOP=1 -h "$scratch/target" -U postgres -d postgres -f "$scratch/repair.sql"
    fi
    ends 0 compare check -t "$1" --settle 0
}

rows_of_all_kinds_are_repaired() {
    both "CREATE TABLE shop.kinds (id INT PRIMARY KEY, t VARCHAR(40), d DATE)"
    source "INSERT INTO shop.kinds VALUES (1, 'it''s \\\\ \"x\"; --', NULL), (2, '', '2020-02-29'), (4, NULL, NULL)"
    target "INSERT INTO shop.kinds VALUES (1, NULL, NULL), (3, 'x', NULL), (4, '', '2020-01-01')"
    repair shop.kinds
}

the_name_of_a_table_stays_in_its_comment() {
    both "CREATE TABLE shop.kept (id INT PRIMARY KEY)"
    target "INSERT INTO shop.kept VALUES (1)"
    name=$(printf 'a\nDROP TABLE shop.kept; --')
    if [ "$family" = mariadb ]; then name="\`$name\`"; else name="\"$name\""; fi
    both "CREATE TABLE shop.$name (id INT PRIMARY KEY)"
    source "INSERT INTO shop.$name VALUES (1)"
    repair 'shop.a%'
    test "$(target "SELECT COUNT(*) FROM shop.kept")" = 1
}

# PostgreSQL's places of rows are those within a partition.
rows_of_other_partitions_are_not_deleted() {
    [ "$family" = postgresql ] || return 0
    both "CREATE TABLE shop.parts (a INT, b TEXT) PARTITION BY LIST (a)"
    for part in 1 2 3; do both "CREATE TABLE shop.part$part PARTITION OF shop.parts FOR VALUES IN ($part)"; done
    both "INSERT INTO shop.parts SELECT i, 'first' FROM generate_series(1, 3) i"
    source "DELETE FROM shop.parts WHERE a = 2"
    repair shop.parts
    test "$(target "SELECT COUNT(*) FROM shop.parts")" = 2
}

# MySQL sets such a column whenever another one of the row changes.
a_time_that_updates_itself_stays() {
    [ "$family" = mariadb ] || return 0
    both "CREATE TABLE shop.timed (id INT PRIMARY KEY, v INT, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)"
    source "INSERT INTO shop.timed VALUES (1, 1, '2020-01-01 00:00:00')"
    target "INSERT INTO shop.timed VALUES (1, 2, '2020-01-01 00:00:00')"
    repair shop.timed
}

for family in mariadb postgresql; do
    if ! databases $family; then
        skip "the repair of $family" "$missing"
        continue
    fi
    both "CREATE SCHEMA shop"
    for test in rows_of_all_kinds_are_repaired the_name_of_a_table_stays_in_its_comment \
        rows_of_other_partitions_are_not_deleted a_time_that_updates_itself_stays; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
finish
