//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Recovery says what was done to a warehouse whose log ended in zeros, as a
// power cut leaves it.
type Recovery struct {
	Quarantine string       // folder with the file and its log as they were found
	Cut        int64        // bytes taken off the log
	Last       *BatchInfo   // the latest batch that is whole; nil for none
	Faults     []BatchFault // batches that are not
}

// Message tells a person what happened and what to load again, in Chinese.
func (r *Recovery) Message() string {
	var b strings.Builder
	b.WriteString("上次没有正常关闭（可能断电），数据仓库的日志末尾不完整，已截去；原文件存放在 " + r.Quarantine + "。")
	if r.Last != nil {
		b.WriteString("最近一个完整的批次是 " + r.Last.ID + "，之后导入的文件要重新导入。")
	} else {
		b.WriteString("没有完整的批次，全部文件要重新导入。")
	}
	for _, f := range r.Faults {
		b.WriteString("批次 " + f.BatchID + " 不完整，撤回后重新导入：" + strings.Join(f.Files, "、") + "。")
	}
	return b.String()
}

// Recovery returns what Open had to repair, nil for nothing.
func (s *Store) Recovery() *Recovery { return s.recovery }

// openOrRepair opens the file at s.path. If its log ends in zeros, both are
// copied to quarantine/ beside them and the log is cut where the zeros have
// spoilt it; whatever else is wrong with them is an error, and then nothing is
// changed.
func (s *Store) openOrRepair(ctx context.Context, o Options) (*sql.DB, error) {
	wal := s.path + ".wal"
	begun, err := logBegun(wal)
	if err != nil {
		return nil, openError(s.path, err)
	}
	var db *sql.DB
	if begun {
		if db, err = connect(s.path, o); err == nil {
			return db, nil
		}
	}
	log, lerr := os.ReadFile(wal)
	if lerr != nil { // the file itself is at fault, or locked
		return nil, openError(s.path, errors.Join(err, lerr))
	}
	cut, ok := zeroTail(log, err)
	if !ok && err == nil {
		err = errors.New("corrupt log: begins with zeros")
	}
	if !ok {
		return nil, openError(s.path, err)
	}
	dir := filepath.Join(filepath.Dir(s.path), "quarantine", s.now().UTC().Format("20060102-150405.000"))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, openError(s.path, err)
	}
	for _, f := range []string{s.path, wal} {
		if err := copyFile(s, f, filepath.Join(dir, filepath.Base(f))); err != nil {
			return nil, err
		}
	}
	if err := os.Truncate(wal, cut); err != nil {
		return nil, openError(s.path, err)
	}
	if db, err = connect(s.path, o); err != nil {
		return nil, openError(s.path, err)
	}
	s.log.WarnContext(ctx, "log ended in zeros and was cut", "file", s.path, "bytes", int64(len(log))-cut, "quarantine", dir)
	s.recovery = &Recovery{Quarantine: dir, Cut: int64(len(log)) - cut}
	return db, nil
}

// logBegun reports whether the log is absent, empty or begins as logs do. One
// that begins with zeros never reached the disk, and DuckDB would pass over it
// without a word.
func logBegun(wal string) (bool, error) {
	f, err := os.Open(wal)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, entryHead)
	n, err := f.Read(head)
	if errors.Is(err, io.EOF) {
		return true, nil
	}
	return lastByte(head[:n]) > 0, err
}

// entryPosition finds where DuckDB stopped reading a log. Its message is all
// there is; it names the place behind the entry's size and checksum.
var entryPosition = regexp.MustCompile(`Corrupt WAL file: .*byte position (\d+)`)

// entryHead is the length of an entry's size and checksum.
const entryHead = 16

// zeroTail returns where to cut a log that can't be replayed for the reason
// err. ok is false unless the entry that DuckDB stopped at, and all behind it,
// is spoilt by zeros at the end of the log: an entry that is wrong in any other
// way may be followed by good ones, and cutting would lose them.
func zeroTail(log []byte, err error) (cut int64, ok bool) {
	end := lastByte(log)
	if end == len(log) {
		return 0, false // every entry ends in bytes that are not zero, so this is no power cut
	}
	if end == 0 {
		return 0, true
	}
	if err == nil {
		return 0, false // zeros first and something after them
	}
	m := entryPosition.FindStringSubmatch(err.Error())
	if m == nil {
		return 0, false
	}
	pos, convErr := strconv.Atoi(m[1])
	if convErr != nil || pos < entryHead || pos > len(log) {
		return 0, false
	}
	start := pos - entryHead
	if start >= end {
		return int64(start), true
	}
	size := binary.LittleEndian.Uint64(log[start:])
	return int64(start), size <= uint64(len(log)) && pos+int(size) > end
}

// lastByte returns the length of log without the zeros at its end.
func lastByte(log []byte) int {
	n := len(log)
	for n > 0 && log[n-1] == 0 {
		n--
	}
	return n
}

// finishRecovery checks every batch of a repaired warehouse.
func (s *Store) finishRecovery(ctx context.Context) error {
	if s.recovery == nil {
		return nil
	}
	faults, err := s.Verify(ctx)
	if err != nil {
		return err
	}
	s.recovery.Faults = faults
	list, err := s.BatchList(ctx, 0)
	if err != nil {
		return err
	}
	bad := map[string]bool{}
	for _, f := range faults {
		bad[f.BatchID] = true
	}
	for i := range list {
		if !bad[list[i].ID] {
			s.recovery.Last = &list[i]
			break
		}
	}
	return nil
}

// BatchFault is a batch that is not as it was stored.
type BatchFault struct {
	BatchID  string
	LoadedAt time.Time
	Files    []string // what to load again
	Why      string   // for the log
}

// Verify reads every form back and compares it with the hash taken when it was
// stored, and every batch with its counts. It returns the batches that differ.
// Forms of bulk extracts are only counted.
func (s *Store) Verify(ctx context.Context) ([]BatchFault, error) {
	why := map[string]string{}
	err := s.each(ctx, "batch_check", func(r *sql.Rows) error {
		var id, reason string
		err := r.Scan(&id, &reason)
		why[id] = reason
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store.Verify: %w", err)
	}
	bulk := map[string]bool{}
	list, err := s.BatchList(ctx, 0)
	if err != nil {
		return nil, fmt.Errorf("store.Verify: %w", err)
	}
	for _, b := range list {
		bulk[b.ID] = b.Source == "table"
	}
	err = s.loadAll(ctx, true, func(f *Stored) error {
		if !bulk[f.BatchID] && contentHash(&f.Form) != f.Content {
			why[f.BatchID] = "form " + f.ID + " differs from its hash"
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store.Verify: %w", err)
	}
	var faults []BatchFault
	for _, b := range list {
		reason, bad := why[b.ID]
		if !bad {
			continue
		}
		fault := BatchFault{BatchID: b.ID, LoadedAt: b.LoadedAt, Why: reason}
		files, err := s.batchFiles(ctx, b.ID)
		if err != nil {
			return nil, fmt.Errorf("store.Verify: %w", err)
		}
		for _, f := range files {
			fault.Files = append(fault.Files, f.Path)
		}
		faults = append(faults, fault)
	}
	return faults, nil
}
