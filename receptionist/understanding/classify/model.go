package classify

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
)

// A model as bytes, little-endian: the mark, what it was made from, which words are kin, the intents with their
// scales, and for each feature its identity and a weight per intent.
const (
	mark       = "fixly classifier 1\n"
	digestSize = 32
	mostLabels = 32
)

//go:embed english.model
var englishModel []byte

//go:embed spanish.model
var spanishModel []byte

// English is what was learned from data/en.
var English = sync.OnceValue(func() *Model { return mustDecode("english", englishModel) })

// Spanish is what was learned from data/es.
var Spanish = sync.OnceValue(func() *Model { return mustDecode("spanish", spanishModel) })

func mustDecode(name string, b []byte) *Model {
	m, err := Decode(b)
	if err != nil {
		// The models are part of the program, and a test decodes them.
		panic(fmt.Sprintf("classify: %s.model: %v: run make generate", name, err))
	}
	return m
}

// Model is what was learned for one language. It is safe for concurrent use.
type Model struct {
	// From is the digest of what it was trained from.
	From [digestSize]byte

	kin     Kin
	labels  []Label
	ids     []uint32 // of the features, rising
	weights []int8   // a row for each feature, a column for each label
	slots   []int32  // open addressing from identity to feature, -1 where empty
}

// Label is an intent as a model knows it.
type Label struct {
	Name  string
	Scale float32 // of a weight's unit
	Bias  float32
	// Slope and Offset make the sum of the weights a probability: 1/(1+exp(-(Slope*sum+Offset))).
	Slope, Offset float32
}

// NewModel puts a model together. Weights has a row for each of the ids, which must rise, and a column for each label.
func NewModel(from [digestSize]byte, kin Kin, labels []Label, ids []uint32, weights []int8) (*Model, error) {
	if len(labels) == 0 || len(labels) > mostLabels {
		return nil, fmt.Errorf("%d labels: there must be 1 to %d", len(labels), mostLabels)
	}
	if len(weights) != len(ids)*len(labels) {
		return nil, fmt.Errorf("%d weights for %d features and %d labels", len(weights), len(ids), len(labels))
	}
	m := &Model{From: from, kin: kin, labels: labels, ids: ids, weights: weights}
	size := 16
	for size < 2*len(ids) {
		size *= 2
	}
	m.slots = make([]int32, size)
	for i := range m.slots {
		m.slots[i] = -1
	}
	for i, id := range ids {
		if i > 0 && id <= ids[i-1] {
			return nil, fmt.Errorf("feature %d does not rise", i)
		}
		at := m.slot(id)
		for m.slots[at] >= 0 {
			at = (at + 1) & (size - 1)
		}
		m.slots[at] = int32(i)
	}
	return m, nil
}

// slot is where to look for a feature first. The identities are hashes already; their high bits are the better mixed.
func (m *Model) slot(id uint32) int { return int(id*2654435769>>8) & (len(m.slots) - 1) }

// find is the row of a feature, -1 where it was never seen.
func (m *Model) find(id uint32) int {
	for at := m.slot(id); ; at = (at + 1) & (len(m.slots) - 1) {
		i := m.slots[at]
		if i < 0 || m.ids[i] == id {
			return int(i)
		}
	}
}

// Labels names the intents, in the order of the scores.
func (m *Model) Labels() []Label { return m.labels }

// Encode writes a model. The same model always gives the same bytes.
func (m *Model) Encode() []byte {
	b := append([]byte(mark), m.From[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.kin)))
	for _, h := range slices.Sorted(maps.Keys(m.kin)) {
		b = binary.LittleEndian.AppendUint32(b, h)
		b = binary.LittleEndian.AppendUint32(b, m.kin[h])
	}
	b = append(b, byte(len(m.labels)))
	for _, l := range m.labels {
		b = append(append(b, byte(len(l.Name))), l.Name...)
		for _, f := range []float32{l.Scale, l.Bias, l.Slope, l.Offset} {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
		}
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.ids)))
	for _, id := range m.ids {
		b = binary.LittleEndian.AppendUint32(b, id)
	}
	for _, w := range m.weights {
		b = append(b, byte(w))
	}
	return b
}

// Decode reads what Encode wrote. It accepts any bytes and says what is wrong with them.
func Decode(b []byte) (*Model, error) {
	d := decoder{rest: b}
	if string(d.take(len(mark))) != mark {
		return nil, fmt.Errorf("it is no model of this version")
	}
	var from [digestSize]byte
	copy(from[:], d.take(digestSize))
	groups := int(d.uint32())
	if groups > len(d.rest)/8 {
		return nil, fmt.Errorf("it is cut off")
	}
	kin := make(Kin, groups)
	for range groups {
		h := d.uint32()
		kin[h] = d.uint32()
	}
	var labels []Label
	for range d.byte() {
		l := Label{Name: string(d.take(int(d.byte())))}
		for _, f := range []*float32{&l.Scale, &l.Bias, &l.Slope, &l.Offset} {
			*f = math.Float32frombits(d.uint32())
		}
		labels = append(labels, l)
	}
	n := int(d.uint32())
	if n > len(d.rest)/4 {
		return nil, fmt.Errorf("it is cut off")
	}
	ids := make([]uint32, n)
	for i := range ids {
		ids[i] = d.uint32()
	}
	weights := make([]int8, len(d.rest))
	for i, w := range d.rest {
		weights[i] = int8(w)
	}
	if d.short {
		return nil, fmt.Errorf("it is cut off")
	}
	return NewModel(from, kin, labels, ids, weights)
}

type decoder struct {
	rest  []byte
	short bool
}

func (d *decoder) take(n int) []byte {
	if n > len(d.rest) {
		d.short, d.rest = true, nil
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) uint32() uint32 {
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}
