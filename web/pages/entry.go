package pages

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/indicators/library"
	"yardstick/indicators/scoring"
	"yardstick/workspace"
)

// entryColumns are the columns of the library's tables, in order.
func entryColumns() []string { return library.Columns() }

// entryField is one column of an entry as the tables write it.
func entryField(e workspace.Entry, column string) string {
	list := func(s []string) string { return strings.Join(s, "；") }
	switch column {
	case "id":
		return e.ID
	case "name":
		return e.Name
	case "aliases":
		return list(e.Aliases)
	case "level1":
		return e.Level1
	case "level2":
		return e.Level2
	case "sector":
		return e.Sector
	case "function":
		return list(e.Function)
	case "project_types":
		return list(e.ProjectTypes)
	case "meaning":
		return e.Meaning
	case "formula":
		return e.Formula
	case "unit":
		return e.Unit
	case "direction":
		return e.Direction
	case "temporal_type":
		return e.TemporalType
	case "comparison":
		return e.Comparison
	case "weight":
		return e.WeightRange
	case "data_source":
		return e.DataSource
	case "taking":
		return e.Taking
	case "scoring":
		return e.Scoring
	case "evidence":
		return e.Evidence
	case "keywords":
		return list(e.Keywords)
	case "note":
		return e.Note
	case "source_status":
		return e.SourceStatus
	}
	return ""
}

// entryPage is the form of an entry: main of entry.tmpl.
type entryPage struct {
	shell
	ID      string // "" for a new one
	Name    string
	Action  string
	Cancel  string
	Groups  []fieldGroup
	Note    string
	Trouble string // what no field stands for
}

// fieldGroup is a part of the form.
type fieldGroup struct {
	Title  string
	Fields []field
}

// field is one input of a form.
type field struct {
	Name, Label, Value, Hint string
	Err                      string
	Kind                     string // text, area, select, class, list (text with proposals)
	Options                  []option
}

type option struct {
	Group, Value, Word string
	Chosen             bool
}

// classField stands for level1 and level2 together, which depend on each other.
const classField = "class"

func classValue(level1, level2 string) string { return level1 + "|" + level2 }

// entryForm asks every column of an entry; set holds its values by column.
func (p *Pages) entryForm(r *http.Request, set map[string]string) ([]fieldGroup, error) {
	l, err := p.ws.Library(r.Context(), workspace.LibraryQuery{Limit: 1})
	if err != nil {
		return nil, err
	}
	sectors := make([]string, 0, len(l.Sectors))
	for _, s := range l.Sectors {
		sectors = append(sectors, s.Name)
	}
	in := func(column, kind, hint string, values ...string) field {
		f := field{Name: column, Label: library.Label(column), Value: set[column], Hint: hint, Kind: kind}
		if kind == "select" && !slices.Contains(values, f.Value) {
			values = append([]string{f.Value}, values...)
		}
		for _, v := range values {
			word := v
			if s := scoring.Status(v).Words(); s != "" && column == "source_status" {
				word = s
			}
			if v == "" {
				word = "（不写）"
			}
			f.Options = append(f.Options, option{Value: v, Word: word, Chosen: v == f.Value})
		}
		return f
	}
	return []fieldGroup{
		{"是什么", []field{in("name", "text", "表上怎么写就怎么写，不带数和单位"), in("aliases", "area", "同一个意思的其他写法，用 ； 隔开"), classes(set),
			in("meaning", "area", "衡量什么，算在内和不算在内的"), in("formula", "area", "直接数出来的不写")}},
		{"怎么定目标", []field{in("unit", "text", "定性的不写"), in("direction", "select", "正向：越高越好；反向：越低越好", "正向", "反向", "中性"),
			in("temporal_type", "select", "累计：一年里加起来；水平：随时可读；节点：日期；上限：不超过", "累计", "水平", "节点", "上限", "定性"),
			in("comparison", "select", "", "", "≥", "≤", ">", "<", "="), in("weight", "text", "满分 100 时常用几分，如 5-10")}},
		{"用在哪里", []field{in("sector", "select", "", sectors...), in("function", "text", "类、款的编码，用 ； 隔开，如 21401"), in("project_types", "area", "项目类型，用 ； 隔开"), in("keywords", "area", "查找时的其他词，用 ； 隔开")}},
		{"怎么取数和评分", []field{in("data_source", "area", ""), in("taking", "select", "", append([]string{""}, library.Takings()...)...), in("evidence", "area", ""),
			in("scoring", "list", "先写规则，冒号后写细则", library.Scorings()...), in("note", "area", ""), in("source_status", "select", "这条定义从哪里来", "read", "reported", "recalled")}},
	}, nil
}

func classes(set map[string]string) field {
	now := classValue(set["level1"], set["level2"])
	f := field{Name: classField, Label: "类别", Value: now, Kind: "class", Hint: "2021 版：一级 · 二级"}
	known := false
	for _, c := range library.Classes() {
		v := classValue(c[0], c[1])
		known = known || v == now
		f.Options = append(f.Options, option{Group: c[0], Value: v, Word: c[1], Chosen: v == now})
	}
	if !known {
		f.Options = append([]option{{Value: now, Word: class(set["level1"], set["level2"]), Chosen: true}}, f.Options...)
	}
	return f
}

