package search

import (
	"encoding/binary"
	"slices"
)

// postings collects, by feature, the documents that have it, in order.
type postings struct {
	lists map[feature]*posting
}

type posting struct {
	bytes []byte
	last  uint32
	size  uint32
}

func newPostings() *postings { return &postings{lists: make(map[feature]*posting, 1<<14)} }

// add notes that document n has f; n never falls.
func (p *postings) add(f feature, n uint32) {
	l := p.lists[f]
	if l == nil {
		l = &posting{}
		p.lists[f] = l
	}
	if l.size > 0 && l.last == n {
		return
	}
	l.bytes = binary.AppendUvarint(l.bytes, uint64(n-l.last))
	l.last = n
	l.size++
}

// finish lays the lists out one behind the other, by feature.
func (p *postings) finish() (features []feature, from []uint32, bytes []byte, sizes []uint32) {
	features = make([]feature, 0, len(p.lists))
	for f := range p.lists {
		features = append(features, f)
	}
	slices.Sort(features)
	from = make([]uint32, 1, len(features)+1)
	sizes = make([]uint32, 0, len(features))
	for _, f := range features {
		l := p.lists[f]
		bytes = append(bytes, l.bytes...)
		from, sizes = append(from, uint32(len(bytes))), append(sizes, l.size)
	}
	return features, from, bytes, sizes
}
