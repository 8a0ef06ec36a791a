-- +goose Up
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE times ADD CONSTRAINT times_no_overlap
    EXCLUDE USING gist (business_id WITH =, technician WITH =, int8range(starts_at, ends_at) WITH &&);
