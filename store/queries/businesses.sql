-- name: BusinessVersion :one
SELECT version FROM businesses WHERE id = $1;

-- name: Business :one
SELECT * FROM businesses WHERE id = $1;

-- name: BusinessIDBySlug :one
SELECT id FROM businesses WHERE slug = $1;

-- name: BusinessVersions :many
SELECT id, version FROM businesses ORDER BY slug;

-- name: BusinessByLine :one
SELECT b.id, b.version FROM lines l JOIN businesses b ON b.id = l.business_id WHERE l.number = $1;

-- name: BusinessByAccount :one
SELECT b.id, b.version FROM lines l JOIN businesses b ON b.id = l.business_id WHERE l.account_sid = $1
ORDER BY b.id LIMIT 1;

-- name: InsertBusiness :exec
INSERT INTO businesses (id, slug, document, version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5);

-- name: UpdateBusiness :execrows
UPDATE businesses SET slug = $2, document = $3, version = $4, updated_at = $5 WHERE id = $1;

-- name: DeleteLines :exec
DELETE FROM lines WHERE business_id = $1;

-- name: LineOwner :one
SELECT business_id FROM lines WHERE number = $1;

-- name: InsertLine :exec
INSERT INTO lines (number, business_id, account_sid) VALUES ($1, $2, $3);
