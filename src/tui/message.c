/* The message line: what was done, what is in doubt, what failed. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tui/keys/keys.h"
#include "ui.h"

__attribute__((format(printf, 3, 0))) static void
set_message(struct ui *ui, enum ui_tone tone, const char *fmt, va_list ap)
{
	struct buf text = BUF_INIT;

	/* What failed is told first, also when keys came together. */
	if (ui->guarded && ui->message != NULL && tone != UI_ERROR)
		return;
	ui->unseen = tone == UI_ERROR;
	ui->blind = date_clock_ms() - ui->begun_ms >= UI_LONG_MS;
	buf_vprintf(&text, fmt, ap);
	free(ui->message);
	ui->message = utf8_clean_dup(buf_str(&text), UTF8_ONE_LINE);
	ui->tone = tone;
	ui->refused = false;
	buf_release(&text);
}

void
ui_say(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_message(ui, UI_INFO, fmt, ap);
	va_end(ap);
}

void
ui_did(struct ui *ui, const char *fmt, ...)
{
	char undo[KEYS_TELL_MAX], *text;
	va_list ap;

	va_start(ap, fmt);
	set_message(ui, UI_INFO, fmt, ap);
	va_end(ap);
	keys_tell(ui, ui_top(ui), "undo", undo);
	text = mem_printf("%s   (%s takes it back)", ui->message, undo);
	free(ui->message);
	ui->message = text;
}

void
ui_warn(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_message(ui, UI_WARNING, fmt, ap);
	va_end(ap);
}

void
ui_warn_too(struct ui *ui, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	if (ui->message == NULL)
		ui_warn(ui, "%s", buf_str(&text));
	else
		strv_push(&ui->later, buf_str(&text));
	buf_release(&text);
}

void
ui_refuse(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_message(ui, UI_WARNING, fmt, ap);
	va_end(ap);
	ui->refused = true;
}

__attribute__((format(printf, 2, 3))) static void
fail(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_message(ui, UI_ERROR, fmt, ap);
	va_end(ap);
	ui->refused = true;
}

void
ui_fail(struct ui *ui, const struct err *err)
{
	if (err->code == RC_STOPPED && ui->gave_up)
		fail(ui, "%s", err->msg);
	else if (err->code == RC_STOPPED)
		ui_warn(ui, "stopped");
	else
		fail(ui, "%s", err->msg[0] == '\0' ? "it failed" : err->msg);
}

void
ui_dropped(struct ui *ui, size_t n)
{
	static const char dropped[] = "   (typed keys were dropped)";
	const int room = ui->canvas.cols - (int)sizeof(dropped) - 5;
	size_t len, fits;
	char *text;

	if (n == 0 || ui->message == NULL || room < 20)
		return;
	/* Both are to be seen: the error begins with what matters. */
	len = strlen(ui->message);
	fits = utf8_fit(ui->message, len, (size_t)room, NULL);
	text = mem_printf("%.*s%s%s", (int)fits, ui->message,
	    fits < len ? "..." : "", dropped);
	free(ui->message);
	ui->message = text;
}
