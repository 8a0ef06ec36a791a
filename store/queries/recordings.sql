-- name: InsertRecording :execrows
INSERT INTO recordings (id, business_id, call_id, kind, at, seconds, words)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO NOTHING;

-- name: SetRecordingWords :execrows
UPDATE recordings SET words = $3 WHERE id = $1 AND business_id = $2 AND words = '';

-- name: Recordings :many
SELECT * FROM recordings WHERE business_id = $1 AND call_id = $2 ORDER BY at, id;
