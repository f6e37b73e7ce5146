package tables

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/zeebo/xxh3"

	"yardstick"
)

// mostForms is the most forms that one file may hold; their heads are kept in
// memory until the last line was read.
const mostForms = 400_000

// head is a form as it is put together from the rows of an extract.
type head struct {
	id, identity, region string
	edition              string
	kind                 yardstick.FormKind
	year                 int // 0: not stated
	text                 [headTextCount]string
	number               [len(headNumbers)]sum
	first                int // row
	ordinal              int
	lines                int
	sum                  xxh3.Uint128 // of what its rows say, in whatever order
	differs              bool         // its rows disagree on the head
}

// sum is a number of a head; the zero sum is not stated.
type sum struct {
	value float64
	known bool
}

func (s sum) number() yardstick.Number { return yardstick.Number{Value: s.value, Known: s.known} }

// heads are the forms of an extract by what makes rows belong together.
type heads struct {
	identify  func(*yardstick.Form) (identity, region string)
	file      string
	sheet     string
	moneyUnit string // as the mapping states it
	nonce     [16]byte
	byKey     map[string]*head // by the key cells as written
	byID      map[string]*head // by identity and edition
	all       []*head
	words     map[string]string // the texts that repeat from form to form
}

func newHeads(file, sheet string, identify func(*yardstick.Form) (string, string)) *heads {
	h := &heads{identify: identify, file: file, sheet: sheet,
		byKey: map[string]*head{}, byID: map[string]*head{}, words: map[string]string{}}
	rand.Read(h.nonce[:])
	return h
}

// word returns s in memory of its own, shared with equal words.
func (h *heads) word(s string) string {
	if w, ok := h.words[s]; ok {
		return w
	}
	s = strings.Clone(s)
	if len(h.words) < 1<<17 {
		h.words[s] = s
	}
	return s
}

// keyFields are the cells that make rows belong to one form.
var keyFields = [...]field{fKind, fYear, fRegion, fDepartment, fUnit, fProject, fEdition}

// headTexts and headNumbers are what a form says once. The first headKeys of
// the texts are part of its key.
var (
	headTexts   = [headTextCount]field{fRegion, fDepartment, fUnit, fProject, fSector, fGoal, fGoalActual, fGrade}
	headNumbers = [...]field{fTotalScore, fBudgetInitial, fBudgetFullYear, fBudgetExecuted, fExecutionRate, fExecutionWeight, fExecutionScore}
)

const headTextCount, headKeys = 8, 4

// open returns the form that a row belongs to, and makes it if it is the first.
// at gives the row's cells.
func (h *heads) open(key []byte, kind yardstick.FormKind, year, row int, at func(field) string) *head {
	if e, ok := h.byKey[string(key)]; ok {
		return e
	}
	e := &head{kind: kind, year: year, first: row, ordinal: len(h.all) + 1}
	for i, f := range headTexts[:headKeys] {
		e.text[i] = h.word(strings.TrimSpace(at(f)))
	}
	e.edition = h.word(strings.TrimSpace(at(fEdition)))
	e.id = h.formID(e.ordinal)
	f := e.form(h)
	e.identity, e.region = h.identify(&f)
	full := e.identity + "\x00" + e.edition
	if same, ok := h.byID[full]; ok { // spelt differently, but the same form
		h.byKey[string(key)] = same
		return same
	}
	h.byID[full] = e
	h.byKey[string(key)] = e
	h.all = append(h.all, e)
	return e
}

// formID names the form of a position. It holds a random part, because the same
// file may be stored again after its first batch was withdrawn.
func (h *heads) formID(ordinal int) string {
	sum := sha256.Sum256(append(h.nonce[:], strconv.Itoa(ordinal)...))
	return "t" + hex.EncodeToString(sum[:8])
}

