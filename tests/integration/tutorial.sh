#!/bin/bash
# Does what docs/tutorial.md says, in an empty folder beside the sources, and compares what is printed with the page.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${CFNGEN:?the program to test}"
for tool in python3 aws; do
    if ! command -v "$tool" >/dev/null; then
        echo "1..0 # SKIP no $tool"
        exit
    fi
done
if ! python3 -c 'import moto.server' 2>/dev/null; then
    echo "1..0 # SKIP python3 has no moto with its server"
    exit
fi

blocks=$scratch/blocks
python3 tests/integration/tutorial.py script docs/tutorial.md "$blocks"
# A folder of sources as the reader has one, whichever build is tested.
mkdir "$scratch/cfngen"
ln -s "$PWD/tests" "$scratch/cfngen/tests"
ln -s "$(dirname "$CFNGEN")" "$scratch/cfngen/build"
# Nothing of the user's own configuration; what is left running when a block fails is ended.
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
unset "${!CFNGEN_@}"
(
    cd "$scratch"
    # shellcheck disable=SC2016
    { echo 'trap '\''kill "${server-}" 2>/dev/null'\'' EXIT'; cat "$blocks/script"; } | bash
) || :

the_commands_print_what_the_page_says() { # NUMBER LINE COMMAND
    if [ ! -e "$blocks/$1.done" ]; then
        if [ -e "$blocks/$1.said" ]; then cat "$blocks/$1.said"; else echo "what comes before it failed"; fi
        return 1
    fi
    if [ -e "$blocks/$1.expected" ]; then
        python3 tests/integration/tutorial.py compare "$blocks/$1.expected" "$blocks/$1.said"
    fi
}

number=0
while read -r line command; do
    number=$((number + 1))
    check the_commands_print_what_the_page_says $number "line $line: $command"
done <"$blocks/blocks"
finish
