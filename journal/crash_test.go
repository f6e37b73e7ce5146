//go:build linux

package journal_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"yardstick"
	"yardstick/journal"
)

// crashEnv makes the test binary the child of TestKill: it holds the directory
// that the child writes to until it is killed.
const crashEnv = "YARDSTICK_TEST_JOURNAL"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashEnv); dir != "" {
		fmt.Println(fill(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// crashOptions make compaction frequent.
var crashOptions = journal.Options{MaxBytes: 30_000, Keep: 5}

func crashBody(n int) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"n":%d,"text":"%s"}`, n, strings.Repeat("字", n*7%900)))
}

// fill saves revision after revision, with an undo and redo and a new document
// in between, and prints the number of each once it is stored.
func fill(dir string) error {
	j := journal.Open(dir, crashOptions)
	d, _, err := j.Create("a", nil, crashBody(1), "", day)
	if err != nil {
		return err
	}
	if d.CanRedo { // killed between undo and redo
		if d, err = j.Move("a", true, day); err != nil {
			return err
		}
	}
	fmt.Println("ready")
	for {
		n := d.Revision + 1
		if d, err = j.Save("a", d.Revision, crashBody(n), "", day); err != nil {
			return err
		}
		fmt.Println(n)
		switch n % 5 {
		case 0:
			if _, err = j.Move("a", false, day); err != nil {
				return err
			}
			if d, err = j.Move("a", true, day); err != nil {
				return err
			}
		case 1:
			if _, _, err := j.Create(fmt.Sprint("b", n), nil, crashBody(n), "", day); err != nil {
				return err
			}
			fmt.Println(n)
		}
	}
}

// TestKill kills a process that saves, again and again at random moments, and
// checks each time that nothing acknowledged is gone and nothing is half there.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	last, repairs := 0, 0
	for range 40 {
		last = max(last, killOnce(t, dir, rng))
		j := journal.Open(dir, crashOptions)
		docs, err := j.List()
		if err != nil {
			t.Fatal(err)
		}
		if lost, err := j.Damaged(); err != nil || len(lost) > 0 {
			t.Fatalf("a kill damaged %+v, %v", lost, err)
		}
		repairs += len(j.Repairs())
		for _, d := range docs {
			if d.ID != "a" && string(d.Body) != string(crashBody(atoi(t, d.ID[1:]))) {
				t.Errorf("%s is half there", d.ID)
			}
			if d.ID != "a" {
				continue
			}
			n := d.Revision
			if d.CanRedo {
				n++
			}
			if n < last || string(d.Body) != string(crashBody(d.Revision)) {
				t.Errorf("revision %d after the kill, %d was acknowledged", n, last)
			}
			last = n
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*.tmp")); err != nil || len(left) > 0 {
			t.Errorf("left over: %v, %v", left, err)
		}
	}
	t.Logf("%d revisions, %d torn tails cut off", last, repairs)
}

func atoi(t *testing.T, s string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(s, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// killOnce starts the child, kills it within some saves after it began, and
// returns the last number that it printed.
func killOnce(t *testing.T, dir string, rng *rand.Rand) (last int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	wait := rng.IntN(12)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if lines.Text() != "ready" {
			last = atoi(t, lines.Text())
		}
		if wait == 0 {
			time.AfterFunc(time.Duration(rng.Int64N(int64(5*time.Millisecond))), func() { cmd.Process.Kill() })
		}
		wait--
	}
	cmd.Wait() // it was killed; how is not of interest
	return last
}

// TestNoRoom lets each write stop after some of its bytes. The change is
// refused as Full, what was there stays, and with room again saving goes on.
func TestNoRoom(t *testing.T) {
	dir := t.TempDir()
	j := made(t, dir, "a", 3)
	before, err := os.ReadFile(filepath.Join(dir, "a.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for room := range 60 {
		j.SetWrite(func(f *os.File, p []byte) (int, error) {
			n, err := f.Write(p[:min(room, len(p))])
			if err != nil {
				return n, err
			}
			return n, syscall.ENOSPC
		})
		for what, change := range map[string]func() (journal.Doc, error){
			"save":   func() (journal.Doc, error) { return j.Save("a", 3, body(4), "", day) },
			"undo":   func() (journal.Doc, error) { return j.Move("a", false, day) },
			"away":   func() (journal.Doc, error) { return j.PutAway("a", true, day) },
			"create": func() (journal.Doc, error) { d, _, err := j.Create("b", nil, body(1), "", day); return d, err },
		} {
			if _, err := change(); yardstick.KindOf(err) != yardstick.Full || !strings.Contains(err.Error(), "磁盘已满") {
				t.Errorf("%s with room for %d bytes: %v", what, room, err)
			}
			if d, err := j.Get("a"); err != nil || d.Revision != 3 || d.Away != nil {
				t.Errorf("after %s: %+v, %v", what, d, err)
			}
		}
		if after, err := os.ReadFile(filepath.Join(dir, "a.jsonl")); err != nil || string(after) != string(before) {
			t.Fatalf("room for %d bytes: the file has changed, %v", room, err)
		}
	}
	if ids, err := j.IDs(); err != nil || len(ids) != 1 {
		t.Errorf("documents %v, %v, want one", ids, err)
	}
	j.SetWrite(func(f *os.File, p []byte) (int, error) { return f.Write(p) })
	if d, err := j.Save("a", 3, body(4), "", day); err != nil || d.Revision != 4 {
		t.Errorf("with room again: %+v, %v", d, err)
	}
}

// TestFullDisk fills a small disk of its own.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("a disk that fills up needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	j := journal.Open(dir, journal.Options{})
	d, _, err := j.Create("a", nil, body(1), "", day)
	if err != nil {
		t.Fatal(err)
	}
	saved := d
	for n := 2; n < 10_000; n++ {
		if d, err = j.Save("a", saved.Revision, crashBody(n), "", day); err != nil {
			break
		}
		saved = d
	}
	if yardstick.KindOf(err) != yardstick.Full {
		t.Fatalf("save %d: %v, want Full", saved.Revision+1, err)
	}
	again := journal.Open(dir, journal.Options{})
	if d, err = again.Get("a"); err != nil || d.Revision != saved.Revision || string(d.Body) != string(saved.Body) || len(again.Repairs()) > 0 {
		t.Errorf("on the full disk: revision %d, %v, repairs %v; want %d", d.Revision, err, again.Repairs(), saved.Revision)
	}
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, "size=1m"); err != nil {
		t.Fatal(err)
	}
	if d, err = j.Save("a", saved.Revision, body(-1), "", day); err != nil || d.Revision != saved.Revision+1 {
		t.Errorf("with room again: %+v, %v", d, err)
	}
}
