#!/bin/bash
# The zip of the validator function: what is in it, that it is the same each time, and that it starts in
# a folder that has nothing but glibc, certificates and the zip.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
: "${OUT:?where it was built}"
if [ "${VARIANT-release}" != release ]; then
    echo "1..0 # SKIP the bundle is made of what is built for release"
    exit
fi
for tool in advzip openssl dpkg-query objdump strip unzip zip; do
    if ! command -v $tool >/dev/null; then
        echo "1..0 # SKIP no $tool"
        exit
    fi
done
. tests/support/lambda.sh
. tests/support/certificates.sh

bundle() { # ZIP [CERTIFICATES]
    lib/lambda/bundle "$OUT/lambda/bootstrap" "$@" >"$scratch/said" 2>&1 || { cat "$scratch/said"; return 1; }
}
certificates=/etc/ssl/certs/ca-certificates.crt
make_certificates
bundle "$scratch/one.zip" "$scratch/ca.pem"
unzip -Z1 "$scratch/one.zip" >"$scratch/names"

it_has_bootstrap_libraries_plugins_certificates_and_licences() {
    for name in bootstrap rds-ca.pem lib/libmariadb.so.3 lib/libpq.so.5 lib/libcurl.so.4 \
        lib/plugin/caching_sha2_password.so licences/cfngen.txt licences/mariadb.txt licences/expat.txt licences/LGPL-2.1; do
        grep -qx "$name" "$scratch/names" || { echo "no $name"; return 1; }
    done
    [ "$(unzip -Z "$scratch/one.zip" bootstrap | cut -c1-10)" = -rwxr-xr-x ]
}

nothing_of_glibc_is_in_it() {
    if grep -E 'ld-linux|/lib(c|m|dl|pthread|resolv)\.so' "$scratch/names"; then return 1; fi
}

# By the name of the file, so that it is found in another way than the bundle does it.
every_library_has_a_licence() {
    [ "$(grep -c '^lib/.*[.]so' "$scratch/names")" -gt 10 ]
    grep '^lib/.*[.]so' "$scratch/names" | sed 's,.*/,,' >"$scratch/libraries"
    sed 's,^,*/,' "$scratch/libraries" | xargs dpkg-query -S 2>/dev/null | sed 's/:.*//' | sort -u |
        xargs dpkg-query -W -f '${source:Package}\n' | sort -u >"$scratch/sources"
    [ "$(wc -l <"$scratch/sources")" -gt 10 ]
    while read -r source; do
        grep -qx "licences/$source.txt" "$scratch/names" || { echo "none of $source"; return 1; }
    done <"$scratch/sources"
}

two_builds_are_the_same_bytes() {
    (umask 077 && cd / && TZ=Asia/Tokyo LANG=C.UTF-8 "$project/lib/lambda/bundle" "$OUT/lambda/bootstrap" \
        "$scratch/two.zip" "$scratch/ca.pem" >/dev/null)
    cmp "$scratch/one.zip" "$scratch/two.zip"
}

it_is_small() { [ "$(wc -c <"$scratch/one.zip")" -lt 7500000 ]; }

refuses() { # TEXT ARGUMENT...
    text=$1
    shift
    if lib/lambda/bundle "$@" >"$scratch/said" 2>&1; then return 1; fi
    grep -qF -- "$text" "$scratch/said" || { cat "$scratch/said"; return 1; }
    [ ! -e "$scratch/no.zip" ]
}
what_is_no_bundle_of_certificates_is_refused() {
    refuses 'holds no certificates' "$OUT/lambda/bootstrap" "$scratch/no.zip" LICENSE
    printf -- '-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n' >"$scratch/both.pem"
    refuses 'holds a private key' "$OUT/lambda/bootstrap" "$scratch/no.zip" "$scratch/both.pem"
}
a_program_that_looks_for_its_libraries_elsewhere_is_refused() {
    refuses 'does not look for its libraries in lib beside it' "$OUT/cfngen-compare" "$scratch/no.zip"
}
a_program_that_needs_more_than_lambda_has_is_refused() {
    printf 'int arc4random(void);\nint main(void) { return arc4random(); }\n' >"$scratch/new.c"
    "${CC:-cc}" -w "$scratch/new.c" -Wl,--disable-new-dtags,-rpath,'$ORIGIN/lib' -Wl,--no-as-needed -lmariadb -o "$scratch/new"
    refuses 'Lambda has glibc 2.34: ./bootstrap asks for GLIBC_2.36' "$scratch/new" "$scratch/no.zip"
}

# ---- in a bare root folder ----

