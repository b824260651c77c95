/* A growable string.  Always NUL-terminated once something was added. */
#ifndef NOTES_BASE_BUF_H
#define NOTES_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char	*ptr;		/* owned; NULL while empty and unused */
	size_t	 len;		/* bytes, without the NUL */
	size_t	 cap;
};

#define BUF_INIT { NULL, 0, 0 }

/* What is added must not point into the buffer itself. */
void		 buf_add(struct buf *b, const void *data, size_t len);
void		 buf_puts(struct buf *b, const char *s);
void		 buf_putc(struct buf *b, char c);
void		 buf_fill(struct buf *b, char c, size_t n);
void		 buf_printf(struct buf *b, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
void		 buf_vprintf(struct buf *b, const char *fmt, va_list ap)
		    __attribute__((format(printf, 2, 0)));

/* Cuts to len bytes; nothing happens when it is shorter. */
void		 buf_truncate(struct buf *b, size_t len);
/* Empties but keeps the memory. */
void		 buf_clear(struct buf *b);
void		 buf_release(struct buf *b);

/* The text, "" while empty; borrowed until the next change. */
const char	*buf_str(const struct buf *b);
/* The text, "" while empty; the caller frees it and the buffer is empty. */
char		*buf_detach(struct buf *b);

#endif
