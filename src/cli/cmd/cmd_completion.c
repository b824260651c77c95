#include <string.h>

#include "cli/cmd.h"

/*
 * The scripts know nothing: each asks "notes complete line", which answers
 * from the tables, so that no shell falls behind the program.
 */
static const char bash_script[] =
    "# bash completion for notes: eval \"$(notes completion bash)\"\n"
    "_notes() {\n"
    "\tlocal line=${COMP_LINE:0:COMP_POINT} cur lead reply help\n"
    "\tlocal -a words\n"
    "\tIFS=$' \\t\\n' read -r -a words <<<\"$line\"\n"
    "\tcase $line in *[[:space:]]) words+=('') ;; esac\n"
    "\tcur=${words[${#words[@]} - 1]}\n"
    "\t# Words end at : and = for bash, but not for us.\n"
    "\tlead=${cur%\"${cur##*[:=]}\"}\n"
    "\tCOMPREPLY=()\n"
    "\twhile IFS=$'\\t' read -r reply help; do\n"
    "\t\tcase $reply in\n"
    "\t\t:file)\n"
    "\t\t\tcompopt -o filenames 2>/dev/null\n"
    "\t\t\tmapfile -t COMPREPLY < <(compgen -f -- \"${cur##*=}\")\n"
    "\t\t\treturn\n"
    "\t\t\t;;\n"
    "\t\t*[:=]) compopt -o nospace 2>/dev/null ;;\n"
    "\t\tesac\n"
    "\t\tCOMPREPLY+=(\"$(printf '%q' \"${reply#\"$lead\"}\")\")\n"
    "\tdone < <(notes complete line -- \"${words[@]:1}\" 2>/dev/null)\n"
    "}\n"
    "complete -F _notes notes\n";

static const char zsh_script[] =
    "#compdef notes\n"
    "# zsh completion for notes: eval \"$(notes completion zsh)\"\n"
    "_notes() {\n"
    "\tlocal line\n"
    "\tlocal -a values shown open opened\n"
    "\tfor line in \"${(@f)$(notes complete line -- "
    "\"${(@Q)words[2,CURRENT]}\" 2>/dev/null)}\"; do\n"
    "\t\tcase ${line%%$'\\t'*} in\n"
    "\t\t:file) _files; return ;;\n"
    "\t\t'') ;;\n"
    "\t\t*[:=])\n"
    "\t\t\topen+=(\"${line%%$'\\t'*}\")\n"
    "\t\t\topened+=(\"${line/$'\\t'/  }\")\n"
    "\t\t\t;;\n"
    "\t\t*)\n"
    "\t\t\tvalues+=(\"${line%%$'\\t'*}\")\n"
    "\t\t\tshown+=(\"${line/$'\\t'/  }\")\n"
    "\t\t\t;;\n"
    "\t\tesac\n"
    "\tdone\n"
    "\t(( $#open )) && compadd -S '' -l -d opened -a -- open\n"
    "\t(( $#values )) && compadd -l -d shown -a -- values\n"
    "}\n"
    "if [[ ${funcstack[1]} = _notes ]]; then\n"
    "\t_notes \"$@\"\n"
    "elif (( $+functions[compdef] )); then\n"
    "\tcompdef _notes notes\n"
    "fi\n";

static const char fish_script[] =
    "# fish completion for notes: notes completion fish | source\n"
    "function __notes_complete\n"
    "\tset -l words (commandline -opc)\n"
    "\tset -l cur (commandline -ct)\n"
    "\tset -e words[1]\n"
    "\tfor line in (notes complete line -- $words \"$cur\" 2>/dev/null)\n"
    "\t\tif test \"$line\" = :file\n"
    "\t\t\t__fish_complete_path \"$cur\"\n"
    "\t\telse\n"
    "\t\t\techo $line\n"
    "\t\tend\n"
    "\tend\n"
    "end\n"
    "complete -c notes -f -a '(__notes_complete)'\n";

static const struct {
	const char *shell, *script;
} scripts[] = {
	{ "bash", bash_script },
	{ "zsh", zsh_script },
	{ "fish", fish_script },
};

static enum rc
completion_run(struct cli *c, const struct args *a, struct err *err)
{
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		if (strcmp(a->words.v[0], scripts[i].shell) != 0)
			continue;
		out_raw(&c->out, scripts[i].script, strlen(scripts[i].script));
		return RC_OK;
	}
	return err_set(err, RC_USAGE,
	    "no completion for \"%s\" (there are: bash, zsh, fish)",
	    a->words.v[0]);
}

const struct cmd cmd_completion = {
	.name = "completion",
	.args = "bash|zsh|fish",
	.help = "print the completion script of a shell",
	.examples = "  eval \"$(notes completion bash)\"\n"
		    "  notes completion fish | source",
	.values = "shell none",
	.min = 1,
	.max = 1,
	.mode = CMD_BARE,
	.group = GROUP_START,
	.stop = OPT_WORDS_TOO,
	.run = completion_run,
};
