/*
 * JSON by jansson, with the few habits of this house: objects keep the order
 * in which keys were set, dumps have no spaces, strings are valid UTF-8 (bad
 * bytes become U+FFFD on the way in).  A dump is fit for a terminal: what
 * utf8_clean() would not let through is written as \uXXXX, which means as much.
 */
#ifndef NOTES_BASE_JSON_H
#define NOTES_BASE_JSON_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"

/* A string value; NULL gives JSON null. */
json_t	*json_text(const char *s);
json_t	*json_text_len(const char *s, size_t len);
/* An array of strings. */
json_t	*json_texts(const struct strv *sv);
/* "YYYY-MM-DDTHH:MM:SSZ", or null for DATE_NONE. */
json_t	*json_time(int64_t t);

/* Sets key to value, which is taken over. */
void	 json_put(json_t *object, const char *key, json_t *value);
void	 json_push(json_t *array, json_t *value);

/* The string at key, or NULL when it is missing or not a string; borrowed. */
const char *json_get_text(const json_t *object, const char *key);
/* The integer at key, or fallback. */
int64_t	 json_get_int(const json_t *object, const char *key, int64_t fallback);

/*
 * Parses exactly one value; *out is freed with json_decref(), NULL on failure.
 * A key that stands twice in an object is an error.
 */
enum rc	 json_parse(const char *text, size_t len, json_t **out,
	    struct err *err);

enum json_shape { JSON_LINE, JSON_PRETTY };	/* one line, or indented by 2 */

void	 json_dump(const json_t *value, enum json_shape shape,
	    struct buf *out);

#endif
