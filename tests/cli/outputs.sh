#!/bin/sh
# cfngen outputs: what is written, when nothing is, and that a file is never half there.
set -eu
cd "$(dirname "$0")/../.."
# Mounts are made where nobody else sees them, and go away with the script.
if [ -z "${OWN_MOUNTS-}" ]; then
    for how in -m -rm; do
        if unshare $how true 2>/dev/null; then OWN_MOUNTS=1 exec unshare $how tests/cli/outputs.sh; fi
    done
fi
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/aws.sh
cd "$scratch"
file=cfn-outputs/flat-outputs.json

cat >shop.json <<'END'
{"Stacks": [{"StackName": "shop", "StackStatus": "UPDATE_COMPLETE", "Outputs": [
  {"OutputKey": "Port", "OutputValue": "3306", "Description": "of the cluster"},
  {"OutputKey": "Endpoint", "OutputValue": "db.example", "ExportName": "endpoint"}]}]}
END
cat >expected.json <<'END'
{
  "Endpoint": "db.example",
  "Port": "3306"
}
END
of_stack() { # STACK KEY VALUE
    printf '{"Stacks": [{"StackName": "%s", "StackStatus": "CREATE_COMPLETE", "Outputs": [{"OutputKey": "%s", "OutputValue": "%s"}]}]}\n' "$@"
}

