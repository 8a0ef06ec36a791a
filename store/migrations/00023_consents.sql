-- +goose Up

-- Who may be reached and how we know. Rows are only ever added. customers.opted_out is what the latest of them say about
-- texts to a number; both are written in one transaction.
CREATE TABLE consents (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    address     TEXT NOT NULL, -- a number, E.164, or an e-mail address in lower case
    channel     TEXT NOT NULL, -- "text", "call" or "email"
    act         TEXT NOT NULL, -- "given", "withdrawn" or "restored"
    how         TEXT NOT NULL,
    words       TEXT NOT NULL, -- theirs, empty for none
    language    TEXT NOT NULL,
    source      TEXT NOT NULL, -- the id of the text, call or job that shows it
    key         TEXT NOT NULL, -- the same event is entered once
    at          BIGINT NOT NULL,
    UNIQUE (business_id, key)
);
CREATE INDEX consents_by_address ON consents (business_id, address, channel, act, at, id);
CREATE INDEX consents_newest ON consents (business_id, at, id);

INSERT INTO consents (id, business_id, address, channel, act, how, words, language, source, key, at)
SELECT 'cons_' || id, business_id, phone, 'text', 'withdrawn', 'before_ledger', '', '', '', 'before:' || id, created_at
FROM customers WHERE opted_out = TRUE;

INSERT INTO consents (id, business_id, address, channel, act, how, words, language, source, key, at)
SELECT 'cons_' || jobs.id, jobs.business_id, customers.phone, 'text', 'given', 'booked', '', '', jobs.id, 'booked:' || jobs.id, jobs.created_at
FROM jobs JOIN customers ON customers.id = jobs.customer_id;

-- What a carrier told us about numbers that texts cannot reach, until a text from one shows otherwise.
CREATE TABLE landlines (
    business_id TEXT NOT NULL REFERENCES businesses (id),
    number      TEXT NOT NULL,
    code        TEXT NOT NULL, -- the carrier's
    learnt_at   BIGINT NOT NULL,
    PRIMARY KEY (business_id, number)
);

-- Lines whose texts the carrier refused because the line is not registered, until the owner says that it is.
CREATE TABLE unregistered_lines (
    business_id TEXT NOT NULL REFERENCES businesses (id),
    line        TEXT NOT NULL,
    code        TEXT NOT NULL, -- the carrier's
    refused_at  BIGINT NOT NULL,
    PRIMARY KEY (business_id, line)
);

-- Which process holds the claim on a text, so that those of one that was killed are free at once; empty for none.
ALTER TABLE messages ADD COLUMN claimed_by TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE messages DROP COLUMN claimed_by;
DROP TABLE unregistered_lines;
DROP TABLE landlines;
DROP TABLE consents;
