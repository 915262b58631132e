#!/bin/bash
# The validator function with a simulated AWS that others wrote: logins from its Secrets Manager, plans
# and reports in its S3, which the real aws command puts there and fetches.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/simulated-aws.sh
simulated=$AWS_ENDPOINT_URL
. tests/support/lambda.sh
. tests/support/lambda_databases.sh

command -v openssl >/dev/null || { skip "the function with a simulated AWS" "no openssl"; finish; exit; }
end_all() {
    end_emulator
    if [ -d "$scratch/source" ]; then databases_end; fi
    kill "$server" 2>/dev/null || :
    wait "$server" 2>/dev/null || :
    rm -rf "$scratch"
}
trap end_all EXIT
make_certificates
if ! databases_with_tls mariadb; then
    skip "the function with a simulated AWS" "$missing"
    finish
    exit
fi
trap end_all EXIT
for side in source target; do
    eval "side_port=\$${side}_port"
    aws secretsmanager create-secret --name "shop/$side" \
        --secret-string "$(login localhost "$side_port" someone planted-password)" >/dev/null
done
aws s3 mb s3://reports >/dev/null
begin AWS_ENDPOINT_URL="$simulated" SOURCE_SECRET=shop/source TARGET_SECRET=shop/target REPORT_BUCKET=reports

logins_come_from_secrets_manager() {
    invoke '{"action":"check"}'
    answers '"verdict":"equal"'
}
a_plan_is_an_object_whose_items_can_be_checked() {
    invoke '{"action":"plan","run":"nightly"}'
    answers '"itemsObject":{"bucket":"reports","key":"validator/nightly/items.json"}'
    aws s3 cp --quiet s3://reports/validator/nightly/items.json "$scratch/items.json"
    invoke "{\"action\":\"check\",\"items\":$(cat "$scratch/items.json")}"
    answers '"verdict":"equal","pieces":2'
}
work_comes_back_from_its_object() {
    python3 -c 'import json,sys; json.dump(json.load(open(sys.argv[1]))[0], sys.stdout)' "$scratch/items.json" >"$scratch/work.json"
    aws s3 cp --quiet "$scratch/work.json" s3://reports/validator/nightly/work-1.json
    invoke '{"action":"check","work":{"key":"validator/nightly/work-1.json"}}'
    answers '"verdict":"equal","pieces":1,"tables":1'
    invoke '{"action":"check","work":{"key":"validator/nightly/work-2.json"}}'
    fails Validator.StorageFailed
    grep -qF 'NoSuchKey' "$scratch/answer"
}
a_report_is_an_object() {
    target "DELETE FROM shop.orders WHERE id = 2"
    invoke '{"action":"check","run":"nightly","report":true}'
    answers '"verdict":"different"'
    aws s3 cp --quiet "s3://reports/$(member report/key | tr -d '"')" - | grep -qF '"change":"missing","key":{"id":"2"}'
}
a_rotated_password_is_read_again() {
    set_password target planted-rotated
    aws secretsmanager put-secret-value --secret-id shop/target \
        --secret-string "$(login localhost "$target_port" someone planted-rotated)" >/dev/null
    invoke '{"action":"check","tables":["shop.customers"]}'
    answers '"verdict":"equal"'
}
a_secret_that_was_deleted_is_told() {
    aws secretsmanager delete-secret --secret-id shop/target --force-delete-without-recovery >/dev/null
    set_password target planted-other
    invoke '{"action":"check"}'
    fails Validator.SecretUnavailable
    grep -qF 'ResourceNotFoundException' "$scratch/answer"
}
for test in logins_come_from_secrets_manager a_plan_is_an_object_whose_items_can_be_checked work_comes_back_from_its_object \
    a_report_is_an_object a_rotated_password_is_read_again a_secret_that_was_deleted_is_told \
    nothing_that_it_wrote_or_answered_holds_a_secret; do
    check $test
done
finish
