package official

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
)

// bundle is a package (.xlsx, .docx) of which a few parts are changed or added.
type bundle struct {
	files   []*zip.File
	byName  map[string]*zip.File
	changed map[string][]byte
	added   []string
	room    int64 // bytes that may still be unpacked
}

// Limits on what an annotated file may unpack to, as for reading.
const (
	maxUnpack = 512 << 20
	maxPart   = 64 << 20
)

func openBundle(data []byte) (*bundle, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	b := &bundle{files: r.File, byName: map[string]*zip.File{}, changed: map[string][]byte{}, room: maxUnpack}
	for _, f := range r.File {
		if _, twice := b.byName[f.Name]; !twice {
			b.byName[f.Name] = f
		}
	}
	return b, nil
}

func (b *bundle) has(name string) bool {
	_, old := b.byName[name]
	_, now := b.changed[name]
	return old || now
}

// read returns a part as it is now.
func (b *bundle) read(name string) ([]byte, error) {
	if data, ok := b.changed[name]; ok {
		return data, nil
	}
	f, ok := b.byName[name]
	if !ok {
		return nil, fmt.Errorf("%w: no part %s", errPart, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	limit := min(int64(maxPart), b.room)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%w: part %s is too large", errPart, name)
	}
	b.room -= int64(len(data))
	return data, nil
}

// write replaces or adds a part.
func (b *bundle) write(name string, data []byte) {
	if !b.has(name) {
		b.added = append(b.added, name)
	}
	b.changed[name] = data
}

// bytes packs the bundle: parts that were not touched are copied as they are
// packed, the others and the new ones get no time.
func (b *bundle) bytes() ([]byte, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	seen := map[string]bool{}
	put := func(name string) error {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = f.Write(b.changed[name])
		}
		return err
	}
	for _, f := range b.files {
		var err error
		if seen[f.Name] {
			continue
		}
		seen[f.Name] = true
		if _, ok := b.changed[f.Name]; ok {
			err = put(f.Name)
		} else {
			err = w.Copy(f)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range b.added {
		if err := put(name); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// relation is one entry of a part's relations.
type relation struct{ id, kind, target string }

// relsOf names the part with the relations of a part.
func relsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// relations reads the relations of a part; kind is the last word of their type,
// target a part's name. None are no error.
func (b *bundle) relations(part string) ([]relation, error) {
	name := relsOf(part)
	if part == "" {
		name = "_rels/.rels"
	}
	if !b.has(name) {
		return nil, nil
	}
	data, err := b.read(name)
	if err != nil {
		return nil, err
	}
	var out []relation
	err = walk(data, func(t *tag) error {
		if t.closing || t.name != "Relationship" {
			return nil
		}
		id, _ := t.get("Id")
		kind, _ := t.get("Type")
		target, _ := t.get("Target")
		if mode, _ := t.get("TargetMode"); mode == "External" {
			return nil
		}
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(path.Clean(target), "/")
		} else {
			target = path.Join(path.Dir(part), target)
		}
		out = append(out, relation{id, kind[strings.LastIndexByte(kind, '/')+1:], target})
		return nil
	}, nil)
	return out, err
}

// relate adds a relation to a part and returns its id.
func (b *bundle) relate(part, kind, target string) (string, error) {
	name := relsOf(part)
	data := []byte(xml.Header + `<Relationships xmlns="` + packageRels + `"></Relationships>`)
	if b.has(name) {
		var err error
		if data, err = b.read(name); err != nil {
			return "", err
		}
	}
	used := map[string]bool{}
	var open, end *tag
	err := walk(data, func(t *tag) error {
		if t.name == "Relationships" {
			if t.closing {
				end = t
			} else {
				open = t
			}
		}
		id, _ := t.get("Id")
		used[id] = true
		return nil
	}, nil)
	if err != nil {
		return "", err
	}
	if open == nil || end == nil {
		return "", fmt.Errorf("%w: %s", errPart, name)
	}
	id := ""
	for n := 1; id == "" || used[id]; n++ {
		id = fmt.Sprintf("rIdNote%d", n)
	}
	prefix := ""
	if open.prefix != "" {
		prefix = open.prefix + ":"
	}
	text := fmt.Sprintf(`<%sRelationship Id="%s" Type="%s/%s" Target="/%s"/>`, prefix, id, officeRels, kind, escape(target))
	data, err = apply(data, []edit{inside(data, open, end, text)})
	if err != nil {
		return "", err
	}
	b.write(name, data)
	return id, nil
}

// declare names the content type of a part, or of an extension that begins
// with a point.
func (b *bundle) declare(part, contentType string) error {
	const name = "[Content_Types].xml"
	data, err := b.read(name)
	if err != nil {
		return err
	}
	var open, end *tag
	known := false
	err = walk(data, func(t *tag) error {
		if t.name == "Types" {
			if t.closing {
				end = t
			} else {
				open = t
			}
		}
		ext, _ := t.get("Extension")
		over, _ := t.get("PartName")
		known = known || ext != "" && strings.EqualFold("."+ext, part) || over != "" && strings.EqualFold(over, "/"+part)
		return nil
	}, nil)
	if err != nil || known {
		return err
	}
	if open == nil || end == nil {
		return fmt.Errorf("%w: %s", errPart, name)
	}
	prefix := ""
	if open.prefix != "" {
		prefix = open.prefix + ":"
	}
	text := fmt.Sprintf(`<%sOverride PartName="/%s" ContentType="%s"/>`, prefix, escape(part), contentType)
	if ext, ok := strings.CutPrefix(part, "."); ok {
		text = fmt.Sprintf(`<%sDefault Extension="%s" ContentType="%s"/>`, prefix, escape(ext), contentType)
	}
	if data, err = apply(data, []edit{inside(data, open, end, text)}); err != nil {
		return err
	}
	b.write(name, data)
	return nil
}

// free returns a name for a new part, counted up from 1.
func (b *bundle) free(format string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf(format, n); !b.has(name) {
			return name
		}
	}
}
