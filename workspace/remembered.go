package workspace

import (
	"sync"

	"yardstick/indicators/naming"
)

// maxNamesKept is how many names a matcher remembers: those of some hundred
// drafts. Beyond it, it begins anew.
const maxNamesKept = 10_000

// remembered is a matcher that remembers what it said. A draft asks about the same
// names with every letter that is typed, and one costs a tenth of a millisecond and
// more with the size of the library.
type remembered struct {
	matcher *naming.Matcher
	mu      sync.Mutex
	said    map[naming.Name]naming.Match
}

// Match is naming.Matcher.Match. What it returns must not be changed.
func (r *remembered) Match(n naming.Name) naming.Match {
	r.mu.Lock()
	m, ok := r.said[n]
	r.mu.Unlock()
	if ok {
		return m
	}
	m = r.matcher.Match(n)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.said == nil || len(r.said) >= maxNamesKept {
		r.said = make(map[naming.Name]naming.Match)
	}
	r.said[n] = m
	return m
}
