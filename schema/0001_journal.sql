-- The permanent part: what cannot be had again from anywhere else.
--
-- Migrations are these files in the order of their numbers; user_version is
-- the number of the last one that was applied.  A file that has been released
-- is never edited: a change of the schema is a new file.  Comments are taken
-- out before the statements reach SQLite, so they cost nothing.
--
-- Conventions of all tables: times are seconds since the epoch (UTC), NULL for
-- none; object ids of git are BLOBs of 20 or 32 bytes; "event" and "made" are
-- journal.seq of the event that wrote the row; ULIDs are 26 characters.

-- Databases whose events are in the journal.  Number 1 is this one.  h and n
-- are the newest clock and number received from the others (0 for this one,
-- whose newest stand in the journal).
CREATE TABLE replica (
	id	INTEGER PRIMARY KEY,
	bits	INTEGER NOT NULL UNIQUE,	-- 64 random bits, as signed
	n	INTEGER NOT NULL DEFAULT 0,
	h	INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Every change ever made, in the order in which this database applied it.
-- The line is the event as it was written (model/event.h); the other columns
-- are copied out of it.
CREATE TABLE journal (
	seq	INTEGER PRIMARY KEY,
	replica	INTEGER NOT NULL REFERENCES replica (id),
	n	INTEGER NOT NULL CHECK (n > 0),
	h	INTEGER NOT NULL,
	grp	INTEGER NOT NULL,		-- g: the operation
	object	TEXT NOT NULL CHECK (length(object) = 26),
	line	TEXT NOT NULL CHECK (length(line) <= 1048576)
) STRICT;
CREATE UNIQUE INDEX journal_n ON journal (replica, n);
CREATE INDEX journal_object ON journal (object, seq);

-- Commits that were rewritten (amend, rebase): told once by a hook.
CREATE TABLE rewrite (
	old	BLOB PRIMARY KEY CHECK (length(old) IN (20, 32)),
	new	BLOB NOT NULL CHECK (length(new) IN (20, 32))
) STRICT, WITHOUT ROWID;

-- Effects of commits that have happened: each once, whoever saw the commit
-- first.  event is the n of the operation, of this replica.
CREATE TABLE ledger (
	oid	BLOB NOT NULL CHECK (length(oid) IN (20, 32)),
	ticket	INTEGER NOT NULL,
	action	TEXT NOT NULL CHECK (length(action) <= 4096),
	event	INTEGER NOT NULL,
	PRIMARY KEY (oid, ticket, action)
) STRICT, WITHOUT ROWID;

-- What this database remembers for itself and never shares: its tracker's
-- ULID ("tracker"), what the last scan saw, the state of the spool.
CREATE TABLE local (
	name	TEXT PRIMARY KEY CHECK (length(name) <= 128),
	value	TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Key prefixes ("NOTE") as small numbers, for tickets and for links.  Numbers
-- are of this database only.
CREATE TABLE prefix (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 31)
) STRICT;
