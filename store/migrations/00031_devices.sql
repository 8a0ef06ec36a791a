-- +goose Up

-- Browsers that get notifications: where, and the keys that these are encrypted with.
CREATE TABLE devices (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    name        TEXT NOT NULL,
    endpoint    TEXT NOT NULL,
    public_key  TEXT NOT NULL, -- base64
    auth        TEXT NOT NULL, -- base64
    kinds       TEXT NOT NULL, -- what it is notified of, joined by spaces
    created_at  BIGINT NOT NULL,
    UNIQUE (business_id, endpoint)
);
CREATE INDEX devices_by_business ON devices (business_id, created_at, id);

-- +goose Down
DROP TABLE devices;
