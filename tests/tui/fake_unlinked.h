/* Its commits without a ticket. */
#ifndef NOTES_TESTS_FAKE_UNLINKED_H
#define NOTES_TESTS_FAKE_UNLINKED_H

#include "app/unlinked.h"
#include "fake_change.h"

struct fake_commit {
	const char *en, *ko, *author;
	uint32_t suggest; /* number of the ticket, or 0 */
	int likeness;
	bool sure;
};

#define FAKE_COMMITS 5

static const struct fake_commit fake_commits[FAKE_COMMITS] = {
	{ "fix: wide characters push columns out of line",
	    "fix: 한글 폭 계산 오류로 "
	    "표가 어긋남",
	    "dev-1 <dev-1@x>", 41, 912, true },
	{ "Tidy up", "정리", "sam <sam@x>", 0, 0, false },
	{ "feat(ui)!: compose Hangul jamo as they are typed",
	    "feat(ui)!: 자모로 풀린 "
	    "한글을 합친다",
	    "김개발 <kim@x>", 45, 540, false },
	{ "Merge the build's own files \033[31mred",
	    "빌드 파일을 옮긴다 \033[31m빨강",
	    "bot <bot@x>", 0, 0, false },
	{ "docs: a much longer subject than any screen of eighty columns has "
	  "room for, so that it must be cut somewhere",
	    "문서: 어떤 화면에도 "
	    "다 들어가지 않을 만큼 "
	    "긴 제목이라서 어디선가 "
	    "잘려야 한다 그래도 "
	    "반으로 잘리는 글자는 없다",
	    "dev-2 <dev-2@x>", 0, 0, false },
};

void
unlinked_list_release(struct unlinked_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].subject);
		free(l->v[i].author);
		free(l->v[i].summary);
	}
	free(l->v);
	*l = (struct unlinked_list){ 0 };
}

static struct oid
fake_commit_id(size_t i)
{
	struct oid oid = { .len = 20 };

	memset(oid.id, (int)(0x11 * (i + 1)), 20);
	return oid;
}

enum rc
app_unlinked(struct app *a, const char *version, enum unlinked_which which,
    struct unlinked_list *out, struct err *err)
{
	if (a->generate_rc != RC_OK)
		return err_set(err, a->generate_rc, "stopped");
	*out = (struct unlinked_list){ 0 };
	for (size_t i = 0; a->world != FAKE_EMPTY && i < FAKE_COMMITS; i++) {
		const struct fake_commit *c = &fake_commits[i];
		const bool ko = a->world == FAKE_KOREAN;
		struct unlinked *u;

		if (a->commit[i] !=
			(which == UNLINKED_OPEN ? FAKE_FREE
						: FAKE_DISMISSED) ||
		    (version != NULL && i % 2 == 1))
			continue;
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		u = &out->v[out->n++];
		*u = (struct unlinked){ .commit = fake_commit_id(i),
			.subject = mem_strdup(ko ? c->ko : c->en),
			.author = mem_strdup(c->author),
			.time = FAKE_NOW - 50000 * ((int64_t)i + 1),
			.likeness = c->likeness,
			.sure = c->sure };
		if (c->suggest == 0)
			continue;
		snprintf(u->suggest, sizeof(u->suggest), "NOTE-%u",
		    c->suggest);
		u->summary = mem_strdup(a->v[c->suggest - 41].summary);
	}
	return RC_OK;
}

static enum rc
fake_commits_set(struct app *a, const char *const revs[], size_t n,
    enum fake_commit_state to)
{
	char hex[OID_HEX_MAX + 1];

	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; i < FAKE_COMMITS; i++) {
			const struct oid oid = fake_commit_id(i);

			oid_to_hex(&oid, hex);
			if (strcmp(hex, revs[k]) == 0)
				a->commit[i] = to;
		}
	}
	a->version++;
	return RC_OK;
}

enum rc
app_unlinked_accept(struct app *a, const char *const revs[], size_t n,
    struct unlinked_list *out, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < n; i++) {
		out->v = mem_grow(out->v, &out->cap, out->n + 1,
		    sizeof(*out->v));
		out->v[out->n++] = (struct unlinked){ .suggest = "NOTE-41" };
	}
	return fake_commits_set(a, revs, n, FAKE_LINKED);
}

enum rc
app_unlinked_link(struct app *a, const char *const revs[], size_t n,
    const struct ticket_key *key, struct err *err)
{
	(void)err;
	a->linked_to = key->number;
	return fake_commits_set(a, revs, n, FAKE_LINKED);
}

enum rc
app_unlinked_new(struct app *a, const char *const revs[], size_t n,
    const char *type, const char *summary, struct ticket_key *key,
    struct err *err)
{
	struct change_list l = { 0 };

	change_push(&l, CHANGE_SET, TF_TYPE, type);
	change_push(&l, CHANGE_SET, TF_SUMMARY, summary);
	app_ticket_new(a, &l, key, err);
	change_list_release(&l);
	return fake_commits_set(a, revs, n, FAKE_LINKED);
}

enum rc
app_unlinked_dismiss(struct app *a, const char *const revs[], size_t n,
    enum dismissal way, size_t *changed, struct err *err)
{
	(void)err;
	*changed = n;
	return fake_commits_set(a, revs, n,
	    way == DISMISS ? FAKE_DISMISSED : FAKE_FREE);
}

const char *
app_unlinked_title(const char *subject, char **summary)
{
	const char *colon = strstr(subject, ": ");

	*summary = mem_strdup(colon == NULL ? subject : colon + 2);
	return strncmp(subject, "fix", 3) == 0 ? "bug" : "task";
}

#endif
