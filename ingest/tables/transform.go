package tables

import (
	"strconv"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/zeebo/xxh3"

	"yardstick"
)

// transformer turns chunks of an extract into batches of the table line. It
// keeps what repeats from chunk to chunk: the forms, the values parsed, the
// memory of columns.
type transformer struct {
	plan   *plan
	mem    memory.Allocator
	cells  resolver
	heads  *heads
	values [fieldCount]*valueParser
	schema *arrow.Schema
	out    *batchBuilder
	cellAt string // letters of the name's column
	tally  yardstick.Tally
	issues *issues

	// of the present chunk
	c       *chunk
	text    [fieldCount]cells
	parts   [fieldCount][3]cells
	bad     []bool
	nbad    int
	kind    []yardstick.FormKind
	year    []int32
	form    []*head
	seq     []int32
	doubts  []yardstick.Code // per row, one of them
	keyBuf  []byte
	saidBuf []byte
	runs    []run
	order   []int32
}

// lineTexts are the text fields of a line in the order in which they are stored
// and hashed.
var lineTexts = [...]field{fLevel1, fLevel2, fName, fReason, fNote}

// valueFields are the target and actual values; parsed says whether the
// warehouse keeps their meaning or only their text.
var valueFields = [...]struct {
	f      field
	parsed bool
}{{fTarget, true}, {fLongTerm, false}, {fActual, true}, {fExpected, false}}

func newTransformer(p *plan, lookups []*lookupTable, h *heads, is *issues, mem memory.Allocator) *transformer {
	t := &transformer{plan: p, mem: mem, heads: h, issues: is}
	t.cells = resolver{plan: p, lookups: lookups, mem: mem}
	if col := p.fields[fName].column; col >= 0 {
		t.cellAt = letters(col)
	}
	text, real := arrow.BinaryTypes.String, arrow.PrimitiveTypes.Float64
	var cols []arrow.Field
	add := func(name string, typ arrow.DataType) {
		cols = append(cols, arrow.Field{Name: name, Type: typ, Nullable: true})
	}
	add("form_id", text)
	add("seq", arrow.PrimitiveTypes.Int32)
	add("region_id", text)
	add("year", arrow.PrimitiveTypes.Int32)
	add("kind", text)
	for _, f := range lineTexts {
		if p.fields[f] != nil {
			add(f.String(), text)
		}
	}
	for _, v := range valueFields {
		if p.fields[v.f] == nil {
			continue
		}
		t.values[v.f] = &valueParser{}
		add(v.f.String()+"_raw", text)
		if v.parsed {
			add(v.f.String()+"_kind", text)
			add(v.f.String()+"_comparison", text)
			add(v.f.String()+"_low", real)
			add(v.f.String()+"_high", real)
			add(v.f.String()+"_unit", text)
		}
	}
	for _, f := range [...]field{fWeight, fScore} {
		if p.fields[f] != nil {
			add(f.String(), real)
		}
	}
	add("cell", text)
	add("doubts", text)
	t.schema = arrow.NewSchema(cols, nil)
	t.out = newBatchBuilder(mem, t.schema)
	return t
}

// letters is the name of a column in a spreadsheet, from 0.
func letters(col int) string {
	s := ""
	for col++; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}

