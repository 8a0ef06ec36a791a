-- +goose Up

-- What a caller is told about the recording of a call, and where it stands. Only calls of businesses that record have one.
CREATE TABLE call_recordings (
    call_id     TEXT PRIMARY KEY REFERENCES calls (id),
    business_id TEXT NOT NULL REFERENCES businesses (id),
    told        TEXT NOT NULL, -- "announced", "asked", or empty: nothing, and it is not recorded
    why         TEXT NOT NULL, -- the states whose laws count, "IL WA"
    state       TEXT NOT NULL,
    words       TEXT NOT NULL, -- of the caller's, that brought it there; empty for none
    changed_at  BIGINT NOT NULL
);

-- When what was recorded was deleted at the carrier; 0: it is still there.
ALTER TABLE recordings ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX recordings_kept ON recordings (business_id, kind, erased_at, at);

-- +goose Down
DROP INDEX recordings_kept;
ALTER TABLE recordings DROP COLUMN erased_at;
DROP TABLE call_recordings;
