package pages

import (
	"crypto/rand"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/workspace"
)

// startPage is the page on which a draft begins: main of draftstart.tmpl.
type startPage struct {
	shell
	Key      string // the same for every press of this page's buttons
	Body     workspace.DraftBody
	Budget   string
	Year     string
	Lines    []startLine // carried over from an address of earlier versions
	Text     string
	Trouble  string
	Replace  string // an empty draft that the new one takes the place of
	Template *workspace.Template
	Form     *startForm
	Find     string
	Forms    []formRow
	Types    []optionGroup
	Recent   []draftListRow
	Kept     int
}

type startForm struct{ ID, Name, Words, Href string }

// startLine is a line as the start form carries it.
type startLine struct {
	workspace.DraftLine
	Class, Weight string
}

// draftNew asks what to start from. Nothing is made by looking.
func (p *Pages) draftNew(r *http.Request, q *asked) (answer, error) {
	start := workspace.DraftStart{Form: q.query.Get("form"), Template: q.query.Get("template"), Body: readDraft(q.query).Body}
	start.Body.Lines = linesOfAddress(q.query)
	return p.startAt(r, q, start, "")
}

// linesOfAddress reads the list that addresses of earlier versions carried.
func linesOfAddress(v url.Values) []workspace.DraftLine {
	out := []workspace.DraftLine{}
	at := func(name string, i int) string {
		if list := v[name]; i < len(list) {
			return cleaned(list[i])
		}
		return ""
	}
	for i := range min(len(v["n"]), workspace.MaxDraftLines) {
		if at("n", i) == "" {
			continue
		}
		l := proposedLine(at("n", i), at("a", i), at("b", i), "", workspace.TargetAdvice{Text: at("t", i)}, workspace.WeightAdvice{})
		if l.Target != "" && l.Comparison != qualitativeWord {
			l.Target, l.Unit = splitUnit(l.Target)
		}
		l.Weight, _ = amountOf(at("w", i)) // no number: no weight
		out = append(out, l)
	}
	return out
}

// splitUnit takes the unit off the end of a number.
func splitUnit(s string) (number, unit string) {
	i := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789.,-–~—～ ", r) })
	if i <= 0 {
		return s, ""
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i:])
}

func (p *Pages) startAt(r *http.Request, q *asked, start workspace.DraftStart, trouble string) (answer, error) {
	ctx := r.Context()
	pg := &startPage{Key: rand.Text(), Body: start.Body, Text: start.Text, Trouble: trouble, Replace: q.query.Get("from"), Find: cleaned(q.query.Get("find"))}
	pg.Title = "新草稿 · 目标编制"
	if start.Key != "" {
		pg.Key = start.Key
	}
	if start.Body.Budget != nil {
		pg.Budget = typed(*start.Body.Budget)
	}
	if pg.Year = strconv.Itoa(start.Body.Year); start.Body.Year == 0 {
		pg.Year = strconv.Itoa(p.opt.Now().In(p.opt.Zone).Year() + 1)
	}
	for _, l := range start.Body.Lines {
		line := startLine{DraftLine: l, Class: classValue(l.Level1, l.Level2)}
		if l.Weight != nil {
			line.Weight = typed(*l.Weight)
		}
		pg.Lines = append(pg.Lines, line)
	}
	types, err := p.ws.Templates(ctx, workspace.TemplateQuery{})
	if err != nil {
		return answer{}, err
	}
	var opts []option
	for i, t := range types {
		opts = append(opts, option{Group: t.Sector, Value: t.ID, Word: t.Name, Chosen: t.ID == start.Template})
		if t.ID == start.Template {
			pg.Template = &types[i]
		}
	}
	pg.Types = field{Options: opts}.Groups()
	if start.Template != "" && pg.Template == nil {
		return answer{}, fault.New(http.StatusNotFound, yardstick.NotFound, "没有这个模板。从模板库重新选。")
	}
	if start.Form != "" {
		f, err := p.ws.Form(ctx, start.Form)
		if err != nil {
			return answer{}, err
		}
		pg.Form = &startForm{ID: f.ID, Name: text(f.Project), Words: strings.TrimPrefix(year(f.Year)+" 年 ", missing+" 年 ") + f.Kind.Title() + " · " + text(f.Unit) + " · " + count(len(f.Lines)) + " 个指标", Href: "/forms/" + url.PathEscape(f.ID)}
		pg.Sample = pg.Sample || f.Sample
		if pg.Body.Project == "" {
			pg.Body.Project = deref(f.Project)
		}
	}
	if err := p.startFrom(r, pg); err != nil {
		return answer{}, err
	}
	a := answer{value: start, tmpl: p.tmpl["draftstart"], page: pg}
	if trouble != "" {
		a.status = http.StatusUnprocessableEntity
	}
	return a, nil
}

