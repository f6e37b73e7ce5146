// Package journal keeps documents with their revisions as append-only files,
// one per document: DIR/ID.jsonl. A change is on the disk before it is
// acknowledged and before it is seen in memory; what a crash leaves half written
// is cut off, what a disk spoils is put into quarantine and refused. It does not
// know what the documents are. Only one process may use a directory at a time;
// within it a Journal is safe for concurrent use. Start from Open.
package journal

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"yardstick"
)

// Options configures Open. The zero value of a field takes the default.
type Options struct {
	Quarantine string // folder for damaged files; "" means DIR/quarantine
	Noun       string // what a document is called in messages; "" means 文档
	// A file beyond MaxBytes (default 4 MiB) is compacted: of the revisions that
	// undo and redo can reach, the Keep (default 100) nearest to the head stay,
	// fewer if they exceed half of MaxBytes.
	MaxBytes int64
	Keep     int
}

// Journal is a directory of documents.
type Journal struct {
	dir string
	opt Options

	// write is f.Write; tests put a disk that fills up in its place.
	write func(f *os.File, p []byte) (int, error)

	mu      sync.Mutex // guards entries and repairs
	entries map[string]*entry
	repairs []Repair
	ready   bool // left-over temporary files are gone
}

// entry is one document; doc is nil until it has been read.
type entry struct {
	mu  sync.Mutex
	doc *document
}

// Doc is the present state of a document.
type Doc struct {
	ID       string
	Revision int // number of the head; never given to two different bodies
	Latest   int // highest number given so far; above Revision after an undo
	Created  time.Time
	Updated  time.Time // last save, undo or redo
	Away     *time.Time
	Meta     json.RawMessage // as given to Create
	Body     json.RawMessage // of the head
	CanUndo  bool
	CanRedo  bool
}

// Repair is a torn tail that was cut off a file: a save that a crash
// interrupted before it was acknowledged.
type Repair struct {
	ID      string
	Bytes   int64
	Message string
}

// Damage is a document in quarantine.
type Damage struct {
	ID      string
	File    string // in quarantine
	Message string
}

// Open uses dir, which need not exist yet. Nothing is read before it is asked
// for: a process that needs no documents pays nothing.
func Open(dir string, opt Options) *Journal {
	opt.Quarantine = cmp.Or(opt.Quarantine, filepath.Join(dir, "quarantine"))
	opt.Noun = cmp.Or(opt.Noun, "文档")
	opt.MaxBytes = cmp.Or(opt.MaxBytes, 4<<20)
	opt.Keep = cmp.Or(opt.Keep, 100)
	return &Journal{dir: dir, opt: opt, entries: map[string]*entry{},
		write: func(f *os.File, p []byte) (int, error) { return f.Write(p) }}
}

const (
	suffix     = ".jsonl"
	tempSuffix = ".tmp"
	maxID      = 40
)

// ValidID reports whether s can be the id of a document: 1 to 40 lower-case
// letters, digits and inner hyphens, which is safe as the name of a file.
func ValidID(s string) bool {
	if s == "" || len(s) > maxID || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func (j *Journal) file(id string) string { return filepath.Join(j.dir, id+suffix) }

// prepare removes what an interrupted creation or compaction left behind. j.mu
// is held.
func (j *Journal) prepare() error {
	if j.ready {
		return nil
	}
	names, err := os.ReadDir(j.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("journal: list %s: %w", j.dir, err)
	}
	for _, n := range names {
		if strings.HasSuffix(n.Name(), tempSuffix) {
			if err := os.Remove(filepath.Join(j.dir, n.Name())); err != nil {
				return fmt.Errorf("journal: remove what a crash left: %w", err)
			}
		}
	}
	j.ready = true
	return nil
}

// IDs lists the documents by id, those put away included, those in quarantine
// not.
func (j *Journal) IDs() ([]string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.prepare(); err != nil {
		return nil, err
	}
	names, err := os.ReadDir(j.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("journal: list %s: %w", j.dir, err)
	}
	var out []string
	for _, n := range names {
		if id, ok := strings.CutSuffix(n.Name(), suffix); ok && ValidID(id) && n.Type().IsRegular() {
			out = append(out, id)
		}
	}
	return out, nil
}

// List returns every readable document, latest change first, then by id. A
// document that turns out to be damaged is put into quarantine and left out:
// see Damaged.
func (j *Journal) List() ([]Doc, error) {
	ids, err := j.IDs()
	if err != nil {
		return nil, err
	}
	out := make([]Doc, 0, len(ids))
	for _, id := range ids {
		d, err := j.Get(id)
		switch {
		case err == nil:
			out = append(out, d)
		case yardstick.KindOf(err) == yardstick.Internal:
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Doc) int { return cmp.Or(b.Updated.Compare(a.Updated), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// Get returns a document. The error is of kind NotFound if there is none and
// Invalid if it is damaged.
func (j *Journal) Get(id string) (Doc, error) {
	var out Doc
	err := j.with(id, func(d *document) error {
		out = d.state()
		return nil
	})
	return out, err
}

// with calls f with the document, which nobody else touches meanwhile. After a
// failed write the document is read from the disk again at the next use,
// because only the disk knows what it holds.
func (j *Journal) with(id string, f func(d *document) error) error {
	if !ValidID(id) {
		return j.missing(id)
	}
	e, err := j.entry(id)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.doc == nil {
		d, err := j.load(id)
		if err != nil {
			return err
		}
		e.doc = d
	}
	err = f(e.doc)
	if e.doc.stale {
		e.doc = nil
	}
	return err
}

// entry finds or makes the entry of a document that is on disk.
func (j *Journal) entry(id string) (*entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.prepare(); err != nil {
		return nil, err
	}
	if e := j.entries[id]; e != nil {
		return e, nil
	}
	if _, err := os.Lstat(j.file(id)); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("journal: %w", err)
		}
		if name := j.quarantined(id); name != "" {
			return nil, j.refused(id, name)
		}
		return nil, j.missing(id)
	}
	e := &entry{}
	j.entries[id] = e
	return e, nil
}

func (j *Journal) missing(id string) error {
	return &yardstick.Error{Kind: yardstick.NotFound, Op: "journal.Get", Msg: "没有编号为 " + id + " 的" + j.opt.Noun + "。从列表里重新打开。"}
}

// Repairs lists the torn tails that were cut off since Open.
func (j *Journal) Repairs() []Repair {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.repairs)
}
