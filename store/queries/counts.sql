-- name: CallsByOutcome :many
SELECT outcome, COUNT(*) AS calls FROM calls
WHERE business_id = $1 AND started_at >= $2 AND started_at < $3
GROUP BY outcome ORDER BY outcome;

-- name: CountLiveCalls :one
SELECT COUNT(*) FROM calls WHERE business_id = $1 AND ended_at = 0;

-- name: CountJobsCreated :one
SELECT COUNT(*) FROM jobs WHERE business_id = $1 AND created_at >= $2 AND created_at < $3 AND status <> 'cancelled';

-- name: CountOpenCallbacks :one
SELECT COUNT(*) FROM callbacks WHERE business_id = $1 AND status = 'open';
