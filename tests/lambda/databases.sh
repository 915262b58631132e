#!/bin/sh
# The validator function with real databases over TLS: every event, deadlines, rotated passwords,
# reports, and no growth.
set -eu
: "${VARIANT:=release}"
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/lambda.sh
. tests/support/lambda_databases.sh

everything_is_checked_on_a_schedule() {
    invoke '{"version":"0","id":"12345678","detail-type":"Scheduled Event","source":"aws.events","detail":{}}'
    answers '"action":"check"'
    answers '"done":true'
    answers '"verdict":"equal","pieces":1,"tables":2,"incomplete":0,"rows":5,"missing":0,"extra":0,"changed":0,"structure":0,"reasons":[]}'
    tail -n 1 "$scratch/function.out" | grep -q '"Mismatches":0,"Incomplete":0,"Rows":5,"Failures":0}'
}
a_plan_checks_rechecks_and_a_gate_go_round() {
    target "DELETE FROM shop.orders WHERE id = 3"
    invoke '{"action":"plan","run":"nightly-1","partRows":2}'
    answers '"action":"plan","run":"nightly-1"'
    member result >"$scratch/plan"
    pieces=$(member result/pieces)
    test "$pieces" -ge 2
    results=
    cp "$scratch/answer" "$scratch/items"
    for i in $(seq 0 $((pieces - 1))); do
        cp "$scratch/items" "$scratch/answer"
        invoke "{\"action\":\"check\",\"work\":$(member "items/$i")}"
        answers '"done":true'
        results="$results${results:+,}$(member result)"
    done
    invoke "{\"action\":\"gate\",\"plan\":$(cat "$scratch/plan"),\"results\":[$results]}"
    answers '"verdict":"NO_GO"'
    answers '"reasons":["shop.orders: 1 rows missing, 0 extra, 0 changed"]'
    target "INSERT INTO shop.orders VALUES (3, '')"
    invoke "{\"action\":\"recheck\",\"results\":[$results]}"
    answers '"done":true'
    answers '"verdict":"equal","pieces":1'
    recheck=$(member result)
    invoke "{\"action\":\"gate\",\"plan\":$(cat "$scratch/plan"),\"results\":[$results],\"recheck\":$recheck}"
    answers '"verdict":"GO"'
    # A piece without a result is not passed over.
    invoke "{\"action\":\"gate\",\"plan\":{\"verdict\":\"equal\",\"pieces\":99},\"results\":[$results],\"recheck\":$recheck}"
    answers '"verdict":"INCOMPLETE"'
    answers "the plan has 99 pieces, and $pieces have a result"
}
items_can_be_checked_together() {
    invoke '{"action":"plan","partRows":2}'
    pieces=$(member result/pieces)
    invoke "{\"action\":\"check\",\"items\":$(member items)}"
    answers "\"verdict\":\"equal\",\"pieces\":$pieces,\"tables\":2,\"incomplete\":0,\"rows\":5,"
}
a_difference_is_an_answer() {
    target "UPDATE shop.orders SET note = 'planted-other' WHERE id = 1"
    invoke '{"action":"check","tables":["shop.orders"]}'
    answers '"done":true'
    answers '"verdict":"different"'
    answers '"reasons":["shop.orders: 0 rows missing, 0 extra, 1 changed"]'
    answers '"differences":[{"change":"changed","key":{"id":"1"},"columns":[{"column":"note","reason":"other"}]}]'
    tail -n 1 "$scratch/function.out" | grep -q '"Mismatches":1,'
    work=$(member result/again)
    target "UPDATE shop.orders SET note = 'planted-note' WHERE id = 1"
    invoke "{\"action\":\"check\",\"work\":$work}"
    answers '"verdict":"equal"'
}
a_gate_without_results_checks_by_itself() {
    invoke '{"action":"gate"}'
    answers '"verdict":"GO"'
    source "DELETE FROM shop.customers WHERE id = 2"
    invoke '{"action":"gate"}'
    answers '"verdict":"NO_GO"'
    answers '"reasons":["shop.customers: 0 rows missing, 1 extra, 0 changed"]'
    source "INSERT INTO shop.customers VALUES (2, 'planted-two')"
}
table_mappings_of_an_event_hold() {
    invoke '{"action":"check","mappings":{"rules":[{"rule-type":"selection","rule-id":"1","rule-name":"1","rule-action":"include","object-locator":{"schema-name":"shop","table-name":"orders"}}]}}'
    answers '"verdict":"equal","pieces":1,"tables":1'
    invoke '{"action":"check","mappings":{"rules":[{"rule-type":"selektion"}]}}'
    fails Validator.BadEvent
}
nothing_to_compare_is_an_error() {
    invoke '{"action":"check","tables":["shop.nowhere%"]}'
    fails Validator.NothingToCompare
}
work_of_other_tables_is_an_error() {
    invoke '{"action":"plan"}'
    work=$(member items/0)
    both "ALTER TABLE shop.customers ADD COLUMN more INT"
    invoke "{\"action\":\"check\",\"work\":$work}"
    both "ALTER TABLE shop.customers DROP COLUMN more"
    fails Validator.PlanOutdated
}
# Keeps a table from being read at the target; what is asked for it waits.
lock_orders() {
    rm -f "$scratch/lock" "$scratch/locked"
    mkfifo "$scratch/lock" "$scratch/locked"
    if [ "$family" = mariadb ]; then
        mariadb --no-defaults -uroot -S "$scratch/target/socket" -N -n <"$scratch/lock" >"$scratch/locked" &
        exec 7>"$scratch/lock" 8<"$scratch/locked"
        echo "LOCK TABLES shop.orders WRITE; SELECT 'locked';" >&7
    else
        psql -q -X -t -A -h "$scratch/target" -p "$target_port" -U postgres -d postgres <"$scratch/lock" >"$scratch/locked" &
        exec 7>"$scratch/lock" 8<"$scratch/locked"
        echo "BEGIN; LOCK TABLE shop.orders; SELECT 'locked';" >&7
    fi
    locker=$!
    read -r said <&8
}
unlock_orders() {
    exec 7>&- 8<&-
    wait $locker
}
is_waiting_for_the_lock() {
    if [ "$family" = mariadb ]; then
        target "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table metadata lock'"
    else
        target "SELECT pid FROM pg_locks WHERE NOT granted"
    fi | grep -q .
}
a_deadline_leaves_work_for_the_next_invocation() {
    lock_orders
    invoke '{"action":"check"}' seconds=33
    cp "$scratch/answer" "$scratch/first"
    invoke '{"action":"check","tables":["shop.orders"]}' seconds=31.5
    unlock_orders
    fails Validator.OutOfTime
    cp "$scratch/first" "$scratch/answer"
    answers '"done":false'
    answers '"verdict":"incomplete"'
    invoke "{\"action\":\"check\",\"work\":$(member next)}"
    answers '"done":true'
    answers '"verdict":"equal","pieces":1,"tables":2,"incomplete":0,"rows":5,'
}
a_check_that_is_to_end_says_what_is_left() {
    begin
    lock_orders
    invoke '{"action":"check"}' &
    invoking=$!
    tries=100
    until is_waiting_for_the_lock; do
        tries=$((tries - 1))
        test $tries -gt 0
        sleep 0.1
    done
    end_function
    wait $invoking
    unlock_orders
    test $status = 0
    answers '"done":false'
    answers '"next":{'
}
a_password_that_was_rotated_is_read_again() {
    control GET /control/calls >"$scratch/calls"
    set_password source planted-rotated
    set_secret source planted-rotated
    invoke '{"action":"check"}'
    answers '"verdict":"equal"'
    invoke '{"action":"check"}'
    answers '"verdict":"equal"'
    control GET /control/calls >"$scratch/calls"
    test "$(grep -o 'secretsmanager:GetSecretValue' "$scratch/calls" | wc -l)" = 2
    logs '"message":"a database refuses the login: reading the secrets again"'
}
a_login_that_is_refused_is_an_error() {
    set_password target planted-other
    invoke '{"action":"check"}'
    fails Validator.AuthenticationFailed
    grep -qF 'target, ' "$scratch/answer"
    tail -n 1 "$scratch/function.out" | grep -q '"Failures":1}'
    if tail -n 1 "$scratch/function.out" | grep Mismatches; then return 1; fi
    : | control POST "/control/fail?service=secretsmanager&status=400&code=ExpiredTokenException&times=1"
    invoke '{"action":"check"}'
    fails Validator.ExpiredCredentials
    set_password target planted-password
    invoke '{"action":"check"}'
    answers '"verdict":"equal"'
}
# A login that may ask three questions in an hour.
a_database_that_cannot_be_used_is_an_error() {
    source "ALTER USER someone@'%' WITH MAX_QUERIES_PER_HOUR 3"
    invoke '{"action":"check"}'
    source "ALTER USER someone@'%' WITH MAX_QUERIES_PER_HOUR 0"
    fails Validator.DatabaseFailed
    grep -qF 'source, ' "$scratch/answer"
}
a_certificate_that_is_not_trusted_is_an_error() {
    begin CA_FILE=
    invoke '{"action":"check"}'
    fails Validator.Unreachable
    end_function
}
# So many differences that neither the rows nor the work fit into an answer.
fill_many() {
    if [ "$family" = mariadb ]; then
        source "INSERT INTO shop.many SELECT CONCAT('a-rather-long-key-', seq) FROM shop.seq_1_to_9000"
    else
        source "INSERT INTO shop.many SELECT 'a-rather-long-key-' || n FROM generate_series(1, 9000) n"
    fi
}
# Not as the pattern that it would be in table mappings.
databases_are_taken_by_their_names() {
    begin DATABASES="sh_p, s%"
    invoke '{"action":"check"}'
    fails Validator.NothingToCompare
    end_function
    begin DATABASES="none, shop"
    invoke '{"action":"check"}'
    answers '"tables":2'
    end_function
}
reports_plans_and_work_go_to_the_bucket() {
    begin REPORT_BUCKET=reports
    invoke '{"action":"plan","run":"big"}'
    answers '"itemsObject":{"bucket":"reports","key":"validator/big/items.json"}'
    control GET "/control/object?path=/reports/validator/big/items.json" | python3 -c 'import json,sys; assert len(json.load(sys.stdin)) == 2'
    invoke '{"action":"check","run":"big","report":true}'
    answers '"report":{"bucket":"reports","key":"validator/big/report-request-'
    key=$(member report/key | tr -d '"')
    control GET "/control/object?path=/reports/$key" | python3 -c 'import json,sys; assert [t["verdict"] for t in json.load(sys.stdin)["tables"]] == ["equal", "equal"]'
    both "CREATE TABLE shop.many (id CHAR(30) PRIMARY KEY)"
    fill_many
    invoke '{"action":"check","run":"big","details":9000}'
    answers '"leftOut":1'
    answers '"again":{"key":"validator/big/again-request-'
    test "$(wc -c <"$scratch/body")" -lt 204800
    key=$(member report/key | tr -d '"')
    control GET "/control/object?path=/reports/$key" >"$scratch/report"
    test "$(wc -c <"$scratch/report")" -gt 204800
    result=$(member result)
    source "DELETE FROM shop.many"
    invoke "{\"action\":\"recheck\",\"results\":[$result]}"
    answers '"verdict":"equal","pieces":1'
    : | control POST "/control/fail?service=s3&status=403&code=AccessDenied&times=1"
    invoke '{"action":"plan"}'
    fails Validator.StorageFailed
    invoke '{"action":"check","work":{"key":"validator/big/none.json"}}'
    fails Validator.StorageFailed
    control GET /control/calls >"$scratch/calls"
    test "$(grep -o '"problem": null' "$scratch/calls" | wc -l)" = "$(grep -o '"call"' "$scratch/calls" | wc -l)"
    end_function
}
without_a_bucket_what_is_too_large_is_an_error() {
    both "CREATE TABLE shop.many (id CHAR(30) PRIMARY KEY)"
    fill_many
    invoke '{"action":"check","tables":["shop.many"]}'
    both "DROP TABLE shop.many"
    fails Validator.AnswerTooLarge
}
resident() {
    sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$function/status"
}
a_thousand_invocations_do_not_grow_it() {
    gate='{"action":"gate","results":[{"verdict":"equal","pieces":1,"reasons":["none"]}]}'
    invoke '{"action":"check"}' times=10
    invoke "$gate" times=90
    before=$(resident)
    invoke '{"action":"check"}' times=90
    invoke "$gate" times=800
    invoke '{"action":' times=10
    after=$(resident)
    echo "$before kB, then $after kB"
    test "$after" -le $((before + 512))
}
command -v openssl >/dev/null || { skip "the function with databases" "no openssl"; finish; exit; }
make_certificates
for family in mariadb postgresql; do
    if ! databases_with_tls $family; then
        skip "the function with $family" "$missing"
        continue
    fi
    set_secret source planted-password
    set_secret target planted-password
    begin
    for test in everything_is_checked_on_a_schedule a_plan_checks_rechecks_and_a_gate_go_round items_can_be_checked_together a_difference_is_an_answer \
        a_gate_without_results_checks_by_itself table_mappings_of_an_event_hold nothing_to_compare_is_an_error \
        work_of_other_tables_is_an_error a_deadline_leaves_work_for_the_next_invocation a_password_that_was_rotated_is_read_again \
        a_login_that_is_refused_is_an_error without_a_bucket_what_is_too_large_is_an_error; do
        check $test $family
    done
    if [ $family = mariadb ]; then check a_database_that_cannot_be_used_is_an_error $family; fi
    if [ "$VARIANT" = san ]; then
        skip "a_thousand_invocations_do_not_grow_it $family" "the address checks keep memory that was freed"
    else
        check a_thousand_invocations_do_not_grow_it $family
    fi
    end_function
    for test in a_check_that_is_to_end_says_what_is_left a_certificate_that_is_not_trusted_is_an_error \
        databases_are_taken_by_their_names reports_plans_and_work_go_to_the_bucket; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
check nothing_that_it_wrote_or_answered_holds_a_secret
finish
