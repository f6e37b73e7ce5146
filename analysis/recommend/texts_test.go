package recommend

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOf(rapid.String()).Draw(t, "in")
		if rapid.Bool().Draw(t, "long") { // beyond one chunk
			in = append(in, strings.Repeat("长", chunkSize/2), "短", strings.Repeat("更", chunkSize))
			in = append(in, in...)
		}
		var x texts
		ids := make([]textID, len(in))
		for i, s := range in {
			ids[i] = x.one(s)
		}
		read := x.closed()
		distinct := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(in), ""))))
		if x.len() != len(distinct) {
			t.Fatalf("%d texts are kept, want %d", x.len(), len(distinct))
		}
		for i, s := range in {
			if got := read.str(ids[i]); got != s || x.one(s) != ids[i] {
				t.Fatalf("text %d is %q, want %q", i, got, s)
			}
		}
	})
}
