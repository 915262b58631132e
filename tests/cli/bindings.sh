#!/bin/sh
# cfngen bindings: which headers are written and where, and what is refused.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
unset CFNGEN_SCHEMA
include=$PWD/include
cd "$scratch"

services_are_listed() {
    ends 0 bindings
    says_nothing
    prints "AWS::SQS"
    test "$(wc -l <out)" -gt 280
    LC_ALL=C sort -c out
}
a_header_is_written_for_each_service() {
    ends 0 bindings SQS aws::dynamodb -o new/folder
    says_nothing
    prints "Give the compiler -Inew/folder."
    prints "#include <cfngen/aws/sqs.h>"
    prints "#include <cfngen/aws/dynamodb.h>"
    find new -type f | LC_ALL=C sort >found
    printf '%s\n' new/folder/cfngen/aws/dynamodb.h new/folder/cfngen/aws/sqs.h | diff - found
    sed -n '/^#include/p' out >program.c
    echo 'typedef int nothing;' >>program.c
    ${CC:-gcc} -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" -Inew/folder program.c
}
without_a_folder_it_is_the_working_one() {
    mkdir here
    (cd here && ends 0 bindings sqs)
    test -s here/cfngen/aws/sqs.h
}
all_services_are_written() {
    ends 0 bindings --all -o everything
    "$CFNGEN" bindings | wc -l >wanted
    find everything -name '*.h' | wc -l | diff wanted -
}
the_same_bytes_come_out_twice() {
    ends 0 bindings ec2 -o first
    ends 0 bindings ec2 -o second
    diff -r first second
}
a_header_that_is_there_already_keeps_its_time() {
    ends 0 bindings sqs -o kept
    touch -d 2001-01-01 kept/cfngen/aws/sqs.h
    cp -p kept/cfngen/aws/sqs.h old
    ends 0 bindings sqs -o kept
    test ! kept/cfngen/aws/sqs.h -nt old
    echo changed >>kept/cfngen/aws/sqs.h
    ends 0 bindings sqs -o kept
    cmp kept/cfngen/aws/sqs.h old
}
facts_of_ones_own_are_taken() {
    mkdir schemas
    echo '{"typeName": "My::Own::Thing", "properties": {"Name": {"type": "string"}}}' >schemas/a.json
    "$CFNGEN" schema build schemas -o own.bin
    ends 0 bindings own --schema own.bin -o own
    grep -q 'cfn_str Name;' own/cfngen/my/own.h
}
a_service_that_does_not_exist_is_refused_before_anything_is_written() {
    ends 2 bindings SQS Dynamo -o none
    says "there is no service Dynamo"
    test ! -e none
    ends 2 bindings DynamoBD -o none
    says "did you mean DynamoDB?"
    ends 2 bindings AWS::SQZ
    says "did you mean AWS::SQS?"
}
what_cannot_be_meant_is_wrong_usage() {
    ends 2 bindings --all SQS
    says "--all leaves no SERVICE to name"
    ends 2 bindings SQS -o ""
    says "DIR is empty"
}
a_folder_that_cannot_be_written_is_trouble() {
    : >file
    ends 3 bindings SQS -o file
    says "error CFN0003"
    says "file/cfngen/aws/sqs.h"
}

check services_are_listed
check a_header_is_written_for_each_service
check without_a_folder_it_is_the_working_one
check all_services_are_written
check the_same_bytes_come_out_twice
check a_header_that_is_there_already_keeps_its_time
check facts_of_ones_own_are_taken
check a_service_that_does_not_exist_is_refused_before_anything_is_written
check what_cannot_be_meant_is_wrong_usage
check a_folder_that_cannot_be_written_is_trouble
finish
