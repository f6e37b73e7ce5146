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
	Err     error                   `json:"-"`
}

// Desk receives files and runs one batch at a time.
type Desk struct {
	ws   Ingester
	opt  Options
	turn chan struct{} // holds one token: the right to run
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
	d := &Desk{ws: ws, opt: opt, turn: make(chan struct{}, 1)}
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
	ctx, cancel := context.WithCancel(d.quit)
	r := &run{cancel: cancel, changed: make(chan struct{}), status: Status{
		ID: "run-" + strings.ToLower(rand.Text()[:10]), State: Waiting, Files: files, Bytes: bytes, Asked: d.opt.Now(),
	}}
	d.mu.Lock()
	d.runs = append(d.runs, r)
	d.forget()
	d.mu.Unlock()
	d.wait.Go(func() {
		defer cancel()
		if after != nil {
			defer after()
		}
		d.work(ctx, r, req)
	})
	return r.status.ID
}

func (d *Desk) work(ctx context.Context, r *run, req workspace.IngestRequest) {
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		d.set(r, func(s *Status) { d.end(s, Cancelled, nil) })
		return
	}
	d.set(r, func(s *Status) { now := d.opt.Now(); s.State, s.Started = Running, &now })
	given := req.Progress
	req.Progress = func(p workspace.Progress) {
		d.set(r, func(s *Status) { s.Stage, s.Done, s.Total, s.Name = p.Stage, p.Done, p.Total, p.Name })
		if given != nil {
			given(p)
		}
	}
	res, err := d.ingest(ctx, req)
	d.set(r, func(s *Status) {
		switch {
		case err == nil:
			s.Result = &res
			d.end(s, Done, nil)
		case ctx.Err() != nil:
			d.end(s, Cancelled, nil)
		default:
			d.end(s, Failed, err)
		}
	})
}

// ingest turns a panic into an error: it must not take the server down, and
// the batch is whole or absent anyway.
func (d *Desk) ingest(ctx context.Context, req workspace.IngestRequest) (res workspace.IngestResult, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &yardstick.Error{Kind: yardstick.Internal, Op: "intake.ingest", Err: &PanicError{Value: p, Stack: stack()}}
		}
	}()
	return d.ws.Ingest(ctx, req)
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
	ahead := 0
	for _, r := range d.runs {
		if r.status.ID == id {
			s := r.status
			if s.State == Waiting {
				s.Ahead = ahead
			}
			return s, r.changed, true
		}
		if !r.status.State.Final() {
			ahead++
		}
	}
	return Status{}, nil, false
}

// Active returns the runs that have not ended, oldest first.
func (d *Desk) Active() []Status {
	d.mu.Lock()
	ids := make([]string, 0, len(d.runs))
	for _, r := range d.runs {
		if !r.status.State.Final() {
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
			return &yardstick.Error{Kind: yardstick.NotFound, Op: "intake.Watch", Msg: "没有找到这次导入，可能已经过期。到“导入”页看最近的批次。"}
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
