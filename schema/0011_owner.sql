-- Who sees to a release, as assignees are named.
ALTER TABLE release ADD COLUMN owner TEXT CHECK (length(owner) <= 1024);