// form returns the head as the record that other packages know.
func (e *head) form(h *heads) yardstick.Form {
	text := func(i int) yardstick.Text { return yardstick.Text{Value: e.text[i], Raw: e.text[i]} }
	f := yardstick.Form{
		ID: e.id, File: h.file, Sheet: h.sheet, Position: e.ordinal, Cell: strconv.Itoa(e.first), Kind: e.kind,
		Layout: "按映射文件导入", Region: text(0), Department: text(1), Unit: text(2), Project: text(3),
		Sector: e.text[4], Goal: text(5), GoalActual: text(6), Grade: text(7), TotalScore: e.number[0].number(),
	}
	if f.Sector != "" {
		f.SectorWhy = "文件里写明"
	}
	if e.year != 0 {
		f.Year = yardstick.Number{Value: float64(e.year), Known: true, Raw: strconv.Itoa(e.year)}
	}
	b := &f.Budget
	b.Initial, b.FullYear, b.Executed = e.number[1].number(), e.number[2].number(), e.number[3].number()
	b.ExecutionRate, b.ExecutionWeight, b.ExecutionScore = e.number[4].number(), e.number[5].number(), e.number[6].number()
	if b.Initial.Known || b.FullYear.Known || b.Executed.Known {
		b.Unit = h.moneyUnit
	}
	f.Rows = yardstick.Tally{Read: e.lines, Clean: e.lines}
	return f
}

// merge adds what a row says about the form. The first word counts; a row that
// disagrees with it is noted.
func (e *head) merge(h *heads, at func(field) string, number func(field) sum) (agrees bool) {
	agrees = true
	for i, f := range headTexts[headKeys:] {
		i += headKeys
		s := strings.TrimSpace(at(f))
		switch {
		case s == "":
		case e.text[i] == "":
			e.text[i] = h.word(s)
		case e.text[i] != s:
			agrees = false
		}
	}
	for i, f := range headNumbers {
		n := number(f)
		switch {
		case !n.known:
		case !e.number[i].known:
			e.number[i] = n
		case e.number[i].value != n.value:
			agrees = false
		}
	}
	e.differs = e.differs || !agrees
	return agrees
}

// add counts a line and what it says. Sums don't depend on the order of rows,
// so that an extract sorted in another way is still the same.
func (e *head) add(said xxh3.Uint128) (seq int) {
	lo := e.sum.Lo + said.Lo
	if lo < said.Lo {
		e.sum.Hi++
	}
	e.sum.Lo, e.sum.Hi = lo, e.sum.Hi+said.Hi
	e.lines++
	return e.lines
}

// content is the hash of what the form says, to tell a correction from a copy.
func (e *head) content() string {
	var b []byte
	for _, s := range e.text {
		b = append(append(b, s...), 0)
	}
	for _, n := range e.number {
		b = append(strconv.AppendBool(strconv.AppendFloat(b, n.value, 'g', -1, 64), n.known), 0)
	}
	b = strconv.AppendUint(strconv.AppendUint(append(b, e.kind...), e.sum.Hi, 16), e.sum.Lo, 16)
	sum := sha256.Sum256(strconv.AppendInt(append(b, 0), int64(e.lines), 10))
	return hex.EncodeToString(sum[:16])
}

// forms yields every form that has lines, with the hash of its content. Forms
// of one identity follow each other, the latest edition last.
func (h *heads) forms() iter.Seq2[*yardstick.Form, string] {
	return func(yield func(*yardstick.Form, string) bool) {
		place := map[string]int{} // of an identity: where its first form stands
		for i, e := range h.all {
			if _, ok := place[e.identity]; !ok {
				place[e.identity] = i
			}
		}
		sorted := slices.Clone(h.all)
		slices.SortStableFunc(sorted, func(a, b *head) int {
			return cmp.Or(cmp.Compare(place[a.identity], place[b.identity]), cmp.Compare(a.edition, b.edition))
		})
		for _, e := range sorted {
			if e.lines == 0 {
				continue
			}
			f := e.form(h)
			if !yield(&f, e.content()) {
				return
			}
		}
	}
}
