-- name: InsertMail :execrows
INSERT INTO mails (id, business_id, key, job_id, recipient, subject, body, calendar, method, status, error, created_at, sent_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (business_id, key) DO NOTHING;

-- name: Mail :one
SELECT * FROM mails WHERE business_id = $1 AND id = $2;

-- name: UpdateMail :exec
UPDATE mails SET status = sqlc.arg(status), error = sqlc.arg(error), sent_at = sqlc.arg(sent_at)
WHERE business_id = sqlc.arg(business_id) AND id = sqlc.arg(id);
