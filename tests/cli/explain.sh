#!/bin/sh
# cfngen explain: what constructs take and make, and what diagnostics mean.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh

a_construct_is_explained() {
    ends 0 explain Cfngen::RDS::AuroraCluster
    says_nothing
    prints "An Aurora MySQL or PostgreSQL cluster"
    prints "  Engine: string, required, known at synth"
    prints "      One of: aurora-mysql, aurora-postgresql"
    prints "  Readers: whole number, 0 to 15, known at synth"
    prints "      Default: 1"
    prints "  SecurityGroups: list of Cfngen::EC2::SecurityGroup, required"
    prints "  Overrides: mapping"
    prints "!Ref gives the identifier of the cluster."
    prints "  Endpoint.Address: the host name of the writer"
    prints "  IdWriter: AWS::RDS::DBInstance"
}
a_construct_that_makes_nothing_says_so() {
    ends 0 explain Cfngen::EC2::Network
    prints "It makes no resources."
}
names_may_be_short_and_of_any_case() {
    "$CFNGEN" explain Cfngen::RDS::AuroraCluster >"$scratch/expected"
    for name in RDS::AuroraCluster AuroraCluster auroracluster CFNGEN::rds::auroraCLUSTER; do
        ends 0 explain $name
        cmp "$scratch/out" "$scratch/expected"
    done
}
a_property_is_explained() {
    ends 0 explain AuroraCluster.readers
    prints "Cfngen::RDS::AuroraCluster.Readers"
    prints "whole number, 0 to 15, known at synth"
    prints "no intrinsic function can stand here"
}
members_are_explained() {
    ends 0 explain AuroraCluster.ServerlessV2
    prints "  MinCapacity: number, 0 to 256, required"
    ends 0 explain AuroraCluster.ServerlessV2.MinCapacity
    prints "Cfngen::RDS::AuroraCluster.ServerlessV2.MinCapacity"
    ends 0 explain SecurityGroup.Ingress.Port
    prints "Cfngen::EC2::SecurityGroup.Ingress.Port"
}
an_attribute_is_explained() {
    ends 0 explain AuroraCluster.Endpoint.Address
    prints "the host name of the writer"
}
a_diagnostic_is_explained() {
    for name in CFN2005 cfn2005; do
        ends 0 explain $name
        prints CFN2005
        prints "error: a property must be known at synth"
    done
    ends 0 explain E-NET005
    prints CFN4002
}
json_is_json() {
    for subject in AuroraCluster Network AuroraCluster.ServerlessV2 AuroraCluster.Engine \
        AuroraCluster.Endpoint.Port CFN2005; do
        ends 0 explain $subject --json
        test "$(wc -l <"$scratch/out")" = 1
        holds_json_lines "$scratch/out"
    done
    ends 0 explain AuroraCluster.Engine --json
    prints '"name":"Cfngen::RDS::AuroraCluster.Engine","type":"string","list":false,"required":true,"synthTime":true'
    prints '"values":["aurora-mysql","aurora-postgresql"]'
}
every_construct_and_property_is_explained() {
    "$CFNGEN" list constructs --json | grep -o '"name":"[^"]*"' | cut -d '"' -f 4 >"$scratch/constructs"
    test -s "$scratch/constructs"
    while read -r construct; do
        ends 0 explain "$construct"
        sed -n 's/^  \([A-Za-z0-9]*\): .*[a-z].*/\1/p;/^Attributes\|^!Ref/q' "$scratch/out" | grep -v '^Overrides$' >"$scratch/properties"
        test -s "$scratch/properties"
        while read -r property; do ends 0 explain "$construct.$property"; done <"$scratch/properties"
    done <"$scratch/constructs"
}
no_line_is_longer_than_80_columns() {
    ends 0 explain AuroraCluster
    awk 'length > 80 { print; bad = 1 } END { exit bad }' "$scratch/out"
}
what_is_unknown_is_refused() {
    ends 2 explain AurorCluster
    says "there is no construct or type AurorCluster; did you mean AuroraCluster?"
    ends 2 explain AuroraCluster.Readrs
    says "Cfngen::RDS::AuroraCluster has no property Readrs; did you mean Readers?"
    ends 2 explain AuroraCluster.Readers.X
    says "Cfngen::RDS::AuroraCluster.Readers has no property X"
    ends 2 explain CFN9999
    says "there is no diagnostic CFN9999"
    ends 2 explain Nothing
    says 'there is no construct or type Nothing; "cfngen list" and "cfngen schema types" list them'
    for name in '' . .. :: Key. Key.. CFN; do ends 2 explain "$name"; done
    ends 2 explain
    says "something is missing: CONSTRUCT"
    ends 2 explain Key Key
    says "one argument too many: Key"
}

for test in a_construct_is_explained a_construct_that_makes_nothing_says_so names_may_be_short_and_of_any_case \
    a_property_is_explained members_are_explained an_attribute_is_explained a_diagnostic_is_explained json_is_json \
    every_construct_and_property_is_explained no_line_is_longer_than_80_columns what_is_unknown_is_refused; do
    check $test
done
finish