// run adds one chunk to the batch under way and calls emit with each batch that
// is full. The chunk stays the caller's; the batch becomes emit's.
func (t *transformer) run(c *chunk, emit func(arrow.RecordBatch)) {
	t.c = c
	t.tally.Read += c.rows + len(c.bad)
	t.tally.Rejected += len(c.bad)
	for _, b := range c.bad {
		t.issues.reject(b)
	}
	if c.rows == 0 {
		return
	}
	t.bad = append(t.bad[:0], make([]bool, c.rows)...)
	t.doubts = append(t.doubts[:0], make([]yardstick.Code, c.rows)...)
	t.nbad = 0
	t.resolve()
	defer t.release()
	t.check()
	weights := t.numbers(fWeight)
	scores := t.numbers(fScore)
	// Values are parsed side by side with the forms; each column has a parser
	// of its own.
	var wg sync.WaitGroup
	var parsed [fieldCount][]uint32
	for _, v := range valueFields {
		if t.plan.fields[v.f] != nil && (v.parsed || t.parts[v.f][1].given()) {
			wg.Go(func() { parsed[v.f] = t.parse(v.f) })
		}
	}
	t.assign()
	wg.Wait()
	t.tally.Rejected += t.nbad
	t.doubt(parsed)
	order := t.sort()
	for len(order) > 0 {
		n := min(len(order), batchRows-t.out.rows)
		t.out.begin(order[:n])
		t.fill(parsed, weights, scores)
		if t.out.full() {
			emit(t.out.batch())
		}
		order = order[n:]
	}
}

func (c cells) given() bool { return c.col != nil || c.fixed != "" }

func (t *transformer) resolve() {
	t.cells.begin(t.c)
	for f, r := range t.plan.fields {
		if r == nil {
			continue
		}
		reject := func(row int, msg, raw string) {
			t.reject(row, field(f), yardstick.RowUnknownValue, msg, raw)
		}
		if r.parts[1] == nil {
			t.text[f] = t.cells.cells(r, reject)
			continue
		}
		for i, part := range r.parts {
			if part != nil {
				t.parts[f][i] = t.cells.cells(part, reject)
			}
		}
	}
}

func (t *transformer) release() {
	for f := range t.text {
		t.text[f].release()
		t.text[f] = cells{}
		for i := range t.parts[f] {
			t.parts[f][i].release()
			t.parts[f][i] = cells{}
		}
	}
}

// reject puts a row into quarantine; only the first reason is kept.
func (t *transformer) reject(row int, f field, code yardstick.Code, msg, raw string) {
	if t.bad[row] {
		return
	}
	t.bad[row] = true
	t.nbad++
	col := -1
	if r := t.plan.fields[f]; r != nil {
		col = r.column
	}
	title := fieldTable[f].title
	if col >= 0 && t.plan.header[col] != "" {
		title = t.plan.header[col]
	}
	t.issues.reject(badRow{row: int(t.c.row[row]), col: col, code: code, msg: "“" + title + "”" + msg, raw: raw})
}

// assign finds the form of each row and its place in it.
func (t *transformer) assign() {
	n := t.c.rows
	t.form = append(t.form[:0], make([]*head, n)...)
	t.seq = append(t.seq[:0], make([]int32, n)...)
	last := -1 // the last good row
	for i := range n {
		if t.bad[i] {
			continue
		}
		var e *head
		if last >= 0 && t.sameForm(i, last) {
			e = t.form[last]
		} else {
			t.keyBuf = t.keyBuf[:0]
			for _, f := range keyFields {
				t.keyBuf = append(append(t.keyBuf, t.text[f].at(i)...), 0)
			}
			e = t.heads.open(t.keyBuf, t.kind[i], int(t.year[i]), int(t.c.row[i]), func(f field) string { return t.text[f].at(i) })
		}
		if last < 0 || t.form[last] != e || !t.sameHead(i, last) {
			agrees := e.merge(t.heads, func(f field) string { return t.text[f].at(i) }, func(f field) sum {
				if t.plan.fields[f] == nil {
					return sum{}
				}
				return t.number(f, i, t.text[f].at(i))
			})
			if t.bad[i] {
				continue
			}
			if !agrees {
				t.doubts[i] = yardstick.FormDuplicate
				t.issues.warn(yardstick.FormDuplicate, int(t.c.row[i]))
			}
		} else {
			t.doubts[i] = t.headDoubt(last)
		}
		t.form[i] = e
		t.seq[i] = int32(e.add(t.said(i)))
		last = i
	}
}

// headDoubt is the doubt about the head that a row with the same cells got.
func (t *transformer) headDoubt(row int) yardstick.Code {
	if t.doubts[row] == yardstick.FormDuplicate {
		return yardstick.FormDuplicate
	}
	return ""
}

