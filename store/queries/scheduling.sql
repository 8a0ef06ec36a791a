-- Holds and jobs, what outside calendars say, and the owner's own blocks; an empty technician is everybody.
-- name: Busy :many
SELECT technician, starts_at, ends_at, visit, yields, zip FROM times
WHERE times.business_id = sqlc.arg(business_id) AND times.ends_at > sqlc.arg(from_start) AND times.starts_at < sqlc.arg(to_start)
  AND (kind = 'job' OR expires_at > sqlc.arg(now))
  AND (kind = 'job' OR CAST(sqlc.arg(except_holder) AS TEXT) = '' OR holder <> sqlc.arg(except_holder))
  AND times.visit <> sqlc.arg(except_job)
UNION ALL
SELECT technician, starts_at, ends_at, '' AS visit, FALSE AS yields, '' AS zip FROM calendar_events
WHERE calendar_events.business_id = sqlc.arg(business_id) AND calendar_events.ends_at > sqlc.arg(from_start)
  AND calendar_events.starts_at < sqlc.arg(to_start) AND blocks
UNION ALL
SELECT technician, starts_at, ends_at, '' AS visit, FALSE AS yields, '' AS zip FROM blocks
WHERE blocks.business_id = sqlc.arg(business_id) AND blocks.ends_at > sqlc.arg(from_start)
  AND blocks.starts_at < sqlc.arg(to_start) AND busy
ORDER BY starts_at;

-- name: DeleteExpiredHolds :exec
DELETE FROM times
WHERE business_id = sqlc.arg(business_id) AND technician = sqlc.arg(technician) AND kind = 'hold'
  AND ends_at > sqlc.arg(from_start) AND starts_at < sqlc.arg(to_start) AND expires_at <= sqlc.arg(now);

-- name: InsertTime :exec
INSERT INTO times (id, business_id, technician, kind, holder, starts_at, ends_at, expires_at, visit, yields, zip)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: DeleteTimes :exec
DELETE FROM times WHERE business_id = $1 AND visit = $2;

-- name: TimesOf :many
SELECT technician, starts_at, ends_at FROM times WHERE business_id = $1 AND visit = $2 ORDER BY starts_at;

-- name: ReleaseHolds :exec
DELETE FROM times WHERE business_id = $1 AND holder = $2 AND holder <> '' AND kind = 'hold';

-- name: InsertJob :exec
INSERT INTO jobs (id, business_id, customer_id, status, service, problem, urgency, technician, starts_at, ends_at,
    busy_until, window_end, address, source, call_id, created_at, updated_at, helper, parts, displaced_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

-- Each change gives a job a later updated_at, however quickly changes follow each other: it tells them apart.
-- name: UpdateJob :one
UPDATE jobs SET customer_id = sqlc.arg(customer_id), status = sqlc.arg(status), service = sqlc.arg(service), problem = sqlc.arg(problem), urgency = sqlc.arg(urgency), technician = sqlc.arg(technician),
    starts_at = sqlc.arg(starts_at), ends_at = sqlc.arg(ends_at), busy_until = sqlc.arg(busy_until), window_end = sqlc.arg(window_end), address = sqlc.arg(address), source = sqlc.arg(source), call_id = sqlc.arg(call_id),
    updated_at = CASE WHEN updated_at < sqlc.arg(updated_at) THEN sqlc.arg(updated_at) ELSE updated_at + 1 END,
    helper = sqlc.arg(helper), parts = sqlc.arg(parts), displaced_by = sqlc.arg(displaced_by),
    confirmed_at = CASE WHEN starts_at = sqlc.arg(starts_at) THEN confirmed_at ELSE 0 END
WHERE id = sqlc.arg(id) AND business_id = sqlc.arg(business_id) AND jobs.status IN ('booked', 'tentative')
RETURNING updated_at;

-- name: Job :one
SELECT sqlc.embed(j), sqlc.embed(c) FROM jobs j JOIN customers c ON c.id = j.customer_id
WHERE j.business_id = $1 AND j.id = $2;

-- name: JobsDisplacedBy :many
SELECT sqlc.embed(j), sqlc.embed(c) FROM jobs j JOIN customers c ON c.id = j.customer_id
WHERE j.business_id = sqlc.arg(business_id) AND j.displaced_by = sqlc.arg(displaced_by) AND j.displaced_by <> ''
ORDER BY j.starts_at, j.id;

-- name: ListJobs :many
SELECT sqlc.embed(j), sqlc.embed(c) FROM jobs j JOIN customers c ON c.id = j.customer_id
WHERE j.business_id = sqlc.arg(business_id)
  AND (j.starts_at, j.id) > (CAST(sqlc.arg(after_start) AS BIGINT), CAST(sqlc.arg(after_id) AS TEXT))
  AND j.starts_at >= sqlc.arg(from_start) AND j.starts_at < sqlc.arg(to_start)
  AND (CAST(sqlc.arg(status) AS TEXT) = '' OR j.status = sqlc.arg(status))
ORDER BY j.starts_at, j.id
LIMIT sqlc.arg(row_limit);

-- name: ListJobsOfPhone :many
SELECT sqlc.embed(j), sqlc.embed(c) FROM customers c JOIN jobs j ON j.customer_id = c.id
WHERE c.business_id = sqlc.arg(business_id) AND c.phone = sqlc.arg(phone)
  AND (j.starts_at, j.id) > (CAST(sqlc.arg(after_start) AS BIGINT), CAST(sqlc.arg(after_id) AS TEXT))
  AND j.starts_at >= sqlc.arg(from_start) AND j.starts_at < sqlc.arg(to_start)
  AND (CAST(sqlc.arg(status) AS TEXT) = '' OR j.status = sqlc.arg(status))
ORDER BY j.starts_at, j.id
LIMIT sqlc.arg(row_limit);

-- The jobs booked under a name, from an instant on.
-- name: JobsOfName :many
SELECT sqlc.embed(j), sqlc.embed(c) FROM customers c JOIN jobs j ON j.customer_id = c.id
WHERE c.business_id = sqlc.arg(business_id) AND LOWER(c.name) = LOWER(CAST(sqlc.arg(name) AS TEXT))
  AND j.starts_at >= sqlc.arg(from_start)
ORDER BY j.starts_at, j.id
LIMIT 50;

-- name: DeleteHoldsAt :exec
DELETE FROM times
WHERE business_id = sqlc.arg(business_id) AND technician = sqlc.arg(technician) AND kind = 'hold'
  AND ends_at > sqlc.arg(from_start) AND starts_at < sqlc.arg(to_start);
