-- name: NextBlockChange :one
INSERT INTO block_changes (business_id, latest) VALUES (sqlc.arg(business_id), 1)
ON CONFLICT (business_id) DO UPDATE SET latest = block_changes.latest + 1
RETURNING latest;

-- name: LatestBlockChange :one
SELECT latest FROM block_changes WHERE business_id = $1;

-- name: SaveBlock :exec
INSERT INTO blocks (business_id, id, technician, series, job_id, part, title, place, notes, starts_at, ends_at, all_day,
    tentative, gone, busy, change)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (business_id, id, technician) DO UPDATE SET series = excluded.series, job_id = excluded.job_id,
    part = excluded.part, title = excluded.title, place = excluded.place, notes = excluded.notes,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, all_day = excluded.all_day,
    tentative = excluded.tentative, gone = excluded.gone, busy = excluded.busy, change = excluded.change;

-- The owner's block of an id: a job's has none, and what was deleted isn't there.
-- name: Block :one
SELECT * FROM blocks WHERE business_id = sqlc.arg(business_id) AND id = sqlc.arg(id) AND busy ORDER BY technician LIMIT 1;

-- One entry of a technician's calendar, whatever it is.
-- name: BlockEntry :one
SELECT * FROM blocks WHERE business_id = $1 AND id = $2 AND technician = $3;

-- name: BlocksBetween :many
SELECT * FROM blocks
WHERE business_id = sqlc.arg(business_id) AND ends_at > sqlc.arg(from_start) AND starts_at < sqlc.arg(to_start) AND busy
ORDER BY starts_at, id;

-- name: BlocksOfSeries :many
SELECT * FROM blocks
WHERE business_id = sqlc.arg(business_id) AND series = sqlc.arg(series) AND series <> '' AND busy
  AND starts_at >= sqlc.arg(from_start)
ORDER BY starts_at, id;

-- What changed in a technician's calendar after a change.
-- name: BlocksChanged :many
SELECT * FROM blocks
WHERE business_id = sqlc.arg(business_id) AND technician = sqlc.arg(technician) AND change > sqlc.arg(after_change)
ORDER BY change;
