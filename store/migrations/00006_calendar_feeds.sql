-- +goose Up
-- How often the private address of a calendar was replaced; one that never was has no row. The technician is empty for
-- the business's own.
CREATE TABLE calendar_feeds (
    business_id TEXT NOT NULL REFERENCES businesses (id),
    technician  TEXT NOT NULL,
    replaced    INTEGER NOT NULL,
    PRIMARY KEY (business_id, technician)
);

-- +goose Down
DROP TABLE calendar_feeds;
