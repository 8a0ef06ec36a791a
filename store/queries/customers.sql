-- The name is kept when none is given, and so are the address, the e-mail address and the language.
-- name: SaveCustomer :one
INSERT INTO customers (id, business_id, phone, name, opted_out, address, created_at, email, language)
VALUES ($1, $2, $3, $4, FALSE, $5, $6, $7, $8)
ON CONFLICT (business_id, phone) DO UPDATE SET
    name = CASE WHEN EXCLUDED.name = '' THEN customers.name ELSE EXCLUDED.name END,
    address = CASE WHEN EXCLUDED.address = '' THEN customers.address ELSE EXCLUDED.address END,
    email = CASE WHEN EXCLUDED.email = '' THEN customers.email ELSE EXCLUDED.email END,
    language = CASE WHEN EXCLUDED.language = '' THEN customers.language ELSE EXCLUDED.language END
RETURNING *;

-- name: SetOptedOut :exec
INSERT INTO customers (id, business_id, phone, name, opted_out, address, created_at)
VALUES ($1, $2, $3, '', $4, '', $5)
ON CONFLICT (business_id, phone) DO UPDATE SET opted_out = EXCLUDED.opted_out;

-- name: Customer :one
SELECT * FROM customers WHERE business_id = $1 AND id = $2;

-- name: CustomerByPhone :one
SELECT * FROM customers WHERE business_id = $1 AND phone = $2;

-- name: ListCustomers :many
SELECT * FROM customers
WHERE business_id = sqlc.arg(business_id)
  AND (created_at, id) < (CAST(sqlc.arg(before_created) AS BIGINT), CAST(sqlc.arg(before_id) AS TEXT))
ORDER BY created_at DESC, id DESC
LIMIT sqlc.arg(row_limit);
