package intake

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// PanicError is a panic of the code that read the files.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

func stack() []byte { return debug.Stack() }

// Parcel is an upload as it waits in its folder.
type Parcel struct {
	Uploads []workspace.Upload
	Bytes   int64
	Fields  map[string]string // the form's other fields
	dir     string
}

// Remove deletes the files of the parcel.
func (p *Parcel) Remove() error {
	if p == nil || p.dir == "" {
		return nil
	}
	return os.RemoveAll(p.dir)
}

// Receive writes the files of a multipart form to a folder of their own, within
// the limits. Parts without a file name are fields. On an error nothing is left.
func (d *Desk) Receive(mr *multipart.Reader) (p *Parcel, err error) {
	root, err := d.folder()
	if err != nil {
		return nil, fmt.Errorf("receive: %w", err)
	}
	dir, err := os.MkdirTemp(root, "upload-")
	if err != nil {
		return nil, fmt.Errorf("receive: %w", err)
	}
	p = &Parcel{dir: dir, Fields: map[string]string{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Remove())
			p = nil
		}
	}()
	for {
		part, err := mr.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return p, broken(err)
		}
		if err := d.part(p, part); err != nil {
			return p, err
		}
	}
	if len(p.Uploads) == 0 {
		return p, invalid("没有收到文件。选好文件或文件夹再试。")
	}
	return p, nil
}

func (d *Desk) part(p *Parcel, part *multipart.Part) error {
	name := fileName(part)
	if name == "" {
		b, err := io.ReadAll(io.LimitReader(part, 64<<10))
		if err != nil {
			return broken(err)
		}
		if f := part.FormName(); f != "" && len(p.Fields) < 100 {
			p.Fields[f] = string(b)
		}
		return nil
	}
	if len(p.Uploads) >= d.opt.Files {
		return invalid(fmt.Sprintf("一次最多导入 %d 个文件。请分几次导入。", d.opt.Files))
	}
	at := filepath.Join(p.dir, fmt.Sprintf("%06d", len(p.Uploads)))
	f, err := os.OpenFile(at, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("receive %s: %w", name, err)
	}
	n, err := io.Copy(f, io.LimitReader(part, d.opt.FileBytes+1))
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	switch {
	case err != nil:
		return broken(err)
	case n > d.opt.FileBytes:
		return invalid(fmt.Sprintf("%s 超过 %d MB，没有接收。把它拆小，或用批量表导入。", name, d.opt.FileBytes>>20))
	case p.Bytes+n > d.opt.TotalBytes:
		return invalid(fmt.Sprintf("这次的文件合计超过 %d MB。请分几次导入。", d.opt.TotalBytes>>20))
	}
	p.Bytes += n
	p.Uploads = append(p.Uploads, workspace.Upload{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(at) }})
	return nil
}

// fileName is the part's name with its folders, which Part.FileName would cut
// off. It is only ever shown and never used as a path; still, it is made
// relative and clean.
func fileName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	name := strings.ReplaceAll(params["filename"], `\`, "/")
	if name == "" {
		return ""
	}
	name = strings.TrimPrefix(path.Clean("/"+strings.ToValidUTF8(name, "�")), "/")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
}

func (d *Desk) folder() (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return "", &yardstick.Error{Kind: yardstick.Busy, Op: "intake.Receive", Msg: "服务正在停止，没有接收文件。"}
	}
	if d.opt.Dir != "" {
		return d.opt.Dir, os.MkdirAll(d.opt.Dir, 0o700)
	}
	dir, err := os.MkdirTemp("", "yardstick-")
	if err != nil {
		return "", err
	}
	d.opt.Dir, d.own = dir, true
	return dir, nil
}

func invalid(msg string) error {
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "intake.Receive", Msg: msg}
}

// broken says that the upload did not arrive whole. A full disk has a kind of
// its own, because only the administrator can help.
func broken(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return invalid(fmt.Sprintf("这次的文件合计超过 %d MB。请分几次导入。", large.Limit>>20))
	}
	if full(err) {
		return &yardstick.Error{Kind: yardstick.Full, Op: "intake.Receive", Msg: "磁盘已满，文件没有接收，库里没有改变。腾出空间后重新导入。", Err: err}
	}
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "intake.Receive", Msg: "文件没有传完整，库里没有改变。重新导入一次。", Err: err}
}

// Drain reads what is left of a refused upload, so that the browser gets to
// see the answer. The body's own limit bounds it.
func Drain(body io.Reader) {
	_, _ = io.Copy(io.Discard, body) // it is refused anyway
}

// Patient wraps the body of a long upload: each read that brings something
// moves the request's deadlines on, so that a slow line is waited for and a
// silent one is not.
func Patient(w http.ResponseWriter, body io.ReadCloser) io.ReadCloser {
	return &patientBody{ReadCloser: body, rc: http.NewResponseController(w)}
}

type patientBody struct {
	io.ReadCloser
	rc    *http.ResponseController
	moved time.Time
}

// silence is how long an upload may bring nothing.
const silence = time.Minute

func (b *patientBody) Read(p []byte) (int, error) {
	if now := time.Now(); now.Sub(b.moved) > silence/4 {
		b.moved = now
		_ = b.rc.SetReadDeadline(now.Add(silence)) // not every writer has deadlines
		_ = b.rc.SetWriteDeadline(now.Add(2 * silence))
	}
	return b.ReadCloser.Read(p)
}
