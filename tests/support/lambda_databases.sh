# Sourced by tests of the validator function with databases, after lambda.sh: needs openssl.
#
#   databases_with_tls FAMILY      starts a source and a target on the network, with TLS by make_certificates, and
#                                  two tables that are the same; returns 1, with the reason in $missing
#   begin [NAME=VALUE...]          starts the function for them
#   set_password, set_secret SIDE PASSWORD   in the database alone, in Secrets Manager alone
#   member PATH                    a member of the last answer, as JSON
# and what tests/support/databases.sh has.
. tests/support/databases.sh
. tests/support/certificates.sh
source_port=$((20000 + $$ % 10000))
target_port=$((30000 + $$ % 10000))

# On the network, with TLS and a login that needs a password.
start_with_tls() { # SIDE PORT
    tests/support/servers stop "$scratch" "$1"
    if [ "$family" = mariadb ]; then
        tests/support/servers start "$scratch" mariadb "$1" --port="$2" --bind-address=127.0.0.1 \
            --ssl-cert="$scratch/good.pem" --ssl-key="$scratch/server.key" --ssl-ca="$scratch/ca.pem"
    else
        sed -i 's/^\(host.*\)trust/\1scram-sha-256/' "$scratch/$1/data/pg_hba.conf"
        tests/support/servers start "$scratch" postgresql "$1" -c listen_addresses=127.0.0.1 -c port="$2" -c ssl=on \
            -c ssl_cert_file="$scratch/good.pem" -c ssl_key_file="$scratch/server.key"
    fi
}
sql_at() { # SIDE SQL
    if [ "$family" = mariadb ]; then
        mariadb --no-defaults -uroot -S "$scratch/$1/socket" --default-character-set=utf8mb4 -N -e "$2"
    else
        eval "side_port=\$${1}_port"
        psql -q -X -t -A -v ON_ERROR_STOP=1 -h "$scratch/$1" -p "$side_port" -U postgres -d postgres -c "$2"
    fi
}
set_password() { # SIDE PASSWORD: in the database alone
    if [ "$family" = mariadb ]; then
        sql_at "$1" "ALTER USER someone@'%' IDENTIFIED BY '$2'"
    else
        sql_at "$1" "ALTER ROLE someone PASSWORD '$2'"
    fi
}
set_secret() { # SIDE PASSWORD: in Secrets Manager alone
    eval "side_port=\$${1}_port"
    login localhost "$side_port" someone "$2" | control POST "/control/secret?id=$1"
}
fill() {
    if [ "$family" = mariadb ]; then
        both "CREATE USER someone@'%' IDENTIFIED BY 'planted-password'; CREATE DATABASE shop; GRANT SELECT ON shop.* TO someone@'%'"
    else
        both "CREATE ROLE someone LOGIN PASSWORD 'planted-password'; CREATE SCHEMA shop; GRANT USAGE ON SCHEMA shop TO someone; ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO someone"
    fi
    both "CREATE TABLE shop.customers (id INT PRIMARY KEY, name VARCHAR(40))"
    both "CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(40))"
    both "INSERT INTO shop.customers VALUES (1, 'planted-one'), (2, 'planted-two')"
    both "INSERT INTO shop.orders VALUES (1, 'planted-note'), (2, NULL), (3, '')"
}

begin() { # [NAME=VALUE...]
    start_function ENGINE=$engine DATABASES=shop SETTLE_SECONDS=0 CA_FILE="$scratch/ca.pem" "$@"
}
member() { # PATH: of the last answer, as JSON
    python3 -c '
import json, sys
value = json.load(sys.stdin)["body"]
for key in sys.argv[1].split("/"):
    value = value[int(key) if isinstance(value, list) else key]
print(json.dumps(value))' "$1" <"$scratch/answer"
}
databases_with_tls() { # FAMILY
    databases "$1" || return 1
    trap 'end_emulator; databases_end; rm -rf "$scratch"' EXIT
    start_with_tls source $source_port
    start_with_tls target $target_port
    if [ "$1" = mariadb ]; then engine=mysql; else engine=postgresql; fi
    fill
}
