package official

import (
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode"

	"yardstick/ingest/grid"
)

const typeWordComments = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

// annotateDocument adds comments to a Word document.
func annotateDocument(data []byte, grids []*grid.Grid, comments []Comment) ([]byte, error) {
	b, err := openBundle(data)
	if err != nil {
		return nil, err
	}
	main, err := b.main()
	if err != nil {
		return nil, err
	}
	body, err := b.read(main)
	if err != nil {
		return nil, err
	}
	w := &wordWalk{data: body}
	if err := walk(body, w.visit, w.text); err != nil {
		return nil, fmt.Errorf("%s: %w", main, err)
	}
	tables := w.filled()
	at, whole := pins(grids, comments)
	if n := withCells(grids); n != len(tables) {
		return nil, fmt.Errorf("%w: %d tables found, %d read", errPart, len(tables), n)
	}
	part, first, err := b.commentsPart(main)
	if err != nil {
		return nil, err
	}
	x := prefixOf(w.root)
	var edits []edit
	var list strings.Builder
	add := func(p *span, notes []note) {
		id := first
		first++
		edits = append(edits, p.anchor(body, x, id)...)
		writeWordComment(&list, id, notes)
	}
	if len(whole) > 0 {
		if w.first == nil {
			return nil, fmt.Errorf("%w: no paragraph", errPart)
		}
		add(w.first, paragraphs(whole))
	}
	for _, p := range at {
		cell := tables[p.table].cells[[2]int{p.row, p.col}]
		if cell == nil {
			return nil, fmt.Errorf("%w: no cell %s", errPart, p.address())
		}
		add(cell, p.paragraphs())
	}
	if body, err = apply(body, edits); err != nil {
		return nil, err
	}
	b.write(main, body)
	if err := b.appendWordComments(part, list.String()); err != nil {
		return nil, err
	}
	return b.bytes()
}

// withCells counts the grids that are tables: prose has no cells.
func withCells(grids []*grid.Grid) int {
	n := 0
	for _, g := range grids {
		if len(g.Cells) > 0 {
			n++
		}
	}
	return n
}

// span is a paragraph, by its tags.
type span struct {
	open, end  *tag
	properties *tag // end of its properties, nil if it has none
}

// anchor returns the edits that mark the paragraph as commented.
func (p *span) anchor(data []byte, x string, id int) []edit {
	start := fmt.Sprintf(`<%scommentRangeStart %sid="%d"/>`, x, x, id)
	stop := fmt.Sprintf(`<%[1]scommentRangeEnd %[1]sid="%[2]d"/><%[1]sr><%[1]scommentReference %[1]sid="%[2]d"/></%[1]sr>`, x, id)
	if p.open.empty(data) {
		return []edit{inside(data, p.open, p.end, start+stop)}
	}
	at := p.open.end
	if p.properties != nil {
		at = p.properties.end
	}
	return []edit{{at, at, start}, {p.end.start, p.end.start, stop}}
}

// wordTable is a table of a document while its cells are found, numbered as the
// reader of tables numbers them (ingest/grid).
type wordTable struct {
	cells    map[[2]int]*span // first paragraph of each cell
	row, col int
	filled   bool // any text in it
	depth    int
	cell     int   // depth of the cell that is open, −1 if none
	at       *span // its first paragraph
	width    int
}

// wordWalk follows the tags of a document.
type wordWalk struct {
	data   []byte
	root   *tag
	first  *span // first paragraph of the document
	tables []*wordTable
	open   []*wordTable
	paras  []*span
	skip   int // depth of an element that is passed over, −1 if none
	name   []string
	begun  bool
}

// passed are elements that the reader of tables passes over.
var passed = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true, "delInstrText": true, "sectPr": true, "rPr": true,
	"tblPr": true, "tblGrid": true, "tblPrEx": true, "sdtPr": true, "rt": true, "tcPrChange": true}

func (w *wordWalk) visit(t *tag) error {
	if !w.begun {
		w.begun, w.skip, w.root = true, -1, t
	}
	if w.skip >= 0 {
		if t.closing && t.depth == w.skip {
			w.skip = -1
		}
		return nil
	}
	if t.closing {
		w.close(t)
		return nil
	}
	if t.name == "del" && w.within("trPr") {
		return fmt.Errorf("%w: a deleted row", errPart)
	}
	if passed[t.name] {
		w.skip = t.depth
		return nil
	}
	w.name = append(w.name[:min(t.depth, len(w.name))], t.name)
	w.start(t)
	return nil
}

// within reports whether the innermost open element has the name.
func (w *wordWalk) within(name string) bool {
	return len(w.name) > 0 && w.name[len(w.name)-1] == name
}

func (w *wordWalk) table() *wordTable {
	if len(w.open) == 0 {
		return nil
	}
	return w.open[len(w.open)-1]
}

