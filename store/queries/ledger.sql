-- name: InsertBooking :execrows
INSERT INTO bookings (job_id, business_id, state, reason, source, call_id, demo, customer_id, service, place, made_at,
    booked_at, settled_at, price, charge, currency, evidence)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (job_id) DO NOTHING;

-- name: AcceptBooking :execrows
UPDATE bookings SET booked_at = sqlc.arg(booked_at)
WHERE job_id = sqlc.arg(job_id) AND business_id = sqlc.arg(business_id) AND bookings.state = 'pending' AND bookings.booked_at = 0;

-- name: SettleBooking :execrows
UPDATE bookings SET state = sqlc.arg(state), reason = sqlc.arg(reason), settled_at = sqlc.arg(settled_at), price = sqlc.arg(price),
    charge = sqlc.arg(charge), currency = sqlc.arg(currency), evidence = sqlc.arg(evidence)
WHERE job_id = sqlc.arg(job_id) AND business_id = sqlc.arg(business_id) AND bookings.state = 'pending';

-- name: Booking :one
SELECT * FROM bookings WHERE business_id = $1 AND job_id = $2;

-- name: BookingsSettled :many
SELECT * FROM bookings
WHERE business_id = sqlc.arg(business_id) AND settled_at >= sqlc.arg(from_at) AND settled_at < sqlc.arg(to_at) AND settled_at > 0
ORDER BY settled_at, job_id;

-- name: BookingsPending :many
SELECT * FROM bookings WHERE business_id = $1 AND settled_at = 0 ORDER BY made_at, job_id;

-- Bookings of the same work, made before another and no earlier than an instant. Those still pending count while their job
-- stands.
-- name: BookedAlike :one
SELECT COUNT(*) FROM bookings b JOIN jobs j ON j.id = b.job_id
WHERE b.customer_id = sqlc.arg(customer_id) AND b.business_id = sqlc.arg(business_id) AND b.job_id <> sqlc.arg(job_id)
  AND b.service = sqlc.arg(service) AND b.place = sqlc.arg(place)
  AND b.made_at >= sqlc.arg(since) AND (b.made_at < sqlc.arg(made_at) OR b.made_at = sqlc.arg(made_at) AND b.job_id < sqlc.arg(job_id))
  AND (b.state = 'counted' OR b.state = 'pending' AND j.status <> 'cancelled');

-- name: CountedIn :one
SELECT COUNT(*) AS bookings, CAST(COALESCE(SUM(charge), 0) AS INTEGER) AS amount FROM bookings
WHERE business_id = sqlc.arg(business_id) AND settled_at >= sqlc.arg(from_at) AND settled_at < sqlc.arg(to_at) AND state = 'counted';

-- name: CreditedOf :one
SELECT COUNT(*) AS bookings, CAST(COALESCE(SUM(c.amount), 0) AS INTEGER) AS amount FROM bookings b JOIN credits c ON c.job_id = b.job_id
WHERE b.business_id = sqlc.arg(business_id) AND b.settled_at >= sqlc.arg(from_at) AND b.settled_at < sqlc.arg(to_at) AND b.state = 'counted';

-- name: InsertCredit :exec
INSERT INTO credits (job_id, business_id, given_at, reason, note, amount, currency) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: Credit :one
SELECT * FROM credits WHERE business_id = $1 AND job_id = $2;

-- name: CreditsGiven :many
SELECT * FROM credits
WHERE business_id = sqlc.arg(business_id) AND given_at >= sqlc.arg(from_at) AND given_at < sqlc.arg(to_at)
ORDER BY given_at, job_id;

-- name: InsertUsageEvent :execrows
INSERT INTO usage_events (id, business_id, job_id, customer, value, at, state, doubt_since, sent_at, problem, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO NOTHING;

-- name: UsageEvent :one
SELECT * FROM usage_events WHERE business_id = $1 AND id = $2;

-- name: UpdateUsageEvent :exec
UPDATE usage_events SET state = sqlc.arg(state), doubt_since = sqlc.arg(doubt_since), sent_at = sqlc.arg(sent_at), problem = sqlc.arg(problem)
WHERE business_id = sqlc.arg(business_id) AND id = sqlc.arg(id);

-- The latest conversation by text that came to a job.
-- name: ConversationOfJob :one
SELECT * FROM conversations
WHERE business_id = $1 AND job_id = $2 AND job_id <> '' AND channel = 'text'
ORDER BY started_at DESC, id DESC LIMIT 1;
