-- name: InsertCalendarAccount :exec
INSERT INTO calendar_accounts (id, business_id, technician, provider, name, credentials, state, problem, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: UpdateCalendarAccount :execrows
UPDATE calendar_accounts SET name = $3, credentials = $4, state = $5, problem = $6, updated_at = $7
WHERE business_id = $1 AND id = $2;

-- name: DeleteCalendarAccount :exec
DELETE FROM calendar_accounts WHERE business_id = $1 AND id = $2;

-- name: CalendarAccount :one
SELECT * FROM calendar_accounts WHERE id = $1;

-- name: CalendarAccounts :many
SELECT * FROM calendar_accounts WHERE business_id = $1 ORDER BY created_at, id;

-- name: InsertCalendar :exec
INSERT INTO calendars (id, account_id, business_id, technician, provider, remote, name, zone, reads, writes, sync_cursor,
    window_from, window_to, synced_at, failing_since, failure, watch_channel, watch_resource, watch_token, watch_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

-- name: UpdateCalendar :execrows
UPDATE calendars SET name = $3, zone = $4, reads = $5, writes = $6, sync_cursor = $7, window_from = $8, window_to = $9,
    synced_at = $10, failing_since = $11, failure = $12, watch_channel = $13, watch_resource = $14, watch_token = $15,
    watch_until = $16
WHERE business_id = $1 AND id = $2;

-- name: DeleteCalendar :exec
DELETE FROM calendars WHERE business_id = $1 AND id = $2;

-- name: Calendar :one
SELECT * FROM calendars WHERE id = $1;

-- name: CalendarByWatch :one
SELECT * FROM calendars WHERE watch_channel = $1 AND watch_channel <> '';

-- name: Calendars :many
SELECT * FROM calendars WHERE business_id = $1 ORDER BY technician, id;

-- name: CalendarsOfAccount :many
SELECT * FROM calendars WHERE business_id = $1 AND account_id = $2 ORDER BY id;

-- The calendars that were last read before an instant, longest ago first.
-- name: CalendarsToRead :many
SELECT * FROM calendars WHERE synced_at < sqlc.arg(before) ORDER BY synced_at, id LIMIT sqlc.arg(row_limit);

-- name: SaveCalendarEvent :exec
INSERT INTO calendar_events (calendar_id, event_id, business_id, technician, job_id, part, etag, title, starts_at, ends_at, all_day, blocks)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (calendar_id, event_id) DO UPDATE SET technician = excluded.technician, job_id = excluded.job_id,
    part = excluded.part, etag = excluded.etag, title = excluded.title, starts_at = excluded.starts_at,
    ends_at = excluded.ends_at, all_day = excluded.all_day, blocks = excluded.blocks;

-- name: DeleteCalendarEvent :exec
DELETE FROM calendar_events WHERE calendar_id = $1 AND event_id = $2;

-- name: DeleteCalendarEvents :exec
DELETE FROM calendar_events WHERE calendar_id = $1;

-- name: CalendarEventsOf :many
SELECT * FROM calendar_events WHERE calendar_id = $1 ORDER BY event_id;

-- name: CalendarEventsBetween :many
SELECT * FROM calendar_events
WHERE business_id = sqlc.arg(business_id) AND ends_at > sqlc.arg(from_start) AND starts_at < sqlc.arg(to_start)
ORDER BY starts_at, calendar_id, event_id;

-- Takes the event of a job to oneself, unless somebody else has it.
-- name: ClaimJobEvent :execrows
INSERT INTO job_events (job_id, calendar_id, part, business_id, event_id, etag, starts_at, ends_at, revision, next_start,
    next_end, wrote_at, claimed_until)
VALUES (sqlc.arg(job_id), sqlc.arg(calendar_id), sqlc.arg(part), sqlc.arg(business_id), '', '', 0, 0, 0,
    sqlc.arg(next_start), sqlc.arg(next_end), 0, sqlc.arg(until))
ON CONFLICT (job_id, calendar_id, part) DO UPDATE SET next_start = excluded.next_start, next_end = excluded.next_end,
    claimed_until = excluded.claimed_until
WHERE job_events.claimed_until <= sqlc.arg(now);

-- name: SaveJobEvent :exec
UPDATE job_events SET event_id = $4, etag = $5, starts_at = $6, ends_at = $7, revision = $8, next_start = $9,
    next_end = $10, wrote_at = $11, claimed_until = $12
WHERE job_id = $1 AND calendar_id = $2 AND part = $3;

-- name: DeleteJobEvent :exec
DELETE FROM job_events WHERE job_id = $1 AND calendar_id = $2 AND part = $3;

-- name: DeleteJobEventsOf :exec
DELETE FROM job_events WHERE calendar_id = $1;

-- name: JobEvents :many
SELECT * FROM job_events WHERE business_id = $1 AND job_id = $2 ORDER BY calendar_id, part;

-- name: JobEventsIn :many
SELECT * FROM job_events WHERE calendar_id = $1 AND ends_at > $2 ORDER BY starts_at, job_id, part;

-- name: JobEventByEvent :one
SELECT * FROM job_events WHERE calendar_id = $1 AND event_id = $2;

-- name: InsertCalendarTrouble :execrows
INSERT INTO calendar_troubles (id, business_id, calendar_id, event_id, job_id, kind, title, starts_at, ends_at, found_at, settled_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
ON CONFLICT (job_id, calendar_id, event_id) DO UPDATE SET kind = excluded.kind, title = excluded.title,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, found_at = excluded.found_at, settled_at = 0
WHERE calendar_troubles.settled_at <> 0 OR calendar_troubles.starts_at <> excluded.starts_at OR calendar_troubles.ends_at <> excluded.ends_at;

-- name: CalendarTroubles :many
SELECT * FROM calendar_troubles WHERE business_id = $1 AND settled_at = 0 ORDER BY found_at, id;

-- name: CalendarTroublesOfJob :many
SELECT * FROM calendar_troubles WHERE business_id = $1 AND job_id = $2 AND settled_at = 0 ORDER BY found_at, id;

-- name: SettleCalendarTrouble :exec
UPDATE calendar_troubles SET settled_at = $3 WHERE business_id = $1 AND id = $2 AND settled_at = 0;

-- name: OldestLook :one
SELECT COUNT(*) AS n, CAST(COALESCE(MIN(synced_at), 0) AS BIGINT) AS synced_at FROM calendars
WHERE business_id = sqlc.arg(business_id) AND technician IN ('', CAST(sqlc.arg(technician) AS TEXT)) AND reads;

-- name: CountCalendars :one
SELECT COUNT(*) FROM calendars WHERE business_id = $1;

-- Jobs that some calendar may have to be told of: those that are on and not over, and those that were written and are
-- off by now.
-- name: JobsToWrite :many
SELECT j.id FROM jobs j
WHERE j.business_id = sqlc.arg(business_id) AND j.starts_at >= sqlc.arg(from_start)
  AND (j.status IN ('booked', 'tentative') OR EXISTS (SELECT 1 FROM job_events e WHERE e.job_id = j.id))
ORDER BY j.starts_at, j.id
LIMIT sqlc.arg(row_limit);

-- The jobs that are on and keep a technician (everybody: any technician) between two instants. from_start lies before
-- their beginning by more than any job lasts.
-- name: JobsBetween :many
SELECT sqlc.embed(j), sqlc.embed(c) FROM jobs j JOIN customers c ON c.id = j.customer_id
WHERE j.business_id = sqlc.arg(business_id) AND j.starts_at >= sqlc.arg(from_start) AND j.starts_at < sqlc.arg(until)
  AND j.ends_at > sqlc.arg(since) AND j.status IN ('booked', 'tentative')
  AND (CAST(sqlc.arg(technician) AS TEXT) = '' OR j.technician = sqlc.arg(technician) OR j.helper = sqlc.arg(technician))
ORDER BY j.starts_at, j.id;

-- name: TroublesOfEvent :many
SELECT * FROM calendar_troubles WHERE business_id = $1 AND calendar_id = $2 AND event_id = $3 AND settled_at = 0;
