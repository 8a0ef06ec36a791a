-- name: InsertFollowUp :execrows
INSERT INTO follow_ups (id, business_id, rule, key, phone, job_id, call_id, conversation_id, about, step, since, due_at, created_at,
    status, reason, settled_at, message_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (business_id, key) DO NOTHING;

-- name: UpdateFollowUp :execrows
UPDATE follow_ups SET due_at = sqlc.arg(due_at), created_at = sqlc.arg(created_at), status = sqlc.arg(status), reason = sqlc.arg(reason),
    settled_at = sqlc.arg(settled_at), message_id = sqlc.arg(message_id)
WHERE business_id = sqlc.arg(business_id) AND id = sqlc.arg(id);

-- name: FollowUp :one
SELECT * FROM follow_ups WHERE business_id = $1 AND id = $2;

-- name: FollowUpByKey :one
SELECT * FROM follow_ups WHERE business_id = $1 AND key = $2;

-- name: FollowUpsOfJob :many
SELECT * FROM follow_ups WHERE business_id = $1 AND job_id = $2 AND job_id <> '' ORDER BY due_at, id;

-- The latest with a number.
-- name: FollowUpsWith :many
SELECT * FROM follow_ups WHERE business_id = $1 AND phone = $2 ORDER BY due_at DESC, id DESC LIMIT $3;

-- name: PlannedFollowUps :many
SELECT * FROM follow_ups WHERE business_id = $1 AND status = 'planned' ORDER BY due_at, id LIMIT $2;

-- name: ConfirmJob :execrows
UPDATE jobs SET confirmed_at = $3 WHERE business_id = $1 AND id = $2 AND status IN ('booked', 'tentative');

-- When a number was last heard of: a text from it, a call.
-- name: LastReceived :one
SELECT CAST(COALESCE(MAX(created_at), 0) AS BIGINT) FROM messages WHERE business_id = $1 AND peer = $2 AND direction = 'inbound';

-- name: LastCallFrom :one
SELECT CAST(COALESCE(MAX(started_at), 0) AS BIGINT) FROM calls WHERE business_id = $1 AND from_number = $2 AND from_number <> '';

-- The conversations with a number that began at an instant or later, by call and by text, the latest first.
-- name: ConversationsWith :many
SELECT * FROM conversations
WHERE business_id = sqlc.arg(business_id) AND caller_number = sqlc.arg(caller_number) AND channel IN ('call', 'text') AND started_at >= sqlc.arg(since)
ORDER BY started_at DESC, id DESC LIMIT 20;