root=$scratch/root
make_root() {
    mkdir -p "$root/proc" "$root/var/task" "$root/etc/pki/tls/certs" "$root/tmp"
    unzip -q "$scratch/one.zip" -d "$root/var/task"
    loader=$(readelf -l "$OUT/lambda/bootstrap" | sed -n 's/.*interpreter: \(.*\)]/\1/p')
    libraries=$(dirname "$(ldd "$OUT/lambda/bootstrap" | awk '$1 == "libc.so.6" { print $3 }')")
    mkdir -p "$root/$(dirname "$loader")" "$root/$libraries"
    cp -L "$loader" "$root/$loader"
    for name in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 libresolv.so.2 libnss_files.so.2 libnss_dns.so.2; do
        if [ -e "$libraries/$name" ]; then cp -L "$libraries/$name" "$root/$libraries/"; fi
    done
    printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
    cp "$certificates" "$root/etc/pki/tls/certs/ca-bundle.crt"
}
# $ORIGIN is found by /proc, which Lambda has too.
# shellcheck disable=SC2016
enter=(unshare --mount sh -c 'mount --rbind /proc "$1/proc" && exec chroot "$@"' -)
if [ "$(id -u)" != 0 ]; then enter=(unshare --map-root-user "${enter[@]:1}"); fi

# As run_function, but what it starts is in the bare root.
begin_in_root() { # [NAME=VALUE...]
    env -i PATH="$PATH" LAMBDA_TASK_ROOT=/var/task \
        AWS_LAMBDA_RUNTIME_API="127.0.0.1:$port" AWS_ENDPOINT_URL="http://127.0.0.1:$port" \
        AWS_REGION=eu-west-2 AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=planted-aws-key \
        AWS_SESSION_TOKEN=planted-session-token AWS_LAMBDA_FUNCTION_NAME=validator \
        SOURCE_SECRET=source TARGET_SECRET=target "$@" \
        "${enter[@]}" "$root" /var/task/bootstrap >>"$scratch/function.out" 2>>"$scratch/function.err" &
    function=$!
}

it_starts_answers_and_ends() {
    begin_in_root
    control GET /control/polls >/dev/null
    equal='{"verdict":"equal","pieces":1}'
    invoke "{\"action\":\"gate\",\"plan\":$equal,\"results\":[$equal]}"
    answers '"verdict":"GO"'
    end_function
    [ "$status" = 0 ]
}
# What the cutover function needs is there too: it gets as far as the first call.
the_cutover_function_starts_as_well() {
    begin_in_root _HANDLER=cutover HOSTED_ZONE_ID=Z1 RECORD_NAME=db.example.com RECORD_MODE=cname SOURCE_HOST=old.example.net \
        TARGET_HOST=new.example.net TTL=60 TASK_ARN=arn:aws:dms:eu-west-2:123456789012:task:A \
        REPLICATION_INSTANCE_IDENTIFIER=replication STATE_PARAMETER=/state LOCK_PARAMETER=/lock AWS_ENDPOINT_URL_SSM=http://127.0.0.1:9
    control GET /control/polls >/dev/null
    invoke '{"action":"status"}'
    fails Cutover.Unreachable
    end_function
}
it_tells_what_it_cannot_reach() {
    begin_in_root
    control GET /control/polls >/dev/null
    invoke '{"action":"check"}'
    fails Validator.Unreachable
    end_function
}

# RDS and Aurora with MySQL 8.4 ask for it; the client has it in a file that it loads.
a_plugin_of_the_bundle_is_loaded() {
    mkfifo "$scratch/mysql"
    python3 tests/support/mysql_login.py caching_sha2_password "$scratch/good.pem" "$scratch/server.key" >"$scratch/mysql" &
    mysql=$!
    trap 'kill "$mysql"' EXIT
    read -r mysql_port <"$scratch/mysql"
    for side in source target; do
        login localhost "$mysql_port" someone planted-password | control POST "/control/secret?id=$side"
    done
    begin_in_root
    control GET /control/polls >/dev/null
    invoke '{"action":"check"}'
    fails Validator.AuthenticationFailed
    end_function
    rm -r "$root/var/task/lib/plugin"
    begin_in_root
    control GET /control/polls >/dev/null
    invoke '{"action":"check"}'
    grep -q 'caching_sha2_password' "$scratch/answer"
    end_function
}

check it_has_bootstrap_libraries_plugins_certificates_and_licences
check nothing_of_glibc_is_in_it
check every_library_has_a_licence
check two_builds_are_the_same_bytes
check it_is_small
check what_is_no_bundle_of_certificates_is_refused
check a_program_that_looks_for_its_libraries_elsewhere_is_refused
check a_program_that_needs_more_than_lambda_has_is_refused
make_root
if ! { "${enter[@]}" "$root" /nothing 2>&1 || :; } | grep -q 'No such file'; then
    skip it_starts_answers_and_ends 'no other root folder may be entered here'
    skip the_cutover_function_starts_as_well 'no other root folder may be entered here'
    skip it_tells_what_it_cannot_reach 'no other root folder may be entered here'
    skip a_plugin_of_the_bundle_is_loaded 'no other root folder may be entered here'
else
    for side in source target; do
        login 127.0.0.1 9 someone planted-password | control POST "/control/secret?id=$side"
    done
    check it_starts_answers_and_ends
    check the_cutover_function_starts_as_well
    check it_tells_what_it_cannot_reach
    check a_plugin_of_the_bundle_is_loaded
fi
finish
