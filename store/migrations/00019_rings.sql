-- +goose Up

-- Phones of people that were rung for a call. A series is one <Dial> after another for one wish: the call as it came in, a
-- hand-over asked for in it.
CREATE TABLE rings (
    call_id     TEXT NOT NULL REFERENCES calls (id),
    series      TEXT NOT NULL,
    phone       TEXT NOT NULL,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    at          BIGINT NOT NULL,
    result      TEXT NOT NULL, -- see telephony.RingResult; empty while it rings
    settled_at  BIGINT NOT NULL, -- 0 while it rings
    PRIMARY KEY (call_id, series, phone)
);
-- Which phones ring now: a call that one of them forwards to us is our own ringing, come back.
CREATE INDEX rings_live ON rings (business_id, phone, at) WHERE settled_at = 0;

ALTER TABLE calls ADD COLUMN forwarded_from TEXT NOT NULL DEFAULT ''; -- E.164, whose phone forwarded it to us
ALTER TABLE calls ADD COLUMN taken_by TEXT NOT NULL DEFAULT ''; -- E.164, the phone of the person who took it
