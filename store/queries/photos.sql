-- name: WantPhoto :execrows
INSERT INTO photos (id, business_id, message_id, place, peer, job_id, url, status, reason, type, size, data, created_at)
VALUES ($1, $2, $3, $4, $5, '', $6, 'wanted', '', '', 0, $7, $8)
ON CONFLICT DO NOTHING;

-- name: SavePhoto :execrows
UPDATE photos SET status = $3, reason = $4, type = $5, size = $6, data = $7 WHERE id = $1 AND business_id = $2;

-- name: AttachPhoto :execrows
UPDATE photos SET job_id = $3 WHERE id = $1 AND business_id = $2;

-- name: PhotoData :one
SELECT data FROM photos WHERE id = $1 AND business_id = $2;

-- name: Photo :one
SELECT id, business_id, message_id, place, peer, job_id, url, status, reason, type, size, created_at FROM photos
WHERE id = $1 AND business_id = $2;

-- name: PhotosWith :many
SELECT id, business_id, message_id, place, peer, job_id, url, status, reason, type, size, created_at FROM photos
WHERE business_id = $1 AND peer = $2 AND created_at >= $3 ORDER BY created_at, id;

-- name: PhotosOf :many
SELECT id, business_id, message_id, place, peer, job_id, url, status, reason, type, size, created_at FROM photos
WHERE business_id = $1 AND job_id = $2 AND job_id <> '' AND status = 'kept' ORDER BY created_at, id;
