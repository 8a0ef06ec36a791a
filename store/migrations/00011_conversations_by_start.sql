-- +goose Up
CREATE INDEX conversations_by_start ON conversations (business_id, started_at, id);

-- +goose Down
DROP INDEX conversations_by_start;
