-- +goose Up

-- How the receptionist's session in a call ended that its carrier asks about next, where the carrier does not say so itself.
-- There is none while another session is under way.
CREATE TABLE session_ends (
    call_id     TEXT PRIMARY KEY REFERENCES calls (id),
    business_id TEXT NOT NULL REFERENCES businesses (id),
    said        TEXT NOT NULL -- the end message, JSON
);
