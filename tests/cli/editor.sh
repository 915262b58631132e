#!/bin/sh
# cfngen schema editor: what an editor that goes by its JSON Schema marks.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
unset CFNGEN_SCHEMA
repository=$PWD
cd "$scratch"
"$CFNGEN" schema editor 'AWS::SQS::*' >schema.json

# Reads the tags of a stack file as editors do: the value stands, the tag is not there.
cat >marks.py <<'END'
import json, sys
import jsonschema, yaml
class Loader(yaml.SafeLoader): pass
def value(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode): return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode): return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)
Loader.add_multi_constructor("!", value)
schema = json.load(open("schema.json"))
jsonschema.Draft7Validator.check_schema(schema)
for name in sys.argv[1:]:
    document = yaml.load(open(name), Loader)
    for error in jsonschema.Draft7Validator(schema).iter_errors(document):
        print("/".join(map(str, error.path)), error.message)
END

marks() { # FILE: what is marked in it
    python3 marks.py "$@" >marked
}

every_blueprint_and_example_is_free_of_marks() {
    # shellcheck disable=SC2046
    marks $(ls "$repository"/templates/*.yaml "$repository"/examples/*.yaml | grep -v "\.test\.yaml$")
    test ! -s marked || { cat marked; return 1; }
}
a_mistake_is_marked() { # YAML of Properties, WHERE
    printf 'Resources:\n  X:\n    Type: %s\n    Properties: %s\n' "$1" "$2" >in.yaml
    marks in.yaml
    grep -F "$3" marked || { cat marked; return 1; }
}
mistakes_in_constructs_are_marked() {
    a_mistake_is_marked Cfngen::KMS::Key '{Descripton: x}' 'Resources/X/Properties Additional properties'
    a_mistake_is_marked Cfngen::RDS::AuroraCluster '{Readers: 1}' "Resources/X/Properties 'Engine' is a required property"
}
mistakes_in_types_that_were_asked_for_are_marked() {
    a_mistake_is_marked AWS::SQS::Queue '{DelaySecond: 1}' 'Resources/X/Properties Additional properties'
    a_mistake_is_marked AWS::SQS::Quue '{}' 'Resources/X/Type'
}
other_types_are_let_through() {
    printf 'Resources: {X: {Type: "AWS::SNS::Topic", Properties: {A: 1}}, Y: {Type: "Custom::X"}}\n' >in.yaml
    marks in.yaml
    test ! -s marked
}
a_pattern_that_matches_nothing_is_told() {
    ends 2 schema editor 'AWS::SQSS::*'
    says "no resource type matches AWS::SQSS::*"
    prints_nothing
}

check a_pattern_that_matches_nothing_is_told
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    check every_blueprint_and_example_is_free_of_marks
    check mistakes_in_constructs_are_marked
    check mistakes_in_types_that_were_asked_for_are_marked
    check other_types_are_let_through
else
    skip "stack files are marked as an editor would" "no python3 with jsonschema and yaml"
fi
finish
