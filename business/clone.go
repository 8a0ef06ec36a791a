package business

import "reflect"

// Clone is a deep copy, for editing: a business in use is read-only.
func (b *Business) Clone() *Business {
	out := *b
	copyLists(reflect.ValueOf(&out).Elem())
	return &out
}

// copyLists gives v lists of its own, at every depth.
func copyLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				copyLists(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		for i := range v.Len() {
			copyLists(v.Index(i))
		}
	}
}
