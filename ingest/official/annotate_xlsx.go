package official

import (
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"

	"yardstick/ingest/grid"
)

const (
	sheetNS      = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	typeSheet    = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	typeComments = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	typeVML      = "application/vnd.openxmlformats-officedocument.vmlDrawing"
)

// bookEdit is a workbook while it is annotated.
type bookEdit struct {
	*bundle
	main   string
	sheets map[string]string // part of each sheet by its name
	paint  *painter
}

// annotateWorkbook adds comments to a workbook. remarks stand on the sheet
// 审核意见 before the comments without a cell; with neither there is no such sheet.
func annotateWorkbook(data []byte, grids []*grid.Grid, comments []Comment, remarks []string) ([]byte, error) {
	b, err := openBundle(data)
	if err != nil {
		return nil, err
	}
	e := &bookEdit{bundle: b}
	if e.main, err = b.main(); err != nil {
		return nil, err
	}
	if err := e.readSheets(); err != nil {
		return nil, err
	}
	if e.paint, err = e.newPainter(); err != nil {
		return nil, err
	}
	at, whole := pins(grids, comments)
	for i := 0; i < len(at); {
		j := i
		for j < len(at) && at[j].table == at[i].table {
			j++
		}
		part, ok := e.sheets[grids[at[i].table].Sheet]
		if !ok {
			return nil, fmt.Errorf("%w: sheet %q", errPart, grids[at[i].table].Sheet)
		}
		if err := e.annotateSheet(part, at[i:j]); err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
		i = j
	}
	if len(whole) > 0 || len(remarks) > 0 {
		if err := e.addOpinion(remarks, whole); err != nil {
			return nil, err
		}
	}
	if err := e.paint.save(e.bundle); err != nil {
		return nil, err
	}
	return e.bytes()
}

// readSheets finds the part of each sheet.
func (e *bookEdit) readSheets() error {
	rels, err := e.relations(e.main)
	if err != nil {
		return err
	}
	parts := map[string]string{}
	for _, r := range rels {
		if r.kind == "worksheet" {
			parts[r.id] = r.target
		}
	}
	data, err := e.read(e.main)
	if err != nil {
		return err
	}
	e.sheets = map[string]string{}
	return walk(data, func(t *tag) error {
		if t.closing || t.name != "sheet" {
			return nil
		}
		name, _ := t.get("name")
		id, _ := t.get("id")
		if _, twice := e.sheets[name]; !twice && parts[id] != "" {
			e.sheets[name] = parts[id]
		}
		return nil
	}, nil)
}

// behindDrawing are the elements that may follow legacyDrawing in a worksheet.
var behindDrawing = map[string]bool{"legacyDrawingHF": true, "drawingHF": true, "picture": true, "oleObjects": true, "controls": true,
	"webPublishItems": true, "tableParts": true, "extLst": true}

// annotateSheet adds the comments of one sheet.
func (e *bookEdit) annotateSheet(part string, at []*pin) error {
	data, err := e.read(part)
	if err != nil {
		return err
	}
	byCell := map[[2]int]*pin{}
	for _, p := range at {
		byCell[[2]int{p.row, p.col}] = p
	}
	var edits []edit
	var root, end, legacy, behind *tag
	row, col := -1, -1
	err = walk(data, func(t *tag) error {
		switch {
		case t.name == "worksheet" && t.depth == 0 && !t.closing:
			root = t
		case t.name == "worksheet" && t.depth == 0:
			end = t
		case t.closing:
		case t.name == "row":
			col = -1
			row++
			if n, ok := t.get("r"); ok {
				if x, err := strconv.Atoi(n); err == nil && x > 0 {
					row = x - 1
				}
			}
		case t.name == "c":
			col++
			if ref, ok := t.get("r"); ok {
				if r, c, ok := grid.ParseAddress(ref); ok {
					row, col = r, c
				}
			}
			if p := byCell[[2]int{row, col}]; p != nil {
				style, _ := t.get("s")
				if id, ok := e.paint.filled(style, p.must()); ok {
					edits = append(edits, edit{t.start, t.end, setAttr(string(data[t.start:t.end]), "s", strconv.Itoa(id))})
				}
				delete(byCell, [2]int{row, col})
			}
		case t.name == "legacyDrawing" && t.depth == 1:
			legacy = t
		case behindDrawing[t.name] && t.depth == 1 && behind == nil:
			behind = t
		}
		return nil
	}, nil)
	if err != nil {
		return err
	}
	if root == nil || end == nil {
		return errPart
	}
	drawing, err := e.notes(part, legacy, at)
	if err != nil {
		return err
	}
	if drawing != "" {
		name := "legacyDrawing"
		if root.prefix != "" {
			name = root.prefix + ":" + name
		}
		text := fmt.Sprintf(`<%s xmlns:r="%s" r:id="%s"/>`, name, officeRels, drawing)
		if behind != nil {
			edits = append(edits, edit{behind.start, behind.start, text})
		} else {
			edits = append(edits, inside(data, root, end, text))
		}
	}
	if data, err = apply(data, edits); err != nil {
		return err
	}
	e.write(part, data)
	return nil
}

