package pages

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/web/intake"
	"yardstick/workspace"
)

// ingestPage is 导入: main of ingest.tmpl.
type ingestPage struct {
	shell
	Active   []runView
	Batches  []batchRow
	Total    int // batches in the workspace
	FileMB   int // of one file
	TotalMB  int // of one upload
	MaxFiles int
	Pager    pager
}

// runPage is one import while it runs: main of run.tmpl.
type runPage struct {
	shell
	Run runView
}

// runView is a run as it is shown.
type runView struct {
	intake.Status
	Title    string
	State    shape
	Known    bool // Done and Total mean something
	Percent  string
	Width    string // of the bar, in percent of the picture
	Elapsed  string
	Timing   string // elapsed and remaining, in words
	Trouble  *fault.Fault
	Result   *resultView
	Finished bool
}

func (p *Pages) runView(r *http.Request, s intake.Status) runView {
	v := runView{Status: s, Title: "导入 " + strconv.Itoa(s.Files) + " 个文件", Finished: s.State.Final()}
	switch s.State {
	case intake.Waiting:
		v.State = shape{"wait", "排队"}
	case intake.Running:
		v.State = shape{"run", "正在" + orWord(s.Stage, "读取")}
	case intake.Done:
		v.State = shape{"ok", "已完成"}
	case intake.Failed:
		v.State = shape{"warn", "没有入库"}
		v.Trouble = fault.Of(r.Context(), p.opt.Log, "ingest", s.Err)
	case intake.Cancelled:
		v.State = shape{"na", "已取消"}
	}
	if s.Started != nil {
		end := p.opt.Now()
		if s.Ended != nil {
			end = *s.Ended
		}
		spent := end.Sub(*s.Started)
		v.Elapsed = clock(spent)
		v.Timing = "已用 " + v.Elapsed
		if s.Total > 0 && s.Done > 0 && s.Done < s.Total && spent > 2*time.Second {
			v.Timing += "，约剩 " + clock(time.Duration(float64(spent)/float64(s.Done)*float64(s.Total-s.Done)))
		}
	}
	if s.Total > 0 {
		v.Known, v.Percent = true, percent(s.Done, s.Total)
		v.Width = v.Percent
	}
	return v
}

func orWord(s, word string) string {
	if s == "" {
		return word
	}
	return s
}

// clock writes a duration as m:ss.
func clock(d time.Duration) string {
	s := int(d.Seconds())
	return strconv.Itoa(s/60) + ":" + strconv.Itoa(100 + s%60)[1:]
}

func (p *Pages) ingest(r *http.Request, q *asked) (answer, error) {
	list, err := p.ws.Batches(r.Context())
	if err != nil {
		return answer{}, err
	}
	lim := p.desk.Options()
	pg := &ingestPage{Total: len(list), FileMB: int(lim.FileBytes >> 20), TotalMB: int(lim.TotalBytes >> 20), MaxFiles: lim.Files}
	pg.Title = "导入"
	for _, s := range p.desk.Active() {
		pg.Active = append(pg.Active, p.runView(r, s))
	}
	rows := batchRows(list)
	for _, b := range rows {
		pg.Sample = pg.Sample || b.Sample
	}
	from, to := pg.Pager.set(q, len(rows), "批")
	pg.Batches = rows[from:to]
	table := func() [][]string {
		t := [][]string{{"batch", "source", "sample", "loaded_at", "took_ms", "files", "forms", "lines", "warnings", "rejected"}}
		for _, b := range list {
			t = append(t, []string{b.ID, b.Source, strconv.FormatBool(b.Sample), b.LoadedAt.Format(time.RFC3339), strconv.FormatInt(b.TookMS, 10),
				strconv.Itoa(b.Files), strconv.Itoa(b.Forms), strconv.Itoa(b.Lines), strconv.Itoa(b.Warnings), strconv.Itoa(b.Rejected)})
		}
		return t
	}
	return answer{value: list, table: table, tmpl: p.tmpl["ingest"], page: pg}, nil
}

// upload takes files in, starts the batch and leads to its page.
func (p *Pages) upload(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, intake.Patient(w, r.Body), p.desk.Options().TotalBytes+1<<20)
	mr, err := r.MultipartReader()
	if err != nil {
		return "", &yardstick.Error{Kind: yardstick.Invalid, Op: "pages.upload", Msg: "没有收到文件。选好文件或文件夹后再导入。", Err: err}
	}
	parcel, err := p.desk.Receive(mr)
	if err != nil {
		intake.Drain(r.Body)
		return "", err
	}
	id := p.desk.Start(workspace.IngestRequest{Uploads: parcel.Uploads, Source: "page"}, len(parcel.Uploads), parcel.Bytes,
		func() { _ = parcel.Remove() }) // what stays behind goes with the folder
	return "/ingest/" + id, nil
}

func (p *Pages) cancel(_ http.ResponseWriter, r *http.Request) (string, error) {
	p.desk.Cancel(r.PathValue("id")) // one that has ended shows its end
	return "/ingest/" + r.PathValue("id"), nil
}

// run shows an import while it runs, and what became of it if no batch came of
// it; otherwise it leads to the batch.
func (p *Pages) run(r *http.Request, q *asked, id string) (answer, error) {
	s, ok := p.desk.Status(id)
	if !ok {
		return answer{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.run", Msg: "没有找到这次导入，服务可能重启过。整批入库了才算数，到“导入”页看最近的批次。"}
	}
	v := p.runView(r, s)
	if s.Result != nil {
		if s.Result.Batch != "" && q.format == "html" {
			return answer{to: "/ingest/" + s.Result.Batch}, nil
		}
		v.Result = p.result(q, *s.Result)
	}
	pg := &runPage{Run: v}
	pg.Title, pg.Refresh = v.Title, !v.Finished
	if v.Finished && q.fragment { // the whole page, not the panel in its old place
		return answer{to: "/ingest/" + id}, nil
	}
	return answer{value: s, tmpl: p.tmpl["run"], page: pg, fragment: "progress"}, nil
}

// id is the last part of the path without a twin's extension.
func (q *asked) id(r *http.Request) string {
	id := r.PathValue("id")
	if q.format != "html" {
		id = strings.TrimSuffix(id, "."+q.format)
	}
	return id
}
