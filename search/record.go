package search

import (
	"encoding/binary"
	"errors"
)

var errCorrupt = errors.New("file of names is damaged")

// record is what the index keeps of a document. Meaning is cut: a goal can be
// pages long, and a list of hits shows one line of it.
type record struct {
	id, name, meaning, filedBy string // filedBy is the filing unit of a case
	aliases, keywords          []string
}

const (
	maxMeaning = 120 // runes
	maxAliases = 60  // of which surfaces are numbered in six bits
)

// column is a field with few values, kept as codes.
type column int

const (
	colType column = iota
	colLevel1
	colLevel2
	colSector
	colUnit
	colDirection
	colTemporal
	colUsed
	columns
)

// values are the columns of d, in the order of FacetFields.
func (d Doc) values() [columns]string {
	unit := d.Unit
	if d.Type == Case {
		unit = "" // a case's unit is who filed it
	}
	used := "no"
	if d.Used {
		used = "yes"
	}
	return [columns]string{string(d.Type), d.Level1, d.Level2, d.Sector, unit, d.Direction, d.TemporalType, used}
}

func (d Doc) record() record {
	r := record{id: d.ID, name: d.Name, meaning: d.Text, aliases: d.Aliases, keywords: d.Keywords}
	if d.Type == Case {
		r.filedBy = d.Unit
	}
	if runes := []rune(r.meaning); len(runes) > maxMeaning {
		r.meaning = string(runes[:maxMeaning-1]) + "…"
	}
	if len(r.aliases) > maxAliases {
		r.aliases = r.aliases[:maxAliases]
	}
	return r
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// append encodes r: strings with their lengths, lists with their counts.
func (r record) append(b []byte) []byte {
	b = appendString(appendString(b, r.id), r.name)
	for _, list := range [][]string{r.aliases, r.keywords} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, s := range list {
			b = appendString(b, s)
		}
	}
	return appendString(appendString(b, r.meaning), r.filedBy)
}

// reader takes values off the front of a file; what is not there is empty and
// sets bad.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) number() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<31 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *reader) bytes() []byte {
	n := r.number()
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) string() string { return string(r.bytes()) }

func (r *reader) strings() []string {
	n := r.number()
	if n > len(r.b) {
		r.bad = true
		return nil
	}
	var out []string
	for range n {
		out = append(out, r.string())
	}
	return out
}

func (r *reader) record() record {
	out := record{id: r.string(), name: r.string()}
	out.aliases, out.keywords = r.strings(), r.strings()
	out.meaning, out.filedBy = r.string(), r.string()
	return out
}

// surface is one of the texts by which a document is found whole: 0 its name,
// 1 its name without what stands in brackets, then its aliases.
func (r record) surface(i int) folded {
	switch {
	case i == 0:
		return fold(r.name)
	case i == 1:
		return foldWithout(r.name, true)
	case i-2 < len(r.aliases):
		return fold(r.aliases[i-2])
	}
	return folded{}
}

// surfaces visits them all; the bare name only if it differs.
func (r record) surfaces(visit func(i int, f folded)) {
	name := fold(r.name)
	visit(0, name)
	if bare := foldWithout(r.name, true); len(bare.runes) != len(name.runes) && len(bare.runes) > 1 {
		visit(1, bare)
	}
	for i, a := range r.aliases {
		if f := fold(a); len(f.runes) > 0 {
			visit(i+2, f)
		}
	}
}

func count(d Doc) uint32 { return uint32(min(max(d.Count, 0), 1<<30)) }
