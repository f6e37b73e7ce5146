package official

import (
	"fmt"
	"strconv"
	"strings"

	"yardstick/ingest/grid"
)

// addComments adds the pins' comments to a comments part: to the comment that
// the cell has already, or as a new one. It returns the pins that are new.
func (e *bookEdit) addComments(part string, at []*pin) (fresh []*pin, err error) {
	data, err := e.read(part)
	if err != nil {
		return nil, err
	}
	byCell := map[string]*pin{}
	for _, p := range at {
		byCell[p.address()] = p
	}
	var root, authors, authorsEnd, list, listEnd *tag
	var edits []edit
	old := map[string]bool{} // cells that have a comment
	count, current := 0, (*pin)(nil)
	placed := false
	err = walk(data, func(t *tag) error {
		switch t.name {
		case "comments":
			if !t.closing {
				root = t
			}
		case "authors":
			pair(t, &authors, &authorsEnd)
		case "author":
			if !t.closing {
				count++
			}
		case "commentList":
			pair(t, &list, &listEnd)
		case "comment":
			if t.closing {
				current = nil
				return nil
			}
			ref, _ := t.get("ref")
			r, c, ok := grid.ParseAddress(ref)
			if !ok {
				return nil
			}
			ref = grid.Address(r, c)
			current, placed = byCell[ref], false
			old[ref] = true
		case "text", "rPh", "phoneticPr":
			// The new runs go behind the old ones, before what may follow those.
			if current == nil || placed || t.name == "text" && !t.closing {
				return nil
			}
			if t.start == t.end { // <text/>
				return errPart
			}
			placed = true
			edits = append(edits, edit{t.start, t.start, runs("\n", current.paragraphs(), prefixOf(root))})
		}
		return nil
	}, nil)
	if err != nil {
		return nil, err
	}
	if root == nil || authors == nil || authorsEnd == nil || list == nil || listEnd == nil {
		return nil, errPart
	}
	x := prefixOf(root)
	var b strings.Builder
	for _, p := range at {
		if old[p.address()] {
			continue
		}
		fresh = append(fresh, p)
		fmt.Fprintf(&b, `<%[1]scomment ref="%[2]s" authorId="%[3]d"><%[1]stext>%[4]s</%[1]stext></%[1]scomment>`,
			x, p.address(), count, runs("", p.paragraphs(), x))
	}
	edits = append(edits, inside(data, authors, authorsEnd, "<"+x+"author>"+Author+"</"+x+"author>"), inside(data, list, listEnd, b.String()))
	if data, err = apply(data, edits); err != nil {
		return nil, err
	}
	e.write(part, data)
	return fresh, nil
}

func prefixOf(t *tag) string {
	if t == nil || t.prefix == "" {
		return ""
	}
	return t.prefix + ":"
}

// runs writes findings as rich text.
func runs(before string, list []note, x string) string {
	var b strings.Builder
	run := func(text string, bold bool) {
		weight := ""
		if bold {
			weight = "<" + x + "b/>"
		}
		fmt.Fprintf(&b, `<%[1]sr><%[1]srPr>%[2]s<%[1]ssz val="9"/><%[1]scolor indexed="81"/><%[1]srFont val="宋体"/><%[1]sfamily val="3"/></%[1]srPr><%[1]st xml:space="preserve">%[3]s</%[1]st></%[1]sr>`,
			x, weight, escape(text))
	}
	run(before+Author+"："+"\n", true)
	for i, n := range list {
		if i > 0 {
			run("\n", false)
		}
		run(n.Head, true)
		if n.Text != "" {
			run("\n"+n.Text, false)
		}
	}
	return b.String()
}

// emptyVML is a drawing with the shape of notes and no note.
const emptyVML = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
	`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>`

// noteShape is the shape type of notes.
const noteShape = `<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
	`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`

// addBoxes adds the boxes in which programs show the notes to a drawing.
func (e *bookEdit) addBoxes(part string, at []*pin) error {
	data, err := e.read(part)
	if err != nil {
		return err
	}
	end := strings.LastIndex(string(data), "</xml>")
	if end < 0 {
		return errPart
	}
	var b strings.Builder
	if !strings.Contains(string(data), `id="_x0000_t202"`) {
		b.WriteString(noteShape)
	}
	next := lastShape(string(data))
	for _, p := range at {
		next++
		lines := 2
		for _, n := range p.paragraphs() {
			lines += wrapped(n.Head, noteWidth) + wrapped(n.Text, noteWidth)
		}
		fmt.Fprintf(&b, `<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" `+
			`id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
			`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
			`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%d, 12, %d, 4, %d, 30, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			next, 13*lines, next-1024, p.col+1, p.row, p.col+5, p.row+max(3, lines/2), p.row, p.col)
	}
	e.write(part, []byte(string(data[:end])+b.String()+string(data[end:])))
	return nil
}

// noteWidth is how many narrow characters a line of a note's box holds.
const noteWidth = 46

// lastShape returns the greatest number of a drawing's shapes, 1024 if none.
func lastShape(data string) int {
	last := 1024
	const mark = `_x0000_s`
	for {
		i := strings.Index(data, mark)
		if i < 0 {
			return last
		}
		data = data[i+len(mark):]
		n := 0
		for n < len(data) && n < 9 && data[n] >= '0' && data[n] <= '9' {
			n++
		}
		if x, err := strconv.Atoi(data[:n]); err == nil {
			last = max(last, x)
		}
	}
}
