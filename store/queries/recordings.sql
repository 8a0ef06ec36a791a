-- name: InsertRecording :execrows
INSERT INTO recordings (id, business_id, call_id, kind, at, seconds, words)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO NOTHING;

-- name: SetRecordingWords :execrows
UPDATE recordings SET words = $3 WHERE id = $1 AND business_id = $2 AND words = '';

-- name: SetRecordingSeconds :exec
UPDATE recordings SET seconds = $3 WHERE id = $1 AND business_id = $2;

-- name: SetRecordingErased :execrows
UPDATE recordings SET erased_at = $3 WHERE id = $1 AND business_id = $2 AND erased_at = 0;

-- name: Recordings :many
SELECT * FROM recordings WHERE business_id = $1 AND call_id = $2 ORDER BY at, id;

-- name: RecordingsBefore :many
SELECT * FROM recordings
WHERE business_id = sqlc.arg(business_id) AND kind = sqlc.arg(kind) AND erased_at = 0 AND at < sqlc.arg(before_at)
ORDER BY at LIMIT sqlc.arg(row_limit);

-- name: InsertCallRecording :execrows
INSERT INTO call_recordings (call_id, business_id, told, why, state, words, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (call_id) DO NOTHING;

-- name: CallRecording :one
SELECT * FROM call_recordings WHERE call_id = $1 AND business_id = $2;

-- name: UpdateCallRecording :execrows
UPDATE call_recordings SET state = $3, words = $4, changed_at = $5 WHERE call_id = $1 AND business_id = $2;
