package forms

import (
	"regexp"
	"strings"
)

// draft is the part of a sheet that one form takes: the rows of its head, its
// indicator blocks and what stands below them.
type draft struct {
	head   view // from the title to the first indicator header
	blocks []block
	foot   view // below the last block, up to the next form
	beside view // fields that stand left of the indicators, in the same rows
}

// block is an indicator header with the rows below it.
type block struct {
	h    *header
	end  int   // first row that does not belong to it
	rows []row // rows with content
	year int   // the form's, 0 if unknown
}

const (
	lineRow     rowKind = iota // may state an indicator
	totalRow                   // 总分, 合计
	subtotalRow                // 小计
	sectionRow                 // one cell that heads the rows below it
	repeatRow                  // the header once more, after a page break
)

type row struct {
	r    int
	kind rowKind
}

// titlePattern finds the titles of official forms in folded text.
var titlePattern = regexp.MustCompile(`绩效.*表|自评.*表|评价.*评分表|支出.*目标.*表|目标.*(申报|批复|审核)表|绩效(目标|自评|监控)(\(.*\))?$`)

// isTitle reports whether row r holds nothing but a form's title.
func (v view) isTitle(r int) bool {
	row := v.row(r)
	if len(row) == 0 || len(row) > 2 && !v.uniform(r) || !row[0].own {
		return false
	}
	if _, label := v.labelAt(row[0]); label {
		return false
	}
	return titleText(v.key(row[0]))
}

// titleText reports whether a folded text is a form's title.
func titleText(k string) bool {
	if k == "" || runes(k) > 60 || strings.Contains(dropBrackets(k), ":") && !strings.HasPrefix(k, "附") {
		return false
	}
	return titlePattern.MatchString(k) && !strings.HasPrefix(k, "注") && !strings.ContainsAny(k, "。;")
}

// drafts cuts a view into forms: each indicator header opens a block, and a
// title or a project's name before it opens a new form.
func (v view) drafts() []draft {
	var out []draft
	prev := v.r0 // first row after the block before
	for r := v.r0; r < v.r1; {
		h, ok := v.findHeader(r, prev)
		if !ok {
			r++
			continue
		}
		for _, side := range h.sides() {
			b := block{h: side}
			b.scan()
			prevEnd := max(prev, v.r0)
			between := view{v.sheet, prevEnd, side.r0, side.c0, side.c1}
			left := h.c0 > v.c0 && side == h
			if left {
				between.c0 = v.c0
			}
			out = place(out, b, between)
			if left {
				out[len(out)-1].beside = view{v.sheet, side.r0, b.end, v.c0, h.c0}
			}
			r = max(r+1, b.end)
		}
		prev = r
	}
	for i := range out {
		d := &out[i]
		last := d.blocks[len(d.blocks)-1]
		d.foot = view{v.sheet, last.end, v.r1, last.h.c0, last.h.c1}
		for j := i + 1; j < len(out); j++ {
			if n := out[j].head; n.r0 >= last.end && n.c0 < d.foot.c1 && d.foot.c0 < n.c1 {
				d.foot.r1 = n.r0
				break
			}
		}
	}
	return out
}

// place adds a block to the last form of its columns, or opens a form for it if
// the rows between have a title or a project's name.
func place(out []draft, b block, between view) []draft {
	start := between.formStart()
	if start < 0 {
		for i := len(out) - 1; i >= 0; i-- {
			if out[i].head.c0 == between.c0 && out[i].head.c1 == between.c1 {
				if b.h.marks.wide != out[i].blocks[0].h.marks.wide {
					break
				}
				out[i].blocks = append(out[i].blocks, b)
				return out
			}
		}
		start = between.r0
	}
	head := between
	head.r0 = between.above(start)
	return append(out, draft{head: head, blocks: []block{b}})
}

// above returns the first of up to three rows above row r that hold at most one
// short text each, such as 附件1 or 单位：万元: they belong to the title below.
func (v view) above(r int) int {
	for n := 0; n < 3 && r > v.r0; n++ {
		row := v.row(r - 1)
		if len(row) > 1 || len(row) == 1 && (!row[0].own || runes(v.text(row[0])) > 30 || footLabel(v.key(row[0]))) {
			break
		}
		r--
	}
	return r
}

// footLabel reports whether a folded text is, or begins with, a label that stands
// below a form: 填表人：  联系电话：
func footLabel(k string) bool {
	label, _, _ := strings.Cut(k, ":")
	return words().foot[bare(k)] || words().foot[bare(label)]
}

// formStart returns the first row of a view that begins a form, or −1.
func (v view) formStart() int {
	for r := v.r0; r < v.r1; r++ {
		if v.isTitle(r) || v.opensForm(r) {
			return r
		}
	}
	return -1
}

// opensForm reports whether row r holds a field that stands once at the head of
// every form: the project's name, or the unit's on a department's form.
func (v view) opensForm(r int) bool {
	for _, s := range v.row(r) {
		if !s.own {
			continue
		}
		k := v.key(s)
		if i := strings.IndexByte(k, ':'); i > 0 {
			k = k[:i]
		}
		e, ok := words().labelOf(k)
		if ok && (e.role == "project" || e.role == "unit" && e.weight >= 0.9 || e.role == "department" && strings.Contains(bare(k), "名称")) {
			return true
		}
	}
	return false
}

// sides returns the header, or one header for each of several tables that stand
// side by side under one row of header words.
func (h *header) sides() []*header {
	var starts []int
	for i, p := range h.parts {
		if p.role == level1 || p.role == note && p.path != "" && isLevel1Word(p.word) {
			at := i
			for at > 0 && (h.parts[at-1].role == side || h.parts[at-1].role == seq || h.parts[at-1].word == "绩效指标") {
				at--
			}
			starts = append(starts, h.parts[at].c0)
		}
	}
	if len(starts) < 2 {
		return []*header{h}
	}
	var out []*header
	for i, c0 := range starts {
		c1 := h.c1
		if i+1 < len(starts) {
			c1 = starts[i+1]
		}
		if i == 0 {
			c0 = h.c0
		}
		part := &header{view: view{h.sheet, h.r0, h.r1, c0, c1}}
		part.readParts()
		part.settle()
		if !part.plausible() {
			return []*header{h}
		}
		out = append(out, part)
	}
	return out
}

func isLevel1Word(k string) bool { return bare(k) == "一级指标" }

func (h *header) firstColumn() int { return h.parts[0].c0 }
func (h *header) lastColumn() int  { return h.parts[len(h.parts)-1].c1 }

// roleAt returns the meaning of column c.
func (h *header) roleAt(c int) role {
	if c < h.c0 || c >= h.c1 {
		return unknown
	}
	return h.columns[c-h.c0].role
}
