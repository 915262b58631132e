#!/bin/sh
# What cannot be read or written is said, with exit status 3, and leaves no trace.
set -eu
cd "$(dirname "$0")/../.."
# Mounts are made where nobody else sees them, and go away with the script.
if [ -z "${OWN_MOUNTS-}" ]; then
    for how in -m -rm; do
        if unshare $how true 2>/dev/null; then OWN_MOUNTS=1 exec unshare $how tests/cli/trouble.sh; fi
    done
fi
. tests/support/tap.sh
. tests/support/cli.sh
cd "$scratch"
good_stack good.yaml

an_input_that_is_not_there() {
    ends 3 synth nothing.yaml
    prints_nothing
    says "nothing.yaml: error CFN0002: the file cannot be read: No such file or directory"
}
an_input_that_is_a_folder() {
    mkdir -p folder
    ends 3 synth folder
    says "folder: error CFN0002: the file cannot be read: Is a directory"
}
an_input_behind_a_dangling_link() {
    ln -s nothing dangling.yaml
    ends 3 validate dangling.yaml
    prints "dangling.yaml: error CFN0002"
}
trouble_outweighs_findings() {
    echo 'A: 1' >bad.yaml
    ends 3 validate bad.yaml nothing.yaml
    prints CFN1001
    prints CFN0002
}
standard_input_that_is_closed() {
    status=0
    "$CFNGEN" synth <&- >out 2>err || status=$?
    test $status = 3
    says "<stdin>: error CFN0002"
}
a_disk_that_is_full() {
    ends 3 synth good.yaml -o /dev/full
    says "/dev/full: error CFN0003: the file cannot be written: No space left on device"
}
a_small_disk_keeps_the_old_file() {
    echo old >small/output.json
    head -c 100000 /dev/zero >small/filler 2>/dev/null || :
    ends 3 synth good.yaml -o small/output.json
    says "small/output.json: error CFN0003: the file cannot be written: No space left on device"
    test "$(cat small/output.json)" = old
    test "$(find small -type f | wc -l)" = 2
}
a_folder_that_is_read_only() {
    ends 3 synth good.yaml -o /proc/output.json
    says "/proc/output.json: error CFN0003"
}
a_file_that_is_read_only() {
    echo old >readonly/output.json
    mount -o remount,bind,ro readonly
    ends 3 synth good.yaml -o readonly/output.json
    says "readonly/output.json: error CFN0003: the file cannot be written: Read-only file system"
    test "$(cat readonly/output.json)" = old
}
a_folder_that_is_not_there() {
    ends 3 synth good.yaml -o nowhere/output.json
    says "nowhere/output.json: error CFN0003"
    ends 3 synth good.yaml -o nowhere/further/
    says "the folder nowhere/further/ cannot be made: No such file or directory"
    test ! -e nowhere
}

standard_output_is_closed() { # ARGUMENT...
    status=0
    "$CFNGEN" "$@" >&- 2>err || status=$?
    cat err
    test $status = 3
    says "cannot be written"
}
standard_output_is_full() { # ARGUMENT...
    status=0
    "$CFNGEN" "$@" >/dev/full 2>err || status=$?
    cat err
    test $status = 3
    says "No space left on device"
}
a_reader_of_the_output_that_goes_away() {
    { status=0; "$CFNGEN" list diagnostics 2>err || status=$?; echo $status >status; } | :
    # The pipe may be read to its end before it is closed.
    grep -qE '^[03]$' status
    says_nothing
}
an_output_file_needs_no_standard_streams() {
    "$CFNGEN" synth good.yaml -o out.json >&- 2>&- <&-
    "$CFNGEN" synth good.yaml | cmp - out.json
}

for test in an_input_that_is_not_there an_input_that_is_a_folder an_input_behind_a_dangling_link \
    trouble_outweighs_findings standard_input_that_is_closed a_disk_that_is_full a_folder_that_is_read_only \
    a_folder_that_is_not_there a_reader_of_the_output_that_goes_away an_output_file_needs_no_standard_streams; do
    check "$test"
done
for command in "synth good.yaml" "validate good.yaml" list "explain AuroraCluster" "completion bash" help version --help "synth --help"; do
    # shellcheck disable=SC2086
    check standard_output_is_closed $command
    # shellcheck disable=SC2086
    check standard_output_is_full $command
done

mkdir small readonly
if [ -n "${OWN_MOUNTS-}" ] && mount -t tmpfs -o size=16k cfngen-test small 2>/dev/null &&
    mount -t tmpfs -o size=16k cfngen-test readonly; then
    check a_small_disk_keeps_the_old_file
    check a_file_that_is_read_only
else
    skip a_small_disk_keeps_the_old_file "no right to mount"
    skip a_file_that_is_read_only "no right to mount"
fi
umount small readonly 2>/dev/null || :
cd /
finish
