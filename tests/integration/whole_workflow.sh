#!/bin/bash
# The workflow with nothing played: the state machine that cfngen writes in moto's Step Functions, the
# function that is bundled, and two MariaDB servers that it compares over TLS.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
if ! python3 -c 'import moto.stepfunctions.parser.models' 2>/dev/null; then
    echo "1..0 # SKIP python3 has no moto that runs state machines"
    exit
fi
. tests/support/lambda.sh
. tests/support/databases.sh
. tests/support/certificates.sh
ports=([0]=$((20000 + $$ % 10000)) [1]=$((30000 + $$ % 10000)))

databases mariadb || { echo "1..0 # SKIP $missing"; exit; }
trap 'end_emulator; databases_end; rm -rf "$scratch"' EXIT
make_certificates
for side in source target; do
    port_of_side=${ports[$([ $side = target ] && echo 1 || echo 0)]}
    tests/support/servers stop "$scratch" $side
    tests/support/servers start "$scratch" mariadb $side --port="$port_of_side" --bind-address=127.0.0.1 \
        --ssl-cert="$scratch/good.pem" --ssl-key="$scratch/server.key" --ssl-ca="$scratch/ca.pem"
    sql_at $side "CREATE USER someone@'%' IDENTIFIED BY 'planted-password'; CREATE DATABASE shop; GRANT SELECT ON shop.* TO someone@'%'"
    sql_at $side "CREATE TABLE shop.customers (id INT PRIMARY KEY, name VARCHAR(40)); INSERT INTO shop.customers VALUES (1, 'one'), (2, 'two')"
    sql_at $side "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(40)); INSERT INTO shop.orders VALUES (1, 'a'), (2, NULL)"
    login localhost "$port_of_side" someone planted-password | control POST "/control/secret?id=$side"
done
sed -e '/ReportBucket:/d' -e '/ReportKey:/d' examples/validation-workflow.yaml >"$scratch/stack.yaml"
"$CFNGEN" synth "$scratch/stack.yaml" --environment test --suffix s1 -o "$scratch/template.json"
start_function ENGINE=mysql DATABASES=shop SETTLE_SECONDS=0 CA_FILE="$scratch/ca.pem"

run_shows() { # CONDITION in Python
    python3 tests/integration/workflow.py "$scratch/template.json" ValidatorWorkflow "$port" >"$scratch/run.json" 2>"$scratch/run.log" ||
        { tail -n 20 "$scratch/run.log"; return 1; }
    python3 - "$scratch/run.json" "$1" <<'PY'
import json, sys
run = json.load(open(sys.argv[1]))
status, output, actions = run["status"], run["output"], [event["action"] for event in run["events"]]
sys.exit(0 if eval(sys.argv[2]) else f"{sys.argv[2]} does not hold of {str(run)[:4000]}")
PY
}
equal_databases_are_a_go() {
    run_shows 'status == "SUCCEEDED" and output["verdict"] == "GO" and actions.count("check") == 2'
}
a_row_that_differs_is_a_no_go_that_names_its_table() {
    sql_at target "UPDATE shop.orders SET note = 'b' WHERE id = 1"
    run_shows 'status == "SUCCEEDED" and output["verdict"] == "NO_GO" and "shop.orders: 0 rows missing, 0 extra, 1 changed" in output["reasons"]'
    sql_at target "UPDATE shop.orders SET note = 'a' WHERE id = 1"
}
a_table_that_is_missing_is_no_go() {
    sql_at target "RENAME TABLE shop.customers TO shop.away"
    run_shows 'status == "SUCCEEDED" and output["verdict"] != "GO" and any("shop.customers" in reason for reason in output["reasons"])'
    sql_at target "RENAME TABLE shop.away TO shop.customers"
}
a_database_that_is_away_fails_the_execution() {
    tests/support/servers stop "$scratch" target
    run_shows 'status == "FAILED" and run["error"] == "Validator.Unreachable" and actions == ["plan"] * 4'
}

check equal_databases_are_a_go
check a_row_that_differs_is_a_no_go_that_names_its_table
check a_table_that_is_missing_is_no_go
check a_database_that_is_away_fails_the_execution
end_function
finish
