package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"yardstick"
)

// ErrMoved is a save on a revision that is no longer the head. Doc is the
// document as it is now.
type ErrMoved struct {
	On  int // what the save was made on
	Doc Doc
}

// Error words the conflict.
func (e *ErrMoved) Error() string { return "journal: the document has moved on" }

// Create stores a new document with its first revision. If the id is taken, the
// document that has it is returned and made is false: so a caller that derives
// the id from a key of its own can repeat the request.
func (j *Journal) Create(id string, meta, body json.RawMessage, source string, at time.Time) (doc Doc, made bool, err error) {
	if !ValidID(id) {
		return Doc{}, false, &yardstick.Error{Kind: yardstick.Invalid, Op: "journal.Create", Msg: "编号只能用小写字母、数字和中间的连字符，最多 40 个。"}
	}
	if body, err = normal(body); err != nil {
		return Doc{}, false, err
	}
	j.mu.Lock()
	err = j.prepare()
	if err == nil {
		_, err = os.Lstat(j.file(id))
	}
	if errors.Is(err, fs.ErrNotExist) && j.quarantined(id) == "" {
		made, err = true, j.create(id, meta, body, source, at)
	}
	j.mu.Unlock()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Doc{}, false, err
	}
	doc, err = j.Get(id)
	return doc, made, err
}

// create writes the file of a new document. j.mu is held: of two creators with
// one id the second finds the first's file.
func (j *Journal) create(id string, meta, body json.RawMessage, source string, at time.Time) error {
	line, err := encode(record{Op: opCreate, ID: id, Rev: 1, At: at.UTC().Round(0), Source: source, Meta: meta, Body: body})
	if err != nil {
		return err
	}
	return j.replace(j.file(id), line)
}

// Save makes body the next revision after on, which must be the head's number;
// otherwise the error is an *ErrMoved. A body equal to the head's changes
// nothing, whatever on is: a repeated save is answered like the first.
func (j *Journal) Save(id string, on int, body json.RawMessage, source string, at time.Time) (Doc, error) {
	body, err := normal(body)
	if err != nil {
		return Doc{}, err
	}
	return j.change(id, func(d *document) error {
		head := d.path[d.head].rev
		switch {
		case bytes.Equal(d.body, body):
			return nil
		case head != on:
			return &ErrMoved{On: on, Doc: d.state()}
		}
		return d.append(record{Op: opSave, Rev: d.next, At: at, Source: source, Body: body})
	})
}

// normal is JSON as the encoder writes it, so that bodies can be compared.
func normal(body json.RawMessage) (json.RawMessage, error) {
	out, err := json.Marshal(body)
	if err != nil || len(body) == 0 {
		return nil, fmt.Errorf("journal: want a body in JSON: %w", err)
	}
	return out, nil
}

// Move undoes the last change, or redoes what was undone last. The error is of
// kind Conflict if there is nothing to undo or redo.
func (j *Journal) Move(id string, redo bool, at time.Time) (Doc, error) {
	return j.change(id, func(d *document) error {
		to, msg := d.head-1, "没有可以撤销的改动。"
		if redo {
			to, msg = d.head+1, "没有可以重做的改动。"
		}
		if to < 0 || to >= len(d.path) {
			return &yardstick.Error{Kind: yardstick.Conflict, Op: "journal.Move", Msg: msg}
		}
		// Read the body first: a revision that can't be read is not moved to.
		body, err := j.read(d, d.path[to])
		if err != nil {
			return err
		}
		if err := d.append(record{Op: opMove, Rev: d.path[to].rev, At: at}); err != nil {
			return err
		}
		d.body = body
		return nil
	})
}

// PutAway marks a document as put away, or brings it back. Doing it twice is
// doing it once.
func (j *Journal) PutAway(id string, away bool, at time.Time) (Doc, error) {
	return j.change(id, func(d *document) error {
		if (d.away != nil) == away {
			return nil
		}
		op := opBack
		if away {
			op = opAway
		}
		return d.append(record{Op: op, At: at})
	})
}

// change calls f with the document and returns its state afterwards.
func (j *Journal) change(id string, f func(d *document) error) (Doc, error) {
	var out Doc
	err := j.with(id, func(d *document) error {
		if err := f(d); err != nil {
			return err
		}
		out = d.state()
		return nil
	})
	return out, err
}
