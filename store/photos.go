package store

import (
	"context"
	"time"

	"fixly/messaging"
	"fixly/photos"
	"fixly/store/internal/rows"
)

// WantPhotos notes the pictures that came with a text, and enqueues what fetches them (package photos).
func (tx *Tx) WantPhotos(ctx context.Context, m *messaging.Message) error {
	for i, address := range m.Media {
		id := newID("pho")
		n, err := tx.q.WantPhoto(ctx, rows.WantPhotoParams{
			ID: id, BusinessID: m.BusinessID, MessageID: m.ID, Place: int32(i), Peer: m.Peer(), Url: address, Data: []byte{}, CreatedAt: rows.At(m.CreatedAt),
		})
		if err != nil {
			return wrap("want a photo", err)
		}
		if n == 0 {
			continue
		}
		if err := tx.Enqueue(ctx, photos.Fetch{BusinessID: m.BusinessID, PhotoID: id}, nil); err != nil {
			return err
		}
	}
	return nil
}

// SavePhoto stores what became of a picture; data is nil for one that is not kept.
func (tx *Tx) SavePhoto(ctx context.Context, p *photos.Photo, data []byte) error {
	if data == nil {
		data = []byte{}
	}
	n, err := tx.q.SavePhoto(ctx, rows.SavePhotoParams{
		ID: p.ID, BusinessID: p.BusinessID, Status: string(p.Status), Reason: p.Reason, Type: p.Type, Size: int32(p.Size), Data: data,
	})
	if err != nil {
		return wrap("save a photo", err)
	}
	if n == 0 {
		return notFound("photo", p.ID, photos.ErrNoPhoto)
	}
	tx.changed(p.BusinessID, MessageChanged, p.MessageID)
	return nil
}

// AttachPhoto makes a picture one of a visit's.
func (tx *Tx) AttachPhoto(ctx context.Context, businessID, id, jobID string) error {
	n, err := tx.q.AttachPhoto(ctx, id, businessID, jobID)
	if err != nil {
		return wrap("attach a photo", err)
	}
	if n == 0 {
		return notFound("photo", id, photos.ErrNoPhoto)
	}
	tx.changed(businessID, JobChanged, jobID)
	return nil
}

// Photo reads a picture without its bytes; photos.ErrNoPhoto when the business has none with this id.
func (v *View) Photo(ctx context.Context, businessID, id string) (*photos.Photo, error) {
	r, err := v.q.Photo(ctx, id, businessID)
	if isNoRows(err) {
		return nil, notFound("photo", id, photos.ErrNoPhoto)
	}
	if err != nil {
		return nil, wrap("photo", err)
	}
	p := photo(rows.PhotosWithRow(r))
	return &p, nil
}

// PhotoData gives the bytes of a picture; photos.ErrNoPhoto when there is none.
func (v *View) PhotoData(ctx context.Context, businessID, id string) ([]byte, error) {
	data, err := v.q.PhotoData(ctx, id, businessID)
	if isNoRows(err) {
		return nil, notFound("photo", id, photos.ErrNoPhoto)
	}
	return data, wrap("bytes of a photo", err)
}

// PhotosWith lists the pictures from a number since an instant, oldest first.
func (v *View) PhotosWith(ctx context.Context, businessID, peer string, since time.Time) ([]photos.Photo, error) {
	found, err := v.q.PhotosWith(ctx, businessID, peer, rows.Ceil(since))
	if err != nil {
		return nil, wrap("photos from a number", err)
	}
	out := make([]photos.Photo, len(found))
	for i, r := range found {
		out[i] = photo(r)
	}
	return out, nil
}

// PhotosOf lists the pictures that belong to a visit, oldest first.
func (v *View) PhotosOf(ctx context.Context, businessID, jobID string) ([]photos.Photo, error) {
	found, err := v.q.PhotosOf(ctx, businessID, jobID)
	if err != nil {
		return nil, wrap("photos of a job", err)
	}
	out := make([]photos.Photo, len(found))
	for i, r := range found {
		out[i] = photo(rows.PhotosWithRow(r))
	}
	return out, nil
}

func photo(r rows.PhotosWithRow) photos.Photo {
	return photos.Photo{
		ID: r.ID, BusinessID: r.BusinessID, MessageID: r.MessageID, Place: int(r.Place), Peer: r.Peer, JobID: r.JobID, URL: r.Url,
		Status: photos.Status(r.Status), Reason: r.Reason, Type: r.Type, Size: int(r.Size), CreatedAt: r.CreatedAt.Time(),
	}
}
