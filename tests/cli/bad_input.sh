#!/bin/sh
# What is wrong with an input is told with its place and what to do; the output stays as it was.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
cd "$scratch"

# Asserts that a file is refused for one reason, at one place, quickly, and that nothing is written.
refused() { # FILE PLACE ID TEXT
    echo old >output.json
    ends 1 synth "$1" -o output.json
    prints_nothing
    says "$1$2: error $3: "
    says "$4"
    test "$(cat output.json)" = old
    test -z "$(find . -name '.cfngen*')"
}

# The same for one construct with these properties.
construct_refused() { # TYPE PROPERTIES PLACE ID TEXT
    printf 'Resources:\n  Net: {Type: "Cfngen::EC2::Network"}\n  Key: {Type: "Cfngen::KMS::Key"}\n' >in.yaml
    printf '  Thing:\n    Type: Cfngen::%s\n    Properties: %s\n' "$1" "$2" >>in.yaml
    refused in.yaml "$3" "$4" "$5"
}
aurora() { # FURTHER PROPERTIES
    echo "{Engine: aurora-mysql, Network: !Ref Net, EncryptionKey: !Ref Key, SecurityGroups: [sg-0123456789abcdef0]$1}"
}

text_refused() { # TEXT PLACE ID SAYS; the text as for printf
    # shellcheck disable=SC2059
    printf -- "$1" >in.yaml
    refused in.yaml "$2" "$3" "$4"
}

an_unknown_construct() { construct_refused KMS::Kye '{}' :5:11 CFN2001 "did you mean Cfngen::KMS::Key?"; }
an_unknown_property() { construct_refused KMS::Key '{Descripton: x}' :6:18 CFN2002 "did you mean Description?"; }
a_value_of_the_wrong_type() { construct_refused KMS::Key '{EnableKeyRotation: [1]}' :6:37 CFN2003 "list"; }
a_missing_property() { construct_refused RDS::AuroraCluster '{Engine: aurora-mysql}' :4:3 CFN2004 "needs the property Network"; }
an_intrinsic_in_a_synth_time_property() {
    construct_refused RDS::AuroraCluster "$(aurora ', Readers: !Ref N')" :6:133 CFN2005 Readers
}
a_reference_to_nothing() { construct_refused KMS::Key '{Description: !Ref Nothing}' :6:31 CFN1301 "Nothing"; }
a_circle() {
    text_refused 'Resources:\n  A: {Type: "AWS::SNS::Topic", DependsOn: B}\n  B: {Type: "AWS::SNS::Topic", DependsOn: A}\n' \
        :2:43 CFN1308 'A -> B -> A'
}
a_reference_to_itself() {
    text_refused 'Resources:\n  A: {Type: "AWS::SNS::Topic", Properties: {TopicName: !Ref A}}\n' :2:56 CFN1307 'A refers to itself'
}
a_key_given_twice() { text_refused 'Resources: {}\nResources: {}\n' :2:1 CFN0010 "line 1"; }
a_tag_that_is_unknown() { text_refused 'A: !Reff B\n' :1:4 CFN0202 '!Reff'; }
two_documents() { text_refused 'Resources: {}\n---\nResources: {}\n' :2:1 CFN0203 'one document'; }
a_list_at_the_root() { text_refused '- A\n' :1:1 CFN0008 'list'; }
a_scalar_at_the_root() { text_refused 'hello\n' :1:1 CFN0008 'string'; }
an_empty_document() { text_refused '# nothing\n' '' CFN0007 'empty'; }
yaml_that_is_broken() { text_refused 'A: [1\nB: 2\n' :2:2 CFN0201 'a comma or ]'; }
json_that_is_broken() { printf '{"A": 1,}' >in.json; refused in.json :1:8 CFN0101 'take the comma out'; }
one_subnet() { construct_refused EC2::Network '{SubnetIds: [subnet-0123456789abcdef0]}' :6:29 CFN4002 "another availability zone"; }
a_name_that_is_too_long() {
    construct_refused RDS::AuroraCluster "$(aurora ", Name: $(printf '%080d' 0 | tr 0 a)")" :6:130 CFN2012 'at most 63'
}
bytes_that_are_not_utf_8() { text_refused 'A: "\303\050"\n' :1:5 CFN0005 'save the file as UTF-8'; }
a_nul_byte() { text_refused 'A: 1\nB: "\000"\n' :2:5 CFN0006 'NUL'; }
a_suffix_that_is_ill_formed() {
    good_stack good.yaml
    for suffix in A_B '' -a 123456789012345678901; do
        ends 1 synth good.yaml --suffix "$suffix" -o output.json
        says CFN2011
        says hint
    done
}
a_parameter_that_is_unknown() {
    good_stack good.yaml
    ends 1 synth good.yaml --set InstanceClas=x
    says 'CFN2017: there is no parameter InstanceClas'
    says 'did you mean InstanceClass?'
}
text_that_would_command_a_terminal() {
    printf '%s' '{"\u001b[31mA\nB": 1}' >in.json
    refused in.json :1:2 CFN1001 'a template has no section \u001b[31mA\u000aB'
    lacks err "$(printf '\033')"
    text_refused 'A: \033[31mB\n' :1:4 CFN0201 '    1 | A: ?[31mB'
    lacks err "$(printf '\033')"
}
five_hundred_and_one_resources() {
    { echo Resources:; i=0; while [ $i -lt 501 ]; do i=$((i + 1)); echo "  R$i: {Type: 'AWS::SNS::Topic'}"; done; } >in.yaml
    refused in.yaml :1:1 CFN1401 'the 500'
}

for test in an_unknown_construct an_unknown_property a_value_of_the_wrong_type a_missing_property \
    an_intrinsic_in_a_synth_time_property a_reference_to_nothing a_circle a_reference_to_itself a_key_given_twice \
    a_tag_that_is_unknown two_documents a_list_at_the_root a_scalar_at_the_root an_empty_document yaml_that_is_broken \
    json_that_is_broken one_subnet a_name_that_is_too_long bytes_that_are_not_utf_8 a_nul_byte \
    a_suffix_that_is_ill_formed a_parameter_that_is_unknown \
    text_that_would_command_a_terminal five_hundred_and_one_resources; do
    check "$test"
done
finish
