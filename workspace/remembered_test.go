package workspace

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

// TestRemembered: what is remembered is what the matcher says, for each kind of
// question, from many askers and beyond what is kept.
func TestRemembered(t *testing.T) {
	lib, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	m, err := naming.New(lib.Entries()[:200], naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := &remembered{matcher: m}
	entries := lib.Entries()[:40]
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for i, e := range entries {
				for _, n := range []naming.Name{{Text: e.Name}, {Text: e.Name, Sector: e.Sector}, {Text: e.Name, Unit: e.Unit, Project: "公路养护"}} {
					if diff := cmp.Diff(m.Match(n), r.Match(n)); diff != "" {
						t.Errorf("entry %d, %+v (-matcher +remembered):\n%s", i, n, diff)
					}
				}
			}
		})
	}
	wg.Wait()
	for i := range maxNamesKept {
		r.said[naming.Name{Text: fmt.Sprint(i)}] = naming.Match{}
	}
	r.Match(naming.Name{Text: entries[0].Name, Level1: "产出指标"})
	if len(r.said) != 1 {
		t.Errorf("%d names are kept beyond the limit, want 1", len(r.said))
	}
}
