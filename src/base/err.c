#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a sequence that the end of the array cut in half. */
static void
trim_tail(char *s, size_t len)
{
	size_t i = len, need;
	unsigned char c;

	while (i > 0 && len - i < 3 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
		i--;
	if (i == 0)
		return;
	c = (unsigned char)s[i - 1];
	need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
	if (c >= 0x80 && len - (i - 1) < need)
		s[i - 1] = '\0';
}

/* Appends to out (of len bytes so far); returns the new length. */
static size_t __attribute__((format(printf, 3, 0)))
vappend(char out[ERR_MSG_MAX], size_t len, const char *fmt, va_list ap)
{
	size_t room = ERR_MSG_MAX - len;
	int n = vsnprintf(out + len, room, fmt, ap);

	if (n < 0) {
		out[len] = '\0';
		return len;
	}
	if ((size_t)n < room)
		return len + (size_t)n;
	trim_tail(out, ERR_MSG_MAX - 1);
	return strlen(out);
}

static size_t __attribute__((format(printf, 3, 4)))
append(char out[ERR_MSG_MAX], size_t len, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	len = vappend(out, len, fmt, ap);
	va_end(ap);
	return len;
}

enum rc
err_set(struct err *err, enum rc code, const char *fmt, ...)
{
	/* The arguments may point into the message that is replaced. */
	char msg[ERR_MSG_MAX];
	va_list ap;

	if (err == NULL)
		return code;
	va_start(ap, fmt);
	vappend(msg, 0, fmt, ap);
	va_end(ap);
	err->code = code;
	memcpy(err->msg, msg, sizeof(msg));
	return code;
}

enum rc
err_errno(struct err *err, int errnum, const char *fmt, ...)
{
	char msg[ERR_MSG_MAX], why[128];
	size_t len;
	va_list ap;

	if (err == NULL)
		return RC_IO;
	va_start(ap, fmt);
	len = vappend(msg, 0, fmt, ap);
	va_end(ap);
	append(msg, len, ": %s", strerror_r(errnum, why, sizeof(why)));
	err->code = RC_IO;
	memcpy(err->msg, msg, sizeof(msg));
	return RC_IO;
}

enum rc
err_prefix(struct err *err, const char *fmt, ...)
{
	char msg[ERR_MSG_MAX];
	size_t len;
	va_list ap;

	if (err == NULL)
		return RC_FAIL;
	va_start(ap, fmt);
	len = vappend(msg, 0, fmt, ap);
	va_end(ap);
	append(msg, len, ": %s", err->msg);
	memcpy(err->msg, msg, sizeof(msg));
	return err->code;
}

void
err_clear(struct err *err)
{
	if (err == NULL)
		return;
	err->code = RC_OK;
	err->msg[0] = '\0';
}
