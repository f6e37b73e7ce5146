package search

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// segment is an immutable part of the index of names: the records of its
// documents, their columns, postings by feature, and the surfaces in the order
// of their characters, pinyin and first letters. Documents are numbered in the
// order of their ids.
type segment struct {
	n        int
	records  string
	at       []uint32 // start of each record, and the end of the last
	counts   []uint32
	lengths  string // characters of each name
	values   [columns][]string
	codes    [columns][]uint32
	features []feature
	from     []uint32 // start of each feature's postings, and the end of the last
	postings string   // differences, as varints
	sizes    []uint32 // how many postings each feature has
	byChars  []surface
	bySound  []surface
	byFirsts []surface
}

// surface numbers a text of a document: the document and which of its texts.
type surface uint32

func (s surface) doc() uint32 { return uint32(s) >> 6 }
func (s surface) text() int   { return int(s & 63) }

const maxDocs = 1 << 26 // that surfaces can number

// newSegment makes a segment of docs, which are sorted by id and unique.
func newSegment(docs []Doc) (*segment, error) {
	if len(docs) >= maxDocs {
		return nil, fmt.Errorf("%d documents are too many for one index", len(docs))
	}
	s := &segment{n: len(docs), at: make([]uint32, 1, len(docs)+1)}
	codes := [columns]map[string]uint32{}
	for c := range codes {
		codes[c] = map[string]uint32{}
		s.codes[c] = make([]uint32, len(docs))
	}
	type keyed struct {
		chars, sound, firsts string
		surface
	}
	var keys []keyed
	lists := newPostings()
	var records, lengths []byte
	var scratch folded
	for n, d := range docs {
		r := d.record()
		records = r.append(records)
		if len(records) > 1<<31 {
			return nil, fmt.Errorf("the documents are too large for one index")
		}
		s.at = append(s.at, uint32(len(records)))
		s.counts = append(s.counts, count(d))
		lengths = append(lengths, byte(min(utf8.RuneCountInString(d.Name), 255)))
		for c, v := range d.values() {
			code, ok := codes[c][v]
			if !ok {
				code = uint32(len(s.values[c]))
				codes[c][v] = code
				s.values[c] = append(s.values[c], v)
			}
			s.codes[c][n] = code
		}
		add := func(f feature) { lists.add(f, uint32(n)) }
		rd := reader{b: string(records[s.at[n]:])}
		rd.surfaces(&scratch, func(i int, f *folded) {
			charFeatures(f.runes, add)
			soundFeatures(f.runes, add)
			sound, firsts := pinyin().letters(f.runes)
			keys = append(keys, keyed{f.key(), sound, firsts, surface(n<<6 | i)})
		})
		rd.keywords(&scratch, func(_ int, f *folded) { charFeatures(f.runes, add) })
	}
	s.records, s.lengths = string(records), string(lengths)
	var list []byte
	s.features, s.from, list, s.sizes = lists.finish()
	s.postings = string(list)
	sorted := func(by func(keyed) string) []surface {
		slices.SortFunc(keys, func(a, b keyed) int { return cmp.Or(cmp.Compare(by(a), by(b)), cmp.Compare(a.surface, b.surface)) })
		out := make([]surface, len(keys))
		for i, k := range keys {
			out[i] = k.surface
		}
		return out
	}
	s.byFirsts = sorted(func(k keyed) string { return k.firsts })
	s.bySound = sorted(func(k keyed) string { return k.sound })
	s.byChars = sorted(func(k keyed) string { return k.chars })
	return s, nil
}

// record reads the record of document n.
func (s *segment) record(n uint32) record {
	r := reader{b: s.records[s.at[n]:s.at[n+1]]}
	return r.record()
}

// id reads the id only.
func (s *segment) id(n uint32) string {
	r := reader{b: s.records[s.at[n]:s.at[n+1]]}
	return r.string()
}

// text folds a surface into scratch.
func (s *segment) text(x surface, scratch *folded) *folded {
	scratch.fold(s.record(x.doc()).surface(x.text()))
	return scratch
}

// find is the number of the document with that id.
func (s *segment) find(id string) (uint32, bool) {
	n := sort.Search(s.n, func(i int) bool { return s.id(uint32(i)) >= id })
	return uint32(n), n < s.n && s.id(uint32(n)) == id
}

func (s *segment) value(c column, n uint32) string { return s.values[c][s.codes[c][n]] }

// df is the number of documents with f.
func (s *segment) df(f feature) int {
	if i, ok := slices.BinarySearch(s.features, f); ok {
		return int(s.sizes[i])
	}
	return 0
}

