-- name: InsertConversation :exec
INSERT INTO conversations (id, business_id, channel, call_id, caller_number, caller, state, outcome, job_id, summary,
    started_at, updated_at, ended_at, language)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: UpdateConversation :execrows
UPDATE conversations SET caller_number = $3, caller = $4, state = $5, outcome = $6, job_id = $7, summary = $8,
    updated_at = $9, ended_at = $10, language = $11
WHERE id = $1 AND business_id = $2;

-- name: Conversation :one
SELECT * FROM conversations WHERE id = $1;

-- name: ConversationByCall :one
SELECT * FROM conversations WHERE business_id = $1 AND call_id = $2 AND call_id <> '';

-- name: OpenThread :one
SELECT * FROM conversations
WHERE business_id = $1 AND caller_number = $2 AND channel = 'text' AND ended_at = 0
ORDER BY started_at DESC, id DESC LIMIT 1;

-- name: LatestByPhone :one
SELECT * FROM conversations
WHERE business_id = $1 AND caller_number = $2 AND channel = 'call'
ORDER BY started_at DESC, id DESC LIMIT 1;

-- The language of the latest conversation with a number; where the number has had none, of the one that a job came of.
-- name: LanguageWith :one
SELECT language FROM conversations
WHERE business_id = sqlc.arg(business_id) AND language <> ''
  AND (caller_number = sqlc.arg(caller_number) AND caller_number <> '' OR job_id = sqlc.arg(job_id) AND job_id <> '')
ORDER BY CASE WHEN caller_number = sqlc.arg(caller_number) THEN 0 ELSE 1 END, started_at DESC, id DESC LIMIT 1;

-- The latest conversations of a business that began at an instant or later, the latest first.
-- name: ConversationsSince :many
SELECT * FROM conversations WHERE business_id = sqlc.arg(business_id) AND started_at >= sqlc.arg(since)
ORDER BY started_at DESC, id DESC LIMIT sqlc.arg(row_limit);

-- Over all businesses: for the job that closes threads that went quiet.
-- name: StaleThreads :many
SELECT * FROM conversations WHERE channel = 'text' AND ended_at = 0 AND updated_at < sqlc.arg(before)
ORDER BY updated_at;

-- name: AppendTurn :one
INSERT INTO turns (conversation_id, seq, business_id, at, who, text, heard, interrupted, reason, understood, key, reply)
SELECT c.id, (SELECT COALESCE(MAX(t.seq), 0) + 1 FROM turns t WHERE t.conversation_id = c.id), c.business_id,
    CAST(sqlc.arg(at) AS BIGINT), CAST(sqlc.arg(who) AS TEXT), CAST(sqlc.arg(text) AS TEXT),
    CAST(sqlc.arg(heard) AS TEXT), CAST(sqlc.arg(interrupted) AS BOOLEAN), CAST(sqlc.arg(reason) AS TEXT),
    CAST(sqlc.arg(understood) AS TEXT), CAST(sqlc.arg(key) AS TEXT), CAST(sqlc.arg(reply) AS TEXT)
FROM conversations c WHERE c.id = sqlc.arg(conversation_id)
RETURNING seq, business_id;

-- name: Turns :many
SELECT * FROM turns WHERE conversation_id = $1 ORDER BY seq;

-- name: ThreadTurns :many
SELECT t.* FROM turns t JOIN conversations c ON c.id = t.conversation_id
WHERE c.business_id = $1 AND c.caller_number = $2 AND c.channel = 'text'
ORDER BY c.started_at DESC, c.id DESC, t.seq DESC LIMIT $3;

-- The receptionist's first turn from the one on that carries the key, whichever side's turn that is.
-- name: TurnByKey :one
SELECT t.* FROM turns t
WHERE t.conversation_id = $1 AND t.who = 'receptionist'
  AND t.seq >= (SELECT MIN(k.seq) FROM turns k WHERE k.conversation_id = $1 AND k.key = $2 AND k.key <> '')
ORDER BY t.seq LIMIT 1;

-- name: MarkHeard :one
UPDATE turns SET heard = $2, interrupted = TRUE
WHERE turns.conversation_id = $1 AND turns.seq = (
    SELECT MAX(t.seq) FROM turns t WHERE t.conversation_id = $1 AND t.who = 'receptionist')
RETURNING business_id;
