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
