#include "app/transfer.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/common.h"

enum { IMPORT_FORMAT };

static const struct opt import_opts[] = {
	[IMPORT_FORMAT] = { 0, "format", "FORMAT",
	    "csv or json (else: by the file's name and content)", "transfer" },
	{ 0 },
};

static void
print_text(struct cli *c, const struct import_result *r)
{
	struct buf names = BUF_INIT;

	out_say(&c->out, "%lld created, %lld updated, %lld unchanged",
	    (long long)r->created, (long long)r->updated,
	    (long long)r->unchanged);
	for (size_t i = 0; i < r->ignored.n; i++)
		buf_printf(&names, "%s %s", i == 0 ? "" : ",", r->ignored.v[i]);
	if (r->ignored.n > 0 && !c->out.quiet) {
		char *line = mem_printf("columns that are not known:%s",
		    buf_str(&names));

		say_warning(line);
		free(line);
	}
	buf_release(&names);
}

static enum rc
import_run(struct cli *c, const struct args *a, struct err *err)
{
	struct import_result r = { 0 };
	json_t *json;
	enum rc rc;

	rc = app_import(c->app, a->words.v[0], args_get(a, IMPORT_FORMAT), &r,
	    err);
	if (rc != RC_OK)
		goto out;
	if (c->out.form == OUT_JSON) {
		json = json_object();
		json_put(json, "created", json_integer(r.created));
		json_put(json, "updated", json_integer(r.updated));
		json_put(json, "unchanged", json_integer(r.unchanged));
		json_put(json, "ignored", json_texts(&r.ignored));
		json_put(json, "warnings", json_texts(&r.warnings));
		out_json(&c->out, json);
	} else if (c->out.form == OUT_PORCELAIN) {
		out_number(&c->out, r.created);
		out_number(&c->out, r.updated);
		out_number(&c->out, r.unchanged);
		out_end(&c->out);
	} else {
		print_text(c, &r);
	}
	common_warnings(c, &r.warnings);
out:
	import_result_release(&r);
	return rc;
}

const struct cmd cmd_import = {
	.name = "import",
	.args = "FILE",
	.help = "take in tickets from CSV or JSON",
	.details =
	    "CSV has a header line with key, type and summary at least, then\n"
	    "any of status, priority, assignee, reporter, labels, "
	    "description,\n"
	    "note, release, created, updated, resolution; names and dates\n"
	    "of other trackers' exports (Issue key, Fix Version/s, 10/Mar/24\n"
	    "3:04 PM) count, too. Other columns are named and left out.\n"
	    "All or nothing: an error names line and column. Importing a\n"
	    "file twice changes nothing. Of an export, a ticket whose key is\n"
	    "another ticket's here is left out and named. - is standard\n"
	    "input.",
	.examples = "  notes import tickets.csv\n"
		    "  notes -C ../other export --json | notes import -",
	.opts = import_opts,
	.values = "file none",
	.min = 1,
	.max = 1,
	.mode = CMD_WRITE,
	.group = GROUP_DATA,
	.stop = OPT_WORDS_TOO,
	.run = import_run,
};
