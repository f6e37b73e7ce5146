//go:build storybook

package web

import (
	"net/http"
	"strings"

	"yardstick/web/internal/fake"
)

// story serves /storybook/{state}/…: every page over made-up answers, state by
// state. It is built for development only (-tags=storybook).
func (s *Server) story(w http.ResponseWriter, r *http.Request) bool {
	rest, ok := strings.CutPrefix(r.URL.Path, "/storybook/")
	if !ok {
		return false
	}
	state, path, _ := strings.Cut(rest, "/")
	for _, known := range fake.States {
		if string(known) == state {
			one, err := New(fake.New(known), Options{Log: s.opt.Log, Now: s.opt.Now, Zone: s.opt.Zone})
			if err != nil {
				s.pages.Fail(w, r, err)
				return true
			}
			defer one.Close()
			r.URL.Path = "/" + path
			one.route(w, r)
			return true
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for _, known := range fake.States {
		_, _ = w.Write([]byte("<p>" + string(known)))
		for _, p := range []string{"", "ingest", "ingest/b-0003", "forms", "forms/f-0002", "library", "library?q=公路", "library/JT-0214", "library/JT-0214/edit", "library/new",
			"library/health", "library/names", "library/proposals", "library/decisions", "library/changes", "library/diff", "templates", "templates/T-214-01", "cases", "drafts", "drafts/new", "drafts/d-0001", "drafts/d-0002", "drafts/d-0003/compare", "reviews", "reviews/rv-0001", "reviews/rv-0001/forms/f-0101/opinion", "drafts/d-0001/review"} {
			_, _ = w.Write([]byte(` <a href="/storybook/` + string(known) + "/" + p + `">/` + p + `</a>`))
		}
	}
	return true
}
