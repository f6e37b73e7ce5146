//go:build duckdb_arrow

package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"yardstick"
)

// The driver has no types for what can be wrong with a file, only DuckDB's
// messages. This file is the one place that reads them; the tests in
// crash_test.go bring each about.

// openError words why the warehouse at path can't be opened.
func openError(path string, err error) error {
	text := err.Error()
	base := filepath.Base(path)
	fail := func(kind yardstick.Kind, msg string) error {
		return &yardstick.Error{Kind: kind, Op: "store.Open", Msg: msg, Err: err}
	}
	var known *yardstick.Error
	switch {
	case errors.As(err, &known):
		return err
	case strings.Contains(text, "Could not set lock on file"):
		return fail(yardstick.Busy, "数据仓库 "+base+" 正被另一个进程使用。"+
			"可能有 yardstick serve 正在这个工作区上运行：通过它的页面操作，或停止它后重试。")
	case errors.Is(err, os.ErrPermission), strings.Contains(text, "Permission denied"), strings.Contains(text, "Read-only file system"):
		return fail(yardstick.Invalid, "没有权限读写数据仓库 "+path+"。")
	case strings.Contains(text, "No such file or directory"):
		return fail(yardstick.NotFound, "没有 "+filepath.Dir(path)+" 这个文件夹。先用 yardstick init 建立工作区。")
	case strings.Contains(text, "No space left"):
		return fail(yardstick.Full, "磁盘已满，数据仓库 "+base+" 打不开。清出空间后重试。")
	case path != "" && damaged(text):
		return fail(yardstick.Invalid, "数据仓库 "+base+" 已损坏，没有打开，也没有改动它。"+restore(base))
	}
	return fmt.Errorf("open %s: %w", path, err)
}

// fault classifies a failure of an open warehouse. DuckDB answers a full disk
// with a fatal error, after which only a restart helps; a commit may have
// happened all the same. A damaged block is met when it is first read.
func (s *Store) fault(op string, err error) error {
	if err == nil {
		return nil
	}
	var known *yardstick.Error
	if s.path == "" || errors.As(err, &known) {
		return fmt.Errorf("%s: %w", op, err)
	}
	text := err.Error()
	var de *duckdb.Error
	fatal := errors.As(err, &de) && (de.Type == duckdb.ErrorTypeFatal || de.Type == duckdb.ErrorTypeIO)
	base := filepath.Base(s.path)
	switch {
	case fatal && s.noRoom(), strings.Contains(text, "No space left"):
		return &yardstick.Error{Kind: yardstick.Full, Op: op, Err: err,
			Msg: "磁盘已满，数据仓库停止工作；之前入库的都完整。清出空间，重新启动绩尺，再导入最后一批：已经写入的会认出来，不会重复。"}
	case damaged(text):
		return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Err: err, Msg: "数据仓库 " + base + " 已损坏，读不出要的内容。" + restore(base)}
	}
	return fmt.Errorf("%s: %w", op, err)
}

func (s *Store) noRoom() bool {
	free, err := s.free(filepath.Dir(s.path))
	return err == nil && free < 1<<20
}

func restore(base string) string {
	return "从备份恢复这个文件（连同 " + base + ".wal），或删除后重新导入原始文件。"
}

// damaged reports whether DuckDB's message speaks of bytes that are not what
// they should be.
func damaged(text string) bool {
	for _, s := range []string{"Corrupt ", "corrupt log", "checksum", "not a valid DuckDB database", "replaying WAL",
		"Could not read enough bytes", "Serialization Error", "Failed to deserialize"} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}
