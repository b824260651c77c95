/*
 * Standard output in its three forms.  All text goes through utf8_clean()
 * here (JSON: escaped by base/json), so commands hand over what they have.
 */
#ifndef NOTES_CLI_OUT_H
#define NOTES_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

enum out_form { OUT_TEXT, OUT_PORCELAIN, OUT_JSON };

enum out_style {
	STYLE_NONE, STYLE_HEAD, STYLE_KEY, STYLE_DIM, STYLE_STRONG, STYLE_TODO,
	STYLE_DOING, STYLE_DONE, STYLE_WARN, STYLE_CODE, STYLE_N
};

enum out_colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct out {
	enum out_form	 form;
	bool		 zero;		/* records end with NUL */
	bool		 quiet, plain;
	bool		 tty, colour;
	size_t		 width, height;	/* of the terminal; 0: no limit */
	/* command line, or NULL: none; borrowed */
	const char	*pager;
	/* private */
	struct buf	 buf;		/* not written yet */
	bool		 in_record;	/* a porcelain field stands already */
	bool		 started;	/* something was written */
	int		 pager_fd;	/* -1: none running */
	int		 pager_pid;
	bool		 gone;		/* the reader closed the pipe */
	int		 error;		/* errno of the first failed write */
};

/* colour: what --color says.  Sets tty, width and height from the terminal. */
void	out_init(struct out *o, enum out_colour colour);

/* Text on one line, text on several, and bytes that are fit already. */
void	out_text(struct out *o, enum out_style style, const char *s);
void	out_lines(struct out *o, const char *s, size_t len);
void	out_raw(struct out *o, const char *s, size_t len);
/* Words of our own with arguments; the result goes through utf8_clean(). */
void	out_printf(struct out *o, enum out_style style, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
void	out_newline(struct out *o);

/* A sentence that says what was done: text form only, not when quiet. */
void	out_say(struct out *o, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/* Porcelain: a field, a number, and the end of the record. */
void	out_field(struct out *o, const char *s);
void	out_number(struct out *o, int64_t n);
void	out_end(struct out *o);

/* JSON: prints the value, on one line unless a terminal shows it, and takes it
 * over. */
void	out_json(struct out *o, json_t *value);
/* The same for arrays of any length: one element a line. */
void	out_json_open(struct out *o);
void	out_json_item(struct out *o, json_t *value);
void	out_json_close(struct out *o);

/* Writes what has gathered; cheap when there is little, starts the pager when
 * it does not fit the screen. */
void	out_drain(struct out *o);
/* Has the reader gone away?  Then nothing more need be made. */
bool	out_gone(const struct out *o);
/* Forgets what is not written yet: a half answer is none. */
void	out_discard(struct out *o);
/* Writes the rest, waits for the pager.  RC_IO when something was not
 * written; a reader that went away is none of our faults. */
enum rc	out_finish(struct out *o, struct err *err);
void	out_release(struct out *o);

/* One line on standard error, cleaned: as it is, "notes: ...", "notes:
 * warning: ...". */
void	say_line(const char *line);
void	say_error(const char *msg);
void	say_warning(const char *msg);

#endif
