package client

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick"
	"yardstick/workspace"
)

// TestRename holds that results name files as they were given, not as the
// server saw them.
func TestRename(t *testing.T) {
	res := workspace.IngestResult{
		Rejected: []yardstick.Issue{{File: "/srv/a/x.xlsx"}, {File: "/srv/ab/y.xlsx"}},
		PerFile:  []workspace.FileResult{{File: "/srv/a/sub/z.xlsx", Warnings: []yardstick.Issue{{File: "/srv/b.csv"}}}},
	}
	rename(&res, []prefix{{"/srv/a", "forms"}, {"/srv/b.csv", "b.csv"}})
	got := []string{res.Rejected[0].File, res.Rejected[1].File, res.PerFile[0].File, res.PerFile[0].Warnings[0].File}
	want := []string{filepath.Join("forms", "x.xlsx"), "/srv/ab/y.xlsx", filepath.Join("forms", "sub", "z.xlsx"), "b.csv"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLineError holds that every kind comes back as it was sent.
func TestLineError(t *testing.T) {
	for k := yardstick.Internal; k == yardstick.Internal || k.String() != yardstick.Internal.String(); k++ {
		err := lineError([]byte(`{"error":{"kind":"` + k.String() + `","message":"没有找到。"}}`))
		if err == nil || yardstick.KindOf(err) != k || err.Error() != "没有找到。" {
			t.Errorf("%s: got %v of kind %s", k, err, yardstick.KindOf(err))
		}
	}
	if err := lineError([]byte(`{"result":{}}`)); err != nil {
		t.Errorf("a result was taken for an error: %v", err)
	}
}

// TestDial_nobody holds that a missing socket is an error at once.
func TestDial_nobody(t *testing.T) {
	if _, err := Dial(t.Context(), filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("it answered")
	}
}
