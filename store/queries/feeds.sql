-- name: FeedReplacements :many
SELECT technician, replaced FROM calendar_feeds WHERE business_id = $1;

-- name: ReplaceFeed :exec
INSERT INTO calendar_feeds (business_id, technician, replaced) VALUES ($1, $2, 1)
ON CONFLICT (business_id, technician) DO UPDATE SET replaced = calendar_feeds.replaced + 1;
