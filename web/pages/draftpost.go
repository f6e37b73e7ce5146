package pages

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yardstick/workspace"
)

// draftRow is one line of the form being drafted as the page holds it: with a
// key that stays while lines are added, moved and removed around it, and with
// what was typed where a number was wanted.
type draftRow struct {
	Key  string
	Line workspace.DraftLine
	Bad  string // what stands for the weight and is no number
}

// blank reports whether nothing was written yet. Such a row stays on the page
// and is not kept.
func (r draftRow) blank() bool {
	l := r.Line
	return l.Name == "" && l.Target == "" && l.Weight == nil && l.Note == "" && r.Bad == ""
}

// draftPost is the form of 目标编制 as it was sent.
type draftPost struct {
	Revision int
	Body     workspace.DraftBody // Lines are those of Rows
	Rows     []draftRow
	Bad      map[string]string // field of the head → what is no number
	Find     string
	Do       url.Values // what the pressed button asks, "op" first of all
}

// Bounds of what is read from a form. Rows that are blank are not kept, so twice
// the lines of a draft hold every one of them; more are no page of ours.
const (
	mostRows    = 2 * workspace.MaxDraftLines
	longestText = 4000 // characters of one field
)

func clip(s string) string {
	if utf8.RuneCountInString(s) <= longestText {
		return s
	}
	return string([]rune(s)[:longestText])
}

// cleaned is a field on one line: pasted line breaks become blanks.
func cleaned(s string) string { return strings.Join(strings.Fields(clip(s)), " ") }

// written is a field of several lines.
func written(s string) string { return strings.TrimSpace(strings.ReplaceAll(clip(s), "\r\n", "\n")) }

func readDraft(v url.Values) draftPost {
	get := func(name string) string { return cleaned(v.Get(name)) }
	in := draftPost{Bad: map[string]string{}, Find: get("q")}
	in.Revision, _ = strconv.Atoi(v.Get("rev")) // anything else: 0, which no draft is at
	in.Do, _ = url.ParseQuery(v.Get("do"))      // anything else: no button
	number := func(name string) *float64 {
		x, ok := amountOf(get(name))
		if !ok {
			in.Bad[name] = get(name)
		}
		return x
	}
	in.Body = workspace.DraftBody{Project: get("project"), Department: get("department"), Unit: get("unit"), Region: get("region"), Sector: get("sector"), Function: get("function"),
		Type: get("type"), Budget: number("budget"), Fiscal: number("fiscal"), Other: number("other"), Goal: written(v.Get("goal")), RuleSet: get("rule_set")}
	if y, ok := amountOf(get("year")); !ok || y != nil && (*y != float64(int(*y)) || *y < 1990 || *y > 2100) {
		in.Bad["year"] = get("year")
	} else if y != nil {
		in.Body.Year = int(*y)
	}
	for _, s := range v["x"][:min(len(v["x"]), workspace.MaxDismissed)] {
		in.Body.Dismissed = append(in.Body.Dismissed, cleaned(s))
	}
	in.Rows = readRows(v)
	in.settle()
	return in
}

// readRows reads the lines: every field stands once in each row.
func readRows(v url.Values) []draftRow {
	var rows []draftRow
	at := func(name string, i int) string {
		if list := v[name]; i < len(list) {
			return cleaned(list[i])
		}
		return ""
	}
	seen := map[string]bool{}
	for i := range min(len(v["n"]), mostRows) {
		level1, level2, _ := strings.Cut(at("a", i), "|")
		row := draftRow{Key: rowKey(at("k", i), i, seen), Line: workspace.DraftLine{Level1: level1, Level2: level2, Name: at("n", i), Comparison: at("c", i), Target: at("t", i), Unit: at("u", i),
			Basis: at("s", i), Entry: at("e", i)}}
		if i < len(v["o"]) {
			row.Line.Note = written(v["o"][i])
		}
		w, ok := amountOf(at("w", i))
		if row.Line.Weight = w; !ok {
			row.Bad = at("w", i)
		}
		rows = append(rows, row)
	}
	return rows
}

