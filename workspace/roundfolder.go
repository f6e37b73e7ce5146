package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"yardstick"
	"yardstick/ingest"
	"yardstick/journal"
)

// roundFolder is a round being made.
type roundFolder struct {
	shelf *roundShelf
	dir   string
	names []string // of the files, as given
	bytes int64
	kept  bool
}

// begin makes the folder of a new round.
func (s *roundShelf) begin() (*roundFolder, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.prepare(); err != nil {
		return nil, err
	}
	dir := filepath.Join(s.dir, randomID(unfinished))
	if err := os.MkdirAll(filepath.Join(dir, filesDir), 0o755); err != nil {
		return nil, diskFault(err)
	}
	return &roundFolder{shelf: s, dir: dir}, nil
}

// abandon removes the folder unless the round was kept.
func (f *roundFolder) abandon() {
	if !f.kept {
		os.RemoveAll(f.dir) // what stays is removed at the next start
	}
}

func (f *roundFolder) file(n int) string {
	return filepath.Join(f.dir, filesDir, fmt.Sprintf("%06d", n))
}

// take copies a file into the folder. One that can't be opened is taken as
// missing, which reading it reports.
func (f *roundFolder) take(src ingest.Source) error {
	n := len(f.names)
	f.names = append(f.names, src.Name)
	in, err := src.Open()
	if err != nil {
		return nil
	}
	defer in.Close()
	out, err := os.Create(f.file(n))
	if err != nil {
		return diskFault(err)
	}
	var broken error // of the source
	size, err := io.Copy(out, io.LimitReader(noting{in, &broken}, maxRoundBytes-f.bytes+1))
	f.bytes += size
	if err == nil {
		err = out.Sync()
	}
	if err := errors.Join(err, out.Close()); err != nil {
		if broken != nil {
			return os.Remove(f.file(n)) // unreadable: reported like a missing file
		}
		return diskFault(err)
	}
	if f.bytes > maxRoundBytes {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.ReviewForms",
			Msg: fmt.Sprintf("这一轮的文件加起来超过 %d GB。分几轮审核。", int64(maxRoundBytes)>>30)}
	}
	return nil
}

// noting tells failures of reading from failures of writing.
type noting struct {
	io.Reader
	err *error
}

func (n noting) Read(p []byte) (int, error) {
	k, err := n.Reader.Read(p)
	if err != nil && err != io.EOF {
		*n.err = err
	}
	return k, err
}

// source is the copy of a file under the name that it was given with.
func (f *roundFolder) source(n int) ingest.Source {
	return ingest.Source{Name: f.names[n], Open: func() (io.ReadCloser, error) { return os.Open(f.file(n)) }}
}

// drop removes the copy of a file that no form of the round is from.
func (f *roundFolder) drop(n int) { os.Remove(f.file(n)) }

// keep writes the round and gives the folder its name, which makes it one.
func (f *roundFolder) keep(round *ReviewRound, files map[string]int) error {
	k := &keptRound{Round: *round, Files: files, dir: filepath.Join(f.shelf.dir, round.ID), verdicts: map[string]ReviewVerdict{}}
	whole, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("encode round: %w", err)
	}
	h := RoundHead{ID: round.ID, At: round.At, Title: round.Title, Source: round.Source, Sample: round.Sample, Forms: len(round.Items)}
	for _, r := range round.Items {
		h.Must += r.Must
	}
	head, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("encode round: %w", err)
	}
	if err := errors.Join(journal.Replace(filepath.Join(f.dir, roundFile), whole), journal.Replace(filepath.Join(f.dir, headFile), head)); err != nil {
		return err
	}
	f.shelf.mu.Lock()
	defer f.shelf.mu.Unlock()
	if err := os.Rename(f.dir, k.dir); err != nil {
		return diskFault(err)
	}
	f.kept = true
	f.shelf.remember(k)
	return journal.SyncDir(f.shelf.dir)
}

// diskFault words a full disk; other failures are as they are.
func diskFault(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return &yardstick.Error{Kind: yardstick.Full, Op: "workspace.ReviewForms", Err: err,
			Msg: "磁盘已满，这一轮审核没有留下。清出空间后重新审核。"}
	}
	return fmt.Errorf("keep round: %w", err)
}
