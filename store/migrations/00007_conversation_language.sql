-- +goose Up

-- The language that a conversation is held in, ISO 639-1, for the texts that follow it; empty for those from before.
ALTER TABLE conversations ADD COLUMN language TEXT NOT NULL DEFAULT '';
