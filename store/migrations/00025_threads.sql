-- +goose Up

-- Threads of texts that people of the shop hold: the receptionist is silent there. A row goes when a thread is given back.
CREATE TABLE takeovers (
    business_id TEXT NOT NULL REFERENCES businesses (id),
    number      TEXT NOT NULL, -- whose thread it is, E.164
    taken_by    TEXT NOT NULL, -- who took it, as the owner reads it
    phone       TEXT NOT NULL, -- where what they write is passed on to, E.164
    since       BIGINT NOT NULL,
    touched_at  BIGINT NOT NULL, -- when people wrote last
    PRIMARY KEY (business_id, number)
);
CREATE INDEX takeovers_by_phone ON takeovers (business_id, phone, number);

-- The short numbers by which people name threads in texts.
CREATE TABLE thread_numbers (
    business_id TEXT NOT NULL REFERENCES businesses (id),
    number      INTEGER NOT NULL,
    peer        TEXT NOT NULL, -- whose thread it is, E.164
    told_at     BIGINT NOT NULL, -- when somebody was last told it
    PRIMARY KEY (business_id, number),
    UNIQUE (business_id, peer)
);

-- Questions that a customer has asked and that only the owner can answer. One at a time is open in a thread.
CREATE TABLE owner_questions (
    id              TEXT PRIMARY KEY,
    business_id     TEXT NOT NULL REFERENCES businesses (id),
    peer            TEXT NOT NULL, -- who asked, E.164
    conversation_id TEXT NOT NULL,
    question        TEXT NOT NULL, -- the customer's words
    answer          TEXT NOT NULL, -- the owner's words; empty: none
    status          TEXT NOT NULL, -- "open", "answered", or "late": a call is owed instead
    asked_at        BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    settled_at      BIGINT NOT NULL,
    kept            BOOLEAN NOT NULL -- the answer became one of the shop's own
);
CREATE UNIQUE INDEX owner_questions_open ON owner_questions (business_id, peer) WHERE status = 'open';
CREATE INDEX owner_questions_by_peer ON owner_questions (business_id, peer, asked_at, id);

-- Pictures that came by text.
CREATE TABLE photos (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    message_id  TEXT NOT NULL,
    place       INTEGER NOT NULL, -- among those of its text, from 0
    peer        TEXT NOT NULL, -- who sent it, E.164
    job_id      TEXT NOT NULL, -- the visit it was sent along to; empty: none yet
    url         TEXT NOT NULL, -- at the carrier
    status      TEXT NOT NULL, -- "wanted", "kept" or "refused"
    reason      TEXT NOT NULL, -- why it was refused
    type        TEXT NOT NULL, -- "image/jpeg"; empty until it is kept
    size        INTEGER NOT NULL, -- bytes
    data        BYTEA NOT NULL,
    created_at  BIGINT NOT NULL,
    UNIQUE (message_id, place)
);
CREATE INDEX photos_by_peer ON photos (business_id, peer, created_at, id);
CREATE INDEX photos_by_job ON photos (business_id, job_id, created_at, id) WHERE job_id <> '';

-- +goose Down
DROP TABLE photos;
DROP TABLE owner_questions;
DROP TABLE thread_numbers;
DROP TABLE takeovers;
