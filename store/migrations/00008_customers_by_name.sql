-- +goose Up

-- Who calls from another number may name the person a visit is booked for.
CREATE INDEX customers_by_name ON customers (business_id, LOWER(name));
