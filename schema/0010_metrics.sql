-- What counting by time needs (src/store/query/flow.c).  Few tickets are open,
-- fewer are in work and hardly any are deleted, so that these stay small: the
-- age of what is open, who has how much in hand, and what a count along
-- ticket_created or ticket_resolved must leave out.
CREATE INDEX ticket_open ON ticket (created, seq)
	WHERE category < 2 AND deleted = 0;
CREATE INDEX ticket_doing ON ticket (assignee, seq)
	WHERE category = 1 AND deleted = 0;
CREATE INDEX ticket_deleted_time ON ticket (created, resolved)
	WHERE deleted = 1;
