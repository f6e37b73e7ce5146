package recommend

import (
	"errors"
	"testing"
)

// TestPause: wherever building is told to end, it ends with what it was told and
// without a model; pausing changes nothing.
func TestPause(t *testing.T) {
	lib := fewConcepts(t)
	lib.Concepts = lib.Concepts[:300]
	h := repeating(lib, LeastFitted+10)
	calls := 0
	paused, err := Build(h, lib, Options{Pause: func() error { calls++; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := Build(h, lib, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if paused.rank != plain.rank || len(paused.groups) != len(plain.groups) {
		t.Error("pauses change the model")
	}
	if calls < 100 {
		t.Fatalf("%d pauses, want hundreds: the fit alone has one for each of its projects", calls)
	}
	stop := errors.New("stop")
	for at := 1; at <= calls; at += 1 + at/4 {
		n := 0
		m, err := Build(h, lib, Options{Pause: func() error {
			if n++; n >= at {
				return stop
			}
			return nil
		}})
		if !errors.Is(err, stop) || m != nil {
			t.Fatalf("told to end at pause %d of %d: %v, %v", at, calls, m != nil, err)
		}
		if n > at {
			t.Errorf("told to end at pause %d, asked %d times more", at, n-at)
		}
	}
}
