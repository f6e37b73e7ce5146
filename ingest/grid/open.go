package grid

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yardstick"
)

// Open reads the sheets or tables of a file that have any text, in their
// order. What can't be read is a *Problem, which is also a *yardstick.Error
// of kind Invalid (NotFound for a missing file) with a sentence for people.
// Whether ctx ends or Options.Timeout passes, reading stops within
// milliseconds; the former returns the cause of ctx, the latter a Problem.
func Open(ctx context.Context, path string, opt Options) ([]*Grid, error) {
	opt = opt.filled()
	f, err := os.Open(path)
	if err != nil {
		return nil, missing(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, missing(path, err)
	}
	if info.IsDir() {
		return nil, problem(yardstick.FileUnsupported, path, " 是文件夹，不是文件。", nil)
	}
	if info.Size() > opt.MaxFile {
		return nil, newMeter(ctx, path, opt).tooLarge("", "", "文件超过 "+size(opt.MaxFile))
	}
	// The size may be unknown (a pipe) or change while it is read.
	data, err := io.ReadAll(io.LimitReader(f, opt.MaxFile+1))
	if err != nil {
		return nil, missing(path, err)
	}
	return Read(ctx, path, data, opt)
}

func missing(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return problem(yardstick.FileMissing, path, " 不存在，可能已被移动或改名。", err)
	}
	return problem(yardstick.FileMissing, path, " 打不开，可能没有读取权限，或正被别的程序占用。", err)
}

// Read is Open for a file in memory. The name is used in messages and as a
// hint where the bytes leave a choice; data is not changed.
func Read(ctx context.Context, name string, data []byte, opt Options) ([]*Grid, error) {
	opt = opt.filled()
	late := &Problem{Code: yardstick.FileTooLarge, File: name,
		Msg: fmt.Sprintf("%s 读了 %s还没读完，已停止。请拆成几个文件后导入。", base(name), duration(opt.Timeout))}
	ctx, cancel := context.WithTimeoutCause(ctx, opt.Timeout, late)
	defer cancel()
	m := newMeter(ctx, name, opt)
	if int64(len(data)) > opt.MaxFile {
		return nil, m.tooLarge("", "", "文件超过 "+size(opt.MaxFile))
	}
	if err := m.alive(); err != nil {
		return nil, err
	}
	grids, err := read(m, data)
	if err != nil {
		return nil, err
	}
	if len(grids) == 0 {
		return nil, problem(yardstick.FileEmpty, name, " 里没有表格内容。请检查是不是选错了文件，或文件只存了图片。", nil)
	}
	return grids, nil
}

// base is a file's name without its folders, for messages.
func base(path string) string { return filepath.Base(path) }

// extension is the lower-case extension of a name, with its dot.
func extension(name string) string { return strings.ToLower(filepath.Ext(name)) }
