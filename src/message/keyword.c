/*
 * The families are those of GitHub ("Linking a pull request to an issue") and
 * of GitLab ("Default closing pattern", which adds -ing and "implement").
 */
#include "keyword.h"

#include "text.h"

static const char verbs[] =
    "close closes closing fix fixes fixing resolve "
    "resolves resolving implement implements implementing ";
static const char pasts[] = "closed fixed resolved implemented ";
/* Redmine's and Trac's words for a reference. */
static const char refs[] = "refs ref ";
/* Words that may stand between a keyword and its first key. */
static const char fillers[] = "issue issues bug bugs ticket tickets github "
			      "gitlab jira ";

/* Labels of lines such as "Ticket: A-1"; blanks count as '-'. */
static const char label_claims[] =
    "ref refs references ticket tickets "
    "ticket-id issue issues issue-id issue-key jira jira-id jira-issue "
    "jira-ticket jira-key bug bugs bug-id bugzilla task tasks task-id story "
    "related-bug partial-bug partially-fixes part-of addresses "
    "contributes-to pr work-item tracker-id ";
static const char label_closes[] =
    "close closes closed closing fix fixes "
    "fixed fixing resolve resolves resolved resolving implement implements "
    "implemented implementing closes-bug fixes-bug closes-issue "
    "fixes-issue resolves-issue fixes-ticket closes-ticket ";

/* Say no, anywhere in the clause. */
static const char strong_not[] =
    "not never cannot cant can't wont won't "
    "dont don't doesnt doesn't didnt didn't isnt isn't wasnt wasn't wouldnt "
    "wouldn't couldnt couldn't shouldnt shouldn't hasnt hasn't havent "
    "haven't arent aren't werent weren't hadn't neither nor unable fails "
    "failed failing instead rather hardly revert reverts reverted reverting "
    "rollback undo undoes undid ";
/* Say no, or not yet, right before the keyword. */
static const char weak_not[] =
    "no without nothing none if whether unless "
    "until before how need needs needed want wants wanted will would could "
    "can when once after later todo lacks somebody someone must ";
static const char hedges[] =
    "should may might maybe perhaps hopefully "
    "probably possibly partially partly partial attempt attempts attempting "
    "attempted try tries trying tried toward towards half mostly almost "
    "prepare prepares preparing preparation pass begin begins start starts "
    "help helps step ";
/* Make a noun of "fix" and "fixes". */
static const char articles[] = "the a an my our your his her their its of "
			       "previous last earlier recent original proper ";
/* Make "fixed A-1" a thing of the past, or of another commit. */
static const char past_marks[] =
    "which that who had was were been be being "
    "is are got already previously recently since commit as i we ";
/* "Fix A-1 test" is not about A-1, nor is "fix A-1 regression". */
static const char follow_nouns[] =
    "it its' its test tests testcase "
    "testcases test-case itests integration unit regression regressions "
    "fallout follow followup typo typos docs doc javadoc documentation "
    "comment comments breakage leftover leftovers patch branch "
    "expectations related fix bugfix ";
static const char follow_partly[] = "partially partly partial ";
static const char follow_verbs[] =
    "is isn't are aren't was wasn't were "
    "remains remain stays stay still will won't needs need has have had "
    "should would could can cannot may might must does doesn't did "
    "didn't not ";

/* Forms that stand behind a key, whole: "NOTE-12 해결", "NOTE-12를 고침". */
static const char *const ko_closes[] = { "해결", "해결함", "해결됨", "해결했음",
	"해결합니다", "해결했습니다", "닫음", "닫기", "닫습니다", "닫았습니다",
	"고침", "고쳤음", "고칩니다", "고쳤습니다", "완료", "완료함", "구현",
	"구현함", "구현 완료", "수정 완료", "해결 완료" };
static const char *const ko_particles[] = { "을", "를", "번을", "번" };
static const char *const ko_nouns[] = { "이슈를", "이슈", "버그를", "버그",
	"티켓을", "티켓", "문제를", "문제", "오류를", "오류" };
static const char *const ko_label_closes[] = { "해결:", "닫음:", "고침:",
	"완료:" };
static const char *const ko_label_claims[] = { "이슈:", "티켓:", "관련:",
	"관련 이슈:", "관련 티켓:" };
