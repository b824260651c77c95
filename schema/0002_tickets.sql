-- Projections of the journal: emptied and filled again by "fsck --rebuild".
-- Nothing writes them but apply (src/store/apply*.c).

-- id grows in the order of making and is never used again (deleting is a
-- field).  seq is a copy of id: as an ordinary last column of an index it lets
-- a page begin behind a row by (column, seq) > (?, ?), which a rowid does not.
-- Long texts stand last so that lists do not read them.
CREATE TABLE ticket (
	id		INTEGER PRIMARY KEY,
	seq		INTEGER NOT NULL CHECK (seq = id),
	ulid		TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
	prefix		INTEGER NOT NULL REFERENCES prefix (id),
	number		INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999999),
	type		TEXT NOT NULL CHECK (length(type) <= 64),
	status		TEXT NOT NULL CHECK (length(status) <= 64),
	category	INTEGER NOT NULL CHECK (category BETWEEN 0 AND 2),
	priority	INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 15),
	deleted		INTEGER NOT NULL CHECK (deleted IN (0, 1)),
	no_note		INTEGER NOT NULL CHECK (no_note IN (0, 1)),
	created		INTEGER NOT NULL,
	updated		INTEGER NOT NULL,
	resolved	INTEGER,		-- when it entered "done"
	due		INTEGER,
	estimate	INTEGER NOT NULL,	-- seconds of work, 0 for none
	spent		INTEGER NOT NULL,
	n_comments	INTEGER NOT NULL,	-- that are not hidden
	made		INTEGER NOT NULL,
	summary		TEXT NOT NULL CHECK (length(summary) <= 1024),
	resolution	TEXT CHECK (length(resolution) <= 64),
	assignee	TEXT CHECK (length(assignee) <= 1024),
	reporter	TEXT CHECK (length(reporter) <= 1024),
	component	TEXT CHECK (length(component) <= 1024),
	parent		TEXT CHECK (length(parent) = 26),	-- its ULID
	rank		TEXT CHECK (length(rank) <= 1024),
	note		TEXT CHECK (length(note) <= 65536),
	description	TEXT CHECK (length(description) <= 65536),
	UNIQUE (prefix, number)
) STRICT;

-- Indexes of lists: dropped while many tickets come in and made again
-- (src/store/bulk.c).  Columns that are
-- mostly empty have partial ones; "x IS NOT NULL" must stand in the query.
CREATE INDEX ticket_updated ON ticket (updated, seq);
CREATE INDEX ticket_created ON ticket (created, seq);
CREATE INDEX ticket_status ON ticket (status, seq);
CREATE INDEX ticket_type ON ticket (type, seq);
CREATE INDEX ticket_priority ON ticket (priority, seq);
CREATE INDEX ticket_assignee ON ticket (assignee, seq)
	WHERE assignee IS NOT NULL;
CREATE INDEX ticket_reporter ON ticket (reporter, seq)
	WHERE reporter IS NOT NULL;
CREATE INDEX ticket_component ON ticket (component, seq)
	WHERE component IS NOT NULL;
CREATE INDEX ticket_resolved ON ticket (resolved, seq)
	WHERE resolved IS NOT NULL;
CREATE INDEX ticket_due ON ticket (due, seq) WHERE due IS NOT NULL;
CREATE INDEX ticket_rank ON ticket (rank, seq) WHERE rank IS NOT NULL;
CREATE INDEX ticket_parent ON ticket (parent, seq) WHERE parent IS NOT NULL;

