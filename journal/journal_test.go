package journal_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick"
	"yardstick/journal"
)

var day = time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)

func body(n int) json.RawMessage { return json.RawMessage(fmt.Sprintf(`{"n":%d}`, n)) }

// made is a journal with one document of n revisions.
func made(t testing.TB, dir, id string, n int) *journal.Journal {
	t.Helper()
	j := journal.Open(dir, journal.Options{Noun: "草稿"})
	d, _, err := j.Create(id, json.RawMessage(`{"m":1}`), body(1), "", day)
	if err != nil {
		t.Fatal(err)
	}
	for i := 2; i <= n; i++ {
		if d, err = j.Save(id, d.Revision, body(i), "", day.Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	return j
}

func TestLife(t *testing.T) {
	dir := t.TempDir()
	j := made(t, dir, "a", 3)
	if _, made, err := j.Create("a", nil, body(9), "", day); err != nil || made {
		t.Errorf("the id is taken: made %t, %v", made, err)
	}
	d, err := j.Move("a", false, day)
	if err != nil || string(d.Body) != `{"n":2}` || d.Revision != 2 || !d.CanRedo || !d.CanUndo {
		t.Errorf("undo: %+v, %v", d, err)
	}
	if d, err = j.Save("a", 2, body(4), "", day); err != nil || d.Revision != 4 || d.CanRedo {
		t.Errorf("save after undo: %+v, %v: want revision 4, nothing to redo", d, err)
	}
	var moved *journal.ErrMoved
	if _, err = j.Save("a", 3, body(5), "", day); !errors.As(err, &moved) || moved.Doc.Revision != 4 {
		t.Errorf("save on revision 3: %v", err)
	}
	if d, err = j.Save("a", 3, json.RawMessage(` {"n": 4} `), "", day); err != nil || d.Revision != 4 {
		t.Errorf("the head's body again: %+v, %v", d, err)
	}
	for range 2 { // 4 → 2 → 1
		if d, err = j.Move("a", false, day); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := j.Move("a", false, day); yardstick.KindOf(err) != yardstick.Conflict {
		t.Errorf("nothing to undo: %v", err)
	}
	if d, err = j.PutAway("a", true, day.Add(time.Hour)); err != nil || d.Away == nil {
		t.Errorf("put away: %+v, %v", d, err)
	}
	again, err := journal.Open(dir, journal.Options{}).Get("a")
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := json.Marshal(d); string(want) != mustJSON(t, again) {
		t.Errorf("opened again: %s, want %s", mustJSON(t, again), want)
	}
	if d, err = j.PutAway("a", false, day); err != nil || d.Away != nil || string(d.Meta) != `{"m":1}` {
		t.Errorf("brought back: %+v, %v", d, err)
	}
	for _, id := range []string{"", "..", "../a", "a/b", "A", "a.jsonl", "-", strings.Repeat("a", 41)} {
		if _, err := j.Get(id); yardstick.KindOf(err) != yardstick.NotFound {
			t.Errorf("id %q: %v", id, err)
		}
		if _, _, err := j.Create(id, nil, body(1), "", day); yardstick.KindOf(err) != yardstick.Invalid {
			t.Errorf("create %q: %v", id, err)
		}
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// model is what a journal's document should be.
type model struct {
	path []int // bodies, by what undo and redo reach
	head int
	away bool
}

// TestModel plays random changes against a list in memory; now and then the
// directory is opened anew, and compaction comes early.
func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "journal")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		keep := rapid.IntRange(2, 6).Draw(t, "keep")
		opt := journal.Options{MaxBytes: int64(rapid.IntRange(600, 4000).Draw(t, "bytes")), Keep: keep}
		j := journal.Open(dir, opt)
		d, _, err := j.Create("x", nil, body(0), "", day)
		if err != nil {
			t.Fatal(err)
		}
		m := model{path: []int{0}}
		numbers := map[int]string{d.Revision: string(d.Body)}
		next := 1
		t.Repeat(map[string]func(*rapid.T){
			"save": func(t *rapid.T) {
				d, err = j.Save("x", d.Revision, body(next), "", day)
				m.path, m.head = append(m.path[:m.head+1], next), m.head+1
				next++
			},
			"same": func(t *rapid.T) { d, err = j.Save("x", rapid.IntRange(0, 9).Draw(t, "on"), d.Body, "", day) },
			"stale": func(t *rapid.T) {
				_, failed := j.Save("x", d.Revision-1, body(-1), "", day)
				var moved *journal.ErrMoved
				if !errors.As(failed, &moved) {
					t.Errorf("a save on a revision that is not the head: %v", failed)
				}
			},
			"undo": func(t *rapid.T) {
				if !d.CanUndo {
					return
				}
				m.head--
				d, err = j.Move("x", false, day)
			},
			"redo": func(t *rapid.T) {
				if !d.CanRedo {
					return
				}
				m.head++
				d, err = j.Move("x", true, day)
			},
			"away": func(t *rapid.T) {
				m.away = rapid.Bool().Draw(t, "away")
				d, err = j.PutAway("x", m.away, day)
			},
			"reopen": func(t *rapid.T) {
				j = journal.Open(dir, opt)
				d, err = j.Get("x")
			},
			"": func(t *rapid.T) {
				if err != nil {
					t.Fatal(err)
				}
				if want := string(body(m.path[m.head])); string(d.Body) != want || (d.Away != nil) != m.away {
					t.Fatalf("body %s, away %v; want %s, %t", d.Body, d.Away, want, m.away)
				}
				// Compaction may have taken what lies far from the head, nothing else.
				if d.CanUndo && m.head == 0 || d.CanRedo && m.head == len(m.path)-1 {
					t.Fatalf("undo %t, redo %t at %d of %d", d.CanUndo, d.CanRedo, m.head, len(m.path))
				}
				if was, ok := numbers[d.Revision]; ok && was != string(d.Body) {
					t.Fatalf("revision %d was %s, now %s", d.Revision, was, d.Body)
				}
				numbers[d.Revision] = string(d.Body)
			},
		})
	})
}

// TestSavers lets several save at once on the revision that each has seen: of
// those that saw the same, one gets through.
func TestSavers(t *testing.T) {
	j := made(t, t.TempDir(), "a", 1)
	const savers, each = 8, 25
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := map[int]int{} // revision → body
	for s := range savers {
		wg.Go(func() {
			for i := range each {
				n := 1000 + s*each + i
				for {
					seen, err := j.Get("a")
					if err != nil {
						t.Error(err)
						return
					}
					d, err := j.Save("a", seen.Revision, body(n), "", day)
					var moved *journal.ErrMoved
					if errors.As(err, &moved) {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					if other, twice := won[d.Revision]; twice {
						t.Errorf("revision %d given to %d and %d", d.Revision, other, n)
					}
					won[d.Revision] = n
					mu.Unlock()
					break
				}
			}
		})
	}
	for i := range 4 { // others come and go meanwhile
		wg.Go(func() {
			id := fmt.Sprint("b", i%2)
			d, _, err := j.Create(id, nil, body(7), "", day)
			if err != nil || string(d.Body) != `{"n":7}` {
				t.Errorf("%s: %+v, %v", id, d, err)
			}
			if _, err := j.List(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if d, err := j.Get("a"); err != nil || d.Revision != 1+savers*each || len(won) != savers*each {
		t.Errorf("revision %d, %d saves, %v; want %d", d.Revision, len(won), err, savers*each)
	}
	if list, err := j.List(); err != nil || len(list) != 3 {
		t.Errorf("%d documents, %v, want 3", len(list), err)
	}
}

// TestCompaction holds the rule: what lies nearest to the head stays, the file
// stays bounded, numbers and times stay.
func TestCompaction(t *testing.T) {
	dir := t.TempDir()
	opt := journal.Options{MaxBytes: 20_000, Keep: 10}
	j := journal.Open(dir, opt)
	long := func(n int) json.RawMessage {
		return json.RawMessage(fmt.Sprintf(`{"n":%d,"text":"%s"}`, n, strings.Repeat("长", 100)))
	}
	d, _, err := j.Create("a", json.RawMessage(`{"m":1}`), long(1), "", day)
	if err != nil {
		t.Fatal(err)
	}
	for i := 2; i <= 200; i++ {
		if d, err = j.Save("a", d.Revision, long(i), "", day.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(filepath.Join(dir, "a.jsonl")); err != nil || info.Size() > opt.MaxBytes {
			t.Fatalf("after %d saves the file has %d bytes, %v", i, info.Size(), err)
		}
	}
	if d.Revision != 200 {
		t.Errorf("revision %d, want 200", d.Revision)
	}
	again, err := journal.Open(dir, opt).Get("a")
	if err != nil || !again.Created.Equal(day) || !again.Updated.Equal(day.Add(200*time.Minute)) || string(again.Meta) != `{"m":1}` {
		t.Errorf("opened again: %+v, %v", again, err)
	}
	back := 0
	for d.CanUndo {
		if d, err = j.Move("a", false, day); err != nil {
			t.Fatal(err)
		}
		back++
		if want := string(long(200 - back)); string(d.Body) != want || d.Revision != 200-back {
			t.Fatalf("%d back: revision %d", back, d.Revision)
		}
	}
	if back < opt.Keep-1 {
		t.Errorf("undo reaches %d revisions, want at least %d", back, opt.Keep-1)
	}
	// A compaction that was interrupted leaves a temporary file beside the old one.
	left := filepath.Join(dir, "a.jsonl.123.tmp")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := journal.Open(dir, opt).List()
	if err != nil || len(list) != 1 {
		t.Errorf("%d documents, %v", len(list), err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("what an interrupted compaction left is still there")
	}
}

// TestTornTail cuts the file at every byte, and fills the rest with zeros as a
// power cut does: whole saves stay, the torn one is cut off and reported.
func TestTornTail(t *testing.T) {
	dir := t.TempDir()
	made(t, dir, "a", 4)
	data, err := os.ReadFile(filepath.Join(dir, "a.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	ends := lineEnds(data)
	for cut := ends[0]; cut <= len(data); cut++ {
		want := 0
		for _, end := range ends {
			if end <= cut {
				want++
			}
		}
		for _, zeros := range []int{0, 1, 50} {
			dir := t.TempDir()
			name := filepath.Join(dir, "a.jsonl")
			if err := os.WriteFile(name, append(slices.Clone(data[:cut]), make([]byte, zeros)...), 0o600); err != nil {
				t.Fatal(err)
			}
			j := journal.Open(dir, journal.Options{})
			d, err := j.Get("a")
			if err != nil || d.Revision != want {
				t.Fatalf("cut at %d, %d zeros: revision %d, %v, want %d", cut, zeros, d.Revision, err, want)
			}
			if clean := cut == ends[want-1] && zeros == 0; clean != (len(j.Repairs()) == 0) {
				t.Errorf("cut at %d, %d zeros: repairs %+v", cut, zeros, j.Repairs())
			}
			if _, err := j.Save("a", want, body(99), "", day); err != nil {
				t.Errorf("cut at %d: save afterwards: %v", cut, err)
			}
			if d, err := journal.Open(dir, journal.Options{}).Get("a"); err != nil || string(d.Body) != `{"n":99}` {
				t.Errorf("cut at %d: read afterwards: %+v, %v", cut, d, err)
			}
		}
	}
}

func lineEnds(data []byte) (ends []int) {
	for i, c := range data {
		if c == '\n' {
			ends = append(ends, i+1)
		}
	}
	return ends
}

// TestBitFlip turns bits of a file: one of each byte, every one of the first
// prefix and of the line feeds. Each is refused with a message, the
// file goes into quarantine as it is, and what checks can be salvaged.
func TestBitFlip(t *testing.T) {
	source := t.TempDir()
	made(t, source, "a", 3)
	data, err := os.ReadFile(filepath.Join(source, "a.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	ends := lineEnds(data)
	for bit := range len(data) * 8 {
		if at := bit / 8; bit%8 != at*5%8 && at >= 18 && data[at] != '\n' {
			continue
		}
		spoilt := slices.Clone(data)
		spoilt[bit/8] ^= 1 << (bit % 8)
		dir := t.TempDir()
		name := filepath.Join(dir, "a.jsonl")
		if err := os.WriteFile(name, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		j := journal.Open(dir, journal.Options{Noun: "草稿"})
		for range 2 { // the second time it is in quarantine already
			if _, err := j.Get("a"); yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), "已损坏") || !strings.Contains(err.Error(), "a.jsonl") {
				t.Fatalf("bit %d: %v", bit, err)
			}
		}
		if list, err := j.List(); err != nil || len(list) != 0 {
			t.Errorf("bit %d: list %+v, %v", bit, list, err)
		}
		j = journal.Open(dir, journal.Options{Noun: "草稿"})
		if _, err := j.Get("a"); yardstick.KindOf(err) != yardstick.Invalid {
			t.Errorf("bit %d, opened again: %v", bit, err)
		}
		if _, _, err := j.Create("a", nil, body(1), "", day); yardstick.KindOf(err) != yardstick.Invalid {
			t.Errorf("bit %d: created over a damaged document: %v", bit, err)
		}
		lost, err := j.Damaged()
		if err != nil || len(lost) != 1 || lost[0].ID != "a" || lost[0].Message == "" {
			t.Fatalf("bit %d: damaged %+v, %v", bit, lost, err)
		}
		if kept, err := os.ReadFile(lost[0].File); err != nil || !slices.Equal(kept, spoilt) {
			t.Errorf("bit %d: quarantine holds %d bytes, %v", bit, len(kept), err)
		}
		d, err := j.Salvage("a")
		if err != nil {
			t.Errorf("bit %d: salvage: %v", bit, err)
			continue
		}
		want := 3 // a flip in the last record loses the last revision; a lost line feed loses nothing
		if bit/8 >= ends[1] && bit/8 < len(data)-1 {
			want = 2
		}
		if d.Revision != want || string(d.Body) != string(body(want)) {
			t.Errorf("bit %d: salvaged revision %d, %s, want %d", bit, d.Revision, d.Body, want)
		}
		if _, err := j.Save("a", d.Revision, body(50), "", day); err != nil {
			t.Errorf("bit %d: save after salvage: %v", bit, err)
		}
	}
}

// TestNewer refuses operations of a later version without touching the file.
func TestNewer(t *testing.T) {
	dir := t.TempDir()
	made(t, dir, "a", 1)
	name := filepath.Join(dir, "a.jsonl")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data = append(data, journal.Line([]byte(`{"op":"sign","at":"2030-01-01T00:00:00Z"}`))...)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Open(dir, journal.Options{}).Get("a"); yardstick.KindOf(err) != yardstick.Invalid || !strings.Contains(err.Error(), "较新版本") {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadFile(name); err != nil || !slices.Equal(left, data) {
		t.Errorf("the file was changed: %v", err)
	}
}

// TestRedoSurvivesCompaction holds that what was undone last can be redone, also
// where the undo is what makes the file too long.
func TestRedoSurvivesCompaction(t *testing.T) {
	long := func(n, size int) json.RawMessage {
		return json.RawMessage(fmt.Sprintf(`{"n":%d,"text":"%s"}`, n, strings.Repeat("x", size)))
	}
	for size := 1000; size < 1200; size += 7 { // so that undo and redo both come to be the last drop
		j := journal.Open(t.TempDir(), journal.Options{MaxBytes: 10_000, Keep: 3})
		d, _, err := j.Create("a", nil, long(1, size), "", day)
		if err != nil {
			t.Fatal(err)
		}
		for n := 2; n <= 6; n++ {
			if d, err = j.Save("a", d.Revision, long(n, size), "", day); err != nil {
				t.Fatal(err)
			}
		}
		for range 100 {
			if _, err := j.Move("a", false, day); err != nil {
				t.Fatal(err)
			}
			if d, err = j.Move("a", true, day); err != nil || d.Revision != 6 {
				t.Fatalf("bodies of %d bytes: redo: revision %d, %v, want 6", size, d.Revision, err)
			}
		}
	}
}
