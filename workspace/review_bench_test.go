package workspace

import (
	"path/filepath"
	"testing"

	"yardstick"
)

// BenchmarkReview reviews the shipped forms, one after the other, against what
// they are themselves: library, peers and the forms of earlier years.
func BenchmarkReview(b *testing.B) {
	w, err := Open(b.Context(), Options{Dir: filepath.Join(b.TempDir(), "ws"), Create: true})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	if _, err := w.LoadSample(b.Context()); err != nil {
		b.Fatal(err)
	}
	list, err := w.Forms(b.Context(), FormQuery{Kind: yardstick.Target, Limit: 1000})
	if err != nil {
		b.Fatal(err)
	}
	var forms []yardstick.Form
	lines := 0
	for _, h := range list.Forms {
		s, err := w.store.Form(b.Context(), h.ID)
		if err != nil {
			b.Fatal(err)
		}
		forms = append(forms, s.Form)
		lines += len(s.Lines)
	}
	if len(forms) == 0 {
		b.Fatal("no target forms among the shipped ones")
	}
	b.ReportMetric(float64(lines)/float64(len(forms)), "lines/form")
	i := 0
	for b.Loop() {
		if _, err := w.reviewForm(b.Context(), forms[i%len(forms)], "", ""); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
