package recommend

import "strings"

// textID is the number of a text in texts; 0 is "".
type textID int32

// texts keeps every text once. It holds a few large strings and no pointer per
// text, so that a million names cost the garbage collector nothing.
type texts struct {
	chunks []string // the last one grows
	open   strings.Builder
	at     []span // by textID
	of     map[string]textID
}

// span is where a text stands.
type span struct{ chunk, from, to uint32 }

const chunkSize = 1 << 20

// one returns the number of s, which it copies if it is new.
func (t *texts) one(s string) textID {
	if s == "" {
		return 0
	}
	if id, ok := t.of[s]; ok {
		return id
	}
	if t.of == nil {
		t.of = make(map[string]textID)
	}
	if len(t.at) == 0 {
		t.at = append(t.at, span{})
	}
	if len(t.chunks) == 0 || t.open.Len()+len(s) > t.open.Cap() {
		t.open = strings.Builder{}
		t.open.Grow(max(chunkSize, len(s)))
		t.chunks = append(t.chunks, "")
	}
	last, from := len(t.chunks)-1, t.open.Len()
	t.open.WriteString(s)
	t.chunks[last] = t.open.String()
	id := textID(len(t.at))
	t.at = append(t.at, span{uint32(last), uint32(from), uint32(t.open.Len())})
	t.of[t.chunks[last][from:]] = id
	return id
}

// str is the text of a number. It does not allocate.
func (t *texts) str(id textID) string {
	if id == 0 {
		return ""
	}
	p := t.at[id]
	return t.chunks[p.chunk][p.from:p.to]
}

// len is the number of texts, "" included.
func (t *texts) len() int { return max(1, len(t.at)) }

// closed is t for reading only, without what adding needs.
func (t *texts) closed() *texts { return &texts{chunks: t.chunks, at: t.at} }
