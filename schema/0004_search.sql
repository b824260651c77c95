-- Full-text search over summary, description and comments (those that are not
-- hidden, in order, a newline between them); rowid is ticket.id.  Contentless:
-- the texts stand in their tables already, so a change must hand the index the
-- old texts to take out (src/store/search.h).  The tokenizer "tracker" is
-- unicode61 with pairs of CJK letters, registered by search_register().
-- columnsize=0 saves a row for each ticket; bm25() therefore is not to be had,
-- and results come newest first, by rowid.
CREATE VIRTUAL TABLE search USING fts5 (
	summary, description, comments,
	content = '', columnsize = 0, tokenize = 'tracker'
);
