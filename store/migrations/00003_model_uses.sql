-- +goose Up

-- What language models were asked, and what it cost: a row for each request that went out. Sums are in millionths of a US
-- dollar.
CREATE TABLE model_uses (
    id              TEXT PRIMARY KEY,
    business_id     TEXT NOT NULL REFERENCES businesses (id),
    conversation_id TEXT NOT NULL,
    call_id         TEXT NOT NULL, -- empty for texts
    at              BIGINT NOT NULL,
    purpose         TEXT NOT NULL,
    model           TEXT NOT NULL,
    failure         TEXT NOT NULL, -- why there was no answer; empty: there was one
    input_tokens    INTEGER NOT NULL,
    output_tokens   INTEGER NOT NULL,
    estimated       BOOLEAN NOT NULL, -- the tokens: the answer was cut off before the vendor counted them
    cost            INTEGER NOT NULL,
    took_ms         INTEGER NOT NULL
);
CREATE INDEX model_uses_by_day ON model_uses (business_id, at, cost);
CREATE INDEX model_uses_by_conversation ON model_uses (conversation_id, cost);
CREATE INDEX model_uses_by_call ON model_uses (business_id, call_id, at) WHERE call_id <> '';
