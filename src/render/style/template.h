/*
 * A team's own style: Mustache (https://mustache.github.io/mustache.5.html)
 * without what a template must not do: no partials, no lambdas, no unescaped
 * values.  docs/STYLES.md tells the values and why it is this.
 */
#ifndef NOTES_RENDER_TEMPLATE_H
#define NOTES_RENDER_TEMPLATE_H

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"

#define TEMPLATE_DEPTH_MAX 16

/*
 * Appends the template filled with data.  {{name}} is escaped for the place in
 * Markdown where it stands; names that end in "_md" are Markdown already and
 * go in as they are.  RC_INVALID names the line: a tag that is not closed, a
 * name that there is not, nesting beyond TEMPLATE_DEPTH_MAX.
 */
enum rc template_fill(const char *text, const json_t *data, struct buf *out,
    struct err *err);

#endif
