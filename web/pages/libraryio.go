package pages

import (
	"bytes"
	"crypto/rand"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// shelf keeps the tables that were uploaded and wait for 确认导入. The preview
// has an address of its own, so that it survives a reload and needs no script;
// the file is read from here again when it is confirmed.
type shelf struct {
	mu   sync.Mutex
	kept []waiting // oldest first
}

// waiting is one uploaded table.
type waiting struct {
	token   string
	parcel  *intake.Parcel
	replace bool
	note    string
}

// shelfRoom is how many tables wait at once; the oldest makes room.
const shelfRoom = 8

func (s *shelf) put(w waiting) string {
	w.token = rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) == shelfRoom {
		_ = s.kept[0].parcel.Remove() // what stays behind goes with the folder
		s.kept = s.kept[1:]
	}
	s.kept = append(s.kept, w)
	return w.token
}

func (s *shelf) get(token string) (waiting, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.kept {
		if w.token == token {
			return w, nil
		}
	}
	return waiting{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.shelf", Msg: "这份表已经导入或放了太久。回到“我的库”重新选一次文件。"}
}

func (s *shelf) drop(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, w := range s.kept {
		if w.token == token {
			_ = w.parcel.Remove() // what stays behind goes with the folder
			s.kept = append(s.kept[:i:i], s.kept[i+1:]...)
			return
		}
	}
}

// receive takes one uploaded table in.
func (p *Pages) receive(w http.ResponseWriter, r *http.Request) (*intake.Parcel, error) {
	const op = "pages.receive"
	r.Body = http.MaxBytesReader(w, intake.Patient(w, r.Body), p.desk.Options().FileBytes+1<<20)
	mr, err := r.MultipartReader()
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "没有收到文件。选好文件后再导入。", Err: err}
	}
	parcel, err := p.desk.Receive(mr)
	if err != nil {
		intake.Drain(r.Body)
		return nil, err
	}
	if len(parcel.Uploads) != 1 {
		_ = parcel.Remove() // what stays behind goes with the folder
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "一次导入一个文件，收到 " + strconv.Itoa(len(parcel.Uploads)) + " 个。"}
	}
	return parcel, nil
}

// importStart takes a bureau's own table in and leads to what it would change.
func (p *Pages) importStart(w http.ResponseWriter, r *http.Request) (string, error) {
	parcel, err := p.receive(w, r)
	if err != nil {
		return "", err
	}
	one := waiting{parcel: parcel, replace: parcel.Fields["replace"] != "", note: strings.TrimSpace(parcel.Fields["note"])}
	if _, err := p.ws.ImportLibrary(r.Context(), one.request(true)); err != nil {
		_ = parcel.Remove() // what stays behind goes with the folder
		return "", err
	}
	return "/library/changes/import/preview/" + p.shelf.put(one), nil
}

func (w waiting) request(dry bool) workspace.LibraryImport {
	up := w.parcel.Uploads[0]
	return workspace.LibraryImport{Name: up.Name, Open: up.Open, Source: "page", Note: w.note, Replace: w.replace, DryRun: dry}
}

// importPage is the preview of an import: main of import.tmpl.
type importPage struct {
	shell
	File    string
	Token   string
	Replace bool
	Note    string
	R       workspace.LibraryImported
	Nothing bool // it would change nothing
	Columns []columnRow
	diffView
}

// columnRow is one column of the file with what it was read as.
type columnRow struct{ Heading, Field string }

func (p *Pages) importPreview(r *http.Request, _ *asked) (answer, error) {
	token := strings.TrimSuffix(r.PathValue("token"), ".json")
	one, err := p.shelf.get(token)
	if err != nil {
		return answer{}, err
	}
	res, err := p.ws.ImportLibrary(r.Context(), one.request(true))
	if err != nil {
		return answer{}, err
	}
	pg := &importPage{File: one.parcel.Uploads[0].Name, Token: token, Replace: one.replace, Note: one.note, R: res, Nothing: res.Added+res.Changed+res.Retired == 0, diffView: newDiffView(res.Diff)}
	for _, c := range res.Columns {
		heading, field, _ := strings.Cut(c, " → ")
		pg.Columns = append(pg.Columns, columnRow{heading, field})
	}
	pg.Title, pg.Tab = "导入"+pg.File+" · 指标库", "changes"
	return answer{value: res, tmpl: p.tmpl["import"], page: pg}, nil
}

// importConfirm takes the previewed table over.
func (p *Pages) importConfirm(w http.ResponseWriter, r *http.Request) (string, error) {
	token := r.PathValue("token")
	one, err := p.shelf.get(token)
	if err != nil {
		return "", err
	}
	if r.PostFormValue("drop") != "" {
		p.shelf.drop(token)
		say(w, toast{Text: "没有导入，指标库没有改变。"})
		return "/library/changes", nil
	}
	res, err := p.ws.ImportLibrary(r.Context(), one.request(false))
	if err != nil {
		return "", err
	}
	p.shelf.drop(token)
	word := "没有改变：表里的指标和现在一样。"
	if res.Version > 0 {
		word = "已导入为第 " + strconv.Itoa(res.Version) + " 版：新增 " + count(res.Added) + "、修改 " + count(res.Changed) + "、停用 " + count(res.Retired) + " 条。"
	}
	say(w, toast{Text: word})
	return "/library/changes", nil
}

// exportLibrary hands out the library, or a version of it, as a table.
func (p *Pages) exportLibrary(w http.ResponseWriter, r *http.Request) {
	q := p.asked(r)
	format := q.query.Get("format")
	version, name := 0, "指标库"
	switch v := q.query.Get("version"); v {
	case "", "current":
	case "shipped":
		version, name = -1, "指标库-随软件发布"
	default:
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			p.fail(w, r, q, fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, "版本写 shipped、current 或版本号。"))
			return
		}
		version, name = n, "指标库-第"+v+"版"
	}
	if format == "" {
		format = "csv"
	}
	types := map[string]string{"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
	p.download(w, r, q, types[format], name+"."+format, func(to io.Writer) error { return p.ws.ExportLibrary(r.Context(), format, version, to) })
}

// download writes a file that a use case makes. It is made whole first, so that
// trouble becomes an error page and not half a file.
func (p *Pages) download(w http.ResponseWriter, r *http.Request, q *asked, typ, name string, write func(io.Writer) error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		p.fail(w, r, q, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", typ)
	h.Set("Content-Disposition", `attachment; filename*=UTF-8''`+strings.ReplaceAll(queryEscape(name), "+", "%20"))
	h.Set("Cache-Control", "private, no-cache")
	_, _ = w.Write(b.Bytes()) // the client has gone: nobody to tell
}
