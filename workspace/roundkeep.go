package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"yardstick"
	"yardstick/journal"
)

// The files of a round below rounds/ID. head.json and round.json are written
// once, verdicts.json is replaced whole by each decision.
const (
	roundsDir    = "rounds"
	headFile     = "head.json"
	roundFile    = "round.json"
	verdictsFile = "verdicts.json"
	filesDir     = "files"
	unfinished   = ".new-" // a folder that is being filled; a crash leaves it
	gone         = ".gone-"
)

// maxRoundBytes bounds the files that a round keeps for annotated copies.
const maxRoundBytes = 2 << 30

// keptRounds is how many rounds stay in memory after they were read.
const keptRounds = 4

// roundShelf keeps the rounds of a workspace.
type roundShelf struct {
	dir string

	mu    sync.Mutex // guards what follows and the files of every round
	clean bool       // what a crash left is gone
	open  []*keptRound
	// listed are the heads as they were read. Every page counts the open rounds,
	// and one process holds a workspace, so a head is read again only after its
	// round changed.
	listed map[string]RoundHead
}

// keptRound is a round with where its forms' files are. Round is not changed
// after it was written; decisions lie beside it.
type keptRound struct {
	Round    ReviewRound    `json:"round"`
	Files    map[string]int `json:"files"` // id of a form → number of its file
	dir      string
	verdicts map[string]ReviewVerdict
}

func (k *keptRound) fileName(n int) string {
	return filepath.Join(k.dir, filesDir, fmt.Sprintf("%06d", n))
}

// item is a form of the round with its decision.
func (k *keptRound) item(form string) (Review, bool) {
	i := slices.IndexFunc(k.Round.Items, func(r Review) bool { return r.ID == form })
	if i < 0 {
		return Review{}, false
	}
	return k.withVerdict(k.Round.Items[i]), true
}

func (k *keptRound) withVerdict(r Review) Review {
	if v, ok := k.verdicts[r.ID]; ok {
		r.Decision = &v
	}
	return r
}

// decided is the round with its decisions.
func (k *keptRound) decided() ReviewRound {
	out := k.Round
	out.Items = make([]Review, len(k.Round.Items))
	for i, r := range k.Round.Items {
		out.Items[i] = k.withVerdict(r)
	}
	return out
}

// prepare removes what a crash left. s.mu is held.
func (s *roundShelf) prepare() error {
	if s.clean {
		return nil
	}
	names, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("list rounds: %w", err)
	}
	for _, n := range names {
		if strings.HasPrefix(n.Name(), unfinished) || strings.HasPrefix(n.Name(), gone) {
			if err := os.RemoveAll(filepath.Join(s.dir, n.Name())); err != nil {
				return fmt.Errorf("remove what a crash left: %w", err)
			}
		}
	}
	s.clean = true
	return nil
}

// remember keeps a round in memory. s.mu is held.
func (s *roundShelf) remember(k *keptRound) {
	s.open = append([]*keptRound{k}, s.open...)
	s.open = s.open[:min(len(s.open), keptRounds)]
}

// get returns a round. What it returns is not changed by later decisions.
func (s *roundShelf) get(id string) (*keptRound, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(id)
}

// find is get with s.mu held.
func (s *roundShelf) find(id string) (*keptRound, error) {
	if err := s.prepare(); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(s.open, func(k *keptRound) bool { return k.Round.ID == id }); i >= 0 {
		return s.open[i], nil
	}
	missing := &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Round", Msg: "没有编号为 " + id + " 的一轮审核，可能已经删除。从审核列表重新打开。"}
	if !journal.ValidID(id) {
		return nil, missing
	}
	k := &keptRound{dir: filepath.Join(s.dir, id), verdicts: map[string]ReviewVerdict{}}
	for _, part := range []struct {
		name string
		into any
		may  bool // be absent
	}{{roundFile, k, false}, {verdictsFile, &k.verdicts, true}} {
		data, err := os.ReadFile(filepath.Join(k.dir, part.name))
		switch {
		case errors.Is(err, fs.ErrNotExist) && part.may:
			continue
		case errors.Is(err, fs.ErrNotExist):
			return nil, missing
		case err != nil:
			return nil, fmt.Errorf("round %s: %w", id, err)
		}
		if err := json.Unmarshal(data, part.into); err != nil {
			return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Round", Err: err,
				Msg: "这一轮审核的文件已损坏（" + filepath.Join(roundsDir, id, part.name) + "）。从备份取回它，或重新审核。"}
		}
	}
	s.remember(k)
	return k, nil
}

// decide records a decision: on the disk first.
func (s *roundShelf) decide(id, form string, v ReviewVerdict) (Review, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.find(id)
	if err != nil {
		return Review{}, err
	}
	if _, ok := k.item(form); !ok {
		return Review{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.Verdict", Msg: "这一轮里没有编号为 " + form + " 的表。从这一轮的列表重新打开。"}
	}
	next := *k
	next.verdicts = map[string]ReviewVerdict{form: v}
	for f, old := range k.verdicts {
		if f != form {
			next.verdicts[f] = old
		}
	}
	data, err := json.Marshal(next.verdicts)
	if err != nil {
		return Review{}, fmt.Errorf("encode decisions: %w", err)
	}
	if err := journal.Replace(filepath.Join(k.dir, verdictsFile), data); err != nil {
		return Review{}, err
	}
	s.open[slices.Index(s.open, k)] = &next
	delete(s.listed, id)
	r, _ := next.item(form)
	return r, nil
}

// heads lists the rounds, latest first. A folder that is no whole round is left
// out.
func (s *roundShelf) heads(ctx context.Context) ([]RoundHead, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.prepare(); err != nil {
		return nil, err
	}
	names, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list rounds: %w", err)
	}
	out := []RoundHead{}
	for _, n := range names {
		if !n.IsDir() || !journal.ValidID(n.Name()) {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if h, ok := s.listed[n.Name()]; ok {
			out = append(out, h)
			continue
		}
		var h RoundHead
		var verdicts map[string]ReviewVerdict
		if read(filepath.Join(s.dir, n.Name(), headFile), &h) != nil || h.ID != n.Name() {
			continue
		}
		if err := read(filepath.Join(s.dir, n.Name(), verdictsFile), &verdicts); err != nil && !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		h.Open = h.Forms - len(verdicts)
		if s.listed == nil {
			s.listed = map[string]RoundHead{}
		}
		s.listed[h.ID] = h
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b RoundHead) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

func read(name string, into any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// remove deletes a round: first it stops being one, then its files go.
func (s *roundShelf) remove(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.prepare(); err != nil {
		return err
	}
	missing := &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.DeleteRound", Msg: "没有编号为 " + id + " 的一轮审核，可能已经删除。"}
	if !journal.ValidID(id) {
		return missing
	}
	s.open = slices.DeleteFunc(s.open, func(k *keptRound) bool { return k.Round.ID == id })
	delete(s.listed, id)
	away := filepath.Join(s.dir, fmt.Sprintf("%s%s-%d", gone, id, time.Now().UnixNano()))
	err := os.Rename(filepath.Join(s.dir, id), away)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing
	case err != nil:
		return diskFault(err)
	}
	if err := os.RemoveAll(away); err != nil {
		return diskFault(err)
	}
	return journal.SyncDir(s.dir)
}
