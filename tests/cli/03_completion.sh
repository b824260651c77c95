#!/bin/sh
# Completion: the scripts are sound, and the answers come from the tables.
. "$(dirname "$0")/../lib.sh"

tracker() {
	repo r
	notes init --prefix NOTE -q
	notes new -q bug 'first one' -l tui -a ann
	notes new -q feature second -l text
	notes release add 1.4 -q
}

scripts_parse() {
	for shell in bash zsh fish; do
		ok notes completion $shell
		cp "$out" script.$shell
		command -v $shell >/dev/null || continue
		$shell -n script.$shell
	done
	fails 2 notes completion tcsh
	err_has 'bash, zsh, fish'
}

# What bash would offer for the line.
bash_offers() {
	bash -c '
		. ./script.bash
		COMP_LINE=$1 COMP_POINT=${#1}
		_notes
		printf "%s\n" "${COMPREPLY[@]}"
	' bash "$1" | sort
}

bash_completes() {
	command -v bash >/dev/null || skip 'no bash'
	tracker
	notes completion bash >script.bash
	is "$(printf 'explain\nexport')" "$(bash_offers 'notes exp')"
	is 'publish' "$(bash_offers 'notes release pub')"
	is "$(printf 'NOTE-1\nNOTE-2')" "$(bash_offers 'notes show ')"
	is "$(printf 'in-progress\nin-review')" "$(bash_offers 'notes status in')"
	is 'in-review' "$(bash_offers 'notes list status:in-r')"
	is 'csv' "$(bash_offers 'notes import --format=c')"
	is '1.4' "$(bash_offers 'notes generate 1')"
	: >'a file'
	bash_offers 'notes import a' | grep -q 'a file'
}

zsh_and_fish_load() {
	repo r
	notes init --prefix NOTE -q
	if command -v zsh >/dev/null; then
		zsh -fc 'autoload -U compinit && compinit -u -d ./dump &&
			eval "$(notes completion zsh)" &&
			[[ $_comps[notes] = _notes ]]'
	fi
	command -v fish >/dev/null || skip 'no fish'
	fish --no-config -c 'notes completion fish | source
		complete -C "notes rel" | string match -q "release*"'
	fish --no-config -c 'notes completion fish | source
		complete -C "notes release " | string match -q "publish*"'
}

fields() {
	tracker
	ok sh -c 'notes complete key N | sort'
	out_is "$(printf 'NOTE-1\nNOTE-2')"
	ok notes complete status o
	out_has open
	ok notes complete label t
	out_has tui text
	ok notes complete release ''
	out_has 1.4
	ok notes complete sort status,-up
	out_has status,-updated
	ok notes complete filter is:ov
	out_is is:overdue
	ok notes complete filter -label:tu
	out_is -label:tui
	ok notes complete change assignee=a
	out_has assignee=ann
	ok notes complete nonsense x
	out_is ''
	ok notes complete line --
	out_has 'init	'
	ok notes complete line -- edit 1 --fo
	out_is '--form=	take the ticket'"'"'s form from a file, such as a draft'
	ok notes complete line -- generate --style=
	out_has --style=default
	ok notes complete line -- relate 1 bl
	out_is blocks
}

without_a_tracker_it_is_quiet() {
	ok notes complete key ''
	out_is ''
	err_is ''
	ok notes complete line -- show ''
	err_is ''
	ok notes complete line -- sho
	out_has show
}

t 'scripts parse in their shells' scripts_parse
t 'bash completes' bash_completes
t 'zsh and fish load them' zsh_and_fish_load
t 'fields complete' fields
t 'without a tracker nothing is said' without_a_tracker_it_is_quiet
