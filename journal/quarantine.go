package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yardstick"
)

// recordAt decodes the record of a revision out of a file's bytes.
func recordAt(data []byte, v revision) (record, error) {
	var r record
	if v.off < 0 || v.off+int64(v.size) > int64(len(data)) {
		return r, fmt.Errorf("journal: revision %d lies beyond the file", v.rev)
	}
	body, _, end := next(data[v.off : v.off+int64(v.size)])
	if end != whole {
		return r, fmt.Errorf("journal: revision %d does not check", v.rev)
	}
	return r, json.Unmarshal(body, &r)
}

// cut removes a torn tail from the file, which is size bytes long.
func (j *Journal) cut(d *document, size int64) error {
	f, err := os.OpenFile(j.file(d.id), os.O_WRONLY, 0)
	if err != nil {
		return fault(err)
	}
	err = f.Truncate(d.size)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return fault(err)
	}
	j.mu.Lock()
	j.repairs = append(j.repairs, Repair{ID: d.id, Bytes: size - d.size, Message: fmt.Sprintf(
		"%s %s 的最后一次保存没有写完（上次中断），已去掉没写完的 %d 字节；之前保存的都在。", j.opt.Noun, d.id, size-d.size)})
	j.mu.Unlock()
	return nil
}

// condemn moves a damaged file into quarantine and returns the refusal.
func (j *Journal) condemn(id string, cause error) error {
	if err := os.MkdirAll(j.opt.Quarantine, 0o755); err != nil {
		return fault(err)
	}
	name := filepath.Join(j.opt.Quarantine, id+suffix)
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			break
		}
		name = filepath.Join(j.opt.Quarantine, fmt.Sprintf("%s.%d%s", id, n, suffix))
	}
	if err := os.Rename(j.file(id), name); err != nil {
		return fault(err)
	}
	if err := errors.Join(SyncDir(j.opt.Quarantine), SyncDir(j.dir)); err != nil {
		return err
	}
	refusal := j.refused(id, name)
	refusal.Err = cause
	return refusal
}

func (j *Journal) refused(id, name string) *yardstick.Error {
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "journal.load", Msg: fmt.Sprintf(
		"%s %s 的文件已损坏，没有打开；原文件在 quarantine 文件夹里（%s）。恢复它可以找回没有损坏的部分，或从备份取回。",
		j.opt.Noun, id, filepath.Base(name))}
}

func (j *Journal) newer(id string, err error) error {
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "journal.load", Err: err,
		Msg: j.opt.Noun + " " + id + " 是较新版本的绩尺保存的，这个版本读不了。升级后再打开。"}
}

// quarantined returns the latest damaged file of a document, "" if there is
// none.
func (j *Journal) quarantined(id string) string {
	name := filepath.Join(j.opt.Quarantine, id+suffix)
	if _, err := os.Lstat(name); err != nil {
		return ""
	}
	for n := 2; ; n++ {
		later := filepath.Join(j.opt.Quarantine, fmt.Sprintf("%s.%d%s", id, n, suffix))
		if _, err := os.Lstat(later); err != nil {
			return name
		}
		name = later
	}
}

// Damaged lists the documents in quarantine that have not been salvaged.
func (j *Journal) Damaged() ([]Damage, error) {
	names, err := os.ReadDir(j.opt.Quarantine)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("journal: %w", err)
	}
	var out []Damage
	for _, n := range names {
		id, _, _ := strings.Cut(n.Name(), ".")
		if !strings.HasSuffix(n.Name(), suffix) || !ValidID(id) || slices.ContainsFunc(out, func(d Damage) bool { return d.ID == id }) {
			continue
		}
		if _, err := os.Lstat(j.file(id)); err == nil {
			continue
		}
		file := j.quarantined(id)
		out = append(out, Damage{ID: id, File: file, Message: j.refused(id, file).Msg})
	}
	return out, nil
}

// Salvage makes a document again of the records in its damaged file that
// check, and returns it; the damaged file stays. The error is of kind Invalid if
// not one revision is left, and NotFound if nothing of the document is in
// quarantine. A document that is not damaged is returned as it is.
func (j *Journal) Salvage(id string) (Doc, error) {
	if !ValidID(id) {
		return Doc{}, j.missing(id)
	}
	j.mu.Lock()
	err := j.salvage(id)
	j.mu.Unlock()
	if err != nil {
		return Doc{}, err
	}
	return j.Get(id)
}

// sound takes a record that checks off data, whatever byte stands in place of its
// line feed; body is nil if there is none, and rest begins behind the next line
// feed.
func sound(data []byte) (body, rest []byte) {
	if body, _, end := next(append(bytes.Clone(data[:min(len(data), recordLen(data))]), '\n')); end == whole {
		return body, data[min(len(data), prefixLen+len(body)+1):]
	}
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return nil, data[i+1:]
	}
	return nil, nil
}

// salvage does the work of Salvage. j.mu is held.
func (j *Journal) salvage(id string) error {
	if _, err := os.Lstat(j.file(id)); err == nil {
		return nil
	}
	name := j.quarantined(id)
	if name == "" {
		return j.missing(id)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	var saves []record
	create := record{Op: opCreate, ID: id}
	head := 0
	for rest := data; len(rest) > 0; {
		body, after := sound(rest)
		rest = after
		var r record
		if body == nil || json.Unmarshal(body, &r) != nil {
			continue
		}
		switch {
		case r.Op == opCreate && r.ID == id:
			create.At, create.Meta, create.Next = r.At, r.Meta, r.Next
		case r.Op == opMove:
			head = r.Rev
		}
		if (r.Op == opSave || r.Op == opCreate) && r.Body != nil {
			r.Op, r.ID, r.Meta, r.Next = opSave, "", nil, 0
			saves, head = append(saves, r), r.Rev
		}
	}
	if len(saves) == 0 {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "journal.Salvage", Msg: fmt.Sprintf(
			"%s %s 的文件里没有一个完整的版本，恢复不了。从备份取回 %s。", j.opt.Noun, id, filepath.Base(name))}
	}
	if create.At.IsZero() {
		create.At = saves[0].At
	}
	create.Next = max(create.Next, saves[len(saves)-1].Rev+1)
	all := append([]record{create}, saves...)
	if slices.ContainsFunc(saves, func(r record) bool { return r.Rev == head }) && head != saves[len(saves)-1].Rev {
		all = append(all, record{Op: opMove, Rev: head, At: saves[len(saves)-1].At})
	}
	var out []byte
	for _, r := range all {
		line, err := encode(r)
		if err != nil {
			return err
		}
		out = append(out, line...)
	}
	return j.replace(j.file(id), out)
}