// notes writes a sheet's comments and their boxes. It returns the id of the
// relation to a new drawing, or "" if the sheet had one.
func (e *bookEdit) notes(part string, legacy *tag, at []*pin) (drawing string, err error) {
	rels, err := e.relations(part)
	if err != nil {
		return "", err
	}
	comments, vml := "", ""
	for _, r := range rels {
		if r.kind == "comments" && e.has(r.target) {
			comments = r.target
		}
		if legacy != nil && r.kind == "vmlDrawing" && e.has(r.target) {
			if id, _ := legacy.get("id"); id == r.id {
				vml = r.target
			}
		}
	}
	if comments == "" {
		comments = e.free("xl/commentsNote%d.xml")
		if _, err = e.relate(part, "comments", comments); err != nil {
			return "", err
		}
		if err = e.declare(comments, typeComments); err != nil {
			return "", err
		}
		e.write(comments, []byte(xml.Header+`<comments xmlns="`+sheetNS+`"><authors></authors><commentList></commentList></comments>`))
	}
	fresh, err := e.addComments(comments, at)
	if err != nil {
		return "", fmt.Errorf("%s: %w", comments, err)
	}
	if vml == "" {
		if legacy != nil {
			return "", fmt.Errorf("%w: a drawing that is not there", errPart)
		}
		vml = e.free("xl/drawings/vmlDrawingNote%d.vml")
		if drawing, err = e.relate(part, "vmlDrawing", vml); err != nil {
			return "", err
		}
		if err = e.declare(".vml", typeVML); err != nil {
			return "", err
		}
		e.write(vml, []byte(emptyVML))
	}
	if err := e.addBoxes(vml, fresh); err != nil {
		return "", fmt.Errorf("%s: %w", vml, err)
	}
	return drawing, nil
}

// addOpinion adds the sheet with what is said of the form as a whole.
func (e *bookEdit) addOpinion(remarks []string, whole []Comment) error {
	data, err := e.read(e.main)
	if err != nil {
		return err
	}
	var open, end *tag
	last, prefix := 0, ""
	err = walk(data, func(t *tag) error {
		switch {
		case t.name == "sheets" && t.closing:
			end = t
		case t.name == "sheets":
			open = t
			if t.prefix != "" {
				prefix = t.prefix + ":"
			}
		case t.name == "sheet" && !t.closing:
			id, _ := t.get("sheetId")
			n, _ := strconv.Atoi(id)
			last = max(last, n)
		}
		return nil
	}, nil)
	if err != nil {
		return err
	}
	if open == nil || end == nil {
		return fmt.Errorf("%w: %s", errPart, e.main)
	}
	name := opinionSheet
	for n := 2; e.sheets[name] != ""; n++ {
		name = fmt.Sprintf("%s%d", opinionSheet, n)
	}
	part := e.free(path.Join(path.Dir(e.main), "worksheets/sheetNote%d.xml"))
	id, err := e.relate(e.main, "worksheet", part)
	if err != nil {
		return err
	}
	if err := e.declare(part, typeSheet); err != nil {
		return err
	}
	text := fmt.Sprintf(`<%ssheet xmlns:r="%s" name="%s" sheetId="%d" r:id="%s"/>`, prefix, officeRels, name, last+1, id)
	if data, err = apply(data, []edit{inside(data, open, end, text)}); err != nil {
		return err
	}
	e.write(e.main, data)
	e.write(part, []byte(e.opinion(remarks, whole)))
	return nil
}

// opinion is the sheet's XML: a title and one line for each text.
func (e *bookEdit) opinion(remarks []string, whole []Comment) string {
	plain, bold := e.paint.wrapped(false), e.paint.wrapped(true)
	var b strings.Builder
	b.WriteString(xml.Header + `<worksheet xmlns="` + sheetNS + `"><cols><col min="1" max="1" width="88" customWidth="1"/></cols><sheetData>`)
	row := 0
	add := func(text string, style int) {
		row++
		fmt.Fprintf(&b, `<row r="%d" ht="%d" customHeight="1"><c r="A%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c></row>`,
			row, min(400, 16*wrapped(text, 88)+6), row, style, escape(text))
	}
	add(opinionSheet+"（"+Author+"）", bold)
	for _, r := range remarks {
		add(r, plain)
	}
	for _, n := range paragraphs(whole) {
		add(n.Head, bold)
		if n.Text != "" {
			add(n.Text, plain)
		}
	}
	b.WriteString(`</sheetData><pageMargins left="0.6" right="0.6" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="portrait"/></worksheet>`)
	return b.String()
}
