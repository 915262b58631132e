#!/bin/sh
# cfngen preflight against real servers: verdicts and exit statuses, what is shown and what is not,
# table mappings, logins with the privileges that DMS asks for, and parameters that synth takes.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh
. tests/support/aws.sh

the_help_says_what_it_takes() {
    ends 0 preflight --help
    cp "$scratch/out" "$scratch/help"
    ends 0 help preflight
    cmp "$scratch/out" "$scratch/help"
    prints "Usage: cfngen preflight"
    awk 'length > 80 { print; bad = 1 } END { exit bad }' "$scratch/help"
}
the_manual_names_every_option() {
    sed 's/\\-/-/g' docs/man/cfngen-preflight.1 >"$scratch/manual"
    "$CFNGEN" help preflight | sed -n 's/^ .*\(--[a-z-]*\).*/\1/p' >"$scratch/options"
    test -s "$scratch/options"
    while read -r option; do grep -qF -- "$option" "$scratch/manual" || { echo "$option"; return 1; }; done <"$scratch/options"
    if command -v man >/dev/null; then
        LC_ALL=C.UTF-8 man --warnings -l docs/man/cfngen-preflight.1 2>&1 >/dev/null | tee "$scratch/warnings"
        test ! -s "$scratch/warnings"
    fi
}
wrong_arguments_are_refused() {
    (unset CFNGEN_SOURCE_URL; ends 2 preflight; says "--source is missing")
    ends 2 preflight --source mysql://h/ --paramters
    says "did you mean --parameters?"
    ends 2 preflight --source mysql://h/ -t orders
    says "--table takes a schema and a table"
    ends 2 preflight --source mysql://h/ --lob-rows 1.5
    says "--lob-rows takes a number"
    ends 2 preflight --source mysql://h/ now
}
a_url_that_is_wrong_is_told_without_its_password() {
    ends 3 preflight --source http://me:hunter2@h/
    says CFN5001
    lacks "$scratch/err" hunter2
    ends 3 preflight --source mysql://h/ --target postgresql://h/
    says "different families"
}
a_server_that_is_not_there_is_trouble() {
    ends 3 preflight --source "mysql://me@/?socket=$scratch/nowhere"
    says CFN5002
    prints_nothing
    ends 3 preflight --parameters --source "postgresql://me@/db?host=$scratch"
    says CFN5002
}
a_login_is_taken_from_a_secret() {
    unset CFNGEN_SOURCE_URL
    secret=arn:aws:secretsmanager:eu-west-2:123456789012:secret:old-AbCdEf
    for text in '{\"engine\": \"postgres\", \"host\": \"127.0.0.1\", \"port\": 1, \"username\": \"dms\", \"password\": \"hunter2\", \"dbname\": \"shop\"}' \
        '{\"engine\": \"mysql\", \"host\": \"127.0.0.1\", \"port\": \"1\", \"username\": \"dms\", \"password\": \"hunter2\"}'; do
        printf '> secretsmanager get-secret-value --secret-id %s *\n{"SecretString": "%s"}\n' "$secret" "$text" | scenario
        ends 3 preflight --source-secret $secret --ssl-ca "$scratch/none.pem"
        called "--region eu-west-2"
        says 127.0.0.1
        lacks "$scratch/err" hunter2
        echo "{\"SourceSecretArn\": \"$secret\"}" >"$scratch/outputs.json"
        ends 3 preflight --outputs "$scratch/outputs.json"
        says 127.0.0.1
    done
}
a_secret_that_is_none_is_told() {
    printf '> *\n{"SecretString": "hunter2"}\n' | scenario
    ends 3 preflight --source mysql://h/ --target-secret old
    says "the secret of the target, old, cannot be read: it is no JSON with username, password and host"
    lacks "$scratch/err" hunter2
    printf '> *\n!error ResourceNotFoundException no such secret\n' | scenario
    ends 3 preflight --source-secret old
    says "the secret of the source, old, cannot be read: ResourceNotFoundException"
    ends 2 preflight --source mysql://h/ --source-secret old
    says "--source and --source-secret exclude each other"
    ends 3 preflight --outputs "$scratch/nowhere.json"
    says "nowhere.json"
}
check the_help_says_what_it_takes
check the_manual_names_every_option
check wrong_arguments_are_refused
check a_url_that_is_wrong_is_told_without_its_password
check a_server_that_is_not_there_is_trouble
check a_login_is_taken_from_a_secret
check a_secret_that_is_none_is_told

