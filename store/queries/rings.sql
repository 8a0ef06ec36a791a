-- name: InsertRing :exec
INSERT INTO rings (call_id, series, phone, business_id, at, result, settled_at, cold)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (call_id, series, phone) DO NOTHING;

-- name: Rings :many
SELECT * FROM rings WHERE call_id = $1 AND business_id = $2 ORDER BY at, series, phone;

-- name: UpdateRing :exec
UPDATE rings SET result = $4, settled_at = $5 WHERE call_id = $1 AND series = $2 AND phone = $3 AND business_id = $6;

-- name: CountRinging :one
SELECT count(*) FROM rings JOIN calls ON calls.id = rings.call_id
WHERE rings.business_id = $1 AND rings.phone = $2 AND rings.at >= $3 AND rings.settled_at = 0
  AND calls.from_number = $4 AND calls.ended_at = 0;
