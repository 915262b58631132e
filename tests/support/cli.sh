# Sourced by the tests of the program, after tap.sh.
#
#   ends STATUS ARGUMENT...   runs cfngen and asserts its exit status; what it printed is in
#                             $scratch/out and $scratch/err, and its input comes from $input
#   prints TEXT, says TEXT    asserts that a text is on standard output, on standard error
#   prints_nothing, says_nothing
: "${CFNGEN:?the program to test}"
input=/dev/null

ends() {
    expected=$1
    shift
    status=0
    timeout 10 "$CFNGEN" "$@" <"$input" >"$scratch/out" 2>"$scratch/err" || status=$?
    cat "$scratch/err"
    if [ "$status" != "$expected" ]; then
        echo "exit status $status instead of $expected; it printed:"
        head -c 2000 "$scratch/out"
        return 1
    fi
}

prints() {
    grep -qF -- "$1" "$scratch/out" || { echo "missing on standard output: $1"; head -50 "$scratch/out"; return 1; }
}

says() {
    grep -qF -- "$1" "$scratch/err" || { echo "missing on standard error: $1"; return 1; }
}

prints_nothing() {
    test ! -s "$scratch/out" || { head -50 "$scratch/out"; return 1; }
}

says_nothing() {
    test ! -s "$scratch/err"
}

# A stack file with all constructs and nothing wrong.
good_stack() { # FILE
    cat >"$1" <<'END'
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  InstanceClass: {Type: String, Default: db.r6g.large}
Resources:
  Key: {Type: Cfngen::KMS::Key}
  Net:
    Type: Cfngen::EC2::Network
    Properties:
      VpcId: vpc-0123456789abcdef0
      SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      AvailabilityZones: [eu-central-1a, eu-central-1b]
  Clients:
    Type: Cfngen::EC2::SecurityGroup
    Properties: {Network: !Ref Net, Description: Clients}
  Group:
    Type: Cfngen::EC2::SecurityGroup
    Properties:
      Network: !Ref Net
      Ingress: [{From: !Ref Clients, Port: 3306, Description: Clients}]
  Secret:
    Type: Cfngen::SecretsManager::Secret
    Properties: {SecretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf"}
  Aurora:
    Type: Cfngen::RDS::AuroraCluster
    Properties:
      Engine: aurora-mysql
      Network: !Ref Net
      SecurityGroups: [!Ref Group]
      EncryptionKey: !Ref Key
      MasterSecret: !Ref Secret
      InstanceClass: !Ref InstanceClass
Outputs:
  Endpoint: {Value: !GetAtt Aurora.Endpoint.Address}
END
}

# Asserts that a file does not hold a text. (The shell ignores the status of `! grep`.)
lacks() { # FILE TEXT
    if grep -F -- "$2" "$1"; then return 1; fi
}

# Asserts that every line of a file is a JSON value, by the word of cfngen's own reader.
holds_json_lines() { # FILE
    test -s "$1"
    { printf '{"Metadata":{"Lines":['; paste -sd, "$1"; printf ']},"Resources":{"A":{"Type":"AWS::SNS::Topic"}}}'; } >"$scratch/lines.json"
    "$CFNGEN" synth "$scratch/lines.json" >/dev/null
}

# Runs a command with a terminal as its standard output and standard error, if that is possible.
on_a_terminal() { # COMMAND
    script -qec "$1" /dev/null </dev/null
}
