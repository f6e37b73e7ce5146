package intake

import (
	"context"
	"crypto/rand"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// Ingester loads files; *workspace.Workspace is one.
type Ingester interface {
	Ingest(ctx context.Context, req workspace.IngestRequest) (workspace.IngestResult, error)
}

// Options configures New. The zero value is what serve uses.
type Options struct {
	Dir        string           // where uploads wait; "" means a new folder below the system's temporary one
	FileBytes  int64            // largest file; 0 means 200 MiB
	TotalBytes int64            // largest upload; 0 means 2 GiB
	Files      int              // most files of one upload; 0 means 10 000
	Keep       int              // finished runs that are remembered; 0 means 50
	Now        func() time.Time // nil means time.Now
}

// State says where a run is.
type State string

// The states of a run. The last three are final.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Final reports whether nothing more will happen.
func (s State) Final() bool { return s == Done || s == Failed || s == Cancelled }

// Status is a run at one moment.
type Status struct {
	ID      string                  `json:"run"`
	State   State                   `json:"state"`
	Ahead   int                     `json:"ahead"` // batches that come first, while waiting
	Files   int                     `json:"files"`
	Bytes   int64                   `json:"bytes"`
	Stage   string                  `json:"stage"`
	Done    int                     `json:"done"`
	Total   int                     `json:"total"`
	Name    string                  `json:"name"` // the present object
	Asked   time.Time               `json:"asked"`
	Started *time.Time              `json:"started"`
	Ended   *time.Time              `json:"ended"`
	Result  *workspace.IngestResult `json:"result"`
	Kind    Kind                    `json:"kind,omitempty"`
	Round   string                  `json:"round,omitempty"` // id of the round that a review made
	Err     error                   `json:"-"`
}

// Kind says what a run does. Runs of one kind wait for each other and for no
// other: reading forms for a review changes nothing that an import needs.
type Kind string

// The kinds of runs; an import is the zero value.
const (
	Import Kind = ""
	Review Kind = "review"
)

// Desk receives files and runs one batch and one review at a time.
type Desk struct {
	ws   Ingester
	opt  Options
	turn map[Kind]chan struct{} // each holds one token: the right to run
	quit context.Context
	stop context.CancelFunc
	wait sync.WaitGroup

	mu     sync.Mutex
	runs   []*run // oldest first
	own    bool   // the folder was made here
	closed bool
}

type run struct {
	status  Status
	cancel  context.CancelFunc
	changed chan struct{} // closed and replaced at every change
}

// New returns a Desk whose batches go to ws. Close it to stop what runs and to
// remove what waits.
func New(ws Ingester, opt Options) *Desk {
	if opt.FileBytes == 0 {
		opt.FileBytes = 200 << 20
	}
	if opt.TotalBytes == 0 {
		opt.TotalBytes = 2 << 30
	}
	if opt.Files == 0 {
		opt.Files = 10_000
	}
	if opt.Keep == 0 {
		opt.Keep = 50
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	d := &Desk{ws: ws, opt: opt, turn: map[Kind]chan struct{}{Import: make(chan struct{}, 1), Review: make(chan struct{}, 1)}}
	d.quit, d.stop = context.WithCancel(context.Background())
	return d
}

// Options returns the limits in force.
func (d *Desk) Options() Options { return d.opt }

// Close cancels every run, waits for them and removes the folder of uploads if
// it was made here.
func (d *Desk) Close() error {
	d.stop()
	d.wait.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.own {
		d.own = false
		return os.RemoveAll(d.opt.Dir)
	}
	return nil
}

// Start queues a batch and returns its id at once. after, if not nil, is called
// when the run has ended, whatever the end.
func (d *Desk) Start(req workspace.IngestRequest, files int, bytes int64, after func()) string {
	return d.start(Status{Kind: Import, Files: files, Bytes: bytes}, after, func(ctx context.Context, see func(workspace.Progress)) (func(*Status), error) {
		req.Progress = both(see, req.Progress)
		res, err := d.ws.Ingest(ctx, req)
		return func(s *Status) { s.Result = &res }, err
	})
}

// Reviewer reviews target forms; *workspace.Workspace is one.
type Reviewer interface {
	ReviewForms(ctx context.Context, req workspace.ReviewRequest) (workspace.ReviewRound, error)
}

// StartReview queues a review as Start queues a batch. Of the result only the
// round's id is kept: the round itself is in the workspace.
func (d *Desk) StartReview(ws Reviewer, req workspace.ReviewRequest, files int, bytes int64, after func()) string {
	return d.start(Status{Kind: Review, Files: files, Bytes: bytes}, after, func(ctx context.Context, see func(workspace.Progress)) (func(*Status), error) {
		req.Progress = both(see, req.Progress)
		round, err := ws.ReviewForms(ctx, req)
		return func(s *Status) { s.Round = round.ID }, err
	})
}

func both(a, b func(workspace.Progress)) func(workspace.Progress) {
	return func(p workspace.Progress) {
		a(p)
		if b != nil {
			b(p)
		}
	}
}

// work does what a run is for and returns what to note of its result.
type work func(ctx context.Context, see func(workspace.Progress)) (func(*Status), error)

func (d *Desk) start(s Status, after func(), do work) string {
	ctx, cancel := context.WithCancel(d.quit)
	s.ID, s.State, s.Asked = "run-"+strings.ToLower(rand.Text()[:10]), Waiting, d.opt.Now()
	r := &run{cancel: cancel, changed: make(chan struct{}), status: s}
	d.mu.Lock()
	d.runs = append(d.runs, r)
	d.forget()
	d.mu.Unlock()
	d.wait.Go(func() {
		defer cancel()
		if after != nil {
			defer after()
		}
		d.work(ctx, r, do)
	})
	return s.ID
}

func (d *Desk) work(ctx context.Context, r *run, do work) {
	turn := d.turn[r.status.Kind] // the kind never changes
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		d.set(r, func(s *Status) { d.end(s, Cancelled, nil) })
		return
	}
	d.set(r, func(s *Status) { now := d.opt.Now(); s.State, s.Started = Running, &now })
	note, err := safely(ctx, do, func(p workspace.Progress) {
		d.set(r, func(s *Status) { s.Stage, s.Done, s.Total, s.Name = p.Stage, p.Done, p.Total, p.Name })
	})
	d.set(r, func(s *Status) {
		switch {
		case err == nil:
			note(s)
			d.end(s, Done, nil)
		case ctx.Err() != nil:
			d.end(s, Cancelled, nil)
		default:
			d.end(s, Failed, err)
		}
	})
}

// safely turns a panic into an error: it must not take the server down, and
// what a run makes is whole or absent anyway.
func safely(ctx context.Context, do work, see func(workspace.Progress)) (note func(*Status), err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &yardstick.Error{Kind: yardstick.Internal, Op: "intake.work", Err: &PanicError{Value: p, Stack: stack()}}
		}
	}()
	return do(ctx, see)
}

