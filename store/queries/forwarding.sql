-- name: InsertForwardingTest :exec
INSERT INTO forwarding_tests (id, business_id, number, line, from_line, weekly, attempt, state, why, arrival_id, told,
    began_at, arrived_at, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', '', $9, 0, 0);

-- name: ForwardingTest :one
SELECT * FROM forwarding_tests WHERE business_id = $1 AND id = $2;

-- name: UpdateForwardingTest :execrows
UPDATE forwarding_tests SET state = $3, why = $4, arrival_id = $5, told = $6, arrived_at = $7, ended_at = $8
WHERE business_id = $1 AND id = $2;

-- name: ForwardingTests :many
SELECT * FROM forwarding_tests WHERE business_id = $1 ORDER BY began_at DESC, id DESC LIMIT $2;