// Groups are the options by their group, in order.
func (f field) Groups() []optionGroup {
	var out []optionGroup
	for _, o := range f.Options {
		if k := len(out) - 1; k >= 0 && out[k].Title == o.Group {
			out[k].Options = append(out[k].Options, o)
		} else {
			out = append(out, optionGroup{o.Group, []option{o}})
		}
	}
	return out
}

type optionGroup struct {
	Title   string
	Options []option
}

// newEntryDefaults are what a new entry starts from.
var newEntryDefaults = map[string]string{"sector": library.Common, "direction": string(library.Higher), "temporal_type": string(library.Cumulative), "comparison": "≥",
	"source_status": "reported", "level1": "产出指标", "level2": "数量指标"}

// entryNew shows the empty form; the address may fill in columns, as the advice
// to add an entry does.
func (p *Pages) entryNew(r *http.Request, q *asked) (answer, error) {
	set := map[string]string{}
	for _, c := range entryColumns() {
		set[c] = newEntryDefaults[c]
		if v := q.query.Get(c); v != "" {
			set[c] = v
		}
	}
	for _, c := range library.Classes() { // a class of level 2 says that of level 1
		if c[1] == set["level2"] {
			set["level1"] = c[0]
		}
	}
	return p.showEntry(r, "", "", set, nil)
}

func (p *Pages) entryEdit(r *http.Request, _ *asked) (answer, error) {
	i, err := p.ws.Indicator(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	return p.showEntry(r, i.ID, i.Name, columnsOf(i.Entry), nil)
}

func columnsOf(e workspace.Entry) map[string]string {
	set := map[string]string{}
	for _, c := range entryColumns() {
		set[c] = entryField(e, c)
	}
	return set
}

// showEntry shows the form, with the trouble that saving it met beside its
// field.
func (p *Pages) showEntry(r *http.Request, id, name string, set map[string]string, trouble *yardstick.Error) (answer, error) {
	groups, err := p.entryForm(r, set)
	if err != nil {
		return answer{}, err
	}
	pg := &entryPage{ID: id, Name: name, Action: "/library/new", Cancel: "/library", Groups: groups, Note: r.PostFormValue("change_note")}
	pg.Title, pg.Tab = "新指标 · 指标库", "library"
	if id != "" {
		pg.Title, pg.Action, pg.Cancel = "修改"+name+" · 指标库", "/library/"+id+"/edit", "/library/"+id
	}
	a := answer{tmpl: p.tmpl["entry"], page: pg}
	if trouble != nil {
		a.status = http.StatusUnprocessableEntity
		if !pg.place(trouble.Msg) {
			pg.Trouble = trouble.Msg
		}
	}
	return a, nil
}

var quoted = regexp.MustCompile(`“([^”]+)”一栏`)

// place puts a message beside the field that it names.
func (pg *entryPage) place(msg string) bool {
	label := ""
	if m := quoted.FindStringSubmatch(msg); m != nil {
		label = m[1]
	}
	name := ""
	switch {
	case label == library.Label("level1"), label == library.Label("level2"):
		name = classField
	case strings.HasPrefix(msg, "功能分类"):
		name = "sector"
	case strings.Contains(msg, "的名称"):
		name = "name"
	}
	for g := range pg.Groups {
		for i := range pg.Groups[g].Fields {
			if f := &pg.Groups[g].Fields[i]; f.Name == name || label != "" && f.Label == label {
				f.Err = msg
				return true
			}
		}
	}
	return false
}

// entrySave adds or changes an entry; what it does not take comes back with the
// form.
func (p *Pages) entrySave(w http.ResponseWriter, r *http.Request) (answer, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		return answer{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "pages.entrySave", Msg: "没有收到整份表格。返回上一页再保存一次。", Err: err}
	}
	id := r.PathValue("id")
	before, name := map[string]string{}, ""
	if id != "" {
		i, err := p.ws.Indicator(r.Context(), id)
		if err != nil {
			return answer{}, err
		}
		before, name = columnsOf(i.Entry), i.Name
	}
	set, changed := map[string]string{}, map[string]string{}
	for _, c := range entryColumns() {
		set[c] = before[c]
		v, ok := r.PostForm[c]
		if one, two, has := strings.Cut(r.PostFormValue(classField), "|"); has && c == "level1" {
			v, ok = []string{one}, true
		} else if has && c == "level2" {
			v, ok = []string{two}, true
		}
		if !ok || c == "id" {
			continue
		}
		set[c] = strings.TrimSpace(strings.ReplaceAll(v[0], "\r\n", "\n"))
		if id == "" || set[c] != before[c] {
			changed[c] = set[c]
		}
	}
	if v, ok := changed["level1"]; ok && v != "" { // the two are set together: level 2 depends on level 1
		changed["level2"] = set["level2"]
	} else if _, ok := changed["level2"]; ok {
		changed["level1"] = set["level1"]
	}
	c, err := p.ws.EditEntry(r.Context(), workspace.EntryEdit{ID: id, Set: changed, Note: strings.TrimSpace(r.PostFormValue("change_note")), Source: "page"})
	if trouble := (*yardstick.Error)(nil); errors.As(err, &trouble) && (trouble.Kind == yardstick.Invalid || trouble.Kind == yardstick.Conflict) {
		return p.showEntry(r, id, name, set, trouble)
	}
	if err != nil {
		return answer{}, err
	}
	word := "已保存，改了 " + count(len(c.Fields)) + " 栏。"
	if id == "" {
		word = "“" + c.Name + "”已加入指标库。"
	}
	say(w, toast{Text: word, Undo: undoOf(c)})
	return answer{to: "/library/" + c.Entry}, nil
}