func (d *Desk) end(s *Status, state State, err error) {
	now := d.opt.Now()
	s.State, s.Ended, s.Err = state, &now, err
}

func (d *Desk) set(r *run, change func(*Status)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(&r.status)
	close(r.changed)
	r.changed = make(chan struct{})
	if r.status.State.Final() { // those behind it move up
		for _, other := range d.runs {
			if other.status.State == Waiting {
				close(other.changed)
				other.changed = make(chan struct{})
			}
		}
	}
}

// forget drops the oldest finished runs beyond Keep. It needs the lock.
func (d *Desk) forget() {
	finished := 0
	for _, r := range d.runs {
		if r.status.State.Final() {
			finished++
		}
	}
	d.runs = slices.DeleteFunc(d.runs, func(r *run) bool {
		if finished <= d.opt.Keep || !r.status.State.Final() {
			return false
		}
		finished--
		return true
	})
}

// Status returns the run at this moment, and false if it is not known.
func (d *Desk) Status(id string) (Status, bool) {
	s, _, ok := d.look(id)
	return s, ok
}

func (d *Desk) look(id string) (Status, chan struct{}, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	ahead := map[Kind]int{}
	for _, r := range d.runs {
		if r.status.ID == id {
			s := r.status
			if s.State == Waiting {
				s.Ahead = ahead[s.Kind]
			}
			return s, r.changed, true
		}
		if !r.status.State.Final() {
			ahead[r.status.Kind]++
		}
	}
	return Status{}, nil, false
}

// Active returns the imports that have not ended, oldest first.
func (d *Desk) Active() []Status { return d.ActiveOf(Import) }

// ActiveOf returns the runs of one kind that have not ended, oldest first.
func (d *Desk) ActiveOf(kind Kind) []Status {
	d.mu.Lock()
	ids := make([]string, 0, len(d.runs))
	for _, r := range d.runs {
		if r.status.Kind == kind && !r.status.State.Final() {
			ids = append(ids, r.status.ID)
		}
	}
	d.mu.Unlock()
	active := make([]Status, 0, len(ids))
	for _, id := range ids {
		if s, ok := d.Status(id); ok {
			active = append(active, s)
		}
	}
	return active
}

// Cancel asks the run to stop and reports whether it could still be stopped.
// A batch is stored whole or not at all, so nothing has changed then.
func (d *Desk) Cancel(id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.runs {
		if r.status.ID == id && !r.status.State.Final() {
			r.cancel()
			return true
		}
	}
	return false
}

// Watch calls see with the run's status now and after every change, until the
// run has ended, see returns an error or ctx ends. Changes that come faster
// than see returns are skipped; the last one never is.
func (d *Desk) Watch(ctx context.Context, id string, see func(Status) error) error {
	for {
		s, changed, ok := d.look(id)
		if !ok {
			return &yardstick.Error{Kind: yardstick.NotFound, Op: "intake.Watch", Msg: "没有找到这一次，可能已经过期。到“导入”或“目标审核”页看最近的。"}
		}
		if err := see(s); err != nil {
			return err
		}
		if s.State.Final() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
