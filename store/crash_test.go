//go:build duckdb_arrow && linux

package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"yardstick"
)

// crashEnv makes the test binary the child of TestKill: it holds the path of
// the warehouse that the child fills until it is killed.
const crashEnv = "YARDSTICK_TEST_CRASH"

// ownerEnv makes the test binary open the warehouse at its value and wait.
const ownerEnv = "YARDSTICK_TEST_OWNER"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashEnv); path != "" {
		fmt.Println(fill(path))
		os.Exit(1)
	}
	if path := os.Getenv(ownerEnv); path != "" {
		s, err := Open(context.Background(), Options{Path: path})
		fmt.Println("open", err)
		if err == nil {
			bufio.NewReader(os.Stdin).ReadString('\n')
			s.Close()
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// crashBatch is the n-th batch that the child stores: 1 to 40 forms.
func crashBatch(n int) *yardstick.Batch {
	b := &yardstick.Batch{ID: fmt.Sprintf("batch-%06d", n), Source: "cli"}
	for i := range n*7%40 + 1 {
		f := aForm(fmt.Sprintf("项目%d之%d", n, i), "中江县水利局", 2022, 1, float64(n))
		b.Files = append(b.Files, aFile(fmt.Sprintf("%d/%d.xlsx", n, i), fmt.Sprintf("%064d", n*1000+i), f))
	}
	return b
}

// fill stores batch after batch and prints the number of each once it is stored.
func fill(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, Options{Path: path})
	if err != nil {
		return err
	}
	list, err := s.BatchList(ctx, 0)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := len(list); ; n++ {
		if _, err := s.Append(ctx, crashBatch(n)); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// TestKill kills a process that stores batches, again and again at random
// moments, and checks each time that every batch is there whole or not at all,
// and that none which was acknowledged is gone.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "warehouse.duckdb")
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	acknowledged, torn := -1, 0
	pace := 50 * time.Millisecond
	for range 25 {
		last := killOnce(t, path, rng, &pace)
		acknowledged = max(acknowledged, last)
		n := checkWhole(t, path)
		if n < acknowledged+1 {
			t.Fatalf("%d batches after the kill, %d were acknowledged", n, acknowledged+1)
		}
		if n > acknowledged+1 {
			torn++
		}
		acknowledged = n - 1
	}
	t.Logf("%d batches; %d kills fell between commit and acknowledgement", acknowledged+1, torn)
}

// killOnce starts the child, kills it some time after it began to store, and
// returns the last batch that it acknowledged, -1 for none. pace is the time
// that the child last took for a batch; the kill comes within two of them.
func killOnce(t *testing.T, path string, rng *rand.Rand, pace *time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashEnv+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last, skip := -1, rng.IntN(3)
	before := time.Now()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if lines.Text() != "ready" {
			if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
				t.Fatalf("child: %s", lines.Text())
			}
			*pace = time.Since(before)
		}
		before = time.Now()
		if skip == 0 {
			time.AfterFunc(time.Duration(rng.Int64N(int64(2**pace))), func() { cmd.Process.Kill() })
		}
		skip--
	}
	cmd.Wait() // it was killed; how is not of interest
	return last
}

