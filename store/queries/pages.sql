-- name: InsertPage :execrows
INSERT INTO pages (id, business_id, conversation_id, call_id, line, what, text, state, waves, wave, created_at, taken_by,
    taken_phone, taken_how, taken_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, '', '', '', 0)
ON CONFLICT (business_id, conversation_id, what) DO NOTHING;

-- name: Page :one
SELECT * FROM pages WHERE business_id = $1 AND id = $2;

-- name: UpdatePage :execrows
UPDATE pages SET state = $3, wave = $4, taken_by = $5, taken_phone = $6, taken_how = $7, taken_at = $8
WHERE business_id = $1 AND id = $2;

-- name: ListPages :many
SELECT * FROM pages
WHERE business_id = sqlc.arg(business_id)
  AND (created_at, id) < (CAST(sqlc.arg(before_at) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
ORDER BY created_at DESC, id DESC
LIMIT sqlc.arg(row_limit);

-- name: InsertPaged :exec
INSERT INTO page_people (page_id, wave, phone, business_id, name, at, passed_at)
VALUES ($1, $2, $3, $4, $5, $6, 0)
ON CONFLICT (page_id, wave, phone) DO NOTHING;

-- name: PassPaged :exec
UPDATE page_people SET passed_at = $4 WHERE page_id = $1 AND wave = $2 AND phone = $3;

-- name: PagedOf :many
SELECT * FROM page_people WHERE page_id = $1 AND business_id = $2 ORDER BY wave, name, phone;

-- name: LastPaged :one
SELECT page_people.* FROM page_people JOIN pages ON pages.id = page_people.page_id
WHERE page_people.business_id = $1 AND page_people.phone = $2 AND page_people.at >= $3 AND pages.state <> 'superseded'
ORDER BY CASE WHEN pages.state = 'open' AND page_people.passed_at = 0 THEN 0 WHEN pages.state = 'open' THEN 1
    WHEN pages.state = 'nobody' THEN 2 ELSE 3 END, page_people.at DESC, page_people.wave DESC
LIMIT 1;

-- name: PageAbout :one
SELECT * FROM pages WHERE business_id = $1 AND conversation_id = $2 AND what = $3;
