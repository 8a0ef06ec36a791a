-- name: ThreadOutcomes :many
SELECT outcome, COUNT(*) AS threads FROM conversations
WHERE business_id = sqlc.arg(business_id) AND started_at >= sqlc.arg(from_at) AND started_at < sqlc.arg(to_at) AND channel = 'text'
GROUP BY outcome;

-- name: TextBacksBetween :many
SELECT m.status, m.sent_at, c.ended_at FROM messages m JOIN calls c ON c.id = m.call_id
WHERE m.business_id = sqlc.arg(business_id) AND m.created_at >= sqlc.arg(from_at) AND m.created_at < sqlc.arg(to_at)
  AND m.kind = 'text_back' AND m.direction = 'outbound'
ORDER BY m.created_at, m.id;

-- name: BookingsMade :many
SELECT sqlc.embed(b), j.status AS job_status FROM bookings b JOIN jobs j ON j.id = b.job_id
WHERE b.business_id = sqlc.arg(business_id) AND b.made_at >= sqlc.arg(from_at) AND b.made_at < sqlc.arg(to_at)
ORDER BY b.made_at, b.job_id;
