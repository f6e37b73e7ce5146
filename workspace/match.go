package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"

	"yardstick/indicators/library"
	"yardstick/indicators/naming"
	"yardstick/store"
)

// matchFormat changes whenever the way of matching changes, so that matches of
// an earlier program are made anew.
const matchFormat = "1"

// match brings name_match up to date: every name as filed points to its entry
// or to none. New names are added; after a change of the library all are made
// anew. The caller holds matching.
func (w *Workspace) match(ctx context.Context) error {
	edition := w.fits.edition.Load()
	if w.matched == edition {
		return nil
	}
	decisions, err := w.store.Decisions(ctx)
	if err != nil {
		return err
	}
	state := w.lib.Load()
	stamp := matchStamp(state, decisions)
	have, err := w.store.MatchStamp(ctx)
	if err != nil {
		return err
	}
	if have != stamp {
		if err := w.store.ClearMatches(ctx); err != nil {
			return err
		}
	}
	pending, err := w.store.PendingNames(ctx)
	if err != nil {
		return err
	}
	if len(pending) > 0 || have != stamp {
		var matches []store.NameMatch
		if len(pending) > 0 {
			m, err := w.matcher.of(state.Library)
			if err != nil {
				return err
			}
			if matches, err = matchNames(ctx, m.With(inForce(decisions)), pending); err != nil {
				return err
			}
		}
		if err := w.store.PutMatches(ctx, matches, stamp); err != nil {
			return err
		}
	}
	w.matched = edition
	return nil
}

// matcher keeps what a naming.Matcher makes of a library: that takes 0.2 s on
// the shipped one, and decisions, which leave the library as it is, come one at
// a time.
type matcher struct {
	library *library.Library
	naming  *naming.Matcher
}

// of returns the Matcher over lib without decisions. The caller holds matching.
func (m *matcher) of(lib *library.Library) (*naming.Matcher, error) {
	if m.library == lib {
		return m.naming, nil
	}
	fresh, err := naming.New(lib.Entries(), naming.Options{})
	if err != nil {
		return nil, err
	}
	*m = matcher{library: lib, naming: fresh}
	return fresh, nil
}

// matchStamp says what matches rest on.
func matchStamp(state *libraryState, decisions []store.NameDecision) string {
	h := sha256.New()
	for _, e := range state.Entries() {
		for _, c := range []string{"id", "name", "aliases", "level2", "sector", "unit"} {
			fmt.Fprint(h, e.Get(c), "|")
		}
	}
	for _, d := range decisions {
		fmt.Fprint(h, d.ID, d.Key, d.Verdict, d.Entry, "|")
	}
	return matchFormat + " " + hex.EncodeToString(h.Sum(nil)[:16])
}

// matchNames matches names with one goroutine per core. The answers are in the
// order of names.
func matchNames(ctx context.Context, m *naming.Matcher, names []store.FiledName) ([]store.NameMatch, error) {
	out := make([]store.NameMatch, len(names))
	errs := make([]error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for g := range errs {
		wg.Go(func() {
			for i := g; i < len(names); i += len(errs) {
				if i%512 == g && ctx.Err() != nil {
					errs[g] = ctx.Err()
					return
				}
				if out[i], errs[g] = matchOne(m, names[i]); errs[g] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func matchOne(m *naming.Matcher, n store.FiledName) (store.NameMatch, error) {
	a := m.Match(naming.Name{Text: n.Name, Level1: n.Level1, Level2: n.Level2, Sector: n.Sector, Unit: n.Unit, Project: n.Project})
	alternatives := make([]NameCandidate, 0, len(a.Alternatives))
	for _, c := range a.Alternatives {
		alternatives = append(alternatives, NameCandidate{ID: c.Entry, Score: c.Score, Reason: c.Reason})
	}
	text, err := json.Marshal(alternatives)
	if err != nil {
		return store.NameMatch{}, fmt.Errorf("match %s: %w", n.Name, err)
	}
	best := 0.0
	if len(alternatives) > 0 {
		best = alternatives[0].Score
	}
	return store.NameMatch{FiledName: n, Best: best, Key: naming.Key(n.Name), Entry: a.Entry, Confidence: a.Confidence, Method: a.Method,
		Reason: a.Reason, Alternatives: string(text)}, nil
}

// inForce are the decisions that were not taken back, as the matcher wants
// them, the latest last.
func inForce(list []store.NameDecision) naming.Decisions {
	var out naming.Decisions
	for _, d := range standing(list) {
		out = append(out, naming.Decision{Key: d.Key, Sector: d.Sector, Entry: d.Entry, Rejected: d.Verdict == "not"})
	}
	return out
}

// standing are the decisions that were not taken back, in their order.
func standing(list []store.NameDecision) []store.NameDecision {
	undone := map[int64]bool{}
	for _, d := range list {
		undone[d.Undoes] = true
	}
	var out []store.NameDecision
	for _, d := range list {
		if d.Verdict != "undo" && !undone[d.ID] {
			out = append(out, d)
		}
	}
	return out
}
