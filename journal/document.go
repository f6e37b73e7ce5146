package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

// revision is a body in the file.
type revision struct {
	rev  int
	at   time.Time
	from string // source of the save
	off  int64  // of the record's line
	size int    // of the line
}

// document is what is known of a file. The bodies stay on the disk but for the
// head's.
type document struct {
	j       *Journal
	id      string
	meta    json.RawMessage
	created time.Time
	updated time.Time
	away    *time.Time
	path    []revision // what undo and redo can reach, oldest first
	head    int        // index in path
	next    int        // number of the next revision
	size    int64      // of the file
	body    json.RawMessage
	stale   bool // a write failed: read the file again
}

// errNewer is a file with operations that this version does not know.
var errNewer = errors.New("written by a newer version")

func (d *document) state() Doc {
	return Doc{
		ID: d.id, Revision: d.path[d.head].rev, Latest: d.next - 1, Created: d.created, Updated: d.updated, Away: d.away,
		Meta: d.meta, Body: d.body, CanUndo: d.head > 0, CanRedo: d.head < len(d.path)-1,
	}
}

// apply plays one record, whose line of size bytes lies at off.
func (d *document) apply(r record, off int64, size int) error {
	first := d.created.IsZero()
	if first != (r.Op == opCreate) {
		return fmt.Errorf("record at byte %d is %q", off, r.Op)
	}
	switch r.Op {
	case opCreate:
		if r.ID != d.id {
			return fmt.Errorf("file of document %q", r.ID)
		}
		d.created, d.updated, d.meta = r.At, r.At, r.Meta
		d.next = max(r.Next, 1)
		if r.Body == nil { // compacted: the revisions follow
			d.head = -1
			return nil
		}
		d.push(r, off, size)
	case opSave:
		if r.Body == nil || len(d.path) > 0 && r.Rev <= d.path[len(d.path)-1].rev {
			return fmt.Errorf("record at byte %d: revision %d has no body, or one after it came before", off, r.Rev)
		}
		d.push(r, off, size)
		d.updated = r.At
	case opMove:
		at := slices.IndexFunc(d.path, func(v revision) bool { return v.rev == r.Rev })
		if at < 0 {
			return fmt.Errorf("record at byte %d: no revision %d", off, r.Rev)
		}
		d.head, d.updated, d.body = at, r.At, nil
	case opAway:
		at := r.At
		d.away = &at
	case opBack:
		d.away = nil
	default:
		return fmt.Errorf("record at byte %d: operation %q: %w", off, r.Op, errNewer)
	}
	return nil
}

func (d *document) push(r record, off int64, size int) {
	d.path = append(d.path[:d.head+1:d.head+1], revision{rev: r.Rev, at: r.At, from: r.Source, off: off, size: size})
	d.head = len(d.path) - 1
	d.next = max(d.next, r.Rev+1)
	d.body = r.Body
}

// load reads the file of a document, cuts a torn tail off, and puts a damaged
// file into quarantine.
func (j *Journal) load(id string) (*document, error) {
	data, err := os.ReadFile(j.file(id))
	if err != nil {
		if name := j.quarantined(id); name != "" && errors.Is(err, os.ErrNotExist) {
			return nil, j.refused(id, name)
		}
		return nil, fmt.Errorf("journal: %w", err)
	}
	d, end, err := j.replay(id, data)
	switch {
	case errors.Is(err, errNewer):
		return nil, j.newer(id, err)
	case err != nil || end == damaged || d.body == nil && len(d.path) == 0:
		return nil, j.condemn(id, err)
	case end == torn:
		if err := j.cut(d, int64(len(data))); err != nil {
			return nil, err
		}
	}
	if d.body == nil {
		if d.body, err = j.read(d, d.path[d.head]); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// replay plays the whole records of data and says how the data ends.
func (j *Journal) replay(id string, data []byte) (*document, ending, error) {
	d := &document{j: j, id: id, head: -1}
	rest := data
	for len(rest) > 0 {
		body, after, end := next(rest)
		if end != whole {
			return d, end, nil
		}
		var r record
		if err := json.Unmarshal(body, &r); err != nil {
			return d, damaged, err
		}
		if err := d.apply(r, d.size, len(rest)-len(after)); err != nil {
			return d, damaged, err
		}
		d.size += int64(len(rest) - len(after))
		rest = after
	}
	return d, whole, nil
}

// read returns the body of a revision from the file.
func (j *Journal) read(d *document, v revision) (json.RawMessage, error) {
	f, err := os.Open(j.file(d.id))
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	defer f.Close()
	line := make([]byte, v.size)
	if _, err := f.ReadAt(line, v.off); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	body, _, end := next(line)
	var r record
	if end != whole || json.Unmarshal(body, &r) != nil || r.Rev != v.rev {
		d.stale = true // the next use reads the whole file, finds it and says so
		return nil, j.refused(d.id, j.file(d.id))
	}
	return r.Body, nil
}

// append writes one record. The document changes only when the disk has it.
func (d *document) append(r record) error {
	r.At = r.At.UTC().Round(0) // as it will be read back
	line, err := encode(r)
	if err != nil {
		return err
	}
	if err := d.j.appendLine(d, line); err != nil {
		d.stale = true
		return err
	}
	off := d.size
	d.size += int64(len(line))
	if err := d.apply(r, off, len(line)); err != nil {
		d.stale = true
		return fmt.Errorf("journal: %s: %w", d.id, err)
	}
	if d.size > d.j.opt.MaxBytes {
		// The change is stored whatever becomes of the compaction, which the next
		// change tries again.
		_ = d.j.compact(d)
	}
	return nil
}
