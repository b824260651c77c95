/* The terminal's clipboard (OSC 52). */
#include <stdlib.h>
#include <string.h>

#include "term_priv.h"

/* Beyond it some cut and some drop: 100,000 bytes of base64. */
#define COPY_MAX 74994

/* Bytes of one DCS that GNU screen takes. */
#define SCREEN_MAX 700

/* RFC 4648 */
static void
base64(struct buf *out, const unsigned char *s, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		unsigned v = (unsigned)s[i] << 16;

		v |= i + 1 < len ? (unsigned)s[i + 1] << 8 : 0;
		v |= i + 2 < len ? (unsigned)s[i + 2] : 0;
		buf_putc(out, digits[v >> 18]);
		buf_putc(out, digits[v >> 12 & 63]);
		buf_putc(out, i + 1 < len ? digits[v >> 6 & 63] : '=');
		buf_putc(out, i + 2 < len ? digits[v & 63] : '=');
	}
}

/* tmux hands it on where allow-passthrough is set, each ESC doubled. */
static void
through_tmux(struct buf *out, const struct buf *osc)
{
	buf_puts(out, "\033Ptmux;\033");
	buf_add(out, buf_str(osc), osc->len);
	buf_puts(out, "\033\\");
}

static void
through_screen(struct buf *out, const struct buf *osc)
{
	for (size_t i = 0; i < osc->len; i += SCREEN_MAX) {
		size_t n = osc->len - i;

		buf_puts(out, "\033P");
		buf_add(out, buf_str(osc) + i, n < SCREEN_MAX ? n : SCREEN_MAX);
		buf_puts(out, "\033\\");
	}
}

/* Has it none, as far as its name tells? */
static bool
has_no_clipboard(const char *type)
{
	static const char *const types[] = { "linux", "vt", "ansi", "cons25",
		"hurd", "sun", "wsvt25", "dumb", "cygwin", "pcansi" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strncmp(type, types[i], strlen(types[i])) == 0)
			return true;
	return false;
}

bool
term_copy(struct term *t, const char *text)
{
	struct buf osc = BUF_INIT, out = BUF_INIT;
	bool sent;

	if (strlen(text) > COPY_MAX || has_no_clipboard(t->info.type))
		return false;
	buf_puts(&osc, "\033]52;c;");
	base64(&osc, (const unsigned char *)text, strlen(text));
	buf_putc(&osc, '\a');
	/* tmux itself takes it where set-clipboard is on. */
	if (getenv("STY") == NULL)
		buf_add(&out, buf_str(&osc), osc.len);
	else
		through_screen(&out, &osc);
	if (getenv("TMUX") != NULL)
		through_tmux(&out, &osc);
	sent = term_send(t, buf_str(&out), out.len);
	buf_release(&osc);
	buf_release(&out);
	return sent;
}
