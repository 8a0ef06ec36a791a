-- +goose Up

-- Where a technician is at an occupied time: the ZIP of the job's address, empty where it isn't known.
ALTER TABLE times ADD COLUMN zip TEXT NOT NULL DEFAULT '';

-- An address is opaque to SQL, but it was written by a program that ends it with the ZIP: {...,"zip":"60647"}.
UPDATE times SET zip = (SELECT SUBSTR(jobs.address, LENGTH(jobs.address) - 6, 5) FROM jobs WHERE jobs.id = times.id)
WHERE kind = 'job' AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = times.id AND jobs.address LIKE '%"zip":"_____"}');

-- The query Busy still needs the index alone.
DROP INDEX times_by_end;
CREATE INDEX times_by_end ON times (business_id, ends_at, starts_at, technician, kind, holder, expires_at, id, zip);
