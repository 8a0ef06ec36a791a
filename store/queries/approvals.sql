-- name: SaveApproval :exec
INSERT INTO approvals (job_id, business_id, number, starts_at, asked_at, better_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (job_id) DO UPDATE
SET starts_at = EXCLUDED.starts_at, better_at = EXCLUDED.better_at;

-- name: OpenApprovals :many
SELECT approvals.* FROM approvals JOIN jobs ON jobs.id = approvals.job_id
WHERE approvals.business_id = $1 AND approvals.starts_at > $2 AND jobs.status = 'tentative'
ORDER BY approvals.number, approvals.job_id;

-- name: LastApproval :one
SELECT * FROM approvals WHERE business_id = $1 ORDER BY asked_at DESC, number DESC LIMIT 1;
