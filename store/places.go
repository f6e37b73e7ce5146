//go:build duckdb_arrow

package store

import (
	"strings"

	"yardstick"
)

// places writes the regions, agencies and projects that a batch's forms name,
// each once. The statements leave out those that are stored already.
type places struct {
	st   *staged
	g    *gazetteer
	done map[string]bool
}

func newPlaces(st *staged, g *gazetteer) *places {
	return &places{st: st, g: g, done: map[string]bool{}}
}

func (p *places) once(id string) bool {
	if id == "" || p.done[id] {
		return false
	}
	p.done[id] = true
	return true
}

func (p *places) add(f *placement) {
	p.region(f.id.region, f.form)
	if a := f.id.agencyID(); p.once(a) {
		own, _ := p.g.resolve(f.id.name, "")
		if own == "" {
			own = f.id.region
		}
		p.region(own, f.form)
		p.st.agency.text(a)
		p.st.agency.text(f.id.name)
		p.st.agency.some(own)
		p.st.agency.end()
	}
	if p.once(f.id.projectID) {
		p.st.project.text(f.id.projectID)
		p.st.project.text(f.id.project)
		p.st.project.some(f.id.agencyID())
		p.st.project.some(f.form.Sector)
		p.st.project.end()
	}
}

// region writes a region and those above it.
func (p *places) region(id string, f *yardstick.Form) {
	for p.once(id) {
		r := p.st.region
		if name, unknown := strings.CutPrefix(id, "x:"); unknown {
			r.text(id)
			r.text(name)
			r.some("")
			r.some("")
			r.end()
			return
		}
		at := p.g.byCode[id]
		r.text(id)
		r.text(at.name)
		r.text(at.level())
		r.some(at.parent())
		r.end()
		id = at.parent()
	}
}
