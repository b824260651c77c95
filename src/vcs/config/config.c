#include "vcs/config.h"

#include <ctype.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "config_cache.h"
#include "gitconf.h"
#include "vcs/gitprog.h"
#include "vcs/repo.h"

void
config_add(struct config *c, int level, const char *origin, const char *name,
    const char *value)
{
	c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof(*c->v));
	c->v[c->n++] = (struct config_entry){ .name = mem_strdup(name),
		.value = mem_strdup(value),
		.origin = mem_strdup(origin),
		.level = level };
}

void
config_release(struct config *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].name);
		free(c->v[i].value);
		free(c->v[i].origin);
	}
	free(c->v);
	free(c->broken);
	*c = (struct config){ 0 };
}

/* The first and last part of a name have no case; what is between them does. */
bool
config_same_name(const char *a, const char *b)
{
	const char *dot = strrchr(a, '.');
	const char *first = strchr(a, '.');
	const size_t n = strlen(a);

	if (n != strlen(b) || dot == NULL)
		return false;
	return strncasecmp(a, b, (size_t)(first - a)) == 0 &&
	    strncmp(first, b + (first - a), (size_t)(dot - first)) == 0 &&
	    strcasecmp(dot, b + (dot - a)) == 0;
}

const char *
config_get(const struct config *c, const char *name)
{
	for (size_t i = c->n; i-- > 0;)
		if (config_same_name(c->v[i].name, name))
			return c->v[i].value;
	return NULL;
}

bool
config_get_bool(const struct config *c, const char *name, bool fallback)
{
	const char *value = config_get(c, name);

	return value != NULL ? gitconf_bool(value) : fallback;
}

void
config_get_all(const struct config *c, const char *name, struct strv *out)
{
	int level = 0;

	for (size_t i = 0; i < c->n; i++)
		if (config_same_name(c->v[i].name, name))
			level = c->v[i].level;
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].level == level &&
		    config_same_name(c->v[i].name, name))
			strv_push(out, c->v[i].value);
}

enum rc
vcs_config_set(struct vcs *v, enum config_scope scope, const char *name,
    const char *value, struct err *err)
{
	const char *file = scope == CONFIG_USER ? "--global" : "--local";
	const char *const set[] = { "config", file, "--replace-all",
		"--end-of-options", name, value, NULL };
	const char *const unset[] = { "config", file, "--unset-all",
		"--end-of-options", name, NULL };
	const char *dot = strrchr(name, '.');
	struct buf said = BUF_INIT;
	int status = 0;
	enum rc rc;

	if (dot == NULL || dot == name || dot[1] == '\0')
		return err_set(err, RC_INVALID,
		    "'%s' is no configuration name (as in: tracker.prefix)",
		    name);
	rc = gitprog_run(v, value != NULL ? set : unset, NULL, NULL, &said,
	    &status, err);
	/* 5: there was nothing to unset. */
	if (rc == RC_OK && status != 0 && !(value == NULL && status == 5))
		rc = gitprog_complain(&said, status, err);
	buf_release(&said);
	return rc;
}

/* ---- who ---- */

/* What git leaves out of a name: crud at the ends, "<>" and line ends. */
static void
add_clean(struct buf *out, const char *s)
{
	static const char crud[] = " .,:;<>\"\\'";
	size_t len = strlen(s);

	while (len > 0 &&
	    ((unsigned char)*s <= ' ' || strchr(crud, *s) != NULL)) {
		s++;
		len--;
	}
	while (len > 0 &&
	    ((unsigned char)s[len - 1] <= ' ' ||
		strchr(crud, s[len - 1]) != NULL))
		len--;
	for (size_t i = 0; i < len; i++)
		if (strchr("<>\n", s[i]) == NULL)
			buf_putc(out, s[i]);
}

static const char *
choose(const char *variable, const struct config *c, const char *name)
{
	const char *s = getenv(variable);

	if (s == NULL || s[0] == '\0')
		s = config_get(c, name);
	return s != NULL && s[0] != '\0' ? s : NULL;
}

static const char *
login_name(void)
{
	/* The user database last: it may ask the network. */
	const char *s = getenv("LOGNAME");
	const struct passwd *pw;

	if (s == NULL || s[0] == '\0')
		s = getenv("USER");
	if (s != NULL && s[0] != '\0')
		return s;
	pw = getpwuid(geteuid());
	return pw != NULL ? pw->pw_name : "unknown";
}

char *
vcs_identity(const struct config *c)
{
	const char *name = choose("GIT_COMMITTER_NAME", c, "user.name");
	const char *email = choose("GIT_COMMITTER_EMAIL", c, "user.email");
	struct buf out = BUF_INIT;
	size_t start;

	if (email == NULL)
		email = getenv("EMAIL");
	add_clean(&out, name != NULL ? name : login_name());
	if (out.len == 0)
		buf_puts(&out, "unknown");
	if (email != NULL && email[0] != '\0') {
		start = out.len;
		buf_puts(&out, " <");
		add_clean(&out, email);
		if (out.len == start + 2)
			buf_truncate(&out, start);
		else
			buf_putc(&out, '>');
	}
	return buf_detach(&out);
}
