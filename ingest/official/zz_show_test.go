package official_test

import (
	"os"
	"testing"

	"yardstick/ingest/forms"
	"yardstick/ingest/grid"
	"yardstick/ingest/official"
)

func TestShow(t *testing.T) {
	dir := os.Getenv("SHOW")
	if dir == "" {
		t.Skip()
	}
	w := func(name string, data []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile(dir+"/"+name, data, 0o644)
	}
	f := usual()
	opt := official.Options{Sample: true, Attribute: "延续项目", Term: "1年"}
	x, err := official.WriteXLSX(f, opt)
	w("form.xlsx", x, err)
	d, err := official.WriteDOCX(f, opt)
	w("form.docx", d, err)
	for name, data := range map[string][]byte{"form.xlsx": x, "form.docx": d} {
		g, _ := grid.Read(t.Context(), name, data, grid.Options{})
		out, on, err := official.Annotate(name, data, findings(forms.ReadFile(g).Forms))
		w(on, out, err)
	}
	for _, n := range []int{12, 30} {
		o, err := official.OpinionXLSX(opinion(n))
		w("opinion"+string(rune('0'+n/10))+".xlsx", o, err)
		h, err := official.OpinionHTML(opinion(n), "")
		w("opinion"+string(rune('0'+n/10))+".html", h, err)
	}
	s, err := official.SummaryXLSX(official.Summary{Title: "2026 年申报", Rows: []official.Opinion{opinion(2), opinion(12)}, Sample: true})
	w("summary.xlsx", s, err)
	for _, n := range []string{"hainan-2022-fucai-yunxing.xlsx", "yuanzhou-forest-2022-target.docx"} {
		data, err := os.ReadFile(sharedForms + "/" + n)
		if err != nil {
			continue
		}
		g, _ := grid.Read(t.Context(), n, data, grid.Options{})
		out, on, err := official.Annotate(n, data, findings(forms.ReadFile(g).Forms))
		w(on, out, err)
	}
}
