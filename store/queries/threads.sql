-- name: SaveTakeover :exec
INSERT INTO takeovers (business_id, number, taken_by, phone, since, touched_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (business_id, number) DO UPDATE SET taken_by = excluded.taken_by, phone = excluded.phone, touched_at = excluded.touched_at;

-- name: EndTakeover :execrows
DELETE FROM takeovers WHERE business_id = $1 AND number = $2;

-- name: Takeover :one
SELECT * FROM takeovers WHERE business_id = $1 AND number = $2;

-- name: Takeovers :many
SELECT * FROM takeovers WHERE business_id = $1 ORDER BY number;

-- name: SaveThreadNumber :exec
INSERT INTO thread_numbers (business_id, number, peer, told_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (business_id, number) DO UPDATE SET peer = excluded.peer, told_at = excluded.told_at;

-- name: ThreadNumbers :many
SELECT * FROM thread_numbers WHERE business_id = $1 ORDER BY told_at DESC, number;
