#!/bin/sh
# Help, version, and what happens to arguments that are wrong; commands that are other programs.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
manual=$PWD/docs/man/cfngen.1
cd "$scratch"
good_stack good.yaml

the_version_is_printed() {
    for how in version --version; do
        ends 0 $how
        test "$(cat out)" = "cfngen ${VERSION:-0.1.0}"
        says_nothing
    done
}
# A group and its command are joined by _ here.
commands="synth validate diff test
init list explain
schema_types schema_dump schema_editor schema_build bindings
deploy outputs runbook status drift destroy
task_test task_start task_stop task_status task_reload
completion"
words() { echo "$1" | tr _ ' '; }
help_names_every_command() {
    for how in help --help -h; do
        ends 0 $how
        says_nothing
        for command in $commands help version; do prints "  $(words $command) "; done
        prints "Exit status: 0 "
    done
}
every_command_has_its_help() {
    for name in $commands help version; do
        command=$(words $name)
        ends 0 help $command
        prints "Usage: cfngen $command"
        prints "Options:"
        cp out expected
        for how in --help -h; do
            ends 0 $command $how
            cmp out expected
            says_nothing
        done
        awk 'length > 80 { print; bad = 1 } END { exit bad }' out
    done
}
examples_in_the_help_are_commands() {
    for name in $commands; do
        "$CFNGEN" help $(words $name) | sed -n '/^Examples:/,$s/^  *cfngen \([a-z]*\).*/\1/p'
    done | sort -u >named
    while read -r name; do "$CFNGEN" help "$name" >/dev/null; done <named
}
the_manual_names_every_command_and_option() {
    sed 's/\\-/-/g' "$manual" >manual
    for name in $commands help version; do
        command=$(words $name)
        grep -q "^\.BR* .*$command" manual
        "$CFNGEN" help $command | sed -n 's/^ .*\(--[a-z]*\).*/\1/p' >options
        while read -r option; do grep -qF -- "$option" manual; done <options
    done
    grep -qF "cfngen ${VERSION:-0.1.0}" manual
}
the_manual_has_no_mistakes() {
    LC_ALL=C.UTF-8 man --warnings -l "$manual" 2>&1 >/dev/null | tee warnings
    test ! -s warnings
}
no_command_is_wrong_usage() {
    ends 2
    prints_nothing
    says "Usage: cfngen COMMAND"
}
an_unknown_command_is_refused() {
    ends 2 synht
    says "cfngen: unknown command synht; did you mean synth?"
    says 'Run "cfngen help"'
    ends 2 help synht
    says "did you mean synth?"
    ends 2 --verbose
    says "unknown option --verbose"
    for name in ../cfngen '' 'a b' -; do ends 2 "$name"; done
}
an_unknown_option_is_refused() {
    ends 2 synth --formt json
    says "cfngen synth: unknown option --formt; did you mean --format?"
    says 'Run "cfngen help synth"'
    for option in -x --form --formats=json --=x -help; do ends 2 synth good.yaml $option; done
    prints_nothing
}
values_are_given_in_three_ways() {
    ends 0 synth good.yaml --format yaml
    cp out expected
    ends 0 synth --format=yaml good.yaml
    cmp out expected
    ends 0 synth good.yaml -o a.yaml
    cmp a.yaml expected
    ends 0 synth good.yaml -oa.yml
    cmp a.yml expected
}
a_wrong_or_missing_value_is_refused() {
    ends 2 synth good.yaml --format xml
    says '--format takes json or yaml, not "xml"'
    ends 2 synth good.yaml --format
    says "--format needs a value: json|yaml"
    ends 2 synth good.yaml --minify=yes
    says "--minify takes no value"
    ends 2 synth good.yaml -o ''
    says "-o needs the path"
}
an_option_given_twice_is_refused() {
    ends 2 synth good.yaml --suffix a --suffix=b
    says "--suffix is given twice"
    ends 0 synth good.yaml --set InstanceClass=db.r6g.large --set InstanceClass=db.r6g.xlarge
    prints '"Default": "db.r6g.xlarge"'
}
two_dashes_end_the_options() {
    cp good.yaml ./--minify
    ends 0 synth -- --minify
    prints '"AWSTemplateFormatVersion": "2010-09-09"'
}
too_many_arguments_are_refused() {
    ends 2 version now
    says "one argument too many: now"
    ends 2 --version now
}

program() { # FILE
    mkdir -p "$(dirname "$1")"
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nprintf "%%s|" "$0" "$@"\nexit 4\n' >"$1"
    chmod +x "$1"
}
another_program_is_run_from_the_path() {
    program path/cfngen-other
    PATH=$PWD/path:$PATH
    ends 4 other --option 'a b' ''
    prints "cfngen-other|--option|a b||"
}
another_program_is_run_from_beside_cfngen() {
    mkdir -p beside
    ln -f "$CFNGEN" beside/cfngen 2>/dev/null || cp "$CFNGEN" beside/cfngen
    program beside/cfngen-near
    CFNGEN=$PWD/beside/cfngen
    ends 4 near x
    prints "cfngen-near|x|"
    ends 4 help near
    prints "cfngen-near|--help|"
}
help_lists_other_programs() {
    mkdir -p beside
    ln -f "$CFNGEN" beside/cfngen 2>/dev/null || cp "$CFNGEN" beside/cfngen
    program beside/cfngen-near
    program beside/cfngen-preflight
    program beside/cfngen-schema-build
    program path/cfngen-near
    program path/cfngen-other
    : >path/cfngen-unable
    CFNGEN=$PWD/beside/cfngen PATH=$PWD/path:$PATH
    ends 0 help
    prints "  near              Run the program cfngen-near"
    prints "  other             Run the program cfngen-other"
    prints "  preflight         Say whether a database is ready"
    test "$(grep -c '  near ' out)" = 1
    lacks out unable
    lacks out schema-build
}
another_program_that_cannot_be_run_is_told() {
    mkdir -p broken
    printf '#!/nowhere/interpreter\n' >broken/cfngen-broken
    printf 'no\n' >broken/cfngen-forbidden
    chmod +x broken/cfngen-broken
    PATH=$PWD/broken:$PATH
    ends 3 forbidden
    says "cfngen-forbidden cannot be run: Permission denied"
}
another_program_gets_signals_as_they_were() {
    mkdir -p signals
    # shellcheck disable=SC2016
    printf '#!/bin/sh\ngrep SigIgn /proc/self/status\n' >signals/cfngen-signals
    chmod +x signals/cfngen-signals
    PATH=$PWD/signals:$PATH
    ends 0 signals
    cp out ours
    timeout 10 cfngen-signals >plain
    cmp ours plain
}

for test in the_version_is_printed help_names_every_command every_command_has_its_help \
    examples_in_the_help_are_commands the_manual_names_every_command_and_option no_command_is_wrong_usage an_unknown_command_is_refused \
    an_unknown_option_is_refused values_are_given_in_three_ways a_wrong_or_missing_value_is_refused \
    an_option_given_twice_is_refused two_dashes_end_the_options too_many_arguments_are_refused \
    another_program_is_run_from_the_path another_program_is_run_from_beside_cfngen \
    help_lists_other_programs another_program_that_cannot_be_run_is_told another_program_gets_signals_as_they_were; do
    check $test
done
if command -v man >/dev/null; then
    check the_manual_has_no_mistakes
else
    skip the_manual_has_no_mistakes "no man"
fi
finish
