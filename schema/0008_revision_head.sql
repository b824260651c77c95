-- Where a revision was written: the branch that was checked out (NULL: none)
-- and its commit.  A file on another branch need not come from it.
ALTER TABLE revision ADD COLUMN branch TEXT CHECK (length(branch) <= 4096);
ALTER TABLE revision ADD COLUMN head BLOB CHECK (length(head) IN (20, 32));
