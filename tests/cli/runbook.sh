#!/bin/bash
# cfngen runbook: what is filled in and what is not, that commands stay the commands they are, and the file of outputs.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
name=rds-mysql-to-aurora-mysql
project=$PWD
template=$project/templates/$name.runbook.md
cd "$scratch"
echo '{}' >none.json
grep -o '{{[A-Za-z]*}}' "$template" | tr -d '{}' | sort -u >keys

outputs() { # VALUE FILE: all outputs, each with its key after the value; the value is JSON text
    sed "s|.*|\"&\": \"$1&\"|" keys | paste -sd, | sed 's/.*/{&}/' >"$2"
}
commands() { # those of the runbook, as one script
    sed -n '/^```sh$/,/^```$/p' "$1" | grep -v '^```'
}

every_output_is_filled_in() {
    mkdir -p cfn-outputs
    outputs value- cfn-outputs/flat-outputs.json
    ends 0 runbook $name
    says_nothing
    while read -r key; do prints "value-$key"; done <keys
    lacks out '{{'
    lacks out "'<"
    diff <(grep -vc '{{' "$template") <(grep -vc 'value-' out)
}
a_blueprint_must_be_named() {
    ends 2 runbook
    says BLUEPRINT
    prints_nothing
}
every_blueprint_has_a_runbook_that_names_it() {
    for blueprint in "$project"/templates/*.yaml; do
        other=$(basename "$blueprint" .yaml)
        ends 4 runbook "$other" --outputs none.json
        prints "\`$other\`"
        lacks out '{{'
    done
}
another_file_of_outputs_may_be_named() {
    outputs other- others.json
    ends 0 runbook $name --outputs others.json
    prints other-DatabaseName
    input=others.json
    ends 0 runbook $name --outputs -
    prints other-DatabaseName
}
it_is_written_into_a_file() {
    ends 0 runbook $name
    cp out expected
    ends 0 runbook $name -o runbook.md
    prints_nothing
    cmp runbook.md expected
    ends 3 runbook $name -o nowhere/runbook.md
    says nowhere
}
before_a_deployment_it_can_be_read() {
    mkdir -p empty && cd empty
    ends 4 runbook $name
    prints "task='<DMSReplicationTaskArn>'"
    says "there is no cfn-outputs/flat-outputs.json (cfngen outputs --stack STACK writes it)"
    test "$(wc -l <"$scratch/err")" = 1
}
an_output_that_is_missing_is_told_once() {
    outputs value- whole.json
    sed 's/"DatabaseName": "[^"]*",//' whole.json >without.json
    ends 4 runbook $name --outputs without.json
    says "cfngen: there is no output DatabaseName in without.json"
    test "$(wc -l <err)" = 1
    prints "--heartbeat '<DatabaseName>'.heartbeat"
    prints value-DMSReplicationTaskArn
}
# Run with commands that write down their arguments: each value arrives as it is, and does nothing else.
a_value_is_one_word_whatever_is_in_it() {
    evil="a'b \$(touch done) \"c; touch done #&|<>*\\\\"
    outputs "$(printf %s "$evil" | sed 's/[\\"|&]/\\&/g; s/\\"/\\\\"/g; s/\\\\\\\\/&&/g')" evil.json
    ends 0 runbook $name --outputs evil.json
    {
        echo 'say() { printf "%s\n" "$@" >>said; }; aws() { say "$@"; }; cfngen() { say "$@"; }; curl() { :; }; python3() { cat >/dev/null; }'
        commands out
    } >script
    rm -f said done
    bash script >printed 2>&1
    test ! -e "done"
    for key in DMSReverseReplicationTaskArn AlarmTopicArn AuroraClusterIdentifier; do grep -qxF -- "$evil$key" said; done
    grep -qxF -- "$evil"DatabaseName.heartbeat said
    grep -qxF -- "Name=replication-task-arn,Values=$evil"DMSReplicationTaskArn said
}
what_no_command_can_be_given_is_left_out() {
    for value in 'a\nb' 'a\u001b[2Jb' 'a`b' '' 'a\u202eb'; do
        printf '{"DatabaseName": "%s"}' "$value" >bad.json
        ends 4 runbook $name --outputs bad.json
        says "the output DatabaseName in bad.json is nothing that a command can be given"
        prints "--heartbeat '<DatabaseName>'.heartbeat"
    done
    echo '{"DatabaseName": {"a": 1}}' >bad.json
    ends 4 runbook $name --outputs bad.json
    says "the output DatabaseName in bad.json is nothing"
}
no_secret_gets_into_it() {
    echo '{"MasterPassword": "hunter2", "Password": "hunter2", "DatabaseName": "shop"}' >secret.json
    ends 4 runbook $name --outputs secret.json
    lacks out hunter2
    lacks err hunter2
    if grep -iE '\{\{[a-z]*(password|secretstring|token)' "$template"; then return 1; fi
}
the_commands_are_those_of_a_shell() {
    outputs value- whole.json
    ends 0 runbook $name --outputs whole.json
    commands out | bash -n
    test "$(commands out | grep -c '^ *cfngen compare gate ')" = 3
}
what_holds_no_outputs_is_refused() {
    echo '[1]' >list.json
    ends 1 runbook $name --outputs list.json
    says "list.json:1:1: error CFN0008"
    echo '{"a": ' >broken.json
    ends 1 runbook $name --outputs broken.json
    says "broken.json:"
    ends 3 runbook $name --outputs missing.json
    says missing.json
    prints_nothing
}
an_unknown_blueprint_is_refused() {
    ends 2 runbook rds-mysql-to-aurora
    says "there is no blueprint rds-mysql-to-aurora; did you mean $name?"
    ends 2 runbook $name $name
}

for test in every_output_is_filled_in a_blueprint_must_be_named every_blueprint_has_a_runbook_that_names_it another_file_of_outputs_may_be_named \
    it_is_written_into_a_file before_a_deployment_it_can_be_read an_output_that_is_missing_is_told_once \
    a_value_is_one_word_whatever_is_in_it what_no_command_can_be_given_is_left_out no_secret_gets_into_it \
    the_commands_are_those_of_a_shell what_holds_no_outputs_is_refused an_unknown_blueprint_is_refused; do
    check $test
done
finish
