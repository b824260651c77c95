-- The manual order within a status (model/rank.h): a ticket's rank, or what
-- stands for it where nobody gave one, so that a column of the board is read
-- in pages along this index however many tickets there are.  It takes the
-- place of ticket_rank, which knew only those with a rank.
DROP INDEX ticket_rank;
CREATE INDEX ticket_place ON ticket (status,
	COALESCE(rank, printf('%010x%08x', 1099511627775 - created,
	4294967295 - number) || substr(ulid, 11)), seq);
