-- +goose Up

-- Visits that the owner was asked about. One is open while its job is tentative.
CREATE TABLE approvals (
    job_id      TEXT PRIMARY KEY REFERENCES jobs (id),
    business_id TEXT NOT NULL REFERENCES businesses (id),
    number      INTEGER NOT NULL, -- by which the owner names it where several are open
    starts_at   BIGINT NOT NULL, -- of the visit, as it was asked about
    asked_at    BIGINT NOT NULL, -- for the first time
    better_at   BIGINT NOT NULL -- when the owner would rather come, which the customer was asked about; 0: he didn't say
);
CREATE INDEX approvals_by_start ON approvals (business_id, starts_at, number, job_id);
CREATE INDEX approvals_by_asked ON approvals (business_id, asked_at, number);

-- +goose Down
DROP TABLE approvals;
