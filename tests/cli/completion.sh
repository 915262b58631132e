#!/bin/sh
# cfngen completion: the scripts work in their shells, and offer what the tables hold.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/tap.sh
. tests/support/cli.sh
cd "$scratch"
mkdir folder
: >file.yaml
for shell in bash zsh fish; do "$CFNGEN" completion $shell >completion.$shell; done

# Prints what bash offers for a line, one a line, in order.
cat >offer.bash <<'END'
source completion.bash
COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
_cfngen
printf '%s\n' "${COMPREPLY[@]}" | sort
END
bash_offers() { # LINE WORD...
    line=$1
    shift
    bash offer.bash "$line" >offered
    printf '%s\n' "$@" | LC_ALL=C.UTF-8 sort | diff - offered
}
fish_offers() { # LINE WORD...
    line=$1
    shift
    fish --no-config -c 'source completion.fish; complete -C $argv[1]' "$line" | cut -f 1 | sort >offered
    printf '%s\n' "$@" | sort | diff - offered
}

bash_completes_commands() {
    bash_offers "cfngen sy" synth
    bash_offers "cfngen --v" --version
    bash_offers "cfngen help ver" version
    bash_offers "cfngen pre" preflight
}
bash_completes_options_and_their_values() {
    bash_offers "cfngen synth x.yaml --for" --format
    bash_offers "cfngen synth --format " json yaml
    bash_offers "cfngen synth --format=j" json
    bash_offers "cfngen validate --diagnostics t" text
    bash_offers "cfngen synth --suffix " ""
    bash_offers "cfngen init --" --force --help
    bash_offers "cfngen cutover ro" rollback
    bash_offers "cfngen cutover rollback --re" --region --reverse
    bash_offers "cfngen cutover status --f" --function
}
bash_completes_files_and_folders() {
    bash_offers "cfngen synth fi" file.yaml
    bash_offers "cfngen synth --output fo" folder
    bash_offers "cfngen synth -o fi" file.yaml
    bash_offers "cfngen init rds-mysql-to-aurora-mysql f" folder
}
bash_completes_names() {
    bash_offers "cfngen explain Aurora" AuroraCluster
    bash_offers "cfngen explain Cfngen::KM" KMS::Key
    bash_offers "cfngen init rds-mysql-to-a" rds-mysql-to-aurora-mysql
    bash_offers "cfngen runbook rds-mysql-to-a" rds-mysql-to-aurora-mysql
    bash_offers "cfngen list " blueprints constructs diagnostics
    bash_offers "cfngen completion " bash fish zsh
}
zsh_takes_the_script() {
    zsh -f -n completion.zsh
    zsh -f -c 'autoload -Uz compinit; compinit -D -u; source completion.zsh; [[ $_comps[cfngen] == _cfngen ]]'
}
bash_completes_groups() {
    bash_offers "cfngen sch" schema
    bash_offers "cfngen schema " --help build dump editor types
    bash_offers "cfngen schema types --re" --region
    bash_offers "cfngen schema build fo" folder
    bash_offers "cfngen schema dump AWS::DMS::Rep" ReplicationConfig ReplicationInstance \
        ReplicationSubnetGroup ReplicationTask
}
fish_completes() {
    export HOME="$scratch" XDG_DATA_HOME="$scratch" XDG_CONFIG_HOME="$scratch"
    fish --no-config -n completion.fish
    fish_offers "cfngen sy" synth
    fish_offers "cfngen pref" preflight
    fish_offers "cfngen synth --format " json yaml
    fish_offers "cfngen explain Cfngen::KM" Cfngen::KMS::Key
    fish_offers "cfngen synth fil" file.yaml
    fish_offers "cfngen sche" schema
    fish_offers "cfngen schema ty" types
    fish_offers "cfngen schema types --reg" --region
    fish_offers "cfngen runbook rds-mysql-to-a" rds-mysql-to-aurora-mysql
}
every_option_is_offered() {
    for command in synth validate test init list explain runbook; do
        "$CFNGEN" $command --help | grep -o '^ *\(-[a-z], \)\?--[a-z]*' | grep -o -- '--[a-z]*' >options
        test -s options
        while read -r option; do
            for shell in bash zsh; do grep -qF -- "$option" completion.$shell; done
            grep -qF -- "$command' -l ${option#--}" completion.fish
        done <options
    done
}
an_unknown_shell_is_refused() {
    ends 2 completion tcsh
    says "tcsh is not one of bash|zsh|fish"
}

check every_option_is_offered
check an_unknown_shell_is_refused
for test in bash_completes_commands bash_completes_options_and_their_values bash_completes_files_and_folders \
    bash_completes_names bash_completes_groups zsh_takes_the_script fish_completes; do
    shell=${test%%_*}
    if command -v "$shell" >/dev/null; then check $test; else skip $test "no $shell"; fi
done
finish
