# Sourced by shell tests of the comparison, after tap.sh and cli.sh: a source and a target of a family.
#
#   databases mariadb|mysql|postgresql [OPTIONS]
#                                  starts both and sets the URLs that `cfngen compare` takes; returns 1,
#                                  with the reason in $missing, when there are none; the options are the source's
#   source SQL, target SQL         run statements; databases_end ends the servers, and is called at exit
databases() {
    family=$1
    trap 'databases_end; rm -rf "$scratch"' EXIT
    for side in source target; do
        if [ $side = source ]; then options=${2-}; else options=; fi
        # shellcheck disable=SC2086
        missing=$(tests/support/servers start "$scratch" "$family" $side $options) || {
            test $? = 77 && return 1
            exit 1
        }
    done
    if [ "$family" != postgresql ]; then
        CFNGEN_SOURCE_URL="mysql://root@/?socket=$scratch/source/socket"
        CFNGEN_TARGET_URL="mysql://root@/?socket=$scratch/target/socket"
    else
        CFNGEN_SOURCE_URL="postgresql://postgres@/postgres?host=$scratch/source"
        CFNGEN_TARGET_URL="postgresql://postgres@/postgres?host=$scratch/target"
    fi
    export CFNGEN_SOURCE_URL CFNGEN_TARGET_URL
}

databases_end() {
    "$project/tests/support/servers" stop "$scratch"
}

sql_at() { # SIDE SQL
    if [ "$family" != postgresql ]; then
        mariadb --no-defaults -uroot -S "$scratch/$1/socket" --default-character-set=utf8mb4 -N -e "$2"
    else
        psql -q -X -t -A -v ON_ERROR_STOP=1 -h "$scratch/$1" -U postgres -d postgres -c "$2"
    fi
}
source() { sql_at source "$1"; }
target() { sql_at target "$1"; }
both() {
    sql_at source "$1"
    sql_at target "$1"
}

project=$PWD
