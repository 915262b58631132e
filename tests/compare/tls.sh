#!/bin/sh
# Connections to databases over the network: TLS is demanded and the server's certificate verified,
# unless the URL says otherwise.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh
. tests/support/certificates.sh
. tests/support/aws.sh

port=$((40000 + $$ % 20000))

# The source with TLS, without it, or with the certificate that has expired.
start_source() { # good|expired|none
    tests/support/servers stop "$scratch" source
    case $family-$1 in
    mariadb-none) set -- --skip-ssl ;;
    mariadb-*) set -- --ssl-cert="$scratch/$1.pem" --ssl-key="$scratch/server.key" --ssl-ca="$scratch/ca.pem" ;;
    postgresql-none) set -- -c ssl=off ;;
    postgresql-*) set -- -c ssl=on -c ssl_cert_file="$scratch/$1.pem" -c ssl_key_file="$scratch/server.key" ;;
    esac
    if [ "$family" = mariadb ]; then
        tests/support/servers start "$scratch" mariadb source --port=$port --bind-address=127.0.0.1 "$@"
    else
        tests/support/servers start "$scratch" postgresql source -c listen_addresses=127.0.0.1 -c port=$port "$@"
    fi
}

url() { # HOST PARAMETERS
    if [ "$family" = mariadb ]; then
        echo "mysql://remote:secret@$1:$port/?$2"
    else
        echo "postgresql://remote:secret@$1:$port/postgres?$2"
    fi
}

a_verified_server_is_used() {
    ends 0 compare check -t shop.t --settle 0 --source "$(url localhost "ssl-ca=$scratch/ca.pem")"
}
an_authority_that_is_not_known_is_refused() {
    ends 3 compare check -t shop.t --source "$(url localhost "")"
    grep -E 'self-signed certificate|root certificate file' "$scratch/err"
}
another_host_name_is_refused() {
    ends 3 compare check -t shop.t --source "$(url 127.0.0.1 "ssl-ca=$scratch/ca.pem")"
    grep -E 'Validation of SSL server certificate|does not match host name' "$scratch/err"
}
without_verification_any_certificate_will_do() {
    ends 0 compare check -t shop.t --settle 0 --source "$(url 127.0.0.1 ssl-mode=required)"
}
a_password_apart_is_used() {
    CFNGEN_SOURCE_PASSWORD=wrong
    export CFNGEN_SOURCE_PASSWORD
    ends 3 compare check -t shop.t --source "$(url localhost "ssl-ca=$scratch/ca.pem")"
    grep -E 'Access denied|password authentication failed' "$scratch/err"
    CFNGEN_SOURCE_PASSWORD=secret
    ends 0 compare check -t shop.t --settle 0 --source "$(url localhost "ssl-ca=$scratch/ca.pem" | sed s/:secret//)"
}
secret_is() { # PASSWORD
    if [ "$family" = mariadb ]; then engine=mysql; else engine=postgres; fi
    scenario <<END
> secretsmanager get-secret-value --secret-id arn:aws:secretsmanager:eu-west-2:123456789012:secret:old-AbCdEf *
{"SecretString": "{\\"engine\\": \\"$engine\\", \\"host\\": \\"localhost\\", \\"port\\": $port, \\"username\\": \\"remote\\", \\"password\\": \\"$1\\", \\"dbname\\": \\"postgres\\"}"}
END
}
a_login_from_a_secret_is_used() {
    unset CFNGEN_SOURCE_URL
    secret=arn:aws:secretsmanager:eu-west-2:123456789012:secret:old-AbCdEf
    secret_is secret
    ends 0 compare check -t shop.t --settle 0 --source-secret $secret --ssl-ca "$scratch/ca.pem"
    called "--region eu-west-2"
    ends 1 preflight -t shop.t --source-secret $secret --ssl-ca "$scratch/ca.pem"
    prints "NOT READY: 1 tables"
    echo "{\"SourceSecretArn\": \"$secret\"}" >"$scratch/outputs.json"
    secret_is secret
    ends 0 compare check -t shop.t --settle 0 --outputs "$scratch/outputs.json" --ssl-ca "$scratch/ca.pem"
    secret_is hunter2
    ends 3 compare check -t shop.t --source-secret $secret --ssl-ca "$scratch/ca.pem"
    says CFN5006
    lacks "$scratch/err" hunter2
    scenario <<END
> *
{"SecretString": "hunter2"}
END
    ends 3 compare check -t shop.t --source-secret $secret
    says "it is no JSON with username, password and host"
    lacks "$scratch/err" hunter2
}
a_certificate_that_has_expired_is_refused() {
    start_source expired
    ends 3 compare check -t shop.t --source "$(url localhost "ssl-ca=$scratch/ca.pem")"
    grep -E 'certificate has expired|certificate verify failed' "$scratch/err"
}
a_server_without_tls_is_refused() {
    start_source none
    ends 3 compare check -t shop.t --source "$(url localhost "ssl-ca=$scratch/ca.pem")"
    ends 3 compare check -t shop.t --source "$(url localhost ssl-mode=required)"
    ends 0 compare check -t shop.t --settle 0 --source "$(url localhost ssl-mode=disabled)"
}

command -v openssl >/dev/null || { skip "connections over TLS" "no openssl"; finish; exit; }
make_certificates
for family in mariadb postgresql; do
    if ! databases $family; then
        skip "connections over TLS with $family" "$missing"
        continue
    fi
    both "CREATE SCHEMA shop"
    both "CREATE TABLE shop.t (id INT PRIMARY KEY)"
    if [ "$family" = mariadb ]; then
        source "CREATE USER remote@'%' IDENTIFIED BY 'secret'; GRANT SELECT ON shop.* TO remote@'%'"
    else
        source "CREATE ROLE remote LOGIN PASSWORD 'secret'; GRANT USAGE ON SCHEMA shop TO remote; GRANT SELECT ON shop.t TO remote"
        sed -i 's/^\(host.*\)trust/\1scram-sha-256/' "$scratch/source/data/pg_hba.conf"
    fi
    # From here on the socket of PostgreSQL has another name, with the port.
    start_source good
    for test in a_verified_server_is_used an_authority_that_is_not_known_is_refused another_host_name_is_refused \
        without_verification_any_certificate_will_do a_password_apart_is_used a_login_from_a_secret_is_used a_certificate_that_has_expired_is_refused \
        a_server_without_tls_is_refused; do
        check $test $family
    done
    databases_end
    rm -rf "$scratch/source" "$scratch/target"
done
finish
