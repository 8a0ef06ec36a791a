-- Nothing is written when a text with this key, or with this carrier's id, is there already.
-- name: InsertMessage :execrows
INSERT INTO messages (id, business_id, direction, from_number, to_number, peer, body, kind, status, reason, key,
    carrier_id, error_code, call_id, job_id, created_at, sent_at, not_after, not_before, media, attempts, claimed_at,
    retry_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
ON CONFLICT DO NOTHING;

-- name: UpdateMessage :execrows
UPDATE messages SET body = $3, kind = $4, status = $5, reason = $6, carrier_id = $7, error_code = $8, call_id = $9,
    job_id = $10, sent_at = $11, not_after = $12, not_before = $13, media = $14, attempts = $15, claimed_at = $16,
    retry_at = $17, claimed_by = $18
WHERE id = $1 AND business_id = $2;

-- name: Message :one
SELECT * FROM messages WHERE business_id = $1 AND id = $2;

-- name: MessageByKey :one
SELECT * FROM messages WHERE business_id = $1 AND key = $2 AND key <> '';

-- name: MessageByCarrierID :one
SELECT * FROM messages WHERE carrier_id = $1 AND carrier_id <> '';

-- name: Unsent :many
SELECT * FROM messages
WHERE business_id = $1 AND to_number = $2 AND status IN ('queued', 'sending')
ORDER BY created_at, id
LIMIT 50;

-- name: LastSent :one
SELECT CAST(COALESCE(MAX(created_at), 0) AS BIGINT) FROM messages
WHERE business_id = $1 AND peer = $2 AND kind = $3 AND direction = 'outbound' AND status <> 'suppressed';

-- name: CountSent :one
SELECT COUNT(*) FROM messages
WHERE business_id = $1 AND peer = $2 AND created_at >= $3 AND direction = 'outbound' AND status <> 'suppressed';

-- name: CountSentOfKind :one
SELECT COUNT(*) FROM messages
WHERE business_id = $1 AND peer = $2 AND kind = $3 AND created_at >= $4 AND direction = 'outbound' AND status <> 'suppressed';

-- name: ListMessages :many
SELECT * FROM messages
WHERE business_id = sqlc.arg(business_id)
  AND (created_at, id) < (CAST(sqlc.arg(before_created) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
  AND (CAST(sqlc.arg(direction) AS TEXT) = '' OR direction = sqlc.arg(direction))
ORDER BY created_at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- name: ListMessagesWith :many
SELECT * FROM messages
WHERE business_id = sqlc.arg(business_id) AND peer = sqlc.arg(peer)
  AND (created_at, id) < (CAST(sqlc.arg(before_created) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
  AND (CAST(sqlc.arg(direction) AS TEXT) = '' OR direction = sqlc.arg(direction))
ORDER BY created_at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- The latest text with each number.
-- name: Threads :many
SELECT m.* FROM messages m
WHERE m.business_id = sqlc.arg(business_id) AND NOT EXISTS (
    SELECT 1 FROM messages n
    WHERE n.business_id = m.business_id AND n.peer = m.peer AND (n.created_at, n.id) > (m.created_at, m.id))
ORDER BY m.created_at DESC, m.id DESC
LIMIT sqlc.arg(row_limit);
