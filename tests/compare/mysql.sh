#!/bin/sh
# cfngen compare between servers of MySQL 8 or newer: logins by caching_sha2_password over TLS, and columns of
# JSON, which MariaDB does not have. MYSQLD=FILE names the server.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
. tests/support/databases.sh
. tests/support/certificates.sh

port=$((30000 + $$ % 20000))

fill() {
    both "CREATE DATABASE shop; USE shop; SET cte_max_recursion_depth = 10000;
        CREATE TABLE orders (id BIGINT UNSIGNED PRIMARY KEY, doc JSON, at TIMESTAMP(3) NULL,
            total DECIMAL(10,2) AS (JSON_VALUE(doc, '$.total' RETURNING DECIMAL(10,2))) STORED, hidden INT INVISIBLE);
        INSERT INTO orders (id, doc, at, hidden)
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)
            SELECT n, JSON_OBJECT('total', n, 'lines', JSON_ARRAY(n, NULL, TRUE, 'é')),
                TIMESTAMP('2026-01-01') + INTERVAL n SECOND, n FROM n;
        CREATE TABLE names (name VARCHAR(40) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, v INT);
        INSERT INTO names SELECT CONCAT('name ', LPAD(HEX(id * 7919 % 10007), 4, '0')), id FROM orders;
        CREATE TABLE keyless (doc JSON, v INT);
        INSERT INTO keyless SELECT doc, id % 3 FROM orders WHERE id <= 100"
}

# In the network; the login may read and no more.
remote() { # PASSWORD PARAMETERS
    echo "mysql://remote:$1@localhost:$port/shop?$2"
}
caching_sha2_password_over_tls_is_let_in() {
    source "FLUSH PRIVILEGES" # which forgets the passwords that it had checked
    ends 0 compare check -t shop.orders --settle 0 --source "$(remote secret "ssl-ca=$scratch/ca.pem")"
    prints "equal       shop.orders  3,000 rows"
    test "$(source "SELECT plugin, ssl_type FROM mysql.user WHERE user = 'remote'" | tr '\t' ' ')" = "caching_sha2_password ANY"
}
a_wrong_password_is_refused_and_not_shown() {
    ends 3 compare check -t shop.orders --source "$(remote hunter2 "ssl-ca=$scratch/ca.pem")"
    says "Access denied for user 'remote'@'localhost'"
    lacks "$scratch/err" hunter2
}
a_login_that_demands_tls_is_refused_without_it() {
    ends 3 compare check -t shop.orders --source "$(remote secret ssl-mode=disabled)"
    lacks "$scratch/err" secret
}
equal_tables_are_equal() { # MODE
    ends 0 compare check -t 'shop.%' --settle 0 --mode "$1"
}
schemas_are_the_same() {
    ends 0 compare schema -t 'shop.%'
}
# Of JSON: a value, a type, a null that is not there, what the order of members is not.
planted_differences_are_found_and_none_invented() { # MODE
    ends 1 compare check -t shop.orders --settle 0 --mode "$1"
    prints "1 missing, 1 extra, 5 changed"
    for key in 11 12 13; do prints "changed  id=\"$key\"  doc ("; done
    prints 'changed  id="14"  at ('
    prints 'changed  id="15"  hidden ('
    prints 'missing  id="21"'
    prints 'extra  id="18446744073709551615"'
    ends 1 compare check -t shop.names --settle 0 --mode "$1"
    prints "0 missing, 0 extra, 1 changed"
    ends 1 compare check -t shop.keyless --settle 0 --mode "$1"
}
a_repaired_target_is_equal() {
    ends 1 compare check -t shop.orders --settle 0 --repair-sql "$scratch/repair.sql"
    target "source $scratch/repair.sql"
    ends 0 compare check -t shop.orders --settle 0
}
another_default_is_a_difference_of_schemas() {
    target "ALTER TABLE shop.names ALTER v SET DEFAULT 7"
    ends 1 compare schema -t 'shop.%'
}

command -v openssl >/dev/null || { skip "comparing MySQL" "no openssl"; finish; exit; }
make_certificates
databases mysql "--port=$port --bind-address=127.0.0.1 --ssl-cert=$scratch/good.pem --ssl-key=$scratch/server.key
    --ssl-ca=$scratch/ca.pem" || { skip "comparing MySQL" "$missing"; finish; exit; }
source "CREATE USER remote@localhost IDENTIFIED WITH caching_sha2_password BY 'secret' REQUIRE SSL;
    GRANT SELECT ON *.* TO remote@localhost"
fill
check caching_sha2_password_over_tls_is_let_in
check a_wrong_password_is_refused_and_not_shown
check a_login_that_demands_tls_is_refused_without_it
for mode in digest stream; do check equal_tables_are_equal $mode; done
check schemas_are_the_same
target "USE shop; UPDATE orders SET doc = JSON_SET(doc, '$.lines[3]', 'e') WHERE id = 11;
    UPDATE orders SET doc = JSON_SET(doc, '$.lines[0]', '12') WHERE id = 12;
    UPDATE orders SET doc = JSON_SET(doc, '$.none', NULL) WHERE id = 13;
    UPDATE orders SET at = at + INTERVAL 1000 MICROSECOND WHERE id = 14;
    UPDATE orders SET hidden = 0 WHERE id = 15;
    UPDATE orders SET doc = JSON_MERGE_PATCH('{\"lines\": 0}', doc) WHERE id = 16;
    DELETE FROM orders WHERE id = 21;
    INSERT INTO orders (id) VALUES (18446744073709551615);
    UPDATE names SET v = -1 WHERE v = 500;
    UPDATE keyless SET doc = NULL LIMIT 1"
for mode in digest stream; do check planted_differences_are_found_and_none_invented $mode; done
check a_repaired_target_is_equal
check another_default_is_a_difference_of_schemas
finish
