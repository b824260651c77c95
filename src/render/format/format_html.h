/* The page's style sheet and its hash, for the test that compares them. */
#ifndef NOTES_RENDER_FORMAT_HTML_H
#define NOTES_RENDER_FORMAT_HTML_H

extern const char format_html_style[];
extern const char format_html_hash[]; /* "sha256-..." */

#endif
