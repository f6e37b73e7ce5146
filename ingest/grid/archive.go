package grid

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"yardstick"
)

// archive is a zip package in memory, such as .xlsx and .docx are. Parts are
// unpacked one at a time and only when asked for.
type archive struct {
	m     *meter
	parts map[string]*zip.File // by name, lower case, with forward slashes

	main     string // the part that mainData holds until it is read
	mainData []byte
}

var (
	centralHeader = []byte("PK\x01\x02") // starts each entry of a package's directory
	errNoPart     = errors.New("no such part")
)

// openArchive reads the package's directory. Its entries are counted by their
// signature first, because the zip reader would allocate for all of them.
func openArchive(m *meter, data []byte) (*archive, error) {
	if bytes.Count(data, centralHeader) > m.opt.MaxEntries {
		return nil, m.tooLarge("", "", fmt.Sprintf("压缩包里超过 %s 个文件", grouped(m.opt.MaxEntries)))
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, problem(yardstick.FileBroken, m.file, " 不完整或已损坏，打不开。请重新取得原文件，或在表格软件里修复后另存。", err)
	}
	a := &archive{m: m, parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		name := partName(f.Name)
		if _, twice := a.parts[name]; !twice {
			a.parts[name] = f
		}
	}
	return a, nil
}

// partName brings the spellings of a part's name together: some programs write
// backslashes, a leading slash, or other capitals than they refer to.
func partName(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+s), "/")
}

func (a *archive) has(name string) bool {
	_, ok := a.parts[partName(name)]
	return ok
}

// read unpacks one part, as UTF-8. What the directory says about sizes is not
// believed.
func (a *archive) read(name string) ([]byte, error) {
	if name == a.main && a.mainData != nil {
		data := a.mainData
		a.mainData = nil
		return data, nil
	}
	f, ok := a.parts[partName(name)]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, errNoPart)
	}
	if f.Flags&1 != 0 {
		return nil, encrypted(a.m.file, nil)
	}
	if f.UncompressedSize64 > uint64(a.m.opt.MaxPart) {
		return nil, a.m.tooLarge("", "", "解压后超过 "+size(a.m.opt.MaxPart))
	}
	r, err := f.Open()
	if err != nil {
		return nil, a.broken(name, err)
	}
	defer r.Close()
	limit, whole := a.m.opt.MaxPart, a.m.opt.MaxPart
	if left := a.m.opt.MaxUnpack - a.m.unpack; left < limit {
		limit, whole = left, a.m.opt.MaxUnpack
	}
	var buf bytes.Buffer
	buf.Grow(int(min(f.UncompressedSize64, 1<<20)) + bytes.MinRead)
	if _, err = io.Copy(&buf, io.LimitReader(&watched{a.m, r}, limit+1)); err == nil && int64(buf.Len()) > limit {
		return nil, a.m.tooLarge("", "", "解压后超过 "+size(whole))
	}
	a.m.unpack += int64(buf.Len())
	if err != nil {
		if a.m.alive() != nil {
			return nil, a.m.alive()
		}
		return nil, a.broken(name, err)
	}
	return utf16Part(buf.Bytes()), nil
}

func (a *archive) broken(part string, err error) error {
	return brokenPart(a.m.file, part, err)
}

// xmlError leaves limits and deadlines as they are and calls the rest damage.
func (a *archive) xmlError(part string, err error) error {
	var p *Problem
	if err == nil || errors.As(err, &p) || a.m.alive() != nil {
		return err
	}
	return a.broken(part, err)
}

// brokenPart says that a package opens but one of its parts can't be read.
func brokenPart(file, part string, err error) error {
	return problem(yardstick.FileBroken, file, " 已损坏，内容读不完整。请在表格或文字软件里打开，能看到内容时另存一份再导入。",
		fmt.Errorf("%s: %w", part, err))
}

func encrypted(file string, err error) error {
	return problem(yardstick.FileEncrypted, file, " 有打开密码。请在表格软件里取消密码后重新导入。", err)
}

// watched is a reader that ends when the meter's time is over.
type watched struct {
	m *meter
	r io.Reader
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.m.alive(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}

// relation is one line of a .rels part.
type relation struct {
	kind   string // last word of its type: worksheet, styles, officeDocument
	target string // name of the part
}

// relations reads the relations of a part, by id. Having none is no error.
func (a *archive) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	data, err := a.read(name)
	if errors.Is(err, errNoPart) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rels := map[string]relation{}
	for x := newXMLReader(data); ; {
		ev, err := x.next()
		if err != nil {
			return nil, a.broken(name, err)
		}
		if ev == xmlEOF {
			return rels, nil
		}
		if ev != xmlStart || string(x.name) != "Relationship" || x.str("TargetMode") == "External" {
			continue
		}
		target := strings.ReplaceAll(x.str("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		rels[x.str("Id")] = relation{path.Base(x.str("Type")), partName(target)}
	}
}
