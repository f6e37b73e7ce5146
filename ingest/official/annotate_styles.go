package official

import (
	"fmt"
	"strconv"
	"strings"
)

// painter adds styles to a workbook: copies of cells' styles with a light fill.
type painter struct {
	part      string
	data      []byte
	xfs       []string // the cells' styles as written
	xfsOpen   *tag
	xfsEnd    *tag
	fillsOpen *tag
	fillsEnd  *tag
	fontsOpen *tag
	fontsEnd  *tag
	fills     int // styles of fills that there are
	fonts     int
	prefix    string
	added     []string // new styles of cells
	byStyle   map[string]int
	boldFont  bool
}

// Fills of commented cells: light red for what must be changed, light yellow
// for what should be looked at.
var fillColours = [2]string{"FFFFF2CC", "FFFADBD8"}

// newPainter reads a workbook's styles. A workbook without any is not painted.
func (e *bookEdit) newPainter() (*painter, error) {
	p := &painter{byStyle: map[string]int{}}
	rels, err := e.relations(e.main)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if r.kind == "styles" && e.has(r.target) {
			p.part = r.target
		}
	}
	if p.part == "" {
		return p, nil
	}
	if p.data, err = e.read(p.part); err != nil {
		return nil, err
	}
	var xf *tag
	within := ""
	err = walk(p.data, func(t *tag) error {
		if t.depth == 1 {
			switch t.name {
			case "cellXfs":
				pair(t, &p.xfsOpen, &p.xfsEnd)
			case "fills":
				pair(t, &p.fillsOpen, &p.fillsEnd)
			case "fonts":
				pair(t, &p.fontsOpen, &p.fontsEnd)
			}
			if within = t.name; t.closing {
				within = ""
			}
		}
		if t.depth != 2 {
			return nil
		}
		switch {
		case within == "cellXfs" && t.name == "xf" && !t.closing:
			xf = t
			if t.empty(p.data) {
				p.xfs = append(p.xfs, string(p.data[t.start:t.end]))
			}
		case within == "cellXfs" && t.name == "xf" && xf != nil && !xf.empty(p.data):
			p.xfs = append(p.xfs, string(p.data[xf.start:t.end]))
		case within == "fills" && t.name == "fill" && !t.closing:
			p.fills++
		case within == "fonts" && t.name == "font" && !t.closing:
			p.fonts++
		}
		return nil
	}, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.part, err)
	}
	if p.xfsEnd == nil || p.fillsEnd == nil || p.fontsEnd == nil || len(p.xfs) == 0 {
		p.part = "" // not as the standard has it: leave the styles alone
		return p, nil
	}
	if p.xfsOpen.prefix != "" {
		p.prefix = p.xfsOpen.prefix + ":"
	}
	return p, nil
}

// pair keeps the start and the end tag of an element.
func pair(t *tag, open, end **tag) {
	if t.closing {
		*end = t
	} else {
		*open = t
	}
}

// filled returns the number of the style that shows a cell of the given style
// with a fill; ok is false if it can't be had.
func (p *painter) filled(style string, must bool) (id int, ok bool) {
	if p.part == "" {
		return 0, false
	}
	old, _ := strconv.Atoi(style)
	if old < 0 || old >= len(p.xfs) {
		old = 0
	}
	which := 0
	if must {
		which = 1
	}
	key := fmt.Sprint("fill ", which, " ", old)
	if id, ok := p.byStyle[key]; ok {
		return id, true
	}
	xf := p.xfs[old]
	n := strings.IndexByte(xf, '>')
	head := setAttr(setAttr(xf[:n+1], "applyFill", "1"), "fillId", strconv.Itoa(p.fills+which))
	return p.add(key, head+xf[n+1:]), true
}

// wrapped returns the style of the lines of the sheet 审核意见.
func (p *painter) wrapped(bold bool) int {
	if p.part == "" {
		return 0
	}
	key, font := "wrap", "0"
	if bold {
		p.boldFont = true
		key, font = "wrap bold", strconv.Itoa(p.fonts)
	}
	if id, ok := p.byStyle[key]; ok {
		return id
	}
	return p.add(key, fmt.Sprintf(`<%[1]sxf numFmtId="0" fontId="%[2]s" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><%[1]salignment vertical="top" wrapText="1"/></%[1]sxf>`, p.prefix, font))
}

func (p *painter) add(key, xf string) int {
	id := len(p.xfs) + len(p.added)
	p.added = append(p.added, xf)
	p.byStyle[key] = id
	return id
}

// save writes the styles back if any were added.
func (p *painter) save(b *bundle) error {
	if len(p.added) == 0 {
		return nil
	}
	x := p.prefix
	var fills strings.Builder
	for _, c := range fillColours {
		fmt.Fprintf(&fills, `<%[1]sfill><%[1]spatternFill patternType="solid"><%[1]sfgColor rgb="%[2]s"/><%[1]sbgColor indexed="64"/></%[1]spatternFill></%[1]sfill>`, x, c)
	}
	edits := []edit{inside(p.data, p.xfsOpen, p.xfsEnd, strings.Join(p.added, "")), inside(p.data, p.fillsOpen, p.fillsEnd, fills.String())}
	edits = append(edits, p.count(p.xfsOpen, len(p.xfs)+len(p.added))...)
	edits = append(edits, p.count(p.fillsOpen, p.fills+len(fillColours))...)
	if p.boldFont {
		edits = append(edits, inside(p.data, p.fontsOpen, p.fontsEnd, fmt.Sprintf(`<%[1]sfont><%[1]sb/><%[1]ssz val="11"/></%[1]sfont>`, x)))
		edits = append(edits, p.count(p.fontsOpen, p.fonts+1)...)
	}
	data, err := apply(p.data, edits)
	if err != nil {
		return err
	}
	b.write(p.part, data)
	return nil
}

// count corrects the number of children that an element states.
func (p *painter) count(open *tag, n int) []edit {
	if _, ok := open.get("count"); !ok || open.empty(p.data) {
		return nil
	}
	return []edit{{open.start, open.end, setAttr(string(p.data[open.start:open.end]), "count", strconv.Itoa(n))}}
}
