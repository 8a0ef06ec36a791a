-- name: KeepSessionEnd :exec
INSERT INTO session_ends (call_id, business_id, said) VALUES ($1, $2, $3)
ON CONFLICT (call_id) DO UPDATE SET said = EXCLUDED.said;

-- name: SessionEnd :one
SELECT said FROM session_ends WHERE call_id = $1 AND business_id = $2;

-- name: ForgetSessionEnd :exec
DELETE FROM session_ends WHERE call_id = $1 AND business_id = $2;
