package grid

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"yardstick"
)

// oldKind is a format that is not read itself: the extension that LibreOffice
// knows it by, and what it is to become.
type oldKind struct{ from, to string }

// convert has LibreOffice turn the file into a format that is read here, in a
// folder and with a profile of its own, so that several can run at once and
// nothing of the user's is touched. It is killed with its children when the
// meter's time is over.
func convert(m *meter, data []byte, kind oldKind) ([]*Grid, error) {
	soffice := m.opt.Soffice
	if soffice == "" {
		soffice = "soffice"
	}
	program, err := exec.LookPath(soffice)
	if err != nil {
		return nil, problem(yardstick.FileConvert, m.file, fmt.Sprintf(
			" 是 .%s 格式，这台机器没有装 LibreOffice，不能转换。请在表格或文字软件里另存为 .%s 后重新导入。", kind.from, kind.to), err)
	}
	dir, err := os.MkdirTemp("", "yardstick-convert-")
	if err != nil {
		return nil, fmt.Errorf("convert %s: %w", m.file, err)
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "in."+kind.from), filepath.Join(dir, "out", "in."+kind.to)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, fmt.Errorf("convert %s: %w", m.file, err)
	}
	cmd := exec.CommandContext(m.ctx, program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
		"-env:UserInstallation="+fileURL(filepath.Join(dir, "profile")),
		"--convert-to", kind.to, "--outdir", filepath.Dir(out), in)
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &capped{w: &said}, &capped{w: &said}
	cmd.WaitDelay = 2 * time.Second
	ownGroup(cmd)
	err = cmd.Run()
	if m.alive() != nil {
		if p := new(Problem); errors.As(m.alive(), &p) {
			return nil, problem(yardstick.FileConvert, m.file, fmt.Sprintf(" 转换了 %s还没完成，已停止。请在表格或文字软件里另存为 .%s 后重新导入。", duration(m.opt.Timeout), kind.to), err)
		}
		return nil, m.alive()
	}
	made, openErr := os.Open(out)
	if err != nil || openErr != nil {
		return nil, problem(yardstick.FileConvert, m.file, fmt.Sprintf(
			" 是 .%s 格式，LibreOffice 转换不了，可能有密码或已损坏。请在表格或文字软件里打开，另存为 .%s 后重新导入。", kind.from, kind.to),
			errors.Join(err, openErr, errors.New(said.String())))
	}
	defer made.Close()
	data, err = io.ReadAll(io.LimitReader(made, m.opt.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("convert %s: %w", m.file, err)
	}
	if int64(len(data)) > m.opt.MaxFile {
		return nil, m.tooLarge("", "", "转换后超过 "+size(m.opt.MaxFile))
	}
	if !bytes.HasPrefix(data, []byte("PK")) { // or it might be converted again
		return nil, problem(yardstick.FileConvert, m.file, " 转换后的内容读不了。请在表格或文字软件里另存为 ."+kind.to+" 后重新导入。", nil)
	}
	return readPackage(m, data)
}

// capped keeps the first 4 KiB of what a program says.
type capped struct{ w *bytes.Buffer }

func (c *capped) Write(p []byte) (int, error) {
	c.w.Write(p[:min(len(p), max(0, 4096-c.w.Len()))])
	return len(p), nil
}

// fileURL writes an absolute path as LibreOffice wants it.
func fileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")}).String()
}
