/*
 * A filter as lists of terms.  Where "or" stands inside, each list is one way
 * through it: a choice of a side at every "or".
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plan_priv.h"

#define PARTS_MAX 128

/* Of more ways it is only to be known that they are many. */
#define WAYS_MANY 1000

struct split {
	struct store *st;
	struct plan *plan;
	struct buf match, without;
	bool apart; /* "or" is taken apart */
	struct err *err;
};

static bool
is_text(const struct filter *f)
{
	if (f->op == FILTER_AND || f->op == FILTER_OR)
		return is_text(f->left) && is_text(f->right);
	return f->op == FILTER_TEXT ||
	    (f->op == FILTER_FIELD && f->field == FF_SUMMARY &&
		f->cmp == FILTER_MATCH);
}

/* Do both sides hold, the sense considered? */
static bool
is_both(const struct filter *f, enum filter_sense sense)
{
	return (f->op == FILTER_AND) != (sense == FILTER_NEGATED);
}

static enum filter_sense
other(enum filter_sense sense)
{
	return sense == FILTER_NEGATED ? FILTER_AS_IS : FILTER_NEGATED;
}

static size_t
ways(const struct filter *f, enum filter_sense sense)
{
	size_t l, r;

	if (f == NULL)
		return 1;
	if (f->op == FILTER_NOT)
		return ways(f->left, other(sense));
	if ((f->op != FILTER_AND && f->op != FILTER_OR) || is_text(f))
		return 1;
	l = ways(f->left, sense);
	r = ways(f->right, sense);
	l = is_both(f, sense) ? l * r : l + r;
	return l < WAYS_MANY ? l : WAYS_MANY;
}

/* The FTS5 query of text terms alone; nothing if all tickets have it. */
static enum rc
put_text(struct split *s, const struct filter *f, struct buf *out)
{
	struct buf l = BUF_INIT, r = BUF_INIT;
	bool both = f->op == FILTER_AND;
	enum rc rc;

	if (f->op != FILTER_AND && f->op != FILTER_OR)
		return filter_sql_match(s->st, f, out, s->err);
	rc = put_text(s, f->left, &l);
	if (rc == RC_OK)
		rc = put_text(s, f->right, &r);
	if (l.len > 0 && r.len > 0)
		buf_printf(out, "(%s) %s (%s)", buf_str(&l),
		    both ? "AND" : "OR", buf_str(&r));
	else if (both)
		buf_puts(out, buf_str(l.len > 0 ? &l : &r));
	buf_release(&l);
	buf_release(&r);
	return rc;
}

/* "created since a" with "created before b": one stretch. */
static bool
joins(const struct plan_part *p, const struct filter *f)
{
	return p->also == NULL && p->sense == FILTER_AS_IS &&
	    f->op == FILTER_FIELD && plan_is_field(p, f->field) &&
	    f->values.n == 1 && p->f->values.n == 1 && plan_is_low(p->f) &&
	    plan_is_high(f);
}

static enum rc
add_part(struct split *s, const struct filter *f, enum filter_sense sense)
{
	struct plan *p = s->plan;

	if (sense == FILTER_AS_IS && p->n > 0 && joins(&p->part[p->n - 1], f)) {
		p->part[p->n - 1].also = f;
		return RC_OK;
	}
	if (p->n == PARTS_MAX)
		return err_set(s->err, RC_INVALID,
		    "the filter has too many terms");
	p->part = mem_grow(p->part, &p->parts_cap, p->n + 1, sizeof(*p->part));
	p->part[p->n++] = (struct plan_part){
		.f = f,
		.sense = sense,
		.count = -1,
	};
	return RC_OK;
}

static enum rc
add_text(struct split *s, const struct filter *f, enum filter_sense sense)
{
	bool negated = sense == FILTER_NEGATED;
	struct buf *all = negated ? &s->without : &s->match;
	struct buf one = BUF_INIT;
	enum rc rc = put_text(s, f, &one);

	if (rc == RC_OK && one.len > 0)
		buf_printf(all, "%s(%s)",
		    all->len == 0 ? ""
			: negated ? " OR "
				  : " AND ",
		    buf_str(&one));
	else if (rc == RC_OK && negated)
		rc = add_part(s, f, sense);
	buf_release(&one);
	return rc;
}

/* Adds the terms of way number n through f. */
static enum rc
add_way(struct split *s, const struct filter *f, enum filter_sense sense,
    size_t n)
{
	size_t l;
	enum rc rc;

	if (f == NULL || (f->op == FILTER_ALL && sense == FILTER_AS_IS))
		return RC_OK;
	if (f->op == FILTER_NOT)
		return add_way(s, f->left, other(sense), n);
	if (is_text(f))
		return add_text(s, f, sense);
	if (f->op != FILTER_AND && f->op != FILTER_OR)
		return add_part(s, f, sense);
	l = s->apart ? ways(f->left, sense) : 1;
	if (is_both(f, sense)) {
		rc = add_way(s, f->left, sense, n % l);
		return rc != RC_OK ? rc : add_way(s, f->right, sense, n / l);
	}
	if (!s->apart)
		return add_part(s, f, sense);
	return n < l ? add_way(s, f->left, sense, n)
		     : add_way(s, f->right, sense, n - l);
}

static size_t
count_words(const char *match)
{
	size_t n = 1;

	while ((match = strstr(match, " OR ")) != NULL) {
		match++;
		n++;
	}
	return n;
}

static void
set_text(struct plan_text *t, struct buf *match)
{
	if (match->len == 0)
		return;
	t->match = buf_detach(match);
	t->prefix = strstr(t->match, "\" *") != NULL;
	t->words = count_words(t->match);
}

static enum rc
split_way(struct split *s, const struct filter *f, size_t n)
{
	struct buf both = BUF_INIT;
	enum rc rc = add_way(s, f, FILTER_AS_IS, n);

	if (rc == RC_OK && s->match.len > 0 && s->without.len > 0) {
		buf_printf(&both, "(%s) NOT (%s)", buf_str(&s->match),
		    buf_str(&s->without));
		set_text(&s->plan->text, &both);
	} else if (rc == RC_OK) {
		set_text(&s->plan->text, &s->match);
		set_text(&s->plan->without, &s->without);
	}
	buf_release(&both);
	buf_release(&s->match);
	buf_release(&s->without);
	return rc;
}

enum rc
plan_split(struct store *st, const struct filter *f, struct plans *out,
    struct err *err)
{
	size_t n = ways(f, FILTER_AS_IS);
	struct split s = { .st = st, .apart = n <= PLANS_MAX, .err = err };
	enum rc rc = RC_OK;

	out->n = s.apart ? n : 1;
	out->v = mem_calloc(out->n, sizeof(*out->v));
	for (size_t i = 0; rc == RC_OK && i < out->n; i++) {
		s.plan = &out->v[i];
		s.plan->deleted = filter_wants_deleted(f);
		rc = split_way(&s, f, i);
	}
	return rc;
}
