-- Notes as they were written to files.  Local, and never journaled: a merge
-- with what people edited in a file since needs what was put there last.
--
-- n counts the revisions of a version from 1.  file is a path below the work
-- tree, or absolute.  first and last are the range, first without and last
-- with its own commit; style, format and lang as they were asked for or
-- configured.  text is what the tracker wrote, before hand edits of the file
-- were merged into it.
CREATE TABLE revision (
	version		TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 127),
	n		INTEGER NOT NULL CHECK (n > 0),
	made		INTEGER NOT NULL,
	by_build	INTEGER NOT NULL CHECK (by_build IN (0, 1)),
	file		TEXT NOT NULL CHECK (length(file) BETWEEN 1 AND 4096),
	style		TEXT NOT NULL CHECK (length(style) <= 4096),
	format		TEXT NOT NULL CHECK (length(format) <= 64),
	lang		TEXT NOT NULL CHECK (length(lang) <= 64),
	first		BLOB CHECK (length(first) IN (20, 32)),
	last		BLOB CHECK (length(last) IN (20, 32)),
	text		TEXT NOT NULL,
	PRIMARY KEY (version, n)
) STRICT;
