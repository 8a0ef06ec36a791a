-- +goose Up

-- The equal of PostgreSQL's exclusion constraint. A technician's times never overlap, so the one that ends first
-- after the new one starts is also the one that starts first: looking at it alone is enough, and takes one step in
-- the index however long the history is. REPLACE is nowhere used, nor may it be: it would not fire a delete here.

-- +goose StatementBegin
CREATE TRIGGER times_no_overlap_insert BEFORE INSERT ON times
WHEN NEW.ends_at > (
    SELECT t.starts_at FROM times t
    WHERE t.business_id = NEW.business_id AND t.technician = NEW.technician AND t.ends_at > NEW.starts_at
    ORDER BY t.ends_at LIMIT 1
)
BEGIN
    SELECT RAISE(ABORT, 'times_no_overlap');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER times_no_overlap_update BEFORE UPDATE ON times
WHEN NEW.ends_at > (
    SELECT t.starts_at FROM times t
    WHERE t.business_id = NEW.business_id AND t.technician = NEW.technician AND t.ends_at > NEW.starts_at
      AND t.id <> OLD.id
    ORDER BY t.ends_at LIMIT 1
)
BEGIN
    SELECT RAISE(ABORT, 'times_no_overlap');
END;
-- +goose StatementEnd
