package pages

import (
	"net/http"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/workspace"
)

// batchPage is one batch, file by file: main of batch.tmpl.
type batchPage struct {
	shell
	B      workspace.BatchDetail
	Row    batchRow
	Result *resultView
}

// resultView is what became of the files of a batch.
type resultView struct {
	Rows   workspace.Rows
	Show   []choice
	Files  []fileView
	Pager  pager
	Kinds  []choice
	Action string // the address that the filter form asks
	Chosen string // value of show
	Folder string // that all files lie in, "" if there is none
}

// choice is one of several exclusive choices.
type choice struct {
	Word, Href, Value string
	N                 int
	Current           bool
}

// fileView is one file with what is to be done about it.
type fileView struct {
	workspace.FileResult
	ID        string // of the row
	Shown     string // the file below the batch's folder
	Result    shape
	Kinds     string
	Why       string // one sentence for a file that was refused as a whole
	Fix       string
	Meta      string
	Rejected  []issueView
	Warnings  []issueView
	More      string // how many are not shown
	Open      bool
	FormLinks []formLink
	Refused   bool
	HasDetail bool
	// counts of all places, also of those not listed
	RejectedCount, WarningCount int
}

type formLink struct{ Href, Word string }

// formsLinked is how many forms of a file are linked; the list of forms finds the rest.
const formsLinked = 20

// issueView is a place in a file beside its raw text and what to do.
type issueView struct {
	yardstick.Issue
	Href string
	Fix  string
}

// issuesShown is how many places are listed per file; the rest is in the csv.
const issuesShown = 50

func (p *Pages) batch(r *http.Request, q *asked) (answer, error) {
	id := q.id(r)
	if strings.HasPrefix(id, "run-") {
		return p.run(r, q, id)
	}
	b, err := p.ws.Batch(r.Context(), id)
	if err != nil {
		return answer{}, err
	}
	pg := &batchPage{B: b, Row: batchRows([]workspace.BatchSummary{b.BatchSummary})[0]}
	pg.Title, pg.Sample = "批次 "+b.ID, b.Sample
	pg.Result = p.result(q, workspace.IngestResult{Batch: b.ID, Rows: b.Rows, PerFile: b.PerFile})
	return answer{value: b, table: func() [][]string { return issueTable(b.PerFile) }, tmpl: p.tmpl["batch"], page: pg, fragment: "files"}, nil
}

// result lays out the files by the request's filter.
func (p *Pages) result(q *asked, res workspace.IngestResult) *resultView {
	v := &resultView{Rows: res.Rows, Action: q.path, Chosen: q.query.Get("show")}
	kind := q.query.Get("kind")
	var all, issues, rejected int
	seen := map[string]bool{}
	var picked []workspace.FileResult
	for _, f := range res.PerFile {
		all++
		bad := len(f.Rejected) > 0 || f.Outcome == "rejected"
		if bad || len(f.Warnings) > 0 {
			issues++
		}
		if bad {
			rejected++
		}
		of := false
		for _, k := range f.Kinds {
			seen[k] = true
			of = of || k == kind
		}
		if kind != "" && !of || v.Chosen == "issues" && !bad && len(f.Warnings) == 0 || v.Chosen == "rejected" && !bad {
			continue
		}
		picked = append(picked, f)
	}
	v.Show = []choice{
		{Word: "全部", Href: q.with("show", ""), N: all, Current: v.Chosen != "issues" && v.Chosen != "rejected"},
		{Word: "有问题", Href: q.with("show", "issues"), N: issues, Current: v.Chosen == "issues"},
		{Word: "只看未入库", Href: q.with("show", "rejected"), N: rejected, Current: v.Chosen == "rejected"},
	}
	for _, k := range kinds {
		if seen[string(k)] {
			v.Kinds = append(v.Kinds, choice{Word: k.Title(), Value: string(k), Current: string(k) == kind})
		}
	}
	from, to := v.Pager.set(q, len(picked), "个文件")
	v.Folder = folder(res.PerFile)
	opened := false
	for i, f := range picked[from:to] {
		fv := fileOf(f, "d"+strconv.Itoa(from+i))
		fv.Shown = strings.TrimPrefix(f.File, v.Folder)
		if len(fv.Rejected) > 0 && !opened { // the first file with something to correct is open
			fv.Open, opened = true, true
		}
		v.Files = append(v.Files, fv)
	}
	return v
}

