package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strconv"
	"time"
)

// The operations that a record can be of.
const (
	opCreate = "create" // first record of a file; has meta and body, after compaction no body
	opSave   = "save"   // a new revision after the head; what could be redone no longer can
	opMove   = "move"   // undo and redo: the head is now revision rev
	opAway   = "away"   // put away
	opBack   = "back"   // brought back
)

// record is one line of a file.
type record struct {
	Op     string          `json:"op"`
	ID     string          `json:"id,omitempty"`  // of the document, on create
	Rev    int             `json:"rev,omitempty"` // of the new revision, or to move to
	At     time.Time       `json:"at"`
	Next   int             `json:"next,omitempty"` // on create after compaction: the first number not given yet
	Source string          `json:"source,omitempty"`
	Meta   json.RawMessage `json:"meta,omitempty"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// A line is the length of the JSON in bytes and its CRC-32C, eight lower-case
// hexadecimal digits and a blank each, the JSON, and a line feed. CRC-32C tells
// every change of one to three bits in up to 64 KiB and all bursts up to 32 bits.
const prefixLen = 18

// maxRecord bounds what a damaged length can make the reader believe.
const maxRecord = 64 << 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func prefix(body []byte) []byte {
	return fmt.Appendf(nil, "%08x %08x ", len(body), crc32.Checksum(body, castagnoli))
}

// encode returns the line of a record.
func encode(r record) ([]byte, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("journal: encode %s: %w", r.Op, err)
	}
	if len(body) > maxRecord {
		return nil, fmt.Errorf("journal: record of %d bytes, want at most %d", len(body), maxRecord)
	}
	return append(append(prefix(body), body...), '\n'), nil
}

// ending says how a file goes on after its whole records.
type ending uint8

const (
	whole   ending = iota // nothing follows
	torn                  // an interrupted write: the beginning of a record, perhaps with zeros behind it
	damaged               // bytes that no interrupted write leaves
)

// next cuts the first record off data. rest is what follows it; on an ending
// other than whole, record and rest mean nothing.
//
// An interrupted append leaves a prefix of the record; after a power cut the
// file may be long enough already, with zeros where the data did not arrive.
// Neither holds a line feed, which is the record's last byte. So what has a
// line feed and does not check was whole once and has been changed since.
func next(data []byte) (body, rest []byte, end ending) {
	end = torn
	if bytes.IndexByte(data, '\n') >= 0 {
		end = damaged
	}
	n := recordLen(data)
	if n == 0 || len(data) < n {
		return nil, nil, end
	}
	body = data[prefixLen:n]
	if !bytes.Equal(prefix(body), data[:prefixLen]) {
		return nil, nil, end
	}
	rest = data[n:]
	switch {
	case len(rest) == 0, rest[0] == 0:
		return nil, nil, end // the line feed is missing: not acknowledged
	case rest[0] != '\n':
		return nil, nil, damaged
	}
	return body, rest[1:], whole
}

// recordLen is the length of the first record without its line feed, as its
// prefix says; 0 if there is no prefix.
func recordLen(data []byte) int {
	if len(data) < prefixLen {
		return 0
	}
	size, err := strconv.ParseUint(string(data[:8]), 16, 32)
	if err != nil || size > maxRecord {
		return 0
	}
	return prefixLen + int(size)
}