// rowKey is the key that was sent, or a new one where it can't be one.
func rowKey(sent string, i int, seen map[string]bool) string {
	if sent == "" || len(sent) > 24 || strings.Trim(sent, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || seen[sent] {
		sent = "p" + strconv.Itoa(i)
		for seen[sent] {
			sent += "x"
		}
	}
	seen[sent] = true
	return sent
}

// amountOf reads a number as people type it; empty is none. ok is false for
// what is no number.
func amountOf(s string) (x *float64, ok bool) {
	s = strings.TrimSpace(strings.NewReplacer(",", "", "，", "", "．", ".", "分", "", "万元", "").Replace(s))
	if s == "" {
		return nil, true
	}
	v, err := strconv.ParseFloat(strings.Map(narrow, s), 64)
	if err != nil || v < 0 || v-v != 0 {
		return nil, false
	}
	return &v, true
}

// narrow turns full-width digits into ordinary ones.
func narrow(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}

// settle brings the lines into the order of the form, keeping that of a class,
// and takes them into the body.
func (in *draftPost) settle() {
	slices.SortStableFunc(in.Rows, func(a, b draftRow) int { return workspace.CompareClasses(a.Line, b.Line) })
	in.Body.Lines = []workspace.DraftLine{}
	for _, r := range in.Rows {
		if !r.blank() {
			in.Body.Lines = append(in.Body.Lines, r.Line)
		}
	}
}

// order is the place of a level-1 class in the frame; others come last.
func order(level1 string) int {
	if i := slices.Index(levels, level1); i >= 0 {
		return i
	}
	return len(levels)
}

// find is the index of the row with a key, −1 if there is none.
func (in *draftPost) find(key string) int {
	return slices.IndexFunc(in.Rows, func(r draftRow) bool { return r.Key == key })
}

// nameOf is the indicator in the row with a key, "" if there is none.
func (in *draftPost) nameOf(key string) string {
	if i := in.find(key); i >= 0 {
		return in.Rows[i].Line.Name
	}
	return ""
}

// insert puts a line behind the last one of its class, or behind the row with
// the key, and returns its key.
func (in *draftPost) insert(l workspace.DraftLine, after string) string {
	seen := map[string]bool{}
	for _, r := range in.Rows {
		seen[r.Key] = true
	}
	row := draftRow{Key: rowKey("", len(in.Rows), seen), Line: l}
	if i := in.find(after); i >= 0 {
		in.Rows = slices.Insert(in.Rows, i+1, row)
	} else {
		in.Rows = append(in.Rows, row)
	}
	in.settle()
	return row.Key
}

// unread counts the fields where a number is wanted and something else stands.
func (in *draftPost) unread() int {
	k := len(in.Bad)
	for _, r := range in.Rows {
		k += b2i(r.Bad != "")
	}
	return k
}

// edit does what a button asks of the lines and reports whether it was one of
// these, with the key of the line that it was about.
func (in *draftPost) edit() (key string, done bool) {
	i := in.find(in.Do.Get("k"))
	switch in.Do.Get("op") {
	case "new":
		level1, level2, _ := strings.Cut(in.Do.Get("a"), "|")
		return in.insert(workspace.DraftLine{Level1: level1, Level2: level2, Comparison: "≥"}, in.Do.Get("k")), true
	case "add":
		l := lineFrom(in.Do)
		if k := slices.IndexFunc(in.Rows, func(r draftRow) bool { return r.Line.Name == l.Name }); k >= 0 || l.Name == "" || len(in.Body.Lines) >= workspace.MaxDraftLines {
			return "", true // pressed twice
		}
		in.Body.Dismissed = slices.DeleteFunc(in.Body.Dismissed, func(s string) bool { return s == l.Name })
		return in.insert(l, ""), true
	case "del":
		if i >= 0 {
			in.Rows = slices.Delete(in.Rows, i, i+1)
		}
	case "up", "down":
		to := i - 1
		if in.Do.Get("op") == "down" {
			to = i + 1
		}
		if i >= 0 && to >= 0 && to < len(in.Rows) && workspace.CompareClasses(in.Rows[i].Line, in.Rows[to].Line) == 0 {
			in.Rows[i], in.Rows[to] = in.Rows[to], in.Rows[i]
		}
		key = in.Do.Get("k")
	case "fix":
		if i >= 0 {
			in.fix(i)
			key = in.Do.Get("k")
		}
	case "skip":
		if n := cleaned(in.Do.Get("n")); n != "" && !slices.Contains(in.Body.Dismissed, n) && len(in.Body.Dismissed) < workspace.MaxDismissed {
			in.Body.Dismissed = append(in.Body.Dismissed, n)
		}
	case "back":
		in.Body.Dismissed = slices.DeleteFunc(in.Body.Dismissed, func(s string) bool { return s == in.Do.Get("n") })
	default:
		return "", false
	}
	in.settle()
	return key, true
}

// fix changes the fields of a row that the button names.
func (in *draftPost) fix(i int) {
	l := &in.Rows[i].Line
	for field, to := range map[string]*string{"name": &l.Name, "comparison": &l.Comparison, "target": &l.Target, "unit": &l.Unit, "level1": &l.Level1, "level2": &l.Level2} {
		if in.Do.Has(field) {
			*to = cleaned(in.Do.Get(field))
		}
	}
	if in.Do.Has("weight") {
		if w, ok := amountOf(in.Do.Get("weight")); ok {
			l.Weight, in.Rows[i].Bad = w, ""
		}
	}
	if in.Do.Has("delete") {
		in.Rows = slices.Delete(in.Rows, i, i+1)
	}
}

// doing writes what a button asks as a query that readDraft parses. Unlike
// Values.Encode it leaves Chinese as it is, which keeps the page small.
func doing(v url.Values) string {
	escape := strings.NewReplacer("%", "%25", "&", "%26", "+", "%2B", ";", "%3B", "#", "%23", "=", "%3D", " ", "+", "\n", "%0A", "\t", "%09")
	keys := slices.Sorted(maps.Keys(v))
	parts := make([]string, 0, len(keys))
	for _, k := range keys {
		for _, s := range v[k] {
			parts = append(parts, escape.Replace(k)+"="+escape.Replace(s))
		}
	}
	return strings.Join(parts, "&")
}

// lineFrom reads the line that a button carries, as lineTo writes it.
func lineFrom(v url.Values) workspace.DraftLine {
	l := workspace.DraftLine{Level1: cleaned(v.Get("level1")), Level2: cleaned(v.Get("level2")), Name: cleaned(v.Get("n")), Comparison: cleaned(v.Get("c")), Target: cleaned(v.Get("t")),
		Unit: cleaned(v.Get("u")), Basis: cleaned(v.Get("s")), Note: written(v.Get("o")), Entry: cleaned(v.Get("e"))}
	l.Weight, _ = amountOf(v.Get("w")) // no number: no weight
	return l
}

// lineTo writes a line as the value of the button that adds it.
func lineTo(l workspace.DraftLine) string {
	v := url.Values{"op": {"add"}, "n": {l.Name}}
	for k, s := range map[string]string{"level1": l.Level1, "level2": l.Level2, "c": l.Comparison, "t": l.Target, "u": l.Unit, "s": l.Basis, "o": l.Note, "e": l.Entry} {
		if s != "" {
			v.Set(k, s)
		}
	}
	if l.Weight != nil {
		v.Set("w", typed(*l.Weight))
	}
	return doing(v)
}

// typed writes a number into an input: no separators, no more digits than it has.
func typed(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