// folder is the longest folder, with its slash, that all files lie in.
func folder(files []workspace.FileResult) string {
	if len(files) == 0 {
		return ""
	}
	dir := files[0].File[:strings.LastIndex(files[0].File, "/")+1]
	for _, f := range files[1:] {
		for !strings.HasPrefix(f.File, dir) {
			dir = dir[:strings.LastIndex(strings.TrimSuffix(dir, "/"), "/")+1]
		}
	}
	return dir
}

func fileOf(f workspace.FileResult, id string) fileView {
	v := fileView{FileResult: f, ID: id, Result: outcomes[f.Outcome], RejectedCount: len(f.Rejected), WarningCount: len(f.Warnings)}
	if v.Result.Word == "" {
		v.Result = shape{"na", orDash(f.Outcome)}
	}
	words := make([]string, 0, len(f.Kinds))
	for _, k := range f.Kinds {
		words = append(words, yardstick.FormKind(k).Title())
	}
	v.Kinds = orDash(strings.Join(words, "、"))
	switch f.Outcome {
	case "superseding":
		v.Meta = "更正：替换以前导入的同一张表，旧版保留"
	case "unchanged":
		v.Meta = "与以前导入的内容相同，没有变化"
	}
	if f.Outcome == "rejected" && len(f.Rejected) > 0 && f.Rejected[0].Cell == "" {
		v.Refused, v.Why, v.Fix = true, f.Rejected[0].Message, fixes[f.Rejected[0].Code]
		if w := refusals[f.Rejected[0].Code]; w != "" {
			v.Result.Word = w
		}
		return v
	}
	for i, form := range f.FormIDs[:min(len(f.FormIDs), formsLinked)] {
		v.FormLinks = append(v.FormLinks, formLink{"/forms/" + form, "第 " + strconv.Itoa(i+1) + " 份"})
	}
	v.Rejected, v.Warnings = issuesOf(f, f.Rejected), issuesOf(f, f.Warnings)
	if more := len(f.Rejected) + len(f.Warnings) - len(v.Rejected) - len(v.Warnings); more > 0 {
		v.More = "另有 " + count(more) + " 处没有列出，在导出的 csv 里。"
	}
	v.HasDetail = len(v.Rejected)+len(v.Warnings)+len(v.FormLinks) > 0
	return v
}

// issuesOf lists places with a link to the form, where the file has only one.
func issuesOf(f workspace.FileResult, list []yardstick.Issue) []issueView {
	out := make([]issueView, 0, min(len(list), issuesShown))
	for _, i := range list[:min(len(list), issuesShown)] {
		v := issueView{Issue: i, Fix: fixes[i.Code]}
		if len(f.FormIDs) == 1 && i.Cell != "" {
			v.Href = "/forms/" + f.FormIDs[0] + "#c-" + i.Cell
		}
		out = append(out, v)
	}
	return out
}

// issueTable is the list of problems as it is sent to whoever corrects them.
func issueTable(files []workspace.FileResult) [][]string {
	t := [][]string{{"file", "outcome", "result", "sheet", "cell", "raw", "code", "message", "fix"}}
	for _, f := range files {
		for _, i := range f.Rejected {
			t = append(t, []string{f.File, f.Outcome, "未入库", i.Sheet, i.Cell, i.Raw, string(i.Code), i.Message, fixes[i.Code]})
		}
		for _, i := range f.Warnings {
			t = append(t, []string{f.File, f.Outcome, "提醒", i.Sheet, i.Cell, i.Raw, string(i.Code), i.Message, fixes[i.Code]})
		}
		if len(f.Rejected)+len(f.Warnings) == 0 {
			t = append(t, []string{f.File, f.Outcome, "", "", "", "", "", "", ""})
		}
	}
	return t
}
