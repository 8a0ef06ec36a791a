-- name: InsertOwnerQuestion :execrows
INSERT INTO owner_questions (id, business_id, peer, conversation_id, question, answer, status, asked_at, due_at, settled_at, kept)
VALUES ($1, $2, $3, $4, $5, '', 'open', $6, $7, 0, FALSE)
ON CONFLICT DO NOTHING;

-- name: UpdateOwnerQuestion :execrows
UPDATE owner_questions SET answer = $3, status = $4, settled_at = $5, kept = $6 WHERE id = $1 AND business_id = $2;

-- name: OwnerQuestion :one
SELECT * FROM owner_questions WHERE id = $1 AND business_id = $2;

-- name: LastOwnerQuestion :one
SELECT * FROM owner_questions WHERE business_id = $1 AND peer = $2 ORDER BY asked_at DESC, id DESC LIMIT 1;

-- name: OpenOwnerQuestions :many
SELECT * FROM owner_questions WHERE business_id = $1 AND status = 'open' ORDER BY peer;
