-- Commits that need no ticket: "add" and "rm" of the field "no-ticket" on the
-- tracker itself, with the commit's id.  Emptied and filled again as the other
-- projections are; each add that is alive has a row.
CREATE TABLE no_ticket (
	oid	BLOB NOT NULL CHECK (length(oid) IN (20, 32)),
	event	INTEGER NOT NULL,
	PRIMARY KEY (oid, event)
) STRICT, WITHOUT ROWID;