static const char *const ko_and[] = { "및", "와", "과", "그리고" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The typographic one, U+2019. */
static const char apostrophe[] = "\xe2\x80\x99";
#define APOSTROPHE (sizeof apostrophe - 1)
/* Bytes of a word that is judged; no word of the tables is longer. */
#define WORD_MAX 32

enum verdict { PLAIN, HEDGED, NEGATED, NOUN };

static size_t
any_of(const char *s, size_t len, const char *const *list, size_t n)
{
	size_t best = 0;

	for (size_t i = 0; i < n; i++) {
		const size_t k = strlen(list[i]);

		if (k > best && k <= len && memcmp(s, list[i], k) == 0)
			best = k;
	}
	return best;
}

size_t
keyword_conjunction(const char *s, size_t len)
{
	return any_of(s, len, ko_and, COUNT(ko_and));
}

bool
keyword_list_gap(const char *s, size_t a, size_t b, bool *wraps)
{
	bool mark = false, opens = false;

	*wraps = false;
	if (b < a || b - a > 40)
		return false;
	for (size_t i = a; i < b;) {
		const size_t ko = keyword_conjunction(s + i, b - i);

		if (ko > 0) {
			mark = true;
			i += ko;
		} else if (text_starts(s + i, b - i, "and") &&
		    !text_word(i + 3 < b ? s[i + 3] : ' ')) {
			mark = true;
			i += 3;
		} else if (s[i] == '\n') {
			if (*wraps)
				return false;
			*wraps = true;
			i++;
		} else if (s[i] == '(' || s[i] == ')') {
			/* "(A-1), (A-2)", not "A-1 (A-2)". */
			if (s[i] == '(' && !opens)
				return false;
			opens = true;
			i++;
		} else if (s[i] != '\0' && strchr(",;&/+[]", s[i]) != NULL) {
			mark = mark || s[i] != ']';
			i++;
		} else if (text_blank(s[i])) {
			i++;
		} else {
			return false;
		}
	}
	return b > a && (!*wraps || mark);
}

/* Moves back over blanks; over a newline only within the paragraph. */
static size_t
back_blanks(const char *s, size_t lo, size_t at)
{
	while (at > lo && text_blank(s[at - 1]))
		at--;
	return at;
}

static size_t
back_word(const char *s, size_t lo, size_t at)
{
	for (;;) {
		if (at > lo &&
		    (text_word(s[at - 1]) || s[at - 1] == '\'' ||
			s[at - 1] == '-'))
			at--;
		else if (at >= lo + APOSTROPHE &&
		    memcmp(s + at - APOSTROPHE, apostrophe, APOSTROPHE) == 0)
			at -= APOSTROPHE;
		else
			return at;
	}
}

static bool
is_commit_id(const char *s, size_t n)
{
	bool digit = false;

	if (n > 1 && s[0] == 'r' && text_digit(s[1]))
		return true;
	for (size_t i = 0; i < n; i++) {
		if (!text_hex(s[i]))
			return false;
		digit = digit || text_digit(s[i]);
	}
	return n >= 7 && digit;
}

/* "doesn\u2019t" as "doesn't". */
static size_t
plain_word(const char *w, size_t n, char out[WORD_MAX])
{
	size_t k = 0;

	for (size_t i = 0; i < n && k < WORD_MAX; i++) {
		if (i + APOSTROPHE <= n &&
		    memcmp(w + i, apostrophe, APOSTROPHE) == 0) {
			out[k++] = '\'';
			i += APOSTROPHE - 1;
		} else {
			out[k++] = w[i];
		}
	}
	return k;
}

/* What one word before the keyword, dist words away, says of it. */
static enum verdict
judge_word(const char *word, size_t len, size_t dist, bool comma)
{
	char w[WORD_MAX];
	const size_t n = plain_word(word, len, w);

	if (text_in(w, n, strong_not))
		return dist <= 4 || !comma ? NEGATED : PLAIN;
	if (comma)
		return PLAIN;
	if (dist <= 3 && text_in(w, n, weak_not))
		return NEGATED;
	if (dist <= 4 && text_in(w, n, hedges))
		return HEDGED;
	return PLAIN;
}

/* What the word right before the keyword makes of it. */
static enum verdict
judge_neighbour(const char *w, size_t n, const char *kw, size_t kw_len)
{
	if (text_in(w, n, articles))
		return NOUN;
	if ((text_is(w, n, "this") || text_is(w, n, "that")) &&
	    (text_is(kw, kw_len, "fix") || text_is(kw, kw_len, "close")))
		return NOUN;
	if (text_in(kw, kw_len, pasts) &&
	    (text_in(w, n, past_marks) || is_commit_id(w, n)))
		return NOUN;
	return PLAIN;
}

/* "TODO: fix A-1" */
static bool
is_to_do(const char *s, size_t lo, size_t end)
{
	static const char labels[] = "todo to-do fixme xxx tbd later next "
				     "remaining open ";
	const size_t start = back_word(s, lo, end);

	return text_in(s + start, end - start, labels);
}

/*
 * Reads the clause backwards from the keyword at kw.  "to fix A-1" tells an
 * aim: work for A-1 in a subject, and nothing certain in prose.
 */
static enum verdict
judge_clause(const char *s, size_t lo, size_t kw, size_t kw_end, bool subject)
{
	enum verdict verdict = PLAIN, v;
	bool comma = false, only = false;
	size_t at = kw;

	for (size_t dist = 1; dist <= 8; dist++) {
		size_t end = back_blanks(s, lo, at), start;
		const char last = end > lo ? s[end - 1] : '.';

		if (last == ':' && is_to_do(s, lo, end - 1))
			return NEGATED;
		if (strchr(".!?;:", last) != NULL || last == ')')
			break;
		if (last == ',') {
			comma = true;
			end--;
		}
		start = back_word(s, lo, end);
		if (start == end)
			break;
		if (text_is(s + start, end - start, "but") ||
		    text_is(s + start, end - start, "and"))
			break;
		if (dist == 1 && !comma) {
			v = judge_neighbour(s + start, end - start, s + kw,
			    kw_end - kw);
			if (v != PLAIN)
				return v;
			if (text_is(s + start, end - start, "to") ||
			    text_is(s + start, end - start, "for"))
				verdict = subject ? HEDGED : NEGATED;
		}
		v = judge_word(s + start, end - start, dist, comma);
		if (v == NEGATED && !only)
			return NEGATED;
		if (v == HEDGED)
			verdict = HEDGED;
		only = text_is(s + start, end - start, "only") ||
		    text_is(s + start, end - start, "just");
		at = start;
	}
	return verdict;
}

/* Which side of the list is the label, if the line begins with one. */
static enum keyword
judge_label(const char *s, const struct line *ln, size_t outer)
{
	char token[32];
	size_t n = 0, i = ln->text;
	const size_t len = outer > i ? outer - i : 0;

	/* "issue" may stand at the end of the line above. */
	if (len == 0)
		return KEYWORD_NONE;
	if ((n = any_of(s + i, len, ko_label_closes, COUNT(ko_label_closes))) >
		0 &&
	    text_skip_blanks(s, i + n, outer) == outer)
		return KEYWORD_CLOSES_LABEL;
	if ((n = any_of(s + i, len, ko_label_claims, COUNT(ko_label_claims))) >
		0 &&
	    text_skip_blanks(s, i + n, outer) == outer)
		return KEYWORD_CLAIMS_LABEL;
	for (n = 0; i < outer && n < sizeof(token) &&
	     (text_alpha(s[i]) || s[i] == '-' || s[i] == ' ');
	     i++)
		token[n++] = s[i] == ' ' ? '-' : s[i];
	if (n == sizeof(token) || i == outer || s[i] != ':')
		return KEYWORD_NONE;
	while (n > 0 && token[n - 1] == '-')
		n--;
	for (i++; i < outer && (text_blank(s[i]) || s[i] == '['); i++)
		continue;
	if (i != outer)
		return KEYWORD_NONE;
	if (text_in(token, n, label_closes))
		return ln->subject ? KEYWORD_CLOSES : KEYWORD_CLOSES_LABEL;
	if (text_in(token, n, label_claims))
		return KEYWORD_CLAIMS_LABEL;
	return KEYWORD_NONE;
}

/* "PR: #12" is a pull request, "PR: A-1" a problem report. */
static bool
label_is_pull_request(const char *s, const struct line *ln, bool hash)
{
	return hash && text_starts(s + ln->text, ln->end - ln->text, "pr");
}

/* Finds the keyword that governs the list at outer, back to lo. */
static size_t
find_keyword(const char *s, size_t lo, size_t outer, size_t *kw_end)
{
	size_t at = outer, start;
	int colons = 0;

	while (at > lo && s[at - 1] == '[')
		at--;
	for (int words = 0; words < 4; words++) {
		size_t end = back_blanks(s, lo, at);

		while (end > lo && s[end - 1] == ':' && colons < 2) {
			colons++;
			end = back_blanks(s, lo, end - 1);
		}
		start = back_word(s, lo, end);
		if (start == end || (end == at && at == outer))
			return outer;
		if (!text_in(s + start, end - start, fillers) &&
		    !(words > 0 && text_is(s + start, end - start, "the"))) {
			*kw_end = end;
			return start;
		}
		at = start;
	}
	return outer;
}

static bool
korean_closes(const char *s, size_t at, size_t end)
{
	size_t n;

	at += any_of(s + at, end - at, ko_particles, COUNT(ko_particles));
	at = text_skip_blanks(s, at, end);
	n = any_of(s + at, end - at, ko_nouns, COUNT(ko_nouns));
	at = text_skip_blanks(s, at + n, end);
	n = any_of(s + at, end - at, ko_closes, COUNT(ko_closes));
	if (n == 0)
		return false;
	at += n;
	if (at == end || strchr(".,!;)]\"'", s[at]) != NULL)
		return true;
	/* "해결 (#12)", "해결 - 설명"; not "해결 방법". */
	at = text_skip_blanks(s, at, end);
	return at == end || s[at] == '(' || s[at] == '-' || s[at] == '#';
}

bool
keyword_drops_last(const char *s, size_t end, const struct key_hit *last)
{
	const size_t at = text_skip_blanks(s, last->end, end);
	const size_t stop = text_word_end(s, at, end);

	return text_in(s + at, stop - at, follow_verbs);
}

/* "in a later commit", "in the next release", "later" */
static bool
is_put_off(const char *s, size_t at, size_t end)
{
	static const char articles_of[] = "a an the another one some ";
	static const char times[] = "later next future follow-up followup "
				    "following separate subsequent another "
				    "upcoming ";
	size_t stop = text_word_end(s, at, end);

	if (text_is(s + at, stop - at, "later"))
		return true;
	if (!text_is(s + at, stop - at, "in") &&
	    !text_is(s + at, stop - at, "with"))
		return false;
	at = text_skip_blanks(s, stop, end);
	stop = text_word_end(s, at, end);
	if (text_is(s + at, stop - at, "another"))
		return true;
	if (text_in(s + at, stop - at, articles_of)) {
		at = text_skip_blanks(s, stop, end);
		stop = text_word_end(s, at, end);
		if (stop < end && s[stop] == '-')
			stop = text_word_end(s, stop + 1, end);
	}
	return text_in(s + at, stop - at, times);
}

/* What follows the list may narrow it: "fix A-1 test", "fixes A-1 partly". */
static enum keyword
narrow(const char *s, size_t line_end, const struct key_hit *last,
    enum keyword k)
{
	size_t at = last->end, stop;

	while (at < line_end &&
	    (text_blank(s[at]) || s[at] == ']' || s[at] == '(' ||
		s[at] == '\''))
		at++;
	stop = text_word_end(s, at, line_end);
	if (at < line_end && s[at] == '?')
		return KEYWORD_NONE;
	if (is_put_off(s, at, line_end))
		return KEYWORD_NEGATED;
	if (text_in(s + at, stop - at, follow_partly))
		return KEYWORD_CLAIMS;
	if (text_in(s + at, stop - at, follow_nouns))
		return KEYWORD_NONE;
	return k;
}

enum keyword
keyword_judge(const char *s, size_t lo, const struct line *ln, size_t line_end,
    const struct key_hit *hits, size_t n)
{
	const struct key_hit *last = &hits[n - 1];
	size_t outer = hits[0].outer, start, end = 0, bullet;
	enum keyword k = judge_label(s, ln, outer);
	bool is_ref;

	if (k != KEYWORD_NONE && !label_is_pull_request(s, ln, hits[0].hash))
		return narrow(s, line_end, last, k);
	if (korean_closes(s, last->end, line_end))
		return KEYWORD_CLOSES;
	bullet = line_skip_bullet(s, ln->text, ln->end);
	if (bullet > ln->text && bullet <= outer)
		lo = bullet;
	start = find_keyword(s, lo, outer, &end);
	if (start >= outer)
		return KEYWORD_NONE;
	is_ref = text_in(s + start, end - start, refs);
	if (!is_ref && !text_in(s + start, end - start, verbs) &&
	    !text_in(s + start, end - start, pasts))
		return KEYWORD_NONE;
	if (start > lo &&
	    (strchr("/._#@\\=$%", s[start - 1]) != NULL ||
		text_word(s[start - 1])))
		return KEYWORD_NONE;
	/* A capital at the start of a line begins a sentence. */
	if (start == ln->text && text_upper(s[start]) == s[start])
		lo = start;
	switch (judge_clause(s, lo, start, end, ln->subject)) {
	case NEGATED:
		return KEYWORD_NEGATED;
	case NOUN:
		return KEYWORD_NONE;
	case HEDGED:
		return KEYWORD_CLAIMS;
	case PLAIN:
		break;
	}
	return narrow(s, line_end, last,
	    is_ref ? KEYWORD_CLAIMS : KEYWORD_CLOSES);
}