// undoOf is the address that takes a change back.
func undoOf(c workspace.Change) string { return fmt.Sprintf("/library/changes/%d/undo", c.ID) }

// entryRetire takes an entry out of the library or puts it back.
func (p *Pages) entryRetire(retire bool) func(http.ResponseWriter, *http.Request) (string, error) {
	return func(w http.ResponseWriter, r *http.Request) (string, error) {
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		c, err := p.ws.RetireEntry(r.Context(), r.PathValue("id"), retire, "page", strings.TrimSpace(r.PostFormValue("note")))
		if err != nil {
			return "", err
		}
		word := "“" + c.Name + "”已停用，不再推荐，也不再对到它。"
		if !retire {
			word = "“" + c.Name + "”已恢复。"
		}
		say(w, toast{Text: word, Undo: undoOf(c)})
		return back(r, "/library/"+c.Entry), nil
	}
}

// entryMerge gives an entry's names to another one and retires it.
func (p *Pages) entryMerge(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	into, err := p.picked(r, r.PostFormValue("entry"))
	if err != nil {
		return "", err
	}
	list, err := p.ws.MergeEntries(r.Context(), r.PathValue("id"), into, "page", strings.TrimSpace(r.PostFormValue("note")))
	if err != nil {
		return "", err
	}
	t := toast{Text: "已合并到 " + into + "。"}
	ids := make([]string, 0, len(list))
	for _, c := range list {
		ids = append(ids, strconv.Itoa(c.ID))
		if c.Action == "retire" {
			t.Text = "“" + c.Name + "”已并入 " + into + "，名称成了它的别名，原来那条停用。"
		}
	}
	if len(ids) > 0 {
		t.Undo = "/library/changes/" + strings.Join(ids, "-") + "/undo"
	}
	say(w, t)
	return back(r, "/library/"+into), nil
}

// picked is the entry that a picker's text names: its id, the id before a name,
// or a name.
func (p *Pages) picked(r *http.Request, text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", &yardstick.Error{Kind: yardstick.Invalid, Op: "pages.picked", Msg: "没有选指标。输入名称，从列出的里面选一条。"}
	}
	id, _, _ := strings.Cut(text, " ")
	if i, err := p.ws.Indicator(r.Context(), id); err == nil {
		return i.ID, nil
	}
	res, err := p.ws.Search(r.Context(), workspace.SearchQuery{Text: text, Type: "indicator", Limit: 5})
	if err != nil {
		return "", err
	}
	for _, h := range res.Hits {
		if h.Name == text {
			return h.ID, nil
		}
	}
	return "", &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.picked", Msg: "指标库里没有“" + text + "”。输入名称，从列出的里面选一条，或写它的编号。"}
}

// back is where a POST returns to: the page that it came from, if it says so.
func back(r *http.Request, to string) string {
	if b := r.PostFormValue("back"); b != "" {
		return local(b)
	}
	return to
}

// changesPerPage is how much of the log is shown at once.
const changesPerPage = 50

// changeRow is one change of the log.
type changeRow struct {
	workspace.Change
	Word   string // 新增, 修改, 停用, 恢复
	From   string // how it came in
	CanTry bool   // it can be taken back
}

var changeWords = map[string]string{"add": "新增", "edit": "修改", "retire": "停用", "restore": "恢复"}

func changeRows(list []workspace.Change) []changeRow {
	out := make([]changeRow, 0, len(list))
	for _, c := range list {
		row := changeRow{c, changeWords[c.Action], orDash(changeSources[c.Source]), !c.Undone && c.Undoes == 0}
		if c.Origin != "" {
			row.From += " · " + c.Origin
		}
		if c.Undoes != 0 {
			row.Word = "撤销第 " + strconv.Itoa(c.Undoes) + " 次改动"
			if row.Note == row.Word {
				row.Note = ""
			}
		}
		out = append(out, row)
	}
	return out
}

var changeSources = map[string]string{"page": "页面", "cli": "命令行", "api": "接口", "import": "导入"}
