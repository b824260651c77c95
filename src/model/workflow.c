#include "model/workflow.h"

#include <string.h>

#include "base/buf.h"
#include "model/suggest.h"

static const char *const category_names[] = {
	[CATEGORY_TODO] = "todo",
	[CATEGORY_DOING] = "doing",
	[CATEGORY_DONE] = "done",
};

const struct ticket_type ticket_types[] = {
	{ "feature", "feat", "features",
	    "feat story user-story epic new-feature new wish" },
	{ "improvement", "impr", "improvements",
	    "enhancement improve change perf" },
	{ "bug", "bug", "fixes", "fix defect problem regression" },
	{ "task", "task", "tasks",
	    "chore sub-task subtask test docs documentation refactor spike "
	    "question support todo" },
	{ "dependency", "dep", "dependencies",
	    "dep deps dependencies dependency-upgrade upgrade" },
	{ "security", "sec", "security", "sec vulnerability cve" },
	{ "incident", "inc", "fixes", "inc outage" },
};
const size_t ticket_types_n = sizeof(ticket_types) / sizeof(ticket_types[0]);

const struct named priorities[] = {
	{ "highest", "blocker urgent p0", "!" },
	{ "high", "critical p1", "^" },
	{ "medium", "major normal default p2", "-" },
	{ "low", "minor p3", "v" },
	{ "lowest", "trivial p4", "." },
};
const size_t priorities_n = sizeof(priorities) / sizeof(priorities[0]);

const struct named resolutions[] = {
	{ "fixed", "resolved", "+" },
	{ "wontfix", "won't-fix won't-do wont-fix wontdo not-planned declined",
	    "x" },
	{ "duplicate", "dup duplicated", "=" },
	{ "invalid", "not-a-bug not-a-problem rejected incomplete abandoned",
	    "x" },
	{ "worksforme", "works-for-me cannot-reproduce not-reproducible", "?" },
	{ "done", "completed implemented delivered", "+" },
};
const size_t resolutions_n = sizeof(resolutions) / sizeof(resolutions[0]);

const struct named relations[] = {
	{ "blocks", "block", ">" },
	{ "duplicates", "duplicate duplicate-of dup", "=" },
	{ "fixed-by", "", "+" },
	{ "caused-by", "", "<" },
	{ "relates", "relates-to related related-to", "~" },
};
const size_t relations_n = sizeof(relations) / sizeof(relations[0]);

static const char *const relation_inverses[] = { "blocked by", "duplicated by",
	"fixes", "causes", "relates" };

/* What other trackers call the statuses of the default workflow. */
static const struct {
	const char *name;
	const char *alias;
} status_aliases[] = {
	{ "open", "todo to-do new backlog reopened reopen" },
	{ "in-progress", "doing started start wip progress" },
	{ "in-review", "review reviewing patch-available" },
	{ "done", "closed close resolved resolve fixed completed" },
};

const char *
category_name(enum category c)
{
	return category_names[c];
}

const char *
relation_inverse(size_t i)
{
	return relation_inverses[i];
}

static void
workflow_put(struct workflow *wf, const char *name, size_t len, enum category c)
{
	size_t at = wf->n;

	while (at > 0 && wf->status[at - 1].category > c)
		at--;
	memmove(&wf->status[at + 1], &wf->status[at],
	    (wf->n - at) * sizeof(wf->status[0]));
	wf->status[at] = (struct status){ .category = c };
	memcpy(wf->status[at].name, name, len);
	wf->n++;
}

void
workflow_default(struct workflow *wf)
{
	*wf = (struct workflow){ 0 };
	workflow_put(wf, "open", 4, CATEGORY_TODO);
	workflow_put(wf, "in-progress", 11, CATEGORY_DOING);
	workflow_put(wf, "in-review", 9, CATEGORY_DOING);
	workflow_put(wf, "done", 4, CATEGORY_DONE);
}

static const struct status *
workflow_exact(const struct workflow *wf, const char *name, size_t len)
{
	for (size_t i = 0; i < wf->n; i++)
		if (word_equal(wf->status[i].name, strlen(wf->status[i].name),
			name, len))
			return &wf->status[i];
	return NULL;
}

static bool
status_name_valid(const char *s, size_t len)
{
	if (len == 0 || len >= STATUS_NAME_MAX || s[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++)
		if ((s[i] < 'a' || s[i] > 'z') && (s[i] < '0' || s[i] > '9') &&
		    s[i] != '-')
			return false;
	return true;
}

enum rc
workflow_add(struct workflow *wf, const char *spec, struct err *err)
{
	const char *colon = strrchr(spec, ':');
	size_t len = colon != NULL ? (size_t)(colon - spec) : 0;
	size_t c = 0;

	if (colon == NULL || !status_name_valid(spec, len))
		return err_set(err, RC_INVALID,
		    "not a status: \"%s\" (write name:todo, name:doing or "
		    "name:done; the name of a-z, 0-9 and -, at most %d bytes)",
		    spec, STATUS_NAME_MAX - 1);
	while (c < 3 && strcmp(colon + 1, category_names[c]) != 0)
		c++;
	if (c == 3)
		return err_set(err, RC_INVALID,
		    "not a category: \"%s\" in \"%s\" (todo, doing, done)",
		    colon + 1, spec);
	if (workflow_exact(wf, spec, len) != NULL)
		return err_set(err, RC_EXISTS,
		    "status \"%.*s\" is there already", (int)len, spec);
	if (wf->n == STATUS_MAX)
		return err_set(err, RC_INVALID,
		    "too many statuses with \"%.*s\" (at most %d)", (int)len,
		    spec, STATUS_MAX);
	workflow_put(wf, spec, len, (enum category)c);
	return RC_OK;
}

const struct status *
workflow_find(const struct workflow *wf, const char *name)
{
	const struct status *s = workflow_exact(wf, name, strlen(name));

	if (s != NULL)
		return s;
	for (size_t i = 0;
	     i < sizeof(status_aliases) / sizeof(status_aliases[0]); i++)
		if (word_listed(name, status_aliases[i].alias))
			return workflow_exact(wf, status_aliases[i].name,
			    strlen(status_aliases[i].name));
	return NULL;
}

const struct status *
workflow_first(const struct workflow *wf, enum category category)
{
	for (size_t i = 0; i < wf->n; i++)
		if (wf->status[i].category == category)
			return &wf->status[i];
	return NULL;
}

const struct ticket_type *
ticket_type_find(const char *name)
{
	for (size_t i = 0; i < ticket_types_n; i++)
		if (word_equal(ticket_types[i].name,
			strlen(ticket_types[i].name), name, strlen(name)) ||
		    word_listed(name, ticket_types[i].alias))
			return &ticket_types[i];
	return NULL;
}

int
named_find(const struct named *table, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (word_equal(table[i].name, strlen(table[i].name), name,
			strlen(name)) ||
		    word_listed(name, table[i].alias))
			return (int)i;
	return -1;
}

char *
named_list(const struct named *table, size_t n)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_puts(&out, ", ");
		buf_puts(&out, table[i].name);
	}
	return buf_detach(&out);
}
