package workspace

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"yardstick/analysis/recommend"
)

// fits keeps the model that suggestions are made with. One fit runs at a time, in
// a goroutine of its own, so that whoever asked first may go away (adr/0013).
type fits struct {
	ctx     context.Context // ends with the workspace
	end     context.CancelFunc
	running sync.WaitGroup
	// edition counts the changes of what a model rests on: loads, and edits of the
	// library and of decisions. Names are matched against it, too.
	edition atomic.Uint64

	mu   sync.Mutex
	warm bool    // see Warm
	now  *fitted // the latest model, nil: none yet
	run  *fit    // the fit that runs, nil: none

	quickFrom int    // see quickFrom
	begun     func() // called when a fit begins, nil: nothing; for tests
}

// fit is one run.
type fit struct {
	quick   bool   // of the library alone
	edition uint64 // what it will know at least
	done    chan struct{}
	err     error // to be read after done
}

func newFits() *fits {
	f := &fits{quickFrom: quickFrom}
	f.ctx, f.end = context.WithCancel(context.Background())
	f.edition.Store(1)
	return f
}

// Warm is for a process that goes on answering: the model is fitted at once, and
// from now on anew after every change, in the background, while the one before
// answers. A question waits only as long as there is no model at all; before a
// long first fit one of the library alone is made. Without Warm a question waits
// for a model that knows all that was loaded before it.
func (w *Workspace) Warm() {
	w.fits.mu.Lock()
	defer w.fits.mu.Unlock()
	w.fits.warm = true
	w.refit()
}

// forget says that forms, library or decisions have changed: what was computed
// from them is computed anew. It does not wait for anything.
func (w *Workspace) forget() {
	w.fits.edition.Add(1)
	w.fits.mu.Lock()
	defer w.fits.mu.Unlock()
	if w.fits.warm {
		w.refit()
	}
}

// model returns the recommender: over what is loaded now or, in a warm workspace,
// over what was loaded when the last fit began. It must not be asked for by who
// holds a turn, because fits take turns.
func (w *Workspace) model(ctx context.Context) (*fitted, error) { return w.modelAt(ctx, false) }

// modelAt is model; with fresh set it returns the recommender over all that was
// loaded before the call.
func (w *Workspace) modelAt(ctx context.Context, fresh bool) (*fitted, error) {
	f := w.fits
	want := f.edition.Load()
	for {
		f.mu.Lock()
		if f.now != nil && (f.now.edition >= want || f.warm && !fresh) {
			now := f.now
			if now.edition < want { // a fit that failed is tried again
				w.refit()
			}
			f.mu.Unlock()
			return now, nil
		}
		run := w.refit()
		f.mu.Unlock()
		select {
		case <-run.done:
			if run.err != nil && (run.edition >= want || f.ctx.Err() != nil) {
				return nil, run.err
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// refit starts a fit if the model is stale and none runs, and returns the one that
// runs. However many changes come while one runs, one more follows. The caller
// holds fits.mu.
func (w *Workspace) refit() *fit {
	f := w.fits
	edition := f.edition.Load()
	if f.run != nil || f.now != nil && f.now.edition >= edition {
		return f.run
	}
	run := &fit{edition: edition, quick: f.warm && f.now == nil, done: make(chan struct{})}
	if f.ctx.Err() != nil { // closed
		run.err = f.ctx.Err()
		close(run.done)
		return run
	}
	f.run = run
	f.running.Go(func() {
		if f.begun != nil {
			f.begun()
		}
		now, err := w.fit(f.ctx, run)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.run, run.err = nil, err
		if err == nil {
			f.now = now
			if f.warm {
				w.refit() // for what has changed meanwhile
			}
		}
		close(run.done)
	})
	return run
}

// close ends a fit that runs and waits for it. None begins afterwards: refit looks
// at ctx.
func (f *fits) close() {
	f.mu.Lock()
	f.end()
	f.mu.Unlock()
	f.running.Wait()
}

// behind says in words what a model does not know yet, "" if it knows all.
func (w *Workspace) behind(f *fitted) string {
	switch {
	case f.edition >= w.fits.edition.Load():
		return ""
	case f.quick:
		return "历史数据正在读入，现在的建议只来自指标库和模板。"
	}
	return "现在的建议依据" + f.asOf.Format("1月2日15:04") + "的数据，之后导入和改动的正在计入。"
}

// turnLength is how long a fit computes before it lets a question have its turn:
// about as long as one takes.
const turnLength = 5 * time.Millisecond

// build fits a model as one of those that take turns: a server's cores stay free
// for questions. It waits while they are busy.
func (w *Workspace) build(ctx context.Context, h recommend.History, lib recommend.Library) (*recommend.Model, error) {
	done, err := w.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { done() }()
	began := time.Now()
	return recommend.Build(h, lib, recommend.Options{Pause: func() error {
		if time.Since(began) < turnLength {
			return nil
		}
		done()
		next, err := w.turn(ctx)
		if err != nil {
			done = func() {}
			return err
		}
		done, began = next, time.Now()
		return nil
	}})
}
