#!/bin/sh
# The workload of the blueprint aurora-mysql-dns-cutover, at two real servers: its files run, what they
# do during the migration is seen by cfngen compare until the target has it too, and the logins may do
# what they should.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh

at() { # SIDE FILE...: runs files of the workload
    side=$1
    shift
    for file in "$@"; do
        mariadb --no-defaults -uroot -S "$scratch/$side/socket" --default-character-set=utf8mb4 shop <"$project/examples/aurora-mysql-dns-cutover/$file"
    done
}

rows() { # TABLE: how many the source has
    source "SELECT COUNT(*) FROM shop.$1"
}

the_seed_is_as_large_as_it_says() {
    both "CREATE DATABASE shop CHARACTER SET utf8mb4"
    at source 001_create_schema.sql 002_seed_data.sql
    at target 001_create_schema.sql
    [ "$(rows customers) $(rows products) $(rows orders) $(rows order_items)" = "1000 100 5000 15000" ]
}

what_is_loaded_is_equal() {
    at target 002_seed_data.sql
    ends 0 compare check --table "shop.%" --settle 0
    prints "equal       shop.orders"
}

each_change_during_the_migration_is_a_difference_until_it_is_at_the_target() {
    at source 003_insert_during_migration.sql
    [ "$(rows orders)" = 5001 ]
    ends 1 compare check --table "shop.%" --settle 0
    for table in customers products orders order_items; do prints "different   shop.$table"; done
    at target 003_insert_during_migration.sql
    ends 0 compare check --table "shop.%" --settle 0
}

changes_of_the_schema_indexes_and_fixes_apply_at_both() {
    at source 101_schema_change.sql 102_indexes.sql 103_data_fix.sql
    ends 1 compare schema --table "shop.%"
    at target 101_schema_change.sql 102_indexes.sql 103_data_fix.sql
    ends 0 compare schema --table "shop.%"
    ends 0 compare check --table "shop.%" --settle 0
}

a_fix_that_is_run_twice_changes_nothing() {
    source "CHECKSUM TABLE shop.orders, shop.products" >"$scratch/before"
    at source 103_data_fix.sql
    source "CHECKSUM TABLE shop.orders, shop.products" | diff "$scratch/before" -
}

# As the runbook passes them on; passwords may have any character.
runbook=templates/aurora-mysql-dns-cutover.runbook.md
app_secret=app
of_secret() { # SECRET KEY
    case $2 in username) echo "$1" ;; *) printf '%s\n' "it's \\made up\" -- $1" ;; esac
}
eval "$(sed -n -e '/^hex() /p' -e '/^logins() {/,/^}/p' "$runbook")"

with_logins() { # SIDE FILE
    { logins dms; cat "$project/examples/aurora-mysql-dns-cutover/$2"; } |
        mariadb --no-defaults -uroot -S "$scratch/$1/socket" shop
}

may_sign_in() { # PASSWORD: without TLS, which REQUIRE SSL refuses, so that is taken back first
    source "ALTER USER 'app'@'%' REQUIRE NONE"
    MYSQL_PWD=$1 mariadb --no-defaults -uapp -S "$scratch/source/socket" -e 'SELECT COUNT(*) FROM orders' shop
}

each_login_has_its_rights_and_needs_tls() {
    with_logins source 000_logins.sql
    source "SHOW GRANTS FOR 'dms'@'%'" >"$scratch/dms"
    source "SHOW GRANTS FOR 'app'@'%'" >"$scratch/app"
    grep -q 'REPLICATION' "$scratch/dms"
    grep -q 'REQUIRE SSL' "$scratch/dms"
    grep -q 'REQUIRE SSL' "$scratch/app"
    grep -q 'GRANT SELECT, INSERT, UPDATE, DELETE ON `shop`' "$scratch/app"
    if grep -q 'REPLICATION\|CREATE' "$scratch/app"; then return 1; fi
}

the_password_is_the_one_in_the_secret() {
    may_sign_in "$(of_secret app password)"
    if may_sign_in wrong; then return 1; fi
}

the_application_is_locked_out_and_dms_is_not() {
    with_logins source lock_application.sql >/dev/null
    source "SHOW CREATE USER 'app'@'%'" | grep 'ACCOUNT LOCK'
    if source "SHOW CREATE USER 'dms'@'%'" | grep 'ACCOUNT LOCK'; then return 1; fi
}

if ! databases mariadb; then
    skip the_workload_runs_at_real_servers "$missing"
    finish
fi
check the_seed_is_as_large_as_it_says
check what_is_loaded_is_equal
check each_change_during_the_migration_is_a_difference_until_it_is_at_the_target
check changes_of_the_schema_indexes_and_fixes_apply_at_both
check a_fix_that_is_run_twice_changes_nothing
check each_login_has_its_rights_and_needs_tls
check the_password_is_the_one_in_the_secret
check the_application_is_locked_out_and_dms_is_not
finish
