/* The bytes that set a look. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "paint_priv.h"

/*
 * Several sequences that end in m are one to a terminal, and shorter: appends
 * what stands between ESC [ and m.  False when s is none of that kind.
 */
static bool
merge(struct buf *out, const char *s)
{
	size_t len = strlen(s);
	const char *digits = s + 2;

	if (len < 3 || s[0] != '\033' || s[1] != '[' || s[len - 1] != 'm' ||
	    strspn(digits, "0123456789;") != len - 3)
		return false;
	buf_printf(out, "%s%.*s", out->len == 0 ? "" : ";", (int)(len - 3),
	    digits);
	return true;
}

/* Some entries leave line drawing as well, which is never entered here. */
static const char *
reset(const struct paint_caps *caps)
{
	const char *s = caps->sgr0 == NULL ? "" : caps->sgr0;

	if (strstr(s, "\033[m") != NULL || strstr(s, "\033[0m") != NULL ||
	    strstr(s, "\033[0;10m") != NULL)
		return "\033[0m";
	return s;
}

static void
take(struct buf *parts, struct buf *rest, const char *s)
{
	if (s != NULL && !merge(parts, s))
		buf_puts(rest, s);
}

static char *
look_bytes(const struct paint_caps *c, const struct look *l)
{
	const struct {
		unsigned attr;
		const char *s;
	} attrs[] = { { LOOK_BOLD, c->bold }, { LOOK_DIM, c->dim },
		{ LOOK_UNDERLINE, c->smul },
		{ LOOK_ITALIC, c->sitm == NULL ? c->smul : c->sitm },
		{ LOOK_REVERSE, c->rev } };
	struct buf parts = BUF_INIT, rest = BUF_INIT, all = BUF_INIT;

	take(&parts, &rest, reset(c));
	for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if ((l->attr & attrs[i].attr) != 0)
			take(&parts, &rest, attrs[i].s);
	if (l->fg >= 0 && c->setaf != NULL)
		take(&parts, &rest, paint_parm(c->setaf, l->fg, 0));
	if (l->bg >= 0 && c->setab != NULL)
		take(&parts, &rest, paint_parm(c->setab, l->bg, 0));
	if (parts.len > 0)
		buf_printf(&all, "\033[%sm",
		    strcmp(buf_str(&parts), "0") == 0 ? "" : buf_str(&parts));
	buf_add(&all, buf_str(&rest), rest.len);
	buf_release(&parts);
	buf_release(&rest);
	return buf_detach(&all);
}

/* The parameters that set a colour, or "none" where there is none. */
static void
colour(char out[PAINT_PARM_MAX], const char *cap, int n, const char *none)
{
	struct buf parts = BUF_INIT;

	if (n < 0)
		buf_puts(&parts, none);
	else if (cap != NULL)
		(void)merge(&parts, paint_parm(cap, n, 0));
	out[0] = '\0';
	if (parts.len < PAINT_PARM_MAX)
		memcpy(out, buf_str(&parts), parts.len + 1);
	buf_release(&parts);
}

void
paint_looks(struct paint *p, enum theme_depth depth, enum theme_tone tone)
{
	for (size_t r = 0; r < ROLE_N; r++) {
		for (unsigned s = 0; s < 2; s++) {
			struct look l = theme_look(depth, tone, (enum role)r,
			    s);

			free(p->look[r][s]);
			p->look[r][s] = look_bytes(p->caps, &l);
			p->looks[r][s] = l;
			colour(p->fg[r][s], p->caps->setaf, l.fg, "39");
			colour(p->bg[r][s], p->caps->setab, l.bg, "49");
			p->plain[r][s] = l.bg < 0 &&
			    (l.attr & (LOOK_REVERSE | LOOK_UNDERLINE)) == 0;
			/* Underlines and reversal are never erased to. */
			p->erases[r][s] = p->plain[r][s] ||
			    (p->caps->bce && l.attr == (l.attr & LOOK_BOLD));
		}
	}
	p->now = NULL;
}

/* From one look to another by what differs. */
static void
step(const struct paint *p, unsigned role, unsigned selected, struct buf *out)
{
	static const struct {
		unsigned attr;
		const char *on, *off;
	} attrs[] = { { LOOK_BOLD, "1", "22" }, { LOOK_UNDERLINE, "4", "24" },
		{ LOOK_REVERSE, "7", "27" } };
	const struct look *from = &p->now_look, *to = &p->looks[role][selected];
	const char *parts[5];
	size_t n = 0;

	for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if (((from->attr ^ to->attr) & attrs[i].attr) != 0)
			parts[n++] = (to->attr & attrs[i].attr) != 0
			    ? attrs[i].on
			    : attrs[i].off;
	if (from->fg != to->fg)
		parts[n++] = p->fg[role][selected];
	if (from->bg != to->bg)
		parts[n++] = p->bg[role][selected];
	buf_puts(out, "\033[");
	for (size_t i = 0, put = 0; i < n; i++) {
		if (*parts[i] == '\0')
			continue;
		if (put++ > 0)
			buf_putc(out, ';');
		buf_puts(out, parts[i]);
	}
	buf_putc(out, 'm');
}

void
paint_set(struct paint *p, struct buf *out, unsigned role, unsigned selected)
{
	/* Terminals differ in how these end. */
	static const unsigned odd = LOOK_DIM | LOOK_ITALIC;
	const char *look = p->look[role][selected];
	const struct look *l = &p->looks[role][selected];
	const size_t at = out->len;

	if (p->now != NULL && (p->now == look || strcmp(p->now, look) == 0))
		return;
	if (p->now != NULL && p->caps->sgr &&
	    ((p->now_look.attr | l->attr) & odd) == 0)
		step(p, role, selected, out);
	if (out->len == at || out->len - at >= strlen(look)) {
		buf_truncate(out, at);
		buf_puts(out, look);
	}
	p->now = look;
	p->now_look = *l;
	p->now_plain = p->plain[role][selected];
}
