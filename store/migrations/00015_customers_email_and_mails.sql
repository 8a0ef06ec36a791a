-- +goose Up

-- Where a customer is written to besides texts, empty for nowhere, and the language last chosen on the pages.
ALTER TABLE customers ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- E-mail, as it was written: one per key, so that a job that runs twice writes once.
CREATE TABLE mails (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    key         TEXT NOT NULL,
    job_id      TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,
    calendar    TEXT NOT NULL, -- an iCalendar to attach, empty for none
    method      TEXT NOT NULL, -- the calendar's
    status      TEXT NOT NULL,
    error       TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT NOT NULL,
    UNIQUE (business_id, key)
);