func (w *wordWalk) start(t *tag) {
	x := w.table()
	switch t.name {
	case "tbl":
		n := &wordTable{cells: map[[2]int]*span{}, row: -1, depth: t.depth, cell: -1}
		w.tables, w.open = append(w.tables, n), append(w.open, n)
	case "p":
		s := &span{open: t}
		w.paras = append(w.paras, s)
		if w.first == nil {
			w.first = s
		}
		if x != nil && x.cell >= 0 && x.at == nil && t.depth > x.cell {
			x.at = s
		}
	case "sym", "noBreakHyphen":
		w.fill()
	}
	if x == nil {
		return
	}
	switch t.name {
	case "tr":
		x.row, x.col = x.row+1, 0
	case "gridBefore":
		if n, ok := number2(t); ok {
			x.col = n
		}
	case "tc":
		x.cell, x.at, x.width = t.depth, nil, 1
	case "gridSpan":
		if n, ok := number2(t); ok && x.cell >= 0 {
			x.width = max(1, n)
		}
	}
}

// number2 reads a tag's value as a number of columns.
func number2(t *tag) (int, bool) {
	s, _ := t.get("val")
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= 1<<14
}

func (w *wordWalk) close(t *tag) {
	if n := len(w.name); n > t.depth {
		w.name = w.name[:t.depth]
	}
	x := w.table()
	switch t.name {
	case "pPr":
		if n := len(w.paras); n > 0 && w.paras[n-1].open.depth == t.depth-1 {
			w.paras[n-1].properties = t
		}
	case "p":
		if n := len(w.paras); n > 0 {
			w.paras[n-1].end = t
			w.paras = w.paras[:n-1]
		}
	case "tc":
		if x != nil && x.cell == t.depth {
			if x.at != nil {
				x.cells[[2]int{max(x.row, 0), x.col}] = x.at
			}
			x.col += x.width
			x.cell, x.at = -1, nil
		}
	case "tbl":
		if x != nil && x.depth == t.depth {
			w.open = w.open[:len(w.open)-1]
		}
	}
}

// text notes that the open tables hold text.
func (w *wordWalk) text(s []byte) {
	if w.skip >= 0 || !w.within("t") {
		return
	}
	if strings.IndexFunc(string(s), func(r rune) bool { return !unicode.IsSpace(r) }) >= 0 {
		w.fill()
	}
}

func (w *wordWalk) fill() {
	for _, x := range w.open {
		x.filled = true
	}
}

// filled returns the tables with text, which are those that are read.
func (w *wordWalk) filled() []*wordTable {
	var out []*wordTable
	for _, x := range w.tables {
		if x.filled {
			out = append(out, x)
		}
	}
	return out
}

// commentsPart finds or makes the part with a document's comments, and returns
// the first number that is free for a new one.
func (b *bundle) commentsPart(main string) (part string, first int, err error) {
	rels, err := b.relations(main)
	if err != nil {
		return "", 0, err
	}
	for _, r := range rels {
		if r.kind == "comments" && b.has(r.target) {
			part = r.target
		}
	}
	if part == "" {
		part = b.free(path.Join(path.Dir(main), "commentsNote%d.xml"))
		if _, err := b.relate(main, "comments", part); err != nil {
			return "", 0, err
		}
		if err := b.declare(part, typeWordComments); err != nil {
			return "", 0, err
		}
		b.write(part, []byte(xml.Header+`<w:comments xmlns:w="`+wordNS+`"></w:comments>`))
		return part, 0, nil
	}
	data, err := b.read(part)
	if err != nil {
		return "", 0, err
	}
	err = walk(data, func(t *tag) error {
		if id, ok := t.get("id"); ok && t.name == "comment" {
			if n, err := strconv.Atoi(id); err == nil && n < 1<<30 {
				first = max(first, n+1)
			}
		}
		return nil
	}, nil)
	return part, first, err
}

// appendWordComments adds comments, written with the prefix w, to their part.
func (b *bundle) appendWordComments(part, list string) error {
	data, err := b.read(part)
	if err != nil {
		return err
	}
	var open, end *tag
	err = walk(data, func(t *tag) error {
		if t.name == "comments" && t.depth == 0 {
			pair(t, &open, &end)
		}
		return nil
	}, nil)
	if err != nil {
		return err
	}
	if open == nil || end == nil {
		return fmt.Errorf("%w: %s", errPart, part)
	}
	if data, err = apply(data, []edit{inside(data, open, end, list)}); err != nil {
		return err
	}
	b.write(part, data)
	return nil
}

// writeWordComment writes one comment of several findings.
func writeWordComment(b *strings.Builder, id int, list []note) {
	fmt.Fprintf(b, `<w:comment xmlns:w="%s" w:id="%d" w:author="%s" w:initials="绩">`, wordNS, id, Author)
	for _, n := range list {
		paragraph(b, n.Head, "left", fontTitle, 0, true)
		for l := range strings.SplitSeq(n.Text, "\n") {
			if l != "" {
				paragraph(b, l, "left", fontTitle, 0, false)
			}
		}
	}
	b.WriteString(`</w:comment>`)
}
