-- +goose Up

-- Texts that are planned to follow a visit, a call or a thread, and what became of them: why each was sent, or wasn't.
CREATE TABLE follow_ups (
    id              TEXT PRIMARY KEY,
    business_id     TEXT NOT NULL REFERENCES businesses (id),
    rule            TEXT NOT NULL,
    key             TEXT NOT NULL, -- one follow-up each
    phone           TEXT NOT NULL,
    job_id          TEXT NOT NULL,
    call_id         TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    about           TEXT NOT NULL, -- the service, for who reads the list; a season's name
    step            INTEGER NOT NULL, -- of the rule's cadence, from 1
    since           BIGINT NOT NULL, -- the fact that it follows: the visit's start, the call's end
    due_at          BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    status          TEXT NOT NULL, -- "planned", "sent" or "dropped"
    reason          TEXT NOT NULL, -- why it was dropped, empty for none
    settled_at      BIGINT NOT NULL, -- when it was sent or dropped; 0: it is planned
    message_id      TEXT NOT NULL, -- the text, empty while there is none
    UNIQUE (business_id, key)
);
CREATE INDEX follow_ups_by_phone ON follow_ups (business_id, phone, due_at, id);
CREATE INDEX follow_ups_by_job ON follow_ups (business_id, job_id, due_at, id) WHERE job_id <> '';
CREATE INDEX follow_ups_planned ON follow_ups (business_id, due_at, id) WHERE status = 'planned';

-- When the customer last said that the visit stands as it is; 0: never, or it was moved since.
ALTER TABLE jobs ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE jobs DROP COLUMN confirmed_at;
DROP TABLE follow_ups;
