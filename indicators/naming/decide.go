package naming

// Decision is what a person said about a name.
type Decision struct {
	Key      string // as Key returns it
	Sector   string // functional class in which it holds; "" is every one
	Entry    string // id of the concept; "" says that the name is none of the library
	Rejected bool   // the pair Key–Entry is wrong: it is never proposed again
}

// Decisions are a person's decisions, the latest last: a later one about the
// same key and sector wins over an earlier one. A decision for one sector wins
// over one for every sector.
type Decisions []Decision

type place struct{ key, sector string }

type pair struct{ key, sector, entry string }

// decided is Decisions by key.
type decided struct {
	chosen   map[place]string
	rejected map[pair]bool
}

func newDecided(list Decisions) decided {
	d := decided{chosen: make(map[place]string), rejected: make(map[pair]bool)}
	for _, one := range list {
		key := Key(one.Key)
		p, q := place{key, one.Sector}, pair{key, one.Sector, one.Entry}
		if one.Rejected {
			d.rejected[q] = true
			if e, ok := d.chosen[p]; ok && e == one.Entry {
				delete(d.chosen, p)
			}
			continue
		}
		d.chosen[p] = one.Entry
		delete(d.rejected, q)
	}
	return d
}

// of returns the entry chosen for a key; ok is false if none was.
func (d decided) of(key, sector string) (entry string, ok bool) {
	if entry, ok = d.chosen[place{key, sector}]; !ok && sector != "" {
		entry, ok = d.chosen[place{key, ""}]
	}
	return entry, ok
}

// wrong reports whether a person rejected the entry for the key.
func (d decided) wrong(key, sector, entry string) bool {
	return len(d.rejected) > 0 && (d.rejected[pair{key, sector, entry}] || d.rejected[pair{key, "", entry}])
}
