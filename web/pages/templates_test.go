package pages

import (
	"testing"
	"time"

	"github.com/jba/templatecheck"

	"yardstick/web/fault"
	"yardstick/web/intake"
	"yardstick/web/internal/fake"
	"yardstick/workspace"
)

// at is the moment at which pages under test are looked at.
var at = time.Date(2024, 9, 12, 2, 0, 0, 0, time.UTC)

func newPages(t *testing.T, s fake.State) *Pages {
	t.Helper()
	ws := fake.New(s)
	desk := intake.New(ws, intake.Options{Dir: t.TempDir(), Now: func() time.Time { return at }})
	t.Cleanup(func() { desk.Close() })
	p, err := New(ws, desk, Options{Now: func() time.Time { return at }, Zone: time.FixedZone("CST", 8*3600)})
	if err != nil {
		t.Fatal(err)
	}
	p.assets.built = true // the pages, not the hint to build their assets
	return p
}

// TestTemplates checks every template against the struct that it is given.
func TestTemplates(t *testing.T) {
	p := newPages(t, fake.Loaded)
	for _, c := range []struct {
		page, name string
		dot        any
	}{
		{"overview", "page", &overviewPage{}},
		{"ingest", "page", &ingestPage{}},
		{"run", "page", &runPage{}},
		{"run", "progress", &runPage{}},
		{"batch", "page", &batchPage{Result: &resultView{}}},
		{"batch", "files", &resultView{}},
		{"forms", "page", &formsPage{}},
		{"forms", "found", &formsPage{}},
		{"form", "page", &formPage{}},
		{"library", "page", &libraryPage{}},
		{"library", "found", &libraryPage{}},
		{"indicator", "page", &indicatorPage{I: workspace.IndicatorView{}}},
		{"options", "page", &optionsPage{}},
		{"options", "options", &optionsPage{}},
		{"entry", "page", &entryPage{}},
		{"health", "page", &healthPage{}},
		{"names", "page", &namesPage{}},
		{"names", "swap", &namesPage{}},
		{"decisions", "page", &decisionsPage{}},
		{"proposals", "page", &proposalsPage{}},
		{"taken", "page", &takenPage{}},
		{"changes", "page", &changesPage{}},
		{"diff", "page", &diffPage{}},
		{"import", "page", &importPage{}},
		{"patterns", "page", &patternsPage{}},
		{"patterns", "found", &patternsPage{}},
		{"pattern", "page", &patternPage{}},
		{"cases", "page", &casesPage{}},
		{"cases", "found", &casesPage{}},
		{"draft", "page", &draftPage{}},
		{"draft", "main", &draftPage{}},
		{"draft", "found", &draftPage{}},
		{"drafts", "page", &draftsPage{}},
		{"draftstart", "page", &startPage{Template: &workspace.Template{}, Form: &startForm{}}},
		{"draftcompare", "page", &comparePage{}},
		{"reviews", "page", &reviewsPage{}},
		{"reviewrun", "page", &reviewRunPage{}},
		{"reviewrun", "progress", &reviewRunPage{}},
		{"round", "page", &roundPage{}},
		{"opinion", "page", &opinionPage{O: &opinionView{}}},
		{"draftreview", "page", &draftReviewPage{O: &opinionView{}}},
		{"error", "page", &errorPage{Fault: &fault.Fault{}}},
		{"error", "trouble", &errorPage{Fault: &fault.Fault{}}},
	} {
		t.Run(c.page+"/"+c.name, func(t *testing.T) {
			if err := templatecheck.CheckHTML(p.tmpl[c.page].Lookup(c.name), c.dot); err != nil {
				t.Error(err)
			}
		})
	}
}
