-- name: InsertModelUse :exec
INSERT INTO model_uses (id, business_id, conversation_id, call_id, at, purpose, model, failure, input_tokens,
    output_tokens, estimated, cost, took_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (id) DO NOTHING;

-- name: ModelUsesByCall :many
SELECT * FROM model_uses WHERE business_id = $1 AND call_id = $2 AND call_id <> '' ORDER BY at, id;

-- name: ModelSpentInConversation :one
SELECT CAST(COALESCE(SUM(cost), 0) AS INTEGER) AS cost FROM model_uses WHERE conversation_id = $1;

-- name: ModelSpentSince :one
SELECT CAST(COALESCE(SUM(cost), 0) AS INTEGER) AS cost FROM model_uses WHERE business_id = $1 AND at >= $2;
