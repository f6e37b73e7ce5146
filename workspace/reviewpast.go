package workspace

import (
	"context"
	"strings"
	"sync"

	"yardstick"
)

// pastForms remembers the last year's forms of what was reviewed, so that a draft
// that is reviewed at every pause of typing asks the warehouse once.
type pastForms struct {
	mu      sync.Mutex
	edition uint64
	forms   map[string]*yardstick.Form // nil: there is none
}

// lastYearsForm is the latest earlier form of the project that form is about, a
// target form before others; nil if none is loaded or form has no year.
func (w *Workspace) lastYearsForm(ctx context.Context, form *yardstick.Form) (*yardstick.Form, error) {
	if !form.Year.Known {
		return nil, nil
	}
	key := strings.Join([]string{string(form.Kind), form.Year.Raw, form.Unit.Value, form.Department.Value, form.Region.Value, form.Project.Value, form.ID}, "\x00")
	edition := w.fits.edition.Load()
	m := &w.past
	m.mu.Lock()
	if m.edition != edition || len(m.forms) >= maxRemembered {
		m.edition, m.forms = edition, map[string]*yardstick.Form{}
	}
	last, ok := m.forms[key]
	m.mu.Unlock()
	if ok {
		return last, nil
	}
	past, err := w.store.Past(ctx, form)
	if err != nil {
		return nil, err
	}
	if len(past) > 0 {
		s, err := w.store.Form(ctx, past[0].ID)
		switch {
		case yardstick.KindOf(err) == yardstick.NotFound && err != nil: // withdrawn meanwhile
		case err != nil:
			return nil, err
		default:
			last = &s.Form
		}
	}
	m.mu.Lock()
	if m.edition == edition {
		m.forms[key] = last
	}
	m.mu.Unlock()
	return last, nil
}
