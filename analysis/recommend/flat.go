package recommend

import "slices"

// flat is a list of lists in one piece of memory.
type flat[T any] struct {
	all  []T
	ends []uint32
}

// add appends a list, which it copies.
func (f *flat[T]) add(list []T) {
	f.all = append(f.all, list...)
	f.ends = append(f.ends, uint32(len(f.all)))
}

// of returns list i.
func (f *flat[T]) of(i int) []T {
	from := uint32(0)
	if i > 0 {
		from = f.ends[i-1]
	}
	return f.all[from:f.ends[i]:f.ends[i]]
}

// clip gives back the room that was left for more lists.
func (f *flat[T]) clip() {
	if cap(f.all) > len(f.all)+len(f.all)/32 {
		f.all = slices.Clone(f.all)
	}
}
