-- A browser that subscribes again keeps its place.
-- name: SaveDevice :one
INSERT INTO devices (id, business_id, name, endpoint, public_key, auth, kinds, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (business_id, endpoint) DO UPDATE
SET name = EXCLUDED.name, public_key = EXCLUDED.public_key, auth = EXCLUDED.auth, kinds = EXCLUDED.kinds
RETURNING *;

-- name: Devices :many
SELECT * FROM devices WHERE business_id = $1 ORDER BY created_at, id;

-- name: Device :one
SELECT * FROM devices WHERE business_id = $1 AND id = $2;

-- name: DeleteDevice :exec
DELETE FROM devices WHERE business_id = $1 AND id = $2;

-- name: CountDevices :one
SELECT COUNT(*) FROM devices WHERE business_id = $1;
