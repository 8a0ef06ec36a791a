package store

import (
	"context"
	"encoding/base64"
	"strings"

	"fixly/business"
	"fixly/messaging"
	"fixly/notify"
	"fixly/store/internal/rows"
	"fixly/webpush"
)

// SaveDevice stores a browser that gets notifications; one that subscribed before keeps its id. It fills in an empty ID and
// CreatedAt.
func (tx *Tx) SaveDevice(ctx context.Context, d *notify.Device) error {
	giveID(&d.ID, "dev")
	if d.CreatedAt.IsZero() {
		d.CreatedAt = tx.clock.Now()
	}
	kinds := make([]string, len(d.Kinds))
	for i, k := range d.Kinds {
		kinds[i] = string(k)
	}
	row, err := tx.q.SaveDevice(ctx, rows.SaveDeviceParams{
		ID: d.ID, BusinessID: d.BusinessID, Name: d.Name, Endpoint: d.Endpoint, PublicKey: base64.StdEncoding.EncodeToString(d.Key),
		Auth: base64.StdEncoding.EncodeToString(d.Auth), Kinds: strings.Join(kinds, " "), CreatedAt: rows.At(d.CreatedAt),
	})
	if err != nil {
		return wrap("save device", err)
	}
	if *d, err = device(row); err != nil {
		return err
	}
	tx.changed(d.BusinessID, DeviceChanged, d.ID)
	return nil
}

// Devices lists the devices of a business, the oldest first.
func (v *View) Devices(ctx context.Context, businessID string) ([]notify.Device, error) {
	found, err := v.q.Devices(ctx, businessID)
	if err != nil {
		return nil, wrap("devices", err)
	}
	out := make([]notify.Device, len(found))
	for i, r := range found {
		if out[i], err = device(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Device reads one; nil when the business has none with this id.
func (v *View) Device(ctx context.Context, businessID, id string) (*notify.Device, error) {
	r, err := v.q.Device(ctx, businessID, id)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("device", err)
	}
	d, err := device(r)
	return &d, err
}

// DeleteDevice forgets a device.
func (tx *Tx) DeleteDevice(ctx context.Context, businessID, id string) error {
	if err := tx.q.DeleteDevice(ctx, businessID, id); err != nil {
		return wrap("delete device", err)
	}
	tx.changed(businessID, DeviceChanged, id)
	return nil
}

// tellOtherwise enqueues what passes a text to the owner on, where there is any other way to him.
func (tx *Tx) tellOtherwise(ctx context.Context, m *messaging.Message) error {
	if !notify.IsNews(m) {
		return nil
	}
	b, err := tx.Business(ctx, m.BusinessID)
	if err != nil {
		return err
	}
	if !b.Mails(business.EmailSummaries) {
		n, err := tx.q.CountDevices(ctx, m.BusinessID)
		if err != nil || n == 0 {
			return wrap("count devices", err)
		}
	}
	return tx.Enqueue(ctx, notify.Tell{BusinessID: m.BusinessID, MessageID: m.ID}, nil)
}

func device(r rows.Device) (notify.Device, error) {
	key, err := base64.StdEncoding.DecodeString(r.PublicKey)
	if err != nil {
		return notify.Device{}, wrap("read a device's key", err)
	}
	auth, err := base64.StdEncoding.DecodeString(r.Auth)
	if err != nil {
		return notify.Device{}, wrap("read a device's secret", err)
	}
	d := notify.Device{
		ID: r.ID, BusinessID: r.BusinessID, Name: r.Name, Subscription: webpush.Subscription{Endpoint: r.Endpoint, Key: key, Auth: auth},
		CreatedAt: r.CreatedAt.Time(),
	}
	for _, k := range strings.Fields(r.Kinds) {
		d.Kinds = append(d.Kinds, notify.Kind(k))
	}
	return d, nil
}
