-- +goose Up

-- A visit may take several rows of times: one for each of the crew, on each of its days. visit is the id of the job or
-- the hold that they are for; yields says that it is a routine job's, whose time an emergency may take.
ALTER TABLE times ADD COLUMN visit TEXT NOT NULL DEFAULT '';
ALTER TABLE times ADD COLUMN yields BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE times SET visit = id;
UPDATE times SET yields = TRUE
WHERE kind = 'job' AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = times.id AND jobs.urgency = 'routine');
CREATE INDEX times_by_visit ON times (business_id, visit);
DROP INDEX times_by_end;
-- Everything that the query Busy reads, so that it needs the index alone: booking reads it each time.
CREATE INDEX times_by_end ON times (business_id, ends_at, starts_at, technician, kind, holder, expires_at, visit, yields, zip);

ALTER TABLE jobs ADD COLUMN helper TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN parts TEXT NOT NULL DEFAULT ''; -- JSON list of the visits of several days, empty for one visit
ALTER TABLE jobs ADD COLUMN displaced_by TEXT NOT NULL DEFAULT ''; -- the emergency that took its time
CREATE INDEX jobs_by_displacer ON jobs (business_id, displaced_by) WHERE displaced_by <> '';