// list is the postings of f: the documents' numbers in order, each less the
// one before.
func (s *segment) list(f feature) string {
	i, ok := slices.BinarySearch(s.features, f)
	if !ok {
		return ""
	}
	return s.postings[s.from[i]:s.from[i+1]]
}

// prefixed is the stretch of list whose keys begin with prefix. by makes the
// key of a surface.
func (s *segment) prefixed(list []surface, prefix string, by func(*folded) string) []surface {
	var scratch folded
	at := func(i int) string { return by(s.text(list[i], &scratch)) }
	lo := sort.Search(len(list), func(i int) bool { return at(i) >= prefix })
	hi := lo + sort.Search(len(list)-lo, func(i int) bool {
		k := at(lo + i)
		return len(k) < len(prefix) || k[:len(prefix)] != prefix
	})
	return list[lo:hi]
}

const segmentMagic = "yardstick names 1\n"

// encode writes s in the form that decodeSegment reads: the magic, then each
// part with its length.
func (s *segment) encode() []byte {
	b := []byte(segmentMagic)
	words := func(v []uint32) {
		b = binary.AppendUvarint(b, uint64(4*len(v)))
		for _, x := range v {
			b = binary.LittleEndian.AppendUint32(b, x)
		}
	}
	blob := func(v string) { b = append(binary.AppendUvarint(b, uint64(len(v))), v...) }
	b = binary.AppendUvarint(b, uint64(s.n))
	blob(s.records)
	words(s.at)
	words(s.counts)
	blob(string(s.lengths))
	for c := range columns {
		b = binary.AppendUvarint(b, uint64(len(s.values[c])))
		for _, v := range s.values[c] {
			b = appendString(b, v)
		}
		var codes []byte
		for _, v := range s.codes[c] {
			codes = binary.AppendUvarint(codes, uint64(v))
		}
		blob(string(codes))
	}
	var features []byte
	last := feature(0)
	for _, f := range s.features {
		features = binary.AppendUvarint(features, uint64(f-last))
		last = f
	}
	blob(string(features))
	words(s.from)
	words(s.sizes)
	blob(string(s.postings))
	for _, list := range [][]surface{s.byChars, s.bySound, s.byFirsts} {
		v := make([]uint32, len(list))
		for i, x := range list {
			v[i] = uint32(x)
		}
		words(v)
	}
	return b
}

// decodeSegment reads what encode wrote. The segment keeps b.
func decodeSegment(b string) (*segment, error) {
	rest, ok := strings.CutPrefix(b, segmentMagic)
	if !ok {
		return nil, errCorrupt
	}
	r := &reader{b: rest}
	words := func() []uint32 {
		v := r.string()
		out := make([]uint32, len(v)/4)
		for i := range out {
			out[i] = uint32(v[4*i]) | uint32(v[4*i+1])<<8 | uint32(v[4*i+2])<<16 | uint32(v[4*i+3])<<24
		}
		return out
	}
	s := &segment{n: r.number()}
	s.records, s.at, s.counts, s.lengths = r.string(), words(), words(), r.string()
	for c := range columns {
		s.values[c] = r.strings()
		codes := reader{b: r.string()}
		s.codes[c] = make([]uint32, 0, len(s.counts))
		for len(codes.b) > 0 {
			v := codes.number()
			s.codes[c] = append(s.codes[c], uint32(v))
			r.bad = r.bad || v >= len(s.values[c])
		}
		r.bad = r.bad || codes.bad || len(s.codes[c]) != s.n
	}
	features := reader{b: r.string()}
	last := feature(0)
	for len(features.b) > 0 {
		last += feature(features.number64())
		s.features = append(s.features, last)
	}
	r.bad = r.bad || features.bad
	s.from, s.sizes, s.postings = words(), words(), r.string()
	for _, list := range []*[]surface{&s.byChars, &s.bySound, &s.byFirsts} {
		for _, v := range words() {
			r.bad = r.bad || surface(v).doc() >= uint32(s.n)
			*list = append(*list, surface(v))
		}
	}
	if r.bad || len(s.at) != s.n+1 || len(s.counts) != s.n || len(s.lengths) != s.n || len(s.from) != len(s.features)+1 || len(s.sizes) != len(s.features) ||
		!slices.IsSorted(s.at) || int(s.at[s.n]) != len(s.records) || !slices.IsSorted(s.from) || int(s.from[len(s.features)]) != len(s.postings) {
		return nil, errCorrupt
	}
	return s, nil
}
