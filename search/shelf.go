package search

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shelf is the names as they stand at one moment: a large segment and a small
// one with what was added since. It is never changed, so that a search sees
// one state throughout.
type shelf struct {
	parts []part
	n     int // numbers handed out, dead documents included
	alive int
}

// part is a segment with the documents in it that a later part replaces. Its
// documents have the numbers from base on.
type part struct {
	*segment
	base uint32
	dead []uint64 // nil if none
}

func (p part) isDead(n uint32) bool { return p.dead != nil && p.dead[n/64]&(1<<(n%64)) != 0 }

func newShelf(base, delta *segment) *shelf {
	s := &shelf{parts: []part{{segment: base}}, n: base.n, alive: base.n}
	if delta == nil || delta.n == 0 {
		return s
	}
	dead := make([]uint64, base.n/64+1)
	for i := range delta.n {
		if n, ok := base.find(delta.id(uint32(i))); ok {
			dead[n/64] |= 1 << (n % 64)
		}
	}
	for _, w := range dead {
		s.alive -= bits.OnesCount64(w)
	}
	s.parts[0].dead = dead
	s.parts = append(s.parts, part{segment: delta, base: uint32(base.n)})
	s.n += delta.n
	s.alive += delta.n
	return s
}

// at is the part of document number n, and its number there.
func (s *shelf) at(n uint32) (part, uint32) {
	if len(s.parts) > 1 && n >= s.parts[1].base {
		return s.parts[1], n - s.parts[1].base
	}
	return s.parts[0], n
}

// find is the number of the document with that id.
func (s *shelf) find(id string) (uint32, bool) {
	for _, p := range slices.Backward(s.parts) {
		if n, ok := p.segment.find(id); ok && !p.isDead(n) {
			return p.base + n, true
		}
	}
	return 0, false
}

func (s *shelf) df(f feature) int {
	n := 0
	for _, p := range s.parts {
		n += p.df(f)
	}
	return n
}

func (s *shelf) count(n uint32) uint32 {
	p, i := s.at(n)
	return p.counts[i]
}

// reader stands before the record of document n.
func (s *shelf) reader(n uint32) reader {
	p, i := s.at(n)
	return reader{b: p.records[p.segment.at[i]:p.segment.at[i+1]]}
}

// before orders documents by id.
func (s *shelf) before(a, b uint32) int {
	if len(s.parts) == 1 || (a < s.parts[1].base) == (b < s.parts[1].base) {
		return int(a) - int(b)
	}
	p, i := s.at(a)
	q, j := s.at(b)
	return strings.Compare(p.id(i), q.id(j))
}

// doc is document number n of p as it was indexed, the text cut.
func (s *segment) doc(n uint32) Doc {
	r := s.record(n)
	d := Doc{
		ID: r.id, Type: Type(s.value(colType, n)), Name: r.name, Aliases: r.aliases, Keywords: r.keywords, Text: r.meaning,
		Level1: s.value(colLevel1, n), Level2: s.value(colLevel2, n), Sector: s.value(colSector, n), Unit: s.value(colUnit, n),
		Direction: s.value(colDirection, n), TemporalType: s.value(colTemporal, n), Used: s.value(colUsed, n) == "yes",
		Count: int(s.counts[n]),
	}
	if d.Type == Case {
		d.Unit = r.filedBy
	}
	return d
}

// minMerge is how many documents may have been added before they are merged
// into the large segment, which costs some ten microseconds for each of its
// documents.
const minMerge = 4000

// with is the shelf with docs added or replaced.
func (s *shelf) with(docs []Doc) (*shelf, error) {
	last := make(map[string]Doc, len(docs))
	add := func(p part, all bool) {
		for i := range uint32(p.n) {
			if !p.isDead(i) || all {
				if d := p.doc(i); d.ID != "" {
					last[d.ID] = d
				}
			}
		}
	}
	base := s.parts[0].segment
	if len(s.parts) > 1 {
		add(s.parts[1], false)
	}
	merge := len(last)+len(docs) > max(minMerge, base.n/5)
	if merge {
		clear(last)
		for _, p := range s.parts {
			add(p, false)
		}
	}
	for _, d := range docs {
		last[d.ID] = d
	}
	fresh, err := newSegment(byID(last))
	if err != nil {
		return nil, err
	}
	if merge {
		return newShelf(fresh, nil), nil
	}
	return newShelf(base, fresh), nil
}

func byID(docs map[string]Doc) []Doc {
	out := make([]Doc, 0, len(docs))
	for _, d := range docs {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b Doc) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// The files of names beside bleve's, and where the index says which of them
// hold: bleve writes that together with the documents of an update, so that
// both stand or fall together.
const (
	namesDir   = "names"
	wordsFile  = "words.txt"
	firstBase  = "base-0"
	internal   = "yardstick:names"
	firstState = `{"base":"base-0"}`
)

// state names the files that hold.
type state struct {
	Base  string `json:"base"`
	Delta string `json:"delta,omitempty"`
	Turn  int    `json:"turn,omitempty"` // of the last update
}

// loadShelf reads the files that the state names.
func loadShelf(dir string, raw []byte) (*shelf, state, error) {
	var st state
	if len(raw) == 0 {
		raw = []byte(firstState)
	}
	if err := json.Unmarshal(raw, &st); err != nil {
		return nil, st, errCorrupt
	}
	load := func(name string) (*segment, error) {
		if name == "" {
			return nil, nil
		}
		b, err := os.ReadFile(filepath.Join(dir, namesDir, filepath.Base(name)))
		if err != nil {
			return nil, err
		}
		return decodeSegment(string(b))
	}
	base, err := load(st.Base)
	if err != nil {
		return nil, st, err
	}
	if base == nil {
		return nil, st, errCorrupt
	}
	delta, err := load(st.Delta)
	if err != nil {
		return nil, st, err
	}
	return newShelf(base, delta), st, nil
}

// save writes the segments of s that st does not hold yet and returns the
// state that names them.
func (s *shelf) save(dir string, old *shelf, st state) (state, error) {
	next := state{Base: st.Base, Turn: st.Turn + 1}
	write := func(kind string, g *segment) (string, error) {
		name := fmt.Sprintf("%s-%d", kind, next.Turn)
		return name, os.WriteFile(filepath.Join(dir, namesDir, name), g.encode(), 0o644)
	}
	var err error
	if s.parts[0].segment != old.parts[0].segment {
		if next.Base, err = write("base", s.parts[0].segment); err != nil {
			return st, err
		}
	}
	if len(s.parts) > 1 {
		if next.Delta, err = write("delta", s.parts[1].segment); err != nil {
			return st, err
		}
	}
	return next, nil
}

// sweep removes files of names that st does not name; what is left behind
// costs room only.
func sweep(dir string, st state) error {
	files, err := os.ReadDir(filepath.Join(dir, namesDir))
	if err != nil {
		return err
	}
	for _, f := range files {
		if n := f.Name(); n != st.Base && n != st.Delta && n != wordsFile {
			if err := os.Remove(filepath.Join(dir, namesDir, n)); err != nil {
				return err
			}
		}
	}
	return nil
}
