// Package naming brings the names of indicators as they are filed back to the
// concepts of the library: Matcher.Match names the entry that a name means,
// with a confidence, the way it was found and a reason for people, or no entry
// where none fits. Cluster groups what stays unmatched into proposals of new
// concepts, Evaluate measures a Matcher on labelled names, and Elsewhere tells
// what share of a project's indicators exists in any other project. Start from
// New and Key.
package naming

import (
	"yardstick/indicators/library"
)

// Name is an indicator as it was filed. Everything but Text may be empty.
type Name struct {
	Text           string
	Level1, Level2 string // cells of the class, in either frame
	Sector         string // functional class (类)
	Unit           string // unit of the target
	Project        string // the project's name; words shared with it are of the project, not of the concept
}

// Method says how a Match was found.
const (
	Exact   = "exact"   // the name is an entry's name
	Alias   = "alias"   // the name is one of an entry's aliases
	Fuzzy   = "fuzzy"   // the name resembles one of an entry's names
	Decided = "decided" // a person decided
	None    = "none"    // no entry
)

// Match is the concept of a name. Entry is "" if no entry fits; Method then is
// None, or Decided where a person said that none of the library fits.
type Match struct {
	Entry        string
	Confidence   float64 // 0 to 1: the share of right answers among like matches
	Method       string
	Reason       string      // one sentence for people
	Alternatives []Candidate // up to 5, best first, without Entry
}

// Candidate is an entry that a name may mean.
type Candidate struct {
	Entry  string
	Score  float64 // probability of being right, as Confidence
	Reason string
}

// Options configures New. The zero value matches with the shipped model and
// without decisions.
type Options struct {
	Threshold float64   // least confidence of a match; 0 takes the model's
	Decisions Decisions // of a person; nil is none
}

// Matcher finds the concepts of names. It is not changed after New and safe for
// concurrent use.
type Matcher struct {
	index     *index
	threshold float64
	decided   decided
}

// New builds a Matcher over entries; it keeps their texts, not the slice. It
// returns an error if an entry has no id or no name, or two have the same id.
func New(entries []library.Entry, opt Options) (*Matcher, error) {
	x, err := newIndex(entries)
	if err != nil {
		return nil, err
	}
	m := &Matcher{index: x, threshold: opt.Threshold, decided: newDecided(opt.Decisions)}
	if m.threshold == 0 {
		m.threshold = x.model.threshold
	}
	return m, nil
}

// With returns a Matcher that follows these decisions instead of m's; it shares
// the index with m, so it costs little.
func (m *Matcher) With(d Decisions) *Matcher {
	n := *m
	n.decided = newDecided(d)
	return &n
}