// checkWhole opens the warehouse, compares all that it holds with what the child
// was to store, and returns the number of batches.
func checkWhole(t *testing.T, path string) int {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Recovery() != nil {
		t.Errorf("a kill needed a repair: %s", s.Recovery().Message())
	}
	faults, err := s.Verify(t.Context())
	if err != nil || len(faults) > 0 {
		t.Errorf("faults %+v, %v", faults, err)
	}
	list, err := s.BatchList(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, f := range allForms(t, s) {
		got[f.BatchID] = append(got[f.BatchID], f.Content)
	}
	for n := range list {
		b := crashBatch(n)
		var want []string
		for _, file := range b.Files {
			want = append(want, contentHash(&file.Forms[0]))
		}
		if !slices.Equal(got[b.ID], want) {
			t.Errorf("%s: %d forms, want %d, or their content differs", b.ID, len(got[b.ID]), len(want))
		}
	}
	if len(got) != len(list) {
		t.Errorf("forms of %d batches, %d batches", len(got), len(list))
	}
	return len(list)
}

// loggedWarehouse returns a warehouse file and its log with three batches of
// which two are only in the log.
func loggedWarehouse(t *testing.T) (file, wal []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "warehouse.duckdb")
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(t.Context(), crashBatch(0)); err != nil {
		t.Fatal(err)
	}
	s.logOnly = true
	for n := 1; n < 3; n++ {
		if _, err := s.Append(t.Context(), crashBatch(n)); err != nil {
			t.Fatal(err)
		}
	}
	if file, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	if wal, err = os.ReadFile(path + ".wal"); err != nil || len(wal) < 1000 {
		t.Fatalf("log of %d bytes, %v", len(wal), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return file, wal
}

// openCopy opens a warehouse made of the given bytes.
func openCopy(t *testing.T, file, wal []byte) (*Store, string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "warehouse.duckdb")
	for name, data := range map[string][]byte{path: file, path + ".wal": wal} {
		if data == nil {
			continue
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(t.Context(), Options{Path: path})
	return s, path, err
}

// TestZeroTail replaces the end of the log with zeros, as a power cut does, and
// expects the batches before it whole and the originals in quarantine.
func TestZeroTail(t *testing.T) {
	file, wal := loggedWarehouse(t)
	rng := rand.New(rand.NewPCG(1, 2))
	ends := []int{0, len(wal), len(wal) - 1}
	for range 10 {
		ends = append(ends, rng.IntN(len(wal)))
	}
	for _, end := range ends {
		for _, more := range []int{0, 4096} {
			spoilt := append(slices.Clone(wal[:end]), make([]byte, len(wal)-end+more)...)
			s, path, err := openCopy(t, file, spoilt)
			if err != nil {
				t.Errorf("zeros from %d of %d, %d more: %v", end, len(wal), more, err)
				continue
			}
			list, err := s.BatchList(t.Context(), 0)
			if err != nil || len(list) < 1 || end == len(wal) && len(list) != 3 {
				t.Errorf("zeros from %d of %d: %d batches, %v", end, len(wal), len(list), err)
			}
			if faults, err := s.Verify(t.Context()); err != nil || len(faults) > 0 {
				t.Errorf("zeros from %d: faults %+v, %v", end, faults, err)
			}
			rec := s.Recovery()
			if rec == nil && more > 0 {
				t.Errorf("zeros from %d, %d more: nothing repaired", end, more)
			}
			if rec != nil {
				kept, err := os.ReadFile(filepath.Join(rec.Quarantine, filepath.Base(path)+".wal"))
				if err != nil || !slices.Equal(kept, spoilt) {
					t.Errorf("quarantined log: %d bytes, %v, want the %d found", len(kept), err, len(spoilt))
				}
				if rec.Last == nil || !strings.Contains(rec.Message(), rec.Last.ID) {
					t.Errorf("message %q does not name the last whole batch", rec.Message())
				}
			}
			s.Close()
		}
	}
}

// TestBitFlip turns single bits of file and log. The warehouse must refuse to
// open or to read with a message for people, or be as it was; it must never cut
// a log for it.
func TestBitFlip(t *testing.T) {
	file, wal := loggedWarehouse(t)
	rng := rand.New(rand.NewPCG(3, 4))
	refused := 0
	try := func(name string, file, wal []byte, pos int) {
		s, path, err := openCopy(t, file, wal)
		if err == nil {
			defer s.Close()
			if s.Recovery() != nil {
				t.Errorf("%s: bit %d: log cut: %s", name, pos, s.Recovery().Message())
			}
			var faults []BatchFault
			if faults, err = s.Verify(t.Context()); err == nil && len(faults) == 0 {
				if n := len(allForms(t, s)); n != 1+8+15 {
					t.Errorf("%s: bit %d: %d forms read without a word", name, pos, n)
				}
				return
			}
		}
		refused++
		var known *yardstick.Error
		if !errors.As(err, &known) || known.Kind != yardstick.Invalid || !strings.Contains(known.Msg, "已损坏") {
			t.Errorf("%s: bit %d: %v", name, pos, err)
		}
		if s == nil {
			if left, err := os.ReadFile(path); err != nil || !slices.Equal(left, file) {
				t.Errorf("%s: bit %d: the file was changed, %v", name, pos, err)
			}
		}
	}
	for range 25 {
		pos := rng.IntN(len(wal) * 8)
		try("log", file, flip(wal, pos), pos)
		pos = rng.IntN(len(file) * 8)
		try("file", flip(file, pos), wal, pos)
	}
	if refused < 10 {
		t.Errorf("only %d of 50 flips were noticed; the test tests nothing", refused)
	}
	t.Logf("%d of 50 flips refused, the others harmless", refused)
}

func flip(b []byte, bit int) []byte {
	b = slices.Clone(b)
	b[bit/8] ^= 1 << (bit % 8)
	return b
}

func TestNotAWarehouse(t *testing.T) {
	for name, data := range map[string][]byte{"empty": {}, "text": []byte(strings.Repeat("这不是数据库\n", 900))} {
		_, _, err := openCopy(t, data, nil)
		if yardstick.KindOf(err) != yardstick.Invalid {
			t.Errorf("%s: %v, want Invalid", name, err)
		}
	}
}

func TestSecondProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "warehouse.duckdb")
	openAt(t, path).Close()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), ownerEnv+"="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || first != "open <nil>\n" {
		t.Fatalf("first process: %q, %v", first, err)
	}
	_, err = Open(t.Context(), Options{Path: path})
	if yardstick.KindOf(err) != yardstick.Busy || !strings.Contains(err.Error(), "yardstick serve") {
		t.Errorf("second process: %v, want Busy with a hint", err)
	}
	fmt.Fprintln(in)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatalf("after the first process ended: %v", err)
	}
	s.Close()
}

// TestFullDisk fills a small disk of its own. Nothing that was acknowledged may
// be gone afterwards, and nothing may be there in part.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=10m"); err != nil {
		t.Skipf("a disk that fills up needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	path := filepath.Join(dir, "warehouse.duckdb")
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(t.Context(), crashBatch(0)); yardstick.KindOf(err) != yardstick.Full {
		t.Errorf("with less than %d MiB left: %v, want it refused", leastRoom>>20, err)
	}
	room := s.free
	s.free = func(string) (uint64, error) { return math.MaxInt64, nil } // let it run into the wall
	stored := 0
	for ; stored < 1000; stored++ {
		if _, err = s.Append(t.Context(), benchBatch(200, stored)); err != nil {
			break
		}
	}
	s.free = room
	if yardstick.KindOf(err) != yardstick.Full {
		t.Errorf("batch %d: %v, want Full", stored, err)
	}
	s.Close() // whatever it says: the disk is full
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), Options{Path: path}); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	defer s.Close()
	list, err := s.BatchList(t.Context(), 0)
	if err != nil || len(list) < stored {
		t.Errorf("%d batches, %v, %d were acknowledged", len(list), err, stored)
	}
	if faults, err := s.Verify(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("faults %+v, %v", faults, err)
	}
	t.Logf("full after %d batches, %d there", stored, len(list))
}
