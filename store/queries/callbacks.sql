-- name: InsertCallback :execrows
INSERT INTO callbacks (id, business_id, phone, name, reason, call_id, missed_at, attempts, status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT DO NOTHING;

-- name: OpenCallbacks :many
SELECT * FROM callbacks WHERE business_id = $1 AND status = 'open' ORDER BY missed_at DESC, id DESC;

-- name: CloseCallbacks :execrows
UPDATE callbacks SET status = 'done' WHERE business_id = $1 AND phone = $2 AND status = 'open';
