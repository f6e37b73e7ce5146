package official

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"yardstick"
	"yardstick/ingest/grid"
)

// opinionSheet is the sheet that holds what is said of a form as a whole.
const opinionSheet = "审核意见"

// fileKind is what a file is, by its content.
type fileKind uint8

const (
	otherFile fileKind = iota
	workbook
	wordDocument
)

// Annotate returns a copy of a file with comments at its cells. name is used in
// messages and for the copy's name; data is not changed.
//
// A workbook keeps everything as it is, byte for byte, but for the commented
// cells' notes and light fill; a comment on a cell that has one already is added
// to it, and comments without a cell stand on a sheet 审核意见. A Word document
// keeps everything but for the comments, which are anchored in the table's cells;
// those without a cell at its first paragraph. For other files (.xls, .html, .csv …) the
// copy is a new workbook with the same values and merged cells, and the sheet
// 审核意见 says so; so it is where a file's parts are not as the standard has
// them. In each case the copy reads back as the same tables as the original.
//
// A file that can't be read is an error of kind Invalid with a sentence for
// people.
//
// Where ctx ends while the file is read (.xls and .doc go through LibreOffice), the
// error is ctx's.
func Annotate(ctx context.Context, name string, data []byte, comments []Comment) (out []byte, outName string, err error) {
	grids, err := grid.Read(ctx, name, data, grid.Options{})
	if ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	if err != nil {
		return nil, "", unread(name, err)
	}
	kind := kindOf(data)
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	switch kind {
	case workbook:
		out, err = annotateWorkbook(data, grids, comments, nil)
		outName = base + "_批注" + bookExtension(name)
	case wordDocument:
		out, err = annotateDocument(data, grids, comments)
		outName = base + "_批注.docx"
	}
	if kind != otherFile && err == nil && reads(ctx, outName, out, grids) {
		return out, outName, nil
	}
	out, err = rebuilt(ctx, name, kind, grids, comments)
	if err != nil {
		return nil, "", &yardstick.Error{Kind: yardstick.Internal, Op: "official.Annotate", Err: fmt.Errorf("annotate %s: %w", name, err)}
	}
	if kind == otherFile { // f01.csv and f01.html in one folder are two copies
		if ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."); ext != "" {
			base += "_" + ext
		}
	}
	return out, base + "_批注.xlsx", nil
}

// unread is the error for a file that can't be read.
func unread(name string, err error) error {
	var e *yardstick.Error
	if errors.As(err, &e) {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "official.Annotate", Msg: e.Msg, Err: err}
	}
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "official.Annotate",
		Msg: filepath.Base(name) + " 读不出表格，没有做批注版。请在表格软件里另存为 .xlsx 后再试。", Err: err}
}

// bookExtension keeps the extension of a workbook with macros or of a template.
func bookExtension(name string) string {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".xlsm", ".xltx", ".xltm":
		return ext
	}
	return ".xlsx"
}

// kindOf tells by its content what a file is.
func kindOf(data []byte) fileKind {
	b, err := openBundle(data)
	if err != nil {
		return otherFile
	}
	main, err := b.main()
	if err != nil {
		return otherFile
	}
	switch {
	case b.isBook(main):
		return workbook
	case b.isDocument(main):
		return wordDocument
	}
	return otherFile
}

// main names the part that a package is about.
func (b *bundle) main() (string, error) {
	rels, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" && b.has(r.target) {
			return r.target, nil
		}
	}
	return "", fmt.Errorf("%w: no main part", errPart)
}

func (b *bundle) isBook(main string) bool     { return b.root(main) == "workbook" }
func (b *bundle) isDocument(main string) bool { return b.root(main) == "document" }

// errStop ends a walk early.
var errStop = errors.New("stop")

// root returns the name of a part's outermost element.
func (b *bundle) root(part string) string {
	data, err := b.read(part)
	if err != nil {
		return ""
	}
	name := ""
	_ = walk(data, func(t *tag) error { name = t.name; return errStop }, nil)
	return name
}

// reads reports whether a written copy reads as the given tables.
func reads(ctx context.Context, name string, data []byte, want []*grid.Grid) bool {
	got, err := grid.Read(ctx, name, data, grid.Options{})
	if err != nil || len(got) < len(want) {
		return false
	}
	for i, w := range want {
		g := got[i]
		if g.Sheet != w.Sheet || g.Rows != w.Rows || g.Cols != w.Cols || !slices.Equal(g.Cells, w.Cells) || !slices.Equal(g.Heading, w.Heading) {
			return false
		}
	}
	for _, g := range got[len(want):] {
		if !strings.HasPrefix(g.Sheet, opinionSheet) {
			return false
		}
	}
	return true
}

// rebuilt makes a new workbook of a file's tables and annotates that.
func rebuilt(ctx context.Context, name string, kind fileKind, grids []*grid.Grid, comments []Comment) ([]byte, error) {
	data, renamed, err := rebuild(grids)
	if err != nil {
		return nil, err
	}
	moved := slices.Clone(comments)
	votes := tally(grids, comments)
	for i, c := range moved {
		if t, _, _, ok := locate(grids, c, votes); ok {
			moved[i].Sheet = renamed[t]
		} else if c.Cell != "" {
			moved[i].Cell, moved[i].Text = "", place(c)+c.Text
		}
	}
	// A document of prose has no cell: everything then stands on the sheet 审核意见.
	again, err := grid.Read(ctx, "copy.xlsx", data, grid.Options{})
	if err != nil && grid.CodeOf(err) != yardstick.FileEmpty {
		return nil, err
	}
	why := "原文件“" + line(cleaned(filepath.Base(name))) + "”不是 .xlsx 或 .docx，批注写在按其内容新做的工作簿里；格式与原文件不同，单元格位置相同。"
	if kind != otherFile {
		why = "原文件“" + line(cleaned(filepath.Base(name))) + "”的内部结构与标准不符，批注写在按其内容新做的工作簿里；格式与原文件不同，单元格位置相同。"
	}
	return annotateWorkbook(data, again, moved, []string{why})
}
