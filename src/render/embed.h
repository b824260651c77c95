/*
 * Markdown of others (ticket notes, descriptions, comments) as a tree that is
 * safe to put into a document of ours.
 */
#ifndef NOTES_RENDER_EMBED_H
#define NOTES_RENDER_EMBED_H

#include <cmark.h>
#include <stddef.h>

#define EMBED_MAX       65536 /* bytes looked at */
#define EMBED_DEPTH_MAX 32    /* nodes inside each other */

enum embed_use {
	EMBED_NOTES, /* headings become bold paragraphs, links are
				   http, https or mailto, bare ones are links */
	EMBED_PAGE,  /* a whole page of any size: headings stay, links as in
			 notes */
	EMBED_SCREEN /* headings and links of any scheme stay */
};

/*
 * Parses at most EMBED_MAX bytes.  In the tree every literal went through
 * utf8_clean(), raw HTML is text, images are links, titles are gone, soft
 * breaks are spaces (or line ends in what looks like a table).  Input that
 * nests deeper than EMBED_DEPTH_MAX, or that makes cmark quadratic, comes back
 * as plain lines.  Never NULL; freed with cmark_node_free().
 */
cmark_node *embed_parse(const char *text, size_t len, enum embed_use use);

#endif