a_source_with_faults_is_not_ready() {
    ends 1 preflight
    prints "NOT READY: "
    prints "fail     $engine-"
    prints "https://docs.aws.amazon.com/dms/"
    says_nothing
}
tables_that_are_well_are_ready() {
    ends 0 preflight -t shop.plain
    prints "READY"
    lacks "$scratch/out" "shop.bad"
}
mappings_choose_tables_and_columns() {
    rules='{"rules": [{"rule-type": "selection", "rule-id": "1", "rule-name": "1", "rule-action": "include",
        "object-locator": {"schema-name": "shop", "table-name": "bad"}}'
    echo "$rules]}" >"$scratch/mappings.json"
    ends 1 preflight --mappings "$scratch/mappings.json"
    prints "1 tables"
    prints "shop.bad."
    echo "$rules, {\"rule-type\": \"transformation\", \"rule-id\": \"2\", \"rule-name\": \"2\", \"rule-action\": \"remove-column\",
        \"rule-target\": \"column\", \"object-locator\": {\"schema-name\": \"shop\", \"table-name\": \"bad\", \"column-name\": \"wrong\"}}]}" >"$scratch/without.json"
    ends 0 preflight --mappings "$scratch/without.json"
    echo "$rules, $(echo "${rules#*[}" | sed 's/"1"/"2"/g; s/"bad"/"gone"/')]}" >"$scratch/gone.json"
    ends 1 preflight --mappings "$scratch/gone.json"
    prints "fail     $engine-mappings: 1 rules select nothing"
    prints "rule 2: shop.gone"
    sed 's/"gone"/"gone%"/' "$scratch/gone.json" >"$scratch/some.json"
    ends 1 preflight --mappings "$scratch/some.json"
    prints "warn     $engine-mappings: 1 rules select nothing"
    echo '{"rules": []}' >"$scratch/wrong.json"
    ends 3 preflight --mappings "$scratch/wrong.json"
    says CFN4327
}
no_table_is_trouble() {
    ends 3 preflight -t nowhere.%
    says CFN5004
    ends 3 preflight -t shop.plain -t shop.nowhere
    says "there is no table shop.nowhere at the source"
}
lobs_are_measured_and_not_shown() {
    ends 0 preflight -t shop.large
    prints "    LimitedSizeLobMode: true"
    prints "    LobMaxSize: 256"
    lacks "$scratch/out" Secret
    ends 0 preflight -t shop.large --json
    lacks "$scratch/out" Secret
    prints '"column":"note","type":"'
    prints '"lobMaxSize":256,"largestLobKb":200'
    prints '"allRows":true'
    ends 0 preflight -t shop.large --json --lob-rows 1
    prints '"rows":1,"allRows":false'
}
an_error_that_holds_a_value_is_not_shown() {
    [ "$engine" = postgresql ] || return 0
    source "CREATE VIEW shop.broken AS SELECT 1 AS id, (v::int)::text AS v FROM shop.plain"
    source "INSERT INTO shop.plain VALUES (1, 'Secret')"
    cat >"$scratch/view.json" <<'END_OF_MAPPINGS'
{"rules": [{"rule-type": "selection", "rule-id": "1", "rule-name": "1", "rule-action": "include",
  "object-locator": {"schema-name": "shop", "table-name": "broken", "table-type": "view"}}]}
END_OF_MAPPINGS
    ends 4 preflight --mappings "$scratch/view.json"
    lacks "$scratch/out" Secret
    prints "shop.broken.v (text): the statement failed (22P02)"
    prints "INCOMPLETE: 1 tables"
    source "DROP VIEW shop.broken; DELETE FROM shop.plain"
}
settings_of_lobs_are_taken_by_a_task() {
    ends 0 preflight -t shop.large
    sed -n '/^Settings:/,/^#/p' "$scratch/out" | grep -v '^#' | sed 's/^/      /' >"$scratch/settings"
    test -s "$scratch/settings"
    cat - "$scratch/settings" >"$scratch/task.yaml" <<'END_OF_STACK'
Resources:
  Task:
    Type: Cfngen::DMS::ReplicationTask
    Properties:
END_OF_STACK
    # It has no endpoints: what is wrong is that alone.
    ends 1 synth "$scratch/task.yaml"
    lacks "$scratch/err" Lob
}
the_report_is_json() {
    ends 1 preflight --json
    holds_json_lines "$scratch/out"
    prints '"verdict":"fail"'
    prints "{\"id\":\"$engine-version\",\"verdict\":\"pass\",\"side\":\"source\""
    test "$(grep -c '"side":"target"' "$scratch/out")" = 1
    (unset CFNGEN_TARGET_URL; ends 1 preflight --json; lacks "$scratch/out" '"side":"target"')
}
a_login_with_what_dms_asks_for_is_ready() {
    ends 0 preflight -t shop.plain --source "$(as dms)"
    lacks "$scratch/out" unknown:
    prints "0 unknown"
}
what_the_login_is_not_shown_is_told() {
    [ "$engine" = mysql ] || return 0
    ends 0 preflight -t shop.plain --source "$(as dms)"
    prints "warn     mysql-triggers: none, but the login is not shown those of shop"
    prints "warn     mysql-events: none, but the login is not shown those of shop"
    prints "warn     mysql-foreign-keys: none, but the login is not shown those of"
}
a_login_without_privileges_is_not_ready() {
    ends 1 preflight -t shop.plain --source "$(as weak)"
    if [ "$engine" = mysql ]; then
        prints "fail     mysql-replication-client: REPLICATION CLIENT is missing"
        prints "fail     mysql-replication-slave: REPLICATION SLAVE is missing"
        prints "fail     mysql-column-privileges: 1"
    else
        prints "fail     postgresql-replication-role"
        prints "fail     postgresql-select"
    fi
}
a_target_that_the_login_may_not_write_to_is_told() {
    ends 1 preflight -t shop.plain --target "$(CFNGEN_SOURCE_URL=$CFNGEN_TARGET_URL as weak)"
    prints "fail     $engine-target-privileges"
}
an_hour_that_is_over_stops_it() {
    ends 3 preflight -t shop.plain --max-seconds 0.000001
    says CFN500
    prints_nothing
}
parameters_are_taken_by_synth() {
    ends 0 preflight --parameters
    says_nothing
    prints "# Cfngen::RDS::AuroraCluster with Engine: aurora-"
    good_stack "$scratch/stack.yaml"
    sed "/Engine: aurora-mysql/d; /InstanceClass: !Ref/q" "$scratch/stack.yaml" >"$scratch/matched.yaml"
    sed -n 's/.*with \(Engine: .*\)/      \1/p' "$scratch/out" >>"$scratch/matched.yaml"
    sed 's/^/      /' "$scratch/out" >>"$scratch/matched.yaml"
    ends 0 synth "$scratch/matched.yaml"
    says_nothing
    if [ "$engine" = mysql ]; then
        prints '"character_set_server": "latin1"'
        prints '"group_concat_max_len": "4096"'
        prints '"div_precision_increment": "6"'
    else
        prints '"timezone": "Europe/Berlin"'
        prints '"default_transaction_isolation": "serializable"'
    fi
}
parameters_are_json() {
    ends 0 preflight --parameters --json
    holds_json_lines "$scratch/out"
    if [ "$engine" = mysql ]; then
        prints '{"name":"div_precision_increment","value":"6","auroraDefault":"4","group":"InstanceParameters","property":"div_precision_increment"}'
    else
        prints '{"name":"TimeZone","value":"Europe/Berlin","auroraDefault":"UTC","group":"PostgreSqlParameters","property":"Timezone"}'
    fi
}
what_cannot_be_matched_is_a_comment() {
    ends 0 preflight --parameters
    if [ "$engine" = mysql ]; then
        prints "# sql_mode holds NO_AUTO_CREATE_USER, which MySQL 8.0 does not have"
    else
        prints "# the database has LC_COLLATE / LC_CTYPE C.UTF-8 / C.UTF-8"
    fi
}
a_server_that_is_not_set_up_is_not_ready() {
    ends 1 preflight -t shop.plain --source "$CFNGEN_TARGET_URL"
    if [ "$engine" = mysql ]; then
        prints "fail     mysql-binlog: log_bin = OFF"
    else
        prints "fail     postgresql-wal-level: wal_level = replica"
    fi
}

