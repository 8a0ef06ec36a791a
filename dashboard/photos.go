package dashboard

import (
	"context"
	"errors"
	"net/http"
	"time"

	"fixly/followup"
	"fixly/photos"
	"fixly/scheduling"
)

// photoView is a picture that a customer sent.
type photoView struct {
	Href    string // empty: it was not kept
	Words   string // what it is, or why it is not to be had
	Waiting bool   // it is being fetched
}

// refusedPhotos says why a picture is not kept, by the list of package photos.
var refusedPhotos = map[string]string{
	photos.NoPicture: "A file that is no picture was not kept", photos.TooLarge: "A picture was too large to be kept",
	photos.TooMany: "A picture was not kept: too many came in a day", photos.Gone: "The carrier has the picture no more",
	photos.Unreachable: "The carrier did not give the picture",
}

func showPhoto(p *photos.Photo) photoView {
	switch p.Status {
	case photos.Kept:
		return photoView{Href: "/photos/" + p.ID, Words: "Photo from the customer"}
	case photos.Wanted:
		return photoView{Words: "A photo is on its way", Waiting: true}
	}
	if why, ok := refusedPhotos[p.Reason]; ok {
		return photoView{Words: why}
	}
	return photoView{Words: sentence(p.Reason)}
}

// photosWith gives the pictures from a number by the texts that they came with.
func (s *server) photosWith(q *request, phone string, since time.Time) (map[string][]photoView, error) {
	found, err := s.Reader.PhotosWith(q.Context(), q.b.ID, phone, since)
	if err != nil {
		return nil, err
	}
	out := map[string][]photoView{}
	for i := range found {
		out[found[i].MessageID] = append(out[found[i].MessageID], showPhoto(&found[i]))
	}
	return out, nil
}

func (s *server) jobWithPhotos(q *request, j *scheduling.Job) (jobPageView, error) {
	v := s.showJobPage(q, j)
	of, err := s.Reader.PhotosOf(q.Context(), q.b.ID, j.ID)
	if err != nil {
		return v, err
	}
	for i := range of {
		v.Photos = append(v.Photos, showPhoto(&of[i]))
	}
	return v, nil
}

// photo answers with a picture, to who is signed in.
func (s *server) photo(q *request) error {
	p, err := s.Reader.Photo(q.Context(), q.b.ID, q.PathValue("id"))
	if err == nil {
		err = photos.Serve(q.Context(), q.w, s.Reader, p)
	}
	if errors.Is(err, photos.ErrNoPhoto) {
		return errNotFound
	}
	return err
}

// doneJob notes that the work of a visit is done. One that was settled meanwhile is shown as it is.
func (s *server) doneJob(q *request) error {
	id := q.PathValue("id")
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		j, err := scheduling.Complete(ctx, tx, q.b, id, s.Clock.Now())
		if err != nil {
			return err
		}
		return tx.JobChanged(ctx, j, followup.Completed, false)
	})
	switch {
	case errors.Is(err, scheduling.ErrNoJob):
		return errNotFound
	case err != nil && !errors.Is(err, scheduling.ErrNotLive) && !errors.Is(err, scheduling.ErrNotBegun):
		return err
	}
	http.Redirect(q.w, q.Request, "/jobs/"+id, http.StatusSeeOther)
	return nil
}
