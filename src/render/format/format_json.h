/* The notes as a JSON value: for the format and for templates. */
#ifndef NOTES_RENDER_FORMAT_JSON_H
#define NOTES_RENDER_FORMAT_JSON_H

#include <jansson.h>

#include "render/render.h"

/* A new reference. */
json_t *format_json_notes(const struct notes *n,
    const struct render_options *o);

#endif
