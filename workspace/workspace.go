// Package workspace opens a workspace directory (warehouse, search index,
// settings) and offers the use cases, one method and one file each: Ingest,
// Forms, Search, Suggest, Overview … Each loads, calls the packages below, and
// returns one plain struct with its evidence (answers.go). It knows no HTTP, no
// flags and no SQL. Start from Open.
package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"yardstick"
	"yardstick/indicators/library"
	"yardstick/journal"
	"yardstick/search"
	"yardstick/store"
)

// Names within a workspace directory.
const (
	settingsFile  = "yardstick.toml"
	warehouseFile = "warehouse.duckdb"
	indexDir      = "index"
	socketFile    = "yardstick.sock"
)

const settings = `# Settings of this Yardstick workspace.
# Nothing needs to be set; the flags of the commands win over this file.
`

// Options configures Open. Dir is required.
type Options struct {
	Dir    string
	Create bool         // make the workspace if it does not exist
	Log    *slog.Logger // nil discards; handed to the store
	// Bulk is set by a process that loads extracts and nothing else: the
	// warehouse gets half of the cores, the splitting of the extract the other.
	Bulk bool
}

// Workspace is an open workspace. It is safe for concurrent use and must be
// closed. Only one process can hold a workspace at a time.
type Workspace struct {
	dir   string
	store *store.Store

	shipped *library.Library
	lib     atomic.Pointer[libraryState] // the library in force
	editing sync.Mutex                   // one change of library or decisions at a time

	matching sync.Mutex            // held while names are matched
	matched  uint64                // edition that name_match is up to date with; guarded by matching
	usage    atomic.Pointer[usage] // counts of an edition, nil: none yet
	matcher  matcher               // of the library that was last matched against; guarded by matching

	ingest sync.Mutex // one batch at a time

	drafts   *journal.Journal
	rounds   *roundShelf
	projects projectForms
	past     pastForms

	idxMu sync.RWMutex // held for reading while a search uses idx
	idx   *search.Index

	turns chan struct{} // as many as cores: see turn
	fits  *fits
}

// Init makes the workspace dir and reports whether it was not there before.
func Init(ctx context.Context, dir string) (made bool, err error) {
	if _, err := os.Stat(filepath.Join(dir, warehouseFile)); err == nil {
		return false, nil
	}
	w, err := Open(ctx, Options{Dir: dir, Create: true})
	if err != nil {
		return false, err
	}
	return true, errors.Join(w.openIndex(ctx), w.Close())
}

// Open opens the workspace in opt.Dir. Its error is of kind NotFound if there
// is none and Create is not set, and Busy if another process holds it.
func Open(ctx context.Context, opt Options) (*Workspace, error) {
	if _, err := os.Stat(filepath.Join(opt.Dir, warehouseFile)); errors.Is(err, fs.ErrNotExist) {
		if !opt.Create {
			return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Open", Err: err,
				Msg: opt.Dir + " 不是绩尺的工作区。先运行 yardstick init。"}
		}
		if err := os.MkdirAll(opt.Dir, 0o755); err != nil {
			return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Open", Err: err,
				Msg: "工作区 " + opt.Dir + " 建不了：没有写入权限，或同名文件已存在。"}
		}
		name := filepath.Join(opt.Dir, settingsFile)
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			if err := os.WriteFile(name, []byte(settings), 0o644); err != nil {
				return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Open", Err: err, Msg: "工作区 " + opt.Dir + " 写不了。"}
			}
		}
	}
	lib, err := library.Load()
	if err != nil {
		return nil, err
	}
	threads := 0
	if opt.Bulk {
		threads = max(1, runtime.NumCPU()/2)
	}
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(opt.Dir, warehouseFile), Log: opt.Log, Threads: threads})
	if err != nil {
		return nil, err
	}
	w := &Workspace{dir: opt.Dir, store: st, shipped: lib, drafts: draftJournal(opt.Dir), rounds: &roundShelf{dir: filepath.Join(opt.Dir, roundsDir)}, turns: make(chan struct{}, runtime.GOMAXPROCS(0)), fits: newFits()}
	for _, step := range []func(context.Context) error{w.seedRules, w.loadLibrary} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, st.Close())
		}
	}
	return w, nil
}

// turn waits until a core is free for a question that only computes, and
// returns what gives it back. Without it, questions that take half a
// millisecond wait for the 10 ms time slices of each other: with 16 clients on
// two cores the 99th percentile of Suggest was 130 ms instead of 9 to 20.
func (w *Workspace) turn(ctx context.Context) (done func(), err error) {
	select {
	case w.turns <- struct{}{}:
		return func() { <-w.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close ends a fit that runs and releases the warehouse and the index.
func (w *Workspace) Close() error {
	w.fits.close()
	return errors.Join(w.closeIndex(), w.store.Close())
}

// maxSocketPath is what a unix socket's address holds on every system we
// build for (sun_path: 104 on macOS, 108 on Linux, with the final zero).
const maxSocketPath = 100

// Socket is the path on which a server of the workspace listens. A directory
// whose path is too long for a socket gets one in the temporary directory.
func Socket(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	if path := filepath.Join(abs, socketFile); len(path) <= maxSocketPath {
		return path
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(os.TempDir(), "yardstick-"+hex.EncodeToString(sum[:8])+".sock")
}