func (t *transformer) sameForm(i, j int) bool {
	for _, f := range keyFields {
		if t.text[f].at(i) != t.text[f].at(j) {
			return false
		}
	}
	return true
}

func (t *transformer) sameHead(i, j int) bool {
	for _, f := range headTexts[headKeys:] {
		if t.text[f].at(i) != t.text[f].at(j) {
			return false
		}
	}
	for _, f := range headNumbers {
		if t.text[f].at(i) != t.text[f].at(j) {
			return false
		}
	}
	return true
}

// said is the hash of what the cells of a line say.
func (t *transformer) said(i int) xxh3.Uint128 {
	b := t.saidBuf[:0]
	for _, f := range lineTexts {
		b = append(append(b, t.text[f].at(i)...), 0)
	}
	for _, v := range valueFields {
		b = append(append(b, t.text[v.f].at(i)...), 0)
		if t.plan.fields[v.f] != nil && t.plan.fields[v.f].parts[1] != nil {
			for _, p := range t.parts[v.f] {
				b = append(append(b, p.at(i)...), 0)
			}
		}
	}
	b = append(append(b, t.text[fWeight].at(i)...), 0)
	b = append(b, t.text[fScore].at(i)...)
	t.saidBuf = b
	return xxh3.Hash128(b)
}

// doubt notes which values could not be read, and counts the good rows.
func (t *transformer) doubt(parsed [fieldCount][]uint32) {
	for _, v := range valueFields {
		if !v.parsed || parsed[v.f] == nil {
			continue
		}
		values := t.values[v.f].values
		for i, n := range parsed[v.f] {
			if d := values[n].doubt; d != 0 && !t.bad[i] {
				t.issues.warn(doubtCodes[d-1], int(t.c.row[i]))
				if t.doubts[i] == "" {
					t.doubts[i] = doubtCodes[d-1]
				}
			}
		}
	}
	warned := 0
	for i, d := range t.doubts {
		if d != "" && !t.bad[i] {
			warned++
		}
	}
	t.tally.Warned += warned
	t.tally.Clean += t.c.rows - t.nbad - warned
}

// fill adds the rows that were begun to the batch, in the columns of the schema.
func (t *transformer) fill(parsed [fieldCount][]uint32, weights, scores []float64) {
	b := t.out
	b.text(func(i int32) string { return t.form[i].id })
	b.ints(t.seq)
	b.text(func(i int32) string { return t.form[i].region })
	b.ints(t.year)
	b.text(func(i int32) string { return string(t.kind[i]) })
	for _, f := range lineTexts {
		if t.plan.fields[f] != nil {
			b.cells(t.text[f])
		}
	}
	for _, v := range valueFields {
		if t.plan.fields[v.f] == nil {
			continue
		}
		at, p := parsed[v.f], t.values[v.f]
		if t.text[v.f].given() {
			b.cells(t.text[v.f])
		} else {
			b.text(func(i int32) string { return p.words[p.values[at[i]].raw] })
		}
		if v.parsed {
			b.text(func(i int32) string { return p.words[p.values[at[i]].kind] })
			b.text(func(i int32) string { return p.words[p.values[at[i]].comparison] })
			b.floats(func(i int32) (float64, bool) { v := &p.values[at[i]]; return v.low, v.lowKnown })
			b.floats(func(i int32) (float64, bool) { v := &p.values[at[i]]; return v.high, v.highKnown })
			b.text(func(i int32) string { return p.words[p.values[at[i]].unit] })
		}
	}
	for _, nums := range [][]float64{weights, scores} {
		if nums != nil {
			b.floats(func(i int32) (float64, bool) { return nums[i], nums[i] == nums[i] })
		}
	}
	cell := append([]byte(nil), t.cellAt...)
	b.bytes(func(i int32) []byte { return strconv.AppendInt(cell[:len(t.cellAt)], int64(t.c.row[i]), 10) })
	b.text(func(i int32) string { return string(t.doubts[i]) })
}
