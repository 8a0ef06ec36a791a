-- name: InsertOutgoing :execrows
INSERT INTO outgoing_calls (id, business_id, key, purpose, subject, line, to_number, ring_seconds, detect_machine, state,
    answered_by, keys, why, error_code, carrier_id, turn, reply, attempts, created_at, not_after, placed_at, answered_at,
    ended_at, claimed_at, retry_at, found)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', '', '', 0, '', 0, $11, $12, 0, 0, 0, 0, 0, FALSE)
ON CONFLICT (business_id, key) DO NOTHING;

-- name: Outgoing :one
SELECT * FROM outgoing_calls WHERE business_id = $1 AND id = $2;

-- name: OutgoingByKey :one
SELECT * FROM outgoing_calls WHERE business_id = $1 AND key = $2;

-- name: OutgoingByCarrierID :one
SELECT * FROM outgoing_calls WHERE carrier_id = $1 AND carrier_id <> '';

-- name: OutgoingAbout :many
SELECT * FROM outgoing_calls WHERE business_id = $1 AND purpose = $2 AND subject = $3 ORDER BY created_at, id;

-- name: UpdateOutgoing :execrows
UPDATE outgoing_calls SET state = $3, answered_by = $4, keys = $5, why = $6, error_code = $7, carrier_id = $8, turn = $9,
    reply = $10, attempts = $11, placed_at = $12, answered_at = $13, ended_at = $14, claimed_at = $15, retry_at = $16, found = $17
WHERE business_id = $1 AND id = $2;

-- name: OutgoingInDoubt :many
SELECT * FROM outgoing_calls WHERE to_number = $1 AND line = $2 AND state = 'placing' ORDER BY created_at, id;