// startFrom lists filed forms to start from, and the drafts to go on with.
func (p *Pages) startFrom(r *http.Request, pg *startPage) error {
	const shown = 6
	for _, kind := range []yardstick.FormKind{yardstick.Target, yardstick.SelfEvaluation} {
		if len(pg.Forms) > 0 {
			break // last year's self-evaluation only where no target form is
		}
		list, err := p.ws.Forms(r.Context(), workspace.FormQuery{Kind: kind, Text: pg.Find, Limit: shown})
		if err != nil {
			return err
		}
		pg.Forms = formRows(list.Forms)
		for _, f := range list.Forms {
			pg.Sample = pg.Sample || f.Sample
		}
	}
	drafts, err := p.ws.Drafts(r.Context(), false)
	if err != nil {
		return err
	}
	pg.Kept = len(drafts)
	for _, d := range drafts[:min(len(drafts), shown)] {
		row := draftListRow{DraftHead: d, Name: d.Project, Path: draftPath(d.ID), Y: year(&d.Year)}
		if row.Name == "" {
			row.Name = "没有写名称的草稿"
		}
		pg.Recent = append(pg.Recent, row)
	}
	return nil
}

// longestFile is how much of a document is taken in.
const longestFile = 32 << 20

// draftStart makes a draft and leads to it.
func (p *Pages) draftStart(w http.ResponseWriter, r *http.Request) (answer, error) {
	r.Body = http.MaxBytesReader(w, r.Body, longestFile+1<<20)
	var tooLarge *http.MaxBytesError
	switch err := r.ParseMultipartForm(4 << 20); {
	case errors.As(err, &tooLarge):
		return answer{}, fault.New(http.StatusRequestEntityTooLarge, yardstick.Invalid, "文件超过 32 MB，没有接收。把要用的那一页另存为一个文件再读入。")
	case errors.Is(err, http.ErrNotMultipart):
	case err != nil:
		return answer{}, fault.New(http.StatusBadRequest, yardstick.Invalid, "文件没有传完，没有建草稿。请再传一次。")
	}
	v := r.PostForm
	if v == nil {
		v = url.Values{}
	}
	in := readDraft(v)
	start := workspace.DraftStart{Key: cleaned(v.Get("key")), Form: cleaned(v.Get("form")), Template: cleaned(v.Get("template")), Body: in.Body}
	if v.Has("text") {
		start.Text = strings.TrimSpace(v.Get("text"))
	}
	q := p.asked(r)
	ask := func(trouble string) (answer, error) {
		q.path, q.query = "/drafts/new", url.Values{"from": {v.Get("from")}}
		return p.startAt(r, q, start, trouble)
	}
	if f := uploaded(r); f != nil {
		start.File = f
	}
	nothing := start.Form == "" && start.Template == "" && start.Text == "" && start.File == nil
	switch {
	case len(in.Bad) > 0:
		return ask("预算和年度写成数，如 312.00、2025。")
	case v.Has("text") && start.Text == "" && start.File == nil:
		return ask("没有收到文档。选一个文件，或把文字粘贴进来。")
	case nothing && start.Body.Project == "" && start.Body.Goal == "":
		return ask("写上项目名称，就能推荐指标。")
	}
	d, err := p.ws.StartDraft(r.Context(), start)
	if err != nil {
		var e *yardstick.Error
		if yardstick.KindOf(err) == yardstick.Invalid && errors.As(err, &e) {
			return ask(e.Msg)
		}
		return answer{}, err
	}
	p.replace(r, cleaned(v.Get("from")), d.ID)
	if d.Origin.Note != "" {
		say(w, toast{Text: d.Origin.Note})
	}
	return answer{to: draftPath(d.ID)}, nil
}

// replace puts an empty draft away that another was started from. Where it
// can't, the list has one draft more.
func (p *Pages) replace(r *http.Request, old, now string) {
	if old == "" || old == now {
		return
	}
	list, err := p.ws.Drafts(r.Context(), false)
	if err != nil {
		return
	}
	for _, d := range list {
		if d.ID == old && d.Lines == 0 {
			_, _ = p.ws.DeleteDraft(r.Context(), old, false) // it stays in the list
		}
	}
}

// uploaded is the document of the form, nil if none was chosen.
func uploaded(r *http.Request) *workspace.Upload {
	if r.MultipartForm == nil {
		return nil
	}
	for _, fh := range r.MultipartForm.File["file"] {
		if fh.Size > 0 {
			return &workspace.Upload{Name: fh.Filename, Open: opener(fh)}
		}
	}
	return nil
}

func opener(fh *multipart.FileHeader) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return fh.Open() }
}
