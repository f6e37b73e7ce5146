package pages

import (
	"net/http"

	"yardstick"
	"yardstick/web/intake"
)

// reviewRunPage is one review while it runs: main of reviewrun.tmpl.
type reviewRunPage struct {
	shell
	Run runView
}

func (p *Pages) reviewRunView(r *http.Request, s intake.Status) runView {
	v := p.runView(r, s)
	v.Title = "审核 " + count(s.Files) + " 个文件"
	if s.Bytes == 0 {
		v.Title = "审核 " + count(s.Files) + " 份表单"
	}
	switch {
	case s.State == intake.Failed:
		v.State = shape{"warn", "没有审完"}
	case s.State == intake.Running && s.Stage == "":
		v.State = shape{"run", "正在审核"}
	}
	return v
}

// reviewRun shows a review while it runs; then it leads to the round.
func (p *Pages) reviewRun(r *http.Request, q *asked, id string) (answer, error) {
	s, ok := p.desk.Status(id)
	if !ok || s.Kind != intake.Review {
		return answer{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "pages.reviewRun", Msg: "没有找到这次审核，服务可能重启过。审完的在“目标审核”页里；没有的重新审核一次。"}
	}
	if s.Round != "" && q.format == "html" {
		return answer{to: roundHref(s.Round)}, nil
	}
	pg := &reviewRunPage{Run: p.reviewRunView(r, s)}
	pg.Title, pg.Refresh = pg.Run.Title, !pg.Run.Finished
	if pg.Run.Finished && q.fragment { // the whole page, not the panel in its old place
		return answer{to: roundHref(id)}, nil
	}
	return answer{value: s, tmpl: p.tmpl["reviewrun"], page: pg, fragment: "progress"}, nil
}
