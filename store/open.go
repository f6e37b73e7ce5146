//go:build duckdb_arrow

package store

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"yardstick"
)

// Options configures Open. The zero value opens an in-memory warehouse.
type Options struct {
	Path        string           // the warehouse file; "" keeps everything in memory
	Log         *slog.Logger     // nil discards
	Threads     int              // of DuckDB; 0 means one per core
	MemoryLimit string           // such as "1GiB"; "" means 512MiB, so that a small machine keeps running
	Now         func() time.Time // nil means time.Now
}

// Store is an open warehouse. Its methods may be called concurrently; batches
// are stored one after the other.
type Store struct {
	db       *sql.DB
	threads  int
	path     string // absolute; "" in memory
	name     string // of the database in DuckDB's catalog, quoted
	log      *slog.Logger
	now      func() time.Time
	free     func(dir string) (uint64, error)
	places   func() (*gazetteer, error) // read once, when first needed
	recovery *Recovery
	logOnly  bool // set by tests that need a log: no checkpoint after a batch

	write sync.Mutex // held by whoever changes the warehouse
}

// Open opens the warehouse at o.Path and creates it if there is none. A
// warehouse of an earlier version is migrated on a copy that then takes its
// place. The caller must Close it.
//
// The error is Busy if another process has the file open, Invalid if the file
// is damaged or of a later version, Full if there is no room to migrate.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{
		log: o.Log, now: o.Now, free: freeSpace, places: sync.OnceValues(newGazetteer), threads: cmp.Or(o.Threads, runtime.NumCPU()),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if o.MemoryLimit == "" {
		o.MemoryLimit = "512MiB"
	}
	var db *sql.DB
	var err error
	if o.Path == "" {
		db, err = connect("", o)
	} else if s.path, err = warehousePath(o.Path); err == nil {
		db, err = s.openFile(ctx, o, files)
	}
	if err != nil {
		return nil, openError(s.path, err)
	}
	s.db = db
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(openError(s.path, err), db.Close())
	}
	if err := s.finishRecovery(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// warehousePath makes path absolute. The driver takes what follows a question
// mark for settings and reads per cent signs as escapes.
func warehousePath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if strings.ContainsAny(path, "?%") {
		return "", &yardstick.Error{Kind: yardstick.Invalid, Op: "store.Open",
			Msg: "工作区的路径里不能有 ? 或 %：" + path + "。换一个文件夹。"}
	}
	return path, nil
}

// Close closes the warehouse. What was acknowledged is on disk already.
func (s *Store) Close() error { return s.db.Close() }

// storageVersion is the oldest DuckDB that can read a new warehouse. Since 1.3
// text is compressed in one pass instead of three: a load takes half the time.
const storageVersion = "v1.5.0"

// connect opens a database without touching what is in it. Extensions are
// neither installed nor loaded by themselves.
func connect(path string, o Options) (*sql.DB, error) {
	conf := "?autoinstall_known_extensions=false&autoload_known_extensions=false" +
		"&allow_community_extensions=false&storage_compatibility_version=" + storageVersion + "&memory_limit=" + o.MemoryLimit
	if o.Threads > 0 {
		conf += fmt.Sprintf("&threads=%d", o.Threads)
	}
	c, err := duckdb.NewConnector(path+conf, func(driver.ExecerContext) error { return nil })
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil
}

// start migrates an in-memory warehouse, attaches the in-memory database that
// batches are staged in, and then locks the configuration: no statement can
// reach a file from here on.
func (s *Store) start(ctx context.Context) error {
	if s.path == "" {
		if err := migrate(ctx, s.db); err != nil {
			return err
		}
	}
	var name string
	if err := s.db.QueryRowContext(ctx, statement("catalog_name")).Scan(&name); err != nil {
		return fmt.Errorf("name the catalog: %w", err)
	}
	s.name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	_, err := s.db.ExecContext(ctx, statement("lock"))
	return err
}
