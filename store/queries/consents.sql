-- Nothing is written when there is an entry with this key.
-- name: InsertConsent :execrows
INSERT INTO consents (id, business_id, address, channel, act, how, words, language, source, key, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING;

-- What they last said they want or do not want.
-- name: LastWish :one
SELECT act, how, at FROM consents
WHERE business_id = $1 AND address = $2 AND channel = $3 AND act <> 'given'
ORDER BY at DESC, id DESC
LIMIT 1;

-- When they last turned to us, in each way.
-- name: LastGiven :many
SELECT how, CAST(MAX(at) AS BIGINT) AS latest FROM consents
WHERE business_id = $1 AND address = $2 AND channel = $3 AND act = 'given'
GROUP BY how;

-- name: ListConsents :many
SELECT * FROM consents
WHERE business_id = sqlc.arg(business_id)
  AND (at, id) < (CAST(sqlc.arg(before_at) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
ORDER BY at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- name: ListConsentsOf :many
SELECT * FROM consents
WHERE business_id = sqlc.arg(business_id) AND address = sqlc.arg(address)
ORDER BY at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- name: SaveLandline :exec
INSERT INTO landlines (business_id, number, code, learnt_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (business_id, number) DO UPDATE SET code = EXCLUDED.code, learnt_at = EXCLUDED.learnt_at;

-- name: DeleteLandline :execrows
DELETE FROM landlines WHERE business_id = $1 AND number = $2;

-- name: Landline :one
SELECT COUNT(*) FROM landlines WHERE business_id = $1 AND number = $2;

-- The first refusal stays.
-- name: SaveUnregistered :execrows
INSERT INTO unregistered_lines (business_id, line, code, refused_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- name: DeleteUnregistered :execrows
DELETE FROM unregistered_lines WHERE business_id = $1 AND line = $2;

-- name: Unregistered :many
SELECT * FROM unregistered_lines WHERE business_id = $1 ORDER BY line;
