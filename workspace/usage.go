package workspace

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"

	"yardstick/analysis/catalog"
	"yardstick/store"
)

// usage is what the loaded forms say about the library, read once after each
// change. It is not changed after it is made.
type usage struct {
	edition uint64 // of what is loaded
	rules   catalog.Rules
	entries map[string]entryUse
	years   map[string][]catalog.YearCount // by entry, in order
	names   []nameUse                      // every name as filed, most projects first
	sectors map[string]int                 // loaded projects by functional class
	all     int                            // loaded projects
	catalog []catalog.Entry                // the library with its use, by id
	cases   []judged                       // forms by quality, best first

	// Made when first asked for.
	pairs     func() []catalog.Pair // of catalog that may be one
	proposals func() []NameProposal // clusters of unmatched names
}

// entryUse is the use of one entry.
type entryUse struct {
	catalog.Use
	forms, units, regions, first, last int
	weights                            int
	median, q1, q3                     *float64
}

// nameUse is a name as filed. Its alternatives stay JSON until they are shown:
// there can be hundreds of thousands of names.
type nameUse struct {
	NameRow
	alternatives string
}

// counted returns the counts of what is loaded now if they were read already, or
// nil.
func (w *Workspace) counted() *usage {
	if u := w.usage.Load(); u != nil && u.edition == w.fits.edition.Load() {
		return u
	}
	return nil
}

// use returns the counts of what is loaded now. It matches names first where
// that is not done.
func (w *Workspace) use(ctx context.Context) (*usage, error) {
	if u := w.counted(); u != nil {
		return u, nil
	}
	w.matching.Lock()
	defer w.matching.Unlock()
	if err := w.match(ctx); err != nil {
		return nil, err
	}
	if u := w.usage.Load(); u != nil && u.edition == w.matched {
		return u, nil
	}
	rules, err := catalog.LoadRules()
	if err != nil {
		return nil, err
	}
	u := &usage{edition: w.matched, rules: rules, entries: map[string]entryUse{}, years: map[string][]catalog.YearCount{}, sectors: map[string]int{}}
	for _, read := range []func(context.Context, *usage) error{w.readEntryUse, w.readYears, w.readNames, w.readSectors} {
		if err := read(ctx, u); err != nil {
			return nil, err
		}
	}
	state := w.lib.Load()
	u.catalog = catalogEntries(state, u)
	if u.cases, err = w.judgeForms(ctx, rules, state.Types()); err != nil {
		return nil, err
	}
	u.pairs = sync.OnceValue(func() []catalog.Pair { return rules.Near(u.catalog) })
	u.proposals = sync.OnceValue(func() []NameProposal { return clusterNames(u.names) })
	w.usage.Store(u)
	return u, nil
}

func (w *Workspace) readEntryUse(ctx context.Context, u *usage) error {
	return w.store.Batches(ctx, store.EntryUse, func(b arrow.RecordBatch) error {
		c := columns{b}
		id, lines, forms, projects := c.texts("entry_id"), c.counts("lines"), c.counts("forms"), c.counts("projects")
		units, regions, first, last := c.counts("units"), c.counts("regions"), c.counts("first_year"), c.counts("last_year")
		scored, full, numeric := c.counts("scored"), c.counts("full_points"), c.counts("numeric")
		weights, median, q1, q3 := c.counts("weights"), c.numbers("weight_median"), c.numbers("weight_q1"), c.numbers("weight_q3")
		for i := range int(b.NumRows()) {
			u.entries[strings.Clone(id(i))] = entryUse{
				Use:   catalog.Use{Lines: lines(i), Projects: projects(i), Scored: scored(i), Full: full(i), Numeric: numeric(i)},
				forms: forms(i), units: units(i), regions: regions(i), first: first(i), last: last(i),
				weights: weights(i), median: median(i), q1: q1(i), q3: q3(i),
			}
		}
		return ctx.Err()
	})
}

func (w *Workspace) readYears(ctx context.Context, u *usage) error {
	all := map[int]int{}
	err := w.store.Batches(ctx, store.EntryYears, func(b arrow.RecordBatch) error {
		c := columns{b}
		id, year, projects := c.texts("entry_id"), c.counts("year"), c.counts("projects")
		for i := range int(b.NumRows()) {
			if id(i) == "" { // these come first
				all[year(i)] = projects(i)
				continue
			}
			key := strings.Clone(id(i))
			u.years[key] = append(u.years[key], catalog.YearCount{Year: year(i), Projects: projects(i)})
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for id, list := range u.years {
		u.years[id] = everyYear(list, all)
	}
	return nil
}

// everyYear puts years in which nobody used the entry between those in which
// somebody did.
func everyYear(used []catalog.YearCount, all map[int]int) []catalog.YearCount {
	by := map[int]int{}
	for _, y := range used {
		by[y.Year] = y.Projects
	}
	var out []catalog.YearCount
	for _, year := range slices.Sorted(maps.Keys(all)) {
		out = append(out, catalog.YearCount{Year: year, Projects: by[year], All: all[year]})
	}
	return out
}

func (w *Workspace) readNames(ctx context.Context, u *usage) error {
	state := w.lib.Load()
	return w.store.Batches(ctx, store.FiledNames, func(b arrow.RecordBatch) error {
		c := columns{b}
		name, key, level1, level2 := c.texts("name"), c.texts("name_key"), c.texts("level1"), c.texts("level2")
		sector, unit, entry, method := c.texts("sector"), c.texts("unit"), c.texts("entry_id"), c.texts("method")
		reason, alternatives, confidence, score := c.texts("reason"), c.texts("alternatives"), c.numbers("confidence"), c.numbers("best")
		lines, forms, projects := c.counts("lines"), c.counts("forms"), c.counts("projects")
		for i := range int(b.NumRows()) {
			n := NameRow{
				Name: strings.Clone(name(i)), Key: strings.Clone(key(i)), Level1: strings.Clone(level1(i)), Level2: strings.Clone(level2(i)),
				Sector: strings.Clone(sector(i)), Unit: strings.Clone(unit(i)), Forms: forms(i), Projects: projects(i), Lines: lines(i),
				Entry: strings.Clone(entry(i)), Method: strings.Clone(method(i)), Reason: strings.Clone(reason(i)),
			}
			if x := confidence(i); x != nil {
				n.Confidence = *x
			}
			if e, ok := state.ByID(n.Entry); ok {
				n.EntryName = e.Name
			}
			best := 0.0
			if x := score(i); x != nil {
				best = *x
			}
			n.State = nameState(n, best, u.rules["names.doubtful"].Value)
			u.names = append(u.names, nameUse{n, strings.Clone(alternatives(i))})
		}
		return ctx.Err()
	})
}

func (w *Workspace) readSectors(ctx context.Context, u *usage) error {
	o, err := w.store.Overview(ctx)
	if err != nil {
		return err
	}
	for _, s := range o.Sectors {
		u.sectors[s.Sector] = s.Projects
		u.all += s.Projects
	}
	return nil
}
