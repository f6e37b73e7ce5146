package workspace

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yardstick"
	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
)

// maxDocument bounds a document that a draft is started from.
const maxDocument = 64 << 20

// fromFile starts from an uploaded document. A document that is a form of a
// project is taken as one, with the year that it states where it is a target
// form: it is a plan, not last year's result. Any other is read as text.
func (w *Workspace) fromFile(ctx context.Context, file Upload, top DraftBody) (started, error) {
	fail := func(msg string, err error) (started, error) {
		return started{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.StartDraft", Msg: msg, Err: err}
	}
	name := fileBase(file.Name)
	r, err := file.Open()
	if err != nil {
		return fail(name+" 打不开，文件可能已移走，或没有读取权限。", err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	if err != nil {
		return fail(name+" 没有读完。重新上传。", err)
	}
	if len(data) > maxDocument {
		return fail(name+" 超过 64 MB。只留下项目的部分再上传。", nil)
	}
	var text string
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".txt" || ext == ".md" {
		// Not as a table: commas of running text are no columns.
		var ok bool
		if text, ok = plainText(data); !ok {
			return fail(name+" 不是文字文件，只是扩展名相同。", nil)
		}
	} else {
		done, err := w.turn(ctx)
		if err != nil {
			return started{}, err
		}
		defer done()
		grids, err := grid.Read(ctx, name, data, grid.Options{})
		if err != nil {
			return started{}, err
		}
		read := forms.ReadFile(grids)
		if at := slices.IndexFunc(read.Forms, ofProject); at >= 0 {
			return w.fromFileForm(name, read.Forms, at, top)
		}
		text = gridText(grids)
	}
	out, err := w.fromText(text)
	if err != nil {
		return started{}, err
	}
	out.origin.Kind, out.origin.Ref = "file", name
	out.origin.Note = name + " 不是目标表，按文字读：" + out.origin.Note
	return out, nil
}

func ofProject(f yardstick.Form) bool {
	return f.Kind != yardstick.DepartmentTarget && f.Kind != yardstick.DepartmentSelfEvaluation && len(f.Lines) > 0
}

// fromFileForm starts from a form that an uploaded file holds: its first target
// form, else its first form of a project, which is at.
func (w *Workspace) fromFileForm(name string, list []yardstick.Form, at int, top DraftBody) (started, error) {
	if i := slices.IndexFunc(list, func(f yardstick.Form) bool { return ofProject(f) && f.Kind == yardstick.Target }); i >= 0 {
		at = i
	}
	f := &list[at]
	label(w.lib.Load().Library)(f)
	out, err := fromRead(f, top)
	if err != nil {
		return started{}, err
	}
	if f.Kind == yardstick.Target && out.origin.Kind == "form" {
		body, sub := bodyOf(f)
		out.body = body
		note := fmt.Sprintf("读出一张目标表：%d 个指标，年度、单位、预算和总体目标照表上", len(body.Lines))
		if sub > 0 {
			note += fmt.Sprintf("；%d 行“其中”没有接过来", sub)
		}
		out.origin.Note = note + "。"
	}
	if len(list) > 1 {
		out.origin.Note += fmt.Sprintf("文件里有 %d 张表，取了第 %d 张。", len(list), at+1)
	}
	out.origin.Kind, out.origin.Ref = "file", name
	return out, nil
}

// gridText is the text of a document: paragraphs, and rows of tables with tabs
// between their cells.
func gridText(grids []*grid.Grid) string {
	var b strings.Builder
	for _, g := range grids {
		for _, line := range g.Heading {
			b.WriteString(line + "\n")
		}
		row := -1
		for _, c := range g.Cells {
			if c.Text == "" {
				continue
			}
			switch {
			case row < 0:
			case c.Row != row:
				b.WriteByte('\n')
			default:
				b.WriteByte('\t')
			}
			row = c.Row
			// Lines of a lone cell are paragraphs; in a row of several they are one.
			text := strings.TrimSpace(c.Text)
			if c.ColSpan < g.Cols {
				text = strings.Join(strings.Fields(strings.ReplaceAll(text, "\t", " ")), " ")
			}
			b.WriteString(text)
		}
		b.WriteByte('\n')
		for _, line := range g.Tail {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// plainText decodes a text file: UTF-8, or else the national encoding, which
// every text of two-byte characters is.
func plainText(data []byte) (string, bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(data, 0) >= 0 {
		return "", false
	}
	if utf8.Valid(data) {
		return string(data), true
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return string(out), err == nil && bytes.Count(out, []byte("\uFFFD"))*50 < len(out)
}
