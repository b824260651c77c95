/*
 * Return codes and messages.  A function that can fail returns enum rc and
 * takes struct err * as its last argument; libraries never print and never
 * exit.  A message is lower case, without a full stop, names the thing and the
 * way out: "no ticket NOTE-12 (see: notes list)".
 */
#ifndef NOTES_BASE_ERR_H
#define NOTES_BASE_ERR_H

enum rc {
	RC_OK = 0,
	RC_FAIL,		/* anything without a code of its own */
	RC_USAGE,		/* the caller's words are off: exit status 2 */
	RC_INVALID,		/* a value is not what its field takes */
	RC_NOT_FOUND,		/* no such ticket, release, commit, file */
	RC_EXISTS,		/* it is there already */
	RC_BUSY,		/* another process holds the lock */
	RC_READONLY,		/* the database cannot be written */
	RC_NEWER,		/* made by a newer notes */
	RC_CORRUPT,		/* the database is damaged or not ours */
	RC_IO,			/* a system call failed */
	RC_GIT,			/* git said no */
	RC_STOPPED,		/* the user interrupted it */
	RC_CONFLICT,		/* changed by somebody else in between */
	RC_FOUND		/* a check or lint found something: status 3 */
};

#define ERR_MSG_MAX 1024	/* bytes, NUL included */

struct err {
	enum rc	code;
	char	msg[ERR_MSG_MAX];
};

#define ERR_INIT { .code = RC_OK }

/*
 * Sets code and message and returns code, so that "return err_set(...)" reads
 * well.  err may be NULL.  A message that is too long is cut between two UTF-8
 * sequences.
 */
enum rc	err_set(struct err *err, enum rc code, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* As err_set() with RC_IO, with ": " and strerror(errnum) appended. */
enum rc	err_errno(struct err *err, int errnum, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* Puts "context: " before the message that is there. */
enum rc	err_prefix(struct err *err, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

void	err_clear(struct err *err);

#endif
