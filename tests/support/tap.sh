# Sourced by shell tests (set -eu): prints TAP. A test is a function named as a sentence.
#
#   check SENTENCE [ARGUMENT...]   runs the function in a subshell that ends at the first failure
#   skip SENTENCE REASON           says that a test cannot run here
#   finish                         prints the plan; to be called last
#
# $scratch is an empty folder that goes away at the end.
tests_run=0
tests_failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check() {
    tests_run=$((tests_run + 1))
    # In the background, because the shell ignores `set -e` inside a condition.
    (set -e; "$@") >"$scratch/.log" 2>&1 &
    if wait $!; then
        echo "ok $tests_run - $*"
    else
        tests_failed=$((tests_failed + 1))
        echo "not ok $tests_run - $*"
        sed 's/^/# /' "$scratch/.log"
    fi
}

skip() {
    tests_run=$((tests_run + 1))
    echo "ok $tests_run - $1 # SKIP $2"
}

finish() {
    echo "1..$tests_run"
    [ "$tests_failed" = 0 ]
}

# The files of the project: tracked ones and new ones, without what was built.
project_files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard
    else
        find . \( -path ./build -o -path ./.git \) -prune -o -type f -print | sed 's,^\./,,'
    fi | while IFS= read -r file; do
        if [ -f "$file" ]; then printf '%s\n' "$file"; fi
    done
}
