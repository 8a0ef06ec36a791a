-- name: InsertCall :execrows
INSERT INTO calls (id, business_id, carrier_id, line, from_number, caller_name, direction, mode, route, started_at,
    answered_at, ended_at, handled_by, outcome, summary, job_id, conversation_id, followed_up,
    forwarded_from, taken_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, FALSE, $18, $19)
ON CONFLICT (carrier_id) DO NOTHING;

-- name: Call :one
SELECT * FROM calls WHERE id = $1;

-- name: CallByCarrierID :one
SELECT * FROM calls WHERE carrier_id = $1;

-- name: UpdateCall :execrows
UPDATE calls SET line = $3, from_number = $4, caller_name = $5, direction = $6, mode = $7, route = $8,
    started_at = $9, answered_at = $10, ended_at = $11, handled_by = $12, outcome = $13, summary = $14, job_id = $15,
    conversation_id = $16, taken_by = $17
WHERE id = $1 AND business_id = $2;

-- name: MarkCallFollowedUp :execrows
UPDATE calls SET followed_up = TRUE WHERE id = $1 AND business_id = $2 AND NOT followed_up;

-- name: ListCalls :many
SELECT * FROM calls
WHERE business_id = sqlc.arg(business_id)
  AND (started_at, id) < (CAST(sqlc.arg(before_start) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
  AND started_at >= sqlc.arg(from_start) AND started_at < sqlc.arg(to_start)
  AND (CAST(sqlc.arg(outcome) AS TEXT) = '' OR outcome = sqlc.arg(outcome))
ORDER BY started_at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- name: ListLiveCalls :many
SELECT * FROM calls
WHERE business_id = sqlc.arg(business_id) AND ended_at = 0
  AND (started_at, id) < (CAST(sqlc.arg(before_start) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
  AND started_at >= sqlc.arg(from_start) AND started_at < sqlc.arg(to_start)
  AND (CAST(sqlc.arg(outcome) AS TEXT) = '' OR outcome = sqlc.arg(outcome))
  AND (CAST(sqlc.arg(phone) AS TEXT) = '' OR from_number = sqlc.arg(phone))
ORDER BY started_at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- name: ListCallsFrom :many
SELECT * FROM calls
WHERE business_id = sqlc.arg(business_id) AND from_number = sqlc.arg(phone)
  AND (started_at, id) < (CAST(sqlc.arg(before_start) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
  AND started_at >= sqlc.arg(from_start) AND started_at < sqlc.arg(to_start)
  AND (CAST(sqlc.arg(outcome) AS TEXT) = '' OR outcome = sqlc.arg(outcome))
ORDER BY started_at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- Over all businesses: for the job that ends what carriers forgot to end.
-- name: StaleCalls :many
SELECT c.* FROM calls c LEFT JOIN conversations v ON v.id = c.conversation_id
WHERE c.ended_at = 0 AND COALESCE(v.updated_at, c.started_at) < sqlc.arg(before)
ORDER BY c.started_at;

-- name: FirstTime :execrows
INSERT INTO carrier_events (key, at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING;
