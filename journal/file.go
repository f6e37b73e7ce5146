package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"yardstick"
)

// Replace writes data to the file name whole or not at all: into a temporary
// file beside it, synced, then renamed. Missing folders are made. A full disk
// is an error of kind Full.
func Replace(name string, data []byte) error {
	return replace(name, data, func(f *os.File, p []byte) (int, error) { return f.Write(p) })
}

func (j *Journal) replace(name string, data []byte) error { return replace(name, data, j.write) }

func replace(name string, data []byte, write func(*os.File, []byte) (int, error)) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fault(err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*"+tempSuffix)
	if err != nil {
		return fault(err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err := write(f, data); err != nil {
		return fault(err)
	}
	if err := f.Sync(); err != nil {
		return fault(err)
	}
	if err := f.Close(); err != nil {
		return fault(err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fault(err)
	}
	return SyncDir(filepath.Dir(name))
}

// appendLine adds a line to a document's file. What a failed write left is cut
// off again; where even that fails, the next reader cuts it.
func (j *Journal) appendLine(d *document, line []byte) error {
	f, err := os.OpenFile(j.file(d.id), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return fault(err)
	}
	_, err = j.write(f, line)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		if f.Truncate(d.size) == nil {
			_ = f.Sync() // the failure to report is the write's
		}
	}
	return fault(errors.Join(err, f.Close()))
}

// SyncDir makes a rename in dir durable. Windows has no such thing: its file
// system logs renames.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fault(err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return fault(err)
	}
	return nil
}

// fault words a failure of the disk.
func fault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return &yardstick.Error{Kind: yardstick.Full, Op: "journal.write", Err: err,
			Msg: "磁盘已满，这一次没有保存；之前保存的都在。清出空间后再试。"}
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "journal.write", Err: err,
			Msg: "工作区没有写入权限，这一次没有保存。让管理员检查工作区文件夹的权限。"}
	}
	return fmt.Errorf("journal: write: %w", err)
}