as() { # LOGIN
    echo "$CFNGEN_SOURCE_URL" | sed "s,//[a-z]*@,//$1@,"
}

fill() {
    if [ "$family" = mariadb ]; then
        both "CREATE DATABASE shop"
        source "CREATE TABLE shop.bad (id INT PRIMARY KEY, wrong INT INVISIBLE)"
        source "CREATE TABLE shop.large (id INT PRIMARY KEY, note MEDIUMTEXT)"
        source "CREATE USER dms@localhost; GRANT SELECT ON shop.* TO dms@localhost;
            GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO dms@localhost"
    else
        both "CREATE SCHEMA shop"
        source "CREATE TABLE shop.bad (id INT PRIMARY KEY, wrong OID)"
        source "CREATE TABLE shop.large (id INT PRIMARY KEY, note TEXT)"
        source "CREATE ROLE dms LOGIN REPLICATION; GRANT USAGE ON SCHEMA shop TO dms"
        source "ALTER DATABASE postgres SET TimeZone = 'Europe/Berlin'"
        source "ALTER DATABASE postgres SET default_transaction_isolation = 'serializable'"
    fi
    both "CREATE TABLE shop.plain (id INT PRIMARY KEY, v VARCHAR(20))"
    source "INSERT INTO shop.large VALUES (1, concat('Secret', repeat('x', 102000)))"
    source "INSERT INTO shop.large VALUES (2, NULL)"
    if [ "$family" = mariadb ]; then
        both "CREATE USER weak@localhost; GRANT SELECT (id) ON shop.plain TO weak@localhost"
    else
        source "GRANT SELECT ON ALL TABLES IN SCHEMA shop TO dms"
        both "CREATE ROLE weak LOGIN; GRANT USAGE ON SCHEMA shop TO weak"
    fi
}

for family in mariadb postgresql; do
    if [ "$family" = mariadb ]; then
        engine=mysql
        options="--log-bin=log --server-id=1 --binlog-format=ROW --character-set-server=latin1
            --collation-server=latin1_german1_ci --group-concat-max-len=4096 --div-precision-increment=6"
    else
        engine=postgresql
        options="-c wal_level=logical"
    fi
    if ! databases $family "$options"; then
        skip "the preflight of $family" "$missing"
        continue
    fi
    fill
    for test in a_source_with_faults_is_not_ready tables_that_are_well_are_ready mappings_choose_tables_and_columns \
        no_table_is_trouble lobs_are_measured_and_not_shown an_error_that_holds_a_value_is_not_shown settings_of_lobs_are_taken_by_a_task the_report_is_json \
        a_login_with_what_dms_asks_for_is_ready what_the_login_is_not_shown_is_told a_login_without_privileges_is_not_ready \
        a_target_that_the_login_may_not_write_to_is_told an_hour_that_is_over_stops_it parameters_are_taken_by_synth \
        parameters_are_json what_cannot_be_matched_is_a_comment a_server_that_is_not_set_up_is_not_ready; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
finish
