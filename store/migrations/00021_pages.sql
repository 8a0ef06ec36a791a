-- +goose Up

-- Emergencies that somebody has to take.
CREATE TABLE pages (
    id              TEXT PRIMARY KEY,
    business_id     TEXT NOT NULL REFERENCES businesses (id),
    conversation_id TEXT NOT NULL,
    call_id         TEXT NOT NULL, -- empty for one by text
    line            TEXT NOT NULL,
    what            TEXT NOT NULL,
    text            TEXT NOT NULL,
    state           TEXT NOT NULL,
    waves           TEXT NOT NULL, -- JSON: who is paged, wave by wave
    wave            INTEGER NOT NULL, -- how many of the waves were paged
    created_at      BIGINT NOT NULL,
    taken_by        TEXT NOT NULL,
    taken_phone     TEXT NOT NULL,
    taken_how       TEXT NOT NULL,
    taken_at        BIGINT NOT NULL,
    UNIQUE (business_id, conversation_id, what)
);
CREATE INDEX pages_newest ON pages (business_id, created_at, id);

-- Who was paged, wave by wave.
CREATE TABLE page_people (
    page_id     TEXT NOT NULL REFERENCES pages (id),
    wave        INTEGER NOT NULL,
    phone       TEXT NOT NULL,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    name        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    passed_at   BIGINT NOT NULL, -- when they said that they can't
    PRIMARY KEY (page_id, wave, phone)
);
CREATE INDEX page_people_by_phone ON page_people (business_id, phone, at, wave);

-- +goose Down
DROP TABLE page_people;
DROP TABLE pages;
