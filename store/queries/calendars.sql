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

-- The calendars that were last read before an instant, longest ago first, or whose channel ends before one.
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

-- name: SaveJobEvent :exec
INSERT INTO job_events (job_id, calendar_id, part, business_id, event_id, etag, starts_at, ends_at, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (job_id, calendar_id, part) DO UPDATE SET event_id = excluded.event_id, etag = excluded.etag,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, revision = excluded.revision;

-- name: DeleteJobEvent :exec
DELETE FROM job_events WHERE job_id = $1 AND calendar_id = $2 AND part = $3;

-- name: DeleteJobEventsOf :exec
DELETE FROM job_events WHERE calendar_id = $1;

-- name: JobEvents :many
SELECT * FROM job_events WHERE business_id = $1 AND job_id = $2 ORDER BY calendar_id, part;

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

-- name: WritesJobs :one
SELECT COUNT(*) FROM calendars WHERE business_id = $1 AND writes;