the_outputs_of_a_stack_are_written() {
    { echo '> cloudformation describe-stacks --stack-name shop *'; cat shop.json; } | scenario
    rm -rf cfn-outputs
    ends 0 outputs --stack shop --region eu-west-2
    cmp $file expected.json
    prints_nothing
    says_nothing
    called "--region eu-west-2"
}
the_file_is_written_although_nothing_changed() {
    ends 0 outputs --stack shop --from shop.json
    touch -d @0 $file
    ends 0 outputs --stack shop --from shop.json
    cmp $file expected.json
    [ -n "$(find $file -newermt @1)" ]
}
a_file_says_the_same_as_aws() {
    ends 0 outputs --from shop.json -o from-file.json
    cmp from-file.json expected.json
    input=shop.json
    ends 0 outputs --from - --stack shop -o -
    cmp out expected.json
}
several_stacks_become_one_object() {
    { echo '> *--stack-name a *'; of_stack a A 1; echo '> *--stack-name b *'; of_stack b B 2; } | scenario
    ends 0 outputs --stack b --stack a -o two.json
    printf '{\n  "A": "1",\n  "B": "2"\n}\n' | cmp - two.json
}
outputs_that_collide_are_refused() {
    { echo '> *--stack-name a *'; of_stack a K 1; echo '> *--stack-name b *'; of_stack b K 2; } | scenario
    echo old >collided.json
    ends 1 outputs --stack a --stack b -o collided.json
    says "CFN6103: the stacks a and b both have an output K"
    says "hint: put the stack before each key (--prefix)"
    [ "$(cat collided.json)" = old ]
    ends 0 outputs --stack a --stack b -o collided.json --prefix
    printf '{\n  "a.K": "1",\n  "b.K": "2"\n}\n' | cmp - collided.json
}
a_shell_reads_them() {
    of_stack shop Text "it's \$HOME \`x\`\\n \\\"two\\\" lines " >quotes.json
    ends 0 outputs --from quotes.json --format env
    (
        eval "$(cat out)"
        # shellcheck disable=SC2016,SC2154
        printf %s "$Text" >value
    )
    # shellcheck disable=SC2016
    printf 'it%ss $HOME `x`\n "two" lines ' "'" | cmp - value
    ends 0 outputs --from quotes.json -o quotes-out.json
    grep -qF '"Text": "it'"'"'s $HOME `x`\n \"two\" lines "' quotes-out.json
}
two_hundred_outputs_are_written() {
    {
        printf '{"Stacks": [{"StackName": "shop", "Outputs": ['
        for i in $(seq 1 200); do printf '%s{"OutputKey": "K%s", "OutputValue": "%0100d"}' "${comma-}" "$i" "$i"; comma=,; done
        echo ']}]}'
    } >many.json
    ends 0 outputs --from many.json -o many-out.json
    [ "$(grep -c '": "0*[0-9]*"' many-out.json)" = 200 ]
    "$CFNGEN" outputs --from many.json --format env >many.env
    [ "$(grep -c . many.env)" = 200 ]
}
an_expected_output_that_is_missing_writes_nothing() {
    printf 'Outputs:\n  Endpoint: {Value: a}\n  Port: {Value: a}\n' >right.yaml
    printf 'Outputs:\n  Endpoint: {Value: a}\n  Port: {Value: a}\n  Reader: {Value: a}\n' >more.yaml
    ends 0 outputs --stack shop --from shop.json --expect right.yaml -o expectation.json
    cmp expectation.json expected.json
    echo old >expectation.json
    ends 1 outputs --stack shop --from shop.json --expect more.yaml -o expectation.json
    says "more.yaml:4:3: error CFN6104: the stack has no output Reader"
    [ "$(cat expectation.json)" = old ]
}
an_output_that_is_not_declared_is_a_warning() {
    printf 'Outputs: {Endpoint: {Value: a}}\n' >fewer.yaml
    ends 0 outputs --stack shop --from shop.json --expect fewer.yaml -o expectation.json
    says "warning CFN6105: the stack has an output Port"
    cmp expectation.json expected.json
}
a_half_written_file_of_an_earlier_crash_is_replaced() {
    mkdir -p cfn-outputs
    printf '{\n  "Endpo' >$file
    : >cfn-outputs/.flat-outputs.json.cfngen-1-0.tmp
    ends 0 outputs --stack shop --from shop.json
    cmp $file expected.json
}
a_folder_in_the_way_is_told() {
    mkdir -p folder
    ends 3 outputs --from shop.json -o folder
    says "CFN0003"
    ends 3 outputs --from shop.json -o nowhere/outputs.json
    says "nowhere/outputs.json: error CFN0003: the file cannot be written: No such file or directory"
    rm -rf cfn-outputs
    echo file >cfn-outputs
    ends 3 outputs --from shop.json
    says "cfn-outputs/flat-outputs.json: error CFN0003: the file cannot be written: Not a directory"
    [ "$(cat cfn-outputs)" = file ]
    rm cfn-outputs
}
a_folder_that_cannot_be_written_keeps_the_old_file() {
    echo old >readonly/outputs.json
    mount -o remount,bind,ro readonly
    ends 3 outputs --from shop.json -o readonly/outputs.json
    says "readonly/outputs.json: error CFN0003: the file cannot be written: Read-only file system"
    [ "$(cat readonly/outputs.json)" = old ]
}
what_is_not_an_answer_is_refused() {
    for text in '{}' '{"Stacks": 1}' '{"Stacks": [{"StackName": "shop", "Outputs": [1]}]}'; do
        echo "$text" >wrong.json
        ends 1 outputs --from wrong.json -o wrong-out.json
        says "wrong.json:1:"
        says CFN6101
    done
    head -c 100 shop.json >cut.json
    ends 1 outputs --from cut.json -o wrong-out.json
    says "cut.json:2:"
    ends 3 outputs --from missing.json -o wrong-out.json
    says "missing.json: error CFN0002"
    ends 1 outputs --from shop.json --stack other -o wrong-out.json
    says "CFN6102: there is no stack other here"
    test ! -e wrong-out.json
}
a_stack_that_is_not_there_writes_nothing() {
    { echo '> *--stack-name shop *'; cat shop.json; printf '> *\n!error ValidationError Stack with id gone does not exist\n'; } | scenario
    ends 3 outputs --stack shop --stack gone -o gone.json
    says "cfngen: there is no stack gone"
    test ! -e gone.json
}
a_stack_that_changes_is_told() {
    { echo '> *'; sed 's/UPDATE_COMPLETE/UPDATE_IN_PROGRESS/' shop.json; } | scenario
    ends 0 outputs --stack shop -o busy.json
    says "the stack shop is UPDATE_IN_PROGRESS: its outputs may still change"
}
a_signal_writes_nothing() {
    for name in INT TERM; do
        { echo '> *--stack-name shop *'; cat shop.json; printf '> *\n!signal %s\n!hang\n' $name; } | scenario
        ends 4 outputs --stack shop --stack other -o interrupted.json
        test ! -e interrupted.json
    done
}
wrong_usage_is_told() {
    ends 2 outputs
    says "name a stack with --stack, or a file with --from"
    ends 2 outputs --from shop.json --expect right.yaml
    says "--expect needs one --stack"
    ends 2 outputs --stack a --expect right.yaml --prefix
    says "--expect and --prefix do not go together"
    ends 2 outputs --stack a --from - --expect -
    says "only one of --from and --expect can be -"
    ends 2 outputs --stack a --format yaml
    ends 2 outputs shop
}

for test in the_outputs_of_a_stack_are_written the_file_is_written_although_nothing_changed a_file_says_the_same_as_aws \
    several_stacks_become_one_object outputs_that_collide_are_refused a_shell_reads_them two_hundred_outputs_are_written \
    an_expected_output_that_is_missing_writes_nothing an_output_that_is_not_declared_is_a_warning \
    a_half_written_file_of_an_earlier_crash_is_replaced a_folder_in_the_way_is_told what_is_not_an_answer_is_refused \
    a_stack_that_is_not_there_writes_nothing a_stack_that_changes_is_told a_signal_writes_nothing wrong_usage_is_told; do
    check $test
done
mkdir readonly
if [ -n "${OWN_MOUNTS-}" ] && mount -t tmpfs -o size=16k cfngen-test readonly 2>/dev/null; then
    check a_folder_that_cannot_be_written_keeps_the_old_file
    umount readonly
else
    skip a_folder_that_cannot_be_written_keeps_the_old_file "no right to mount"
fi
cd /
finish
