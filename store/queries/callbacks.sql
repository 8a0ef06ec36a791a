-- name: InsertCallback :exec
INSERT INTO callbacks (id, business_id, phone, name, line, cause, reason, call_id, service, urgency, calls, first_at, missed_at,
    said, said_at, took_leave, landline, status, owner_name, owner_phone, due_at, told_at, acked_at, acked_by, attempts,
    next_attempt_at, note, outcome, closed_at, closed_by, rang_from, first_due_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
    $27, $28, $29, $30, $31, $32);

-- name: UpdateCallback :execrows
UPDATE callbacks SET name = $3, line = $4, cause = $5, reason = $6, call_id = $7, service = $8, urgency = $9, calls = $10,
    missed_at = $11, said = $12, said_at = $13, took_leave = $14, landline = $15, status = $16, owner_name = $17,
    owner_phone = $18, due_at = $19, told_at = $20, acked_at = $21, acked_by = $22, attempts = $23, next_attempt_at = $24,
    note = $25, outcome = $26, closed_at = $27, closed_by = $28, rang_from = $29
WHERE id = $1 AND business_id = $2;

-- name: SetCallbackLandline :execrows
UPDATE callbacks SET landline = $3 WHERE business_id = $1 AND phone = $2 AND closed_at = 0;

-- name: Callback :one
SELECT * FROM callbacks WHERE business_id = $1 AND id = $2;

-- name: CallbackOwed :one
SELECT * FROM callbacks WHERE business_id = $1 AND phone = $2 AND closed_at = 0;

-- Those owed at another number to who rang from one.
-- name: CallbacksRangFrom :many
SELECT * FROM callbacks WHERE business_id = $1 AND rang_from = $2 AND rang_from <> '' AND closed_at = 0 ORDER BY phone;

-- name: CallbacksOwed :many
SELECT * FROM callbacks WHERE business_id = $1 AND closed_at = 0;

-- Those that came up between two instants, whether owed still or not, newest first.
-- name: CallbacksBetween :many
SELECT * FROM callbacks WHERE business_id = $1 AND first_at >= $2 AND first_at < $3
ORDER BY first_at DESC, id DESC;

-- name: CauseKnown :one
SELECT COUNT(*) FROM callback_causes WHERE business_id = $1 AND source = $2 AND at >= $3;

-- name: AddCause :exec
INSERT INTO callback_causes (business_id, source, callback_id, cause, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (business_id, source) DO UPDATE SET callback_id = EXCLUDED.callback_id, cause = EXCLUDED.cause, at = EXCLUDED.at;

-- Over all businesses: for the job that looks for them, a page at a time.
-- name: SilentThreads :many
SELECT conversations.* FROM conversations
WHERE channel = 'text' AND ended_at = 0 AND updated_at < sqlc.arg(before)
  AND (updated_at, id) > (CAST(sqlc.arg(after) AS BIGINT), CAST(sqlc.arg(after_id) AS TEXT))
  AND outcome <> 'spam'
  AND NOT EXISTS (
    SELECT 1 FROM callback_causes k
    WHERE k.business_id = conversations.business_id AND k.source = conversations.id AND k.at >= conversations.updated_at)
ORDER BY updated_at, id LIMIT sqlc.arg(row_limit);

-- name: InsertAttempt :exec
INSERT INTO callback_attempts (id, business_id, callback_id, number, phone, name, line, person, person_phone, waited, means,
    started_at, taken_at, connected_at, ended_at, result, talked_seconds, booked)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: UpdateAttempt :execrows
UPDATE callback_attempts SET taken_at = $3, connected_at = $4, ended_at = $5, result = $6, talked_seconds = $7, booked = $8
WHERE id = $1 AND business_id = $2;

-- name: Attempt :one
SELECT * FROM callback_attempts WHERE business_id = $1 AND id = $2;

-- name: AttemptsOf :many
SELECT * FROM callback_attempts WHERE business_id = $1 AND callback_id = $2 ORDER BY started_at, id;

-- name: AttemptsBetween :many
SELECT * FROM callback_attempts WHERE business_id = $1 AND started_at >= $2 AND started_at < $3 ORDER BY started_at, id;

-- name: LastAttemptOf :one
SELECT * FROM callback_attempts WHERE business_id = $1 AND person_phone = $2 AND started_at >= $3 AND taken_at > 0
ORDER BY started_at DESC, id DESC LIMIT 1;