-- Sets of a ticket.  A value stands once; event is the oldest add that is
-- alive, further ones (made elsewhere at the same time) are in add_more.
CREATE TABLE label (
	ticket	INTEGER NOT NULL REFERENCES ticket (id),
	value	TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 1024),
	event	INTEGER NOT NULL,
	PRIMARY KEY (ticket, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_value ON label (value, ticket);

-- Versions that the ticket is fixed in; the release need not exist.
CREATE TABLE ticket_release (
	ticket	INTEGER NOT NULL REFERENCES ticket (id),
	value	TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 128),
	event	INTEGER NOT NULL,
	PRIMARY KEY (ticket, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_release_value ON ticket_release (value, ticket);

-- Versions that show the fault.
CREATE TABLE found_in (
	ticket	INTEGER NOT NULL REFERENCES ticket (id),
	value	TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 128),
	event	INTEGER NOT NULL,
	PRIMARY KEY (ticket, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX found_in_value ON found_in (value, ticket);

-- "ticket name value": A blocks B.  value is the other ticket's ULID.
CREATE TABLE relation (
	ticket	INTEGER NOT NULL REFERENCES ticket (id),
	name	TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
	value	TEXT NOT NULL CHECK (length(value) = 26),
	event	INTEGER NOT NULL,
	PRIMARY KEY (ticket, name, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_value ON relation (value, name);

-- Commits linked by hand (name "link") and links that are not to count
-- ("unlink").  value is the commit's id in hex.
CREATE TABLE link_manual (
	ticket	INTEGER NOT NULL REFERENCES ticket (id),
	name	TEXT NOT NULL CHECK (name IN ('link', 'unlink')),
	value	TEXT NOT NULL CHECK (length(value) IN (40, 64)),
	event	INTEGER NOT NULL,
	PRIMARY KEY (ticket, name, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_manual_value ON link_manual (value);

-- Adds of a value that is in its set already, and removals of adds that have
-- not arrived: both only happen between databases.
CREATE TABLE add_more (
	ticket	INTEGER NOT NULL REFERENCES ticket (id),
	field	TEXT NOT NULL,
	value	TEXT NOT NULL,
	event	INTEGER NOT NULL,
	PRIMARY KEY (ticket, field, value, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE add_gone (
	writer	TEXT NOT NULL,			-- "<replica>.<n>"
	field	TEXT NOT NULL,
	value	TEXT NOT NULL,
	PRIMARY KEY (writer, field, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
	id	INTEGER PRIMARY KEY,
	ulid	TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
	ticket	INTEGER NOT NULL REFERENCES ticket (id),
	created	INTEGER NOT NULL,
	edited	INTEGER,
	hidden	INTEGER NOT NULL CHECK (hidden IN (0, 1)),
	made	INTEGER NOT NULL,
	author	TEXT NOT NULL CHECK (length(author) <= 1024),
	origin	TEXT CHECK (length(origin) IN (40, 64)),  -- commit, hex
	text	TEXT NOT NULL CHECK (length(text) <= 65536)
) STRICT;
CREATE INDEX comment_ticket ON comment (ticket, id);

-- state: enum release_state.
CREATE TABLE release (
	id		INTEGER PRIMARY KEY,
	ulid		TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
	version		TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 127),
	state		INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
	deleted		INTEGER NOT NULL CHECK (deleted IN (0, 1)),
	start		INTEGER,
	target		INTEGER,
	released	INTEGER,
	made		INTEGER NOT NULL,
	oid		BLOB CHECK (length(oid) IN (20, 32)),
	tag		TEXT CHECK (length(tag) <= 1024),
	previous	TEXT CHECK (length(previous) <= 127),
	title		TEXT CHECK (length(title) <= 1024),
	reason		TEXT CHECK (length(reason) <= 1024),
	description	TEXT CHECK (length(description) <= 65536)
) STRICT;
CREATE UNIQUE INDEX release_version ON release (version) WHERE deleted = 0;

-- result: enum build_result.
CREATE TABLE build (
	id	INTEGER PRIMARY KEY,
	ulid	TEXT NOT NULL UNIQUE CHECK (length(ulid) = 26),
	version	TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 127),
	number	TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 128),
	deleted	INTEGER NOT NULL CHECK (deleted IN (0, 1)),
	result	INTEGER NOT NULL CHECK (result BETWEEN 0 AND 2),
	time	INTEGER NOT NULL,
	made	INTEGER NOT NULL,
	oid	BLOB CHECK (length(oid) IN (20, 32)),
	ci	TEXT CHECK (length(ci) <= 128),
	url	TEXT CHECK (length(url) <= 4096)
) STRICT;
CREATE UNIQUE INDEX build_number ON build (version, number) WHERE deleted = 0;

-- Settings of the tracker itself.
CREATE TABLE meta (
	name	TEXT PRIMARY KEY CHECK (length(name) <= 128),
	value	TEXT,
	event	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which event wrote a field last, where it is not the one that made the
-- object.  kind: enum object_kind (src/store/apply.h); id: its row.
CREATE TABLE field_version (
	kind	INTEGER NOT NULL,
	id	INTEGER NOT NULL,
	field	TEXT NOT NULL,
	event	INTEGER NOT NULL,
	PRIMARY KEY (kind, id, field)
) STRICT, WITHOUT ROWID;

-- Tickets that are not deleted, counted: kind "status", "type", "category"
-- (its number as text), and "total" and "deleted" with an empty name.
CREATE TABLE counter (
	kind	TEXT NOT NULL,
	name	TEXT NOT NULL,
	n	INTEGER NOT NULL,
	PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- Operations of this replica: n is the group's number, last its newest event.
-- An undo has undoes, a redo redoes (the operation meant, not the undo).  live
-- is the group whose events carry the operation's effect now (itself, or its
-- newest redo); undone: it was taken back.  An undo that was redone is undone.
CREATE TABLE op (
	n	INTEGER PRIMARY KEY,
	last	INTEGER NOT NULL,
	undoes	INTEGER NOT NULL,
	redoes	INTEGER NOT NULL,
	live	INTEGER NOT NULL,
	undone	INTEGER NOT NULL CHECK (undone IN (0, 1))
) STRICT;
