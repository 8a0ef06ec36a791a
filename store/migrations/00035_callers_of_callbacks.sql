-- +goose Up

-- The number that somebody rang from who was promised a call at another; empty where it is the same.
ALTER TABLE callbacks ADD COLUMN rang_from TEXT NOT NULL DEFAULT '';
-- By when the call was due as it came up. due_at moves with each attempt.
ALTER TABLE callbacks ADD COLUMN first_due_at BIGINT NOT NULL DEFAULT 0;
UPDATE callbacks SET first_due_at = due_at;
CREATE INDEX callbacks_rang_from ON callbacks (business_id, rang_from) WHERE closed_at = 0 AND rang_from <> '';

-- +goose Down
DROP INDEX callbacks_rang_from;
ALTER TABLE callbacks DROP COLUMN first_due_at;
ALTER TABLE callbacks DROP COLUMN rang_from;
