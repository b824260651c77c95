-- Derived from git: a full scan empties these tables and fills them again
-- (include/store/history.h).  A full scan drops history_oid, history_release
-- and link_rev, and makes them again once the rows are in.

-- Authors, "Name <email>", each once.
CREATE TABLE person (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL CHECK (length(name) <= 4096)
) STRICT;
CREATE UNIQUE INDEX person_name ON person (name);

-- Commits.  Every parent's id is smaller than its child's.  p1 and p2 are the
-- first two parents (0 for none); more holds the others, 4 bytes each, little
-- end first.  flags: enum history_flag.  release: the first that has it, 0 for
-- none.
CREATE TABLE history (
	id	INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
	p1	INTEGER NOT NULL,
	p2	INTEGER NOT NULL,
	flags	INTEGER NOT NULL,
	time	INTEGER NOT NULL,
	release	INTEGER NOT NULL,
	author	INTEGER NOT NULL,
	oid	BLOB NOT NULL CHECK (length(oid) IN (20, 32)),
	more	BLOB,
	subject	TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX history_oid ON history (oid);
CREATE INDEX history_release ON history (release) WHERE release > 0;

-- Keys in messages, whether there is such a ticket or not; the strongest role
-- only.  role: enum link_role; why: enum reference_why.
CREATE TABLE link (
	prefix	INTEGER NOT NULL,
	number	INTEGER NOT NULL,
	rev	INTEGER NOT NULL,		-- history.id
	role	INTEGER NOT NULL,
	why	INTEGER NOT NULL,
	PRIMARY KEY (prefix, number, rev)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_rev ON link (rev);

-- What a commit does to another.  kind: enum history_tie; target 0: not found.
CREATE TABLE tie (
	rev	INTEGER NOT NULL,
	target	INTEGER NOT NULL,
	kind	INTEGER NOT NULL,
	PRIMARY KEY (rev, target, kind)
) STRICT, WITHOUT ROWID;

-- Near misses of keys, and the key that was meant.
CREATE TABLE typo (
	rev	INTEGER NOT NULL,
	text	TEXT NOT NULL,
	prefix	INTEGER NOT NULL,
	number	INTEGER NOT NULL,
	PRIMARY KEY (rev, text)
) STRICT, WITHOUT ROWID;

-- Further authors.
CREATE TABLE coauthor (
	rev	INTEGER NOT NULL,
	person	INTEGER NOT NULL,
	PRIMARY KEY (rev, person)
) STRICT, WITHOUT ROWID;

-- Refs as the last scan saw them.
CREATE TABLE ref (
	name	TEXT PRIMARY KEY,
	hex	TEXT NOT NULL
) STRICT, WITHOUT ROWID;
