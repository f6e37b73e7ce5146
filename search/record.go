package search

import (
	"encoding/binary"
	"errors"
	"strings"
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
// sets bad. Strings are parts of the file, not copies.
type reader struct {
	b   string
	bad bool
}

func (r *reader) number64() uint64 {
	v := uint64(0)
	for i := 0; i < len(r.b) && i < 10; i++ {
		c := r.b[i]
		v |= uint64(c&0x7F) << (7 * i)
		if c < 0x80 {
			r.b = r.b[i+1:]
			return v
		}
	}
	r.bad, r.b = true, ""
	return 0
}

func (r *reader) number() int {
	v := r.number64()
	if v > 1<<31 {
		r.bad, r.b = true, ""
		return 0
	}
	return int(v)
}

func (r *reader) string() string {
	n := r.number()
	if n > len(r.b) {
		r.bad, r.b = true, ""
		return ""
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) strings() []string {
	n := r.number()
	if n > len(r.b) {
		r.bad = true
		return nil
	}
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = r.string()
	}
	return out
}

func (r *reader) record() record {
	out := record{id: r.string(), name: r.string()}
	out.aliases, out.keywords = r.strings(), r.strings()
	out.meaning, out.filedBy = r.string(), r.string()
	return out
}

// The surfaces of a document are the texts by which it is found whole: 0 is
// its name, 1 its name without what stands in brackets, then come its aliases.
// From firstKeyword on, the same numbers stand for keywords.
const firstKeyword = maxAliases + 2

// surface is text i of r; "" if there is none.
func (r record) surface(i int) (text string, bare bool) {
	switch {
	case i < 2:
		return r.name, i == 1
	case i-2 < len(r.aliases):
		return r.aliases[i-2], false
	case i >= firstKeyword && i-firstKeyword < len(r.keywords):
		return r.keywords[i-firstKeyword], false
	}
	return "", false
}

// surfaces visits the surfaces of the record at the front of r; the bare name
// only if it differs. What it visits holds until the next visit.
func (r *reader) surfaces(scratch *folded, visit func(i int, f *folded)) {
	r.string() // id
	name := r.string()
	scratch.fold(name, false)
	whole := len(scratch.runes)
	visit(0, scratch)
	if strings.ContainsAny(name, "(（[［【〔《〈") {
		if scratch.fold(name, true); len(scratch.runes) != whole && len(scratch.runes) > 1 {
			visit(1, scratch)
		}
	}
	for i := range r.number() {
		if scratch.fold(r.string(), false); len(scratch.runes) > 0 {
			visit(i+2, scratch)
		}
	}
}

// keywords visits the keywords, after surfaces.
func (r *reader) keywords(scratch *folded, visit func(i int, f *folded)) {
	for i := range r.number() {
		scratch.fold(r.string(), false)
		visit(firstKeyword+i, scratch)
	}
}

func count(d Doc) uint32 { return uint32(min(max(d.Count, 0), 1<<30)) }
