//go:build duckdb_arrow

package store

import (
	"fmt"
	"path/filepath"

	"yardstick"
)

// roomFactor is how often a batch must fit into the free space: once into the
// log, once into the file, and once for what DuckDB rewrites beside it.
const roomFactor = 3

// leastRoom is kept free whatever the size of a batch, because even a small one
// rewrites whole blocks of 256 KiB of each table.
const leastRoom = 16 << 20

// room returns an error of kind Full if size bytes can't be stored safely. A
// disk that fills up while DuckDB writes stops it for good, so it is better not
// to begin.
func (s *Store) room(size uint64) error {
	if s.path == "" {
		return nil
	}
	free, err := s.free(filepath.Dir(s.path))
	if err != nil {
		return fmt.Errorf("store: free space of %s: %w", filepath.Dir(s.path), err)
	}
	if need := roomFactor*size + leastRoom; free < need {
		return &yardstick.Error{Kind: yardstick.Full, Op: "store.room",
			Msg: fmt.Sprintf("工作区所在磁盘只剩 %d MB，这一批要有 %d MB 才能安全写入。清出空间后重试；这一批没有写入。", free>>20, (need>>20)+1)}
	}
	return nil
}
