package forms

// fit says how well a text suits a column: 1 yes, −1 no, 0 can't be told.
func fit(ro role, k string) int {
	_, isNumber := parseFigure(k)
	switch ro {
	case operator:
		if operatorText(k) {
			return 1
		}
		return -1
	case unit, actualUnit:
		switch {
		case operatorText(k), isNumber && k != "100%":
			return -1
		case runes(k) <= 6:
			return 1
		}
	case weight, score:
		if _, _, read := points(k); read {
			return 1
		}
		return -1
	}
	return 0
}

// shifted looks for a row whose unit or operator cell was left out, so that the
// cells behind it stand one column too far left. It returns the parts in order
// from the gap on, or nil. Only forms with columns of a known type can tell.
func (x *body) shifted(r int) []int {
	from := -1
	for i, p := range x.h.parts {
		if p.role == unit || p.role == operator {
			from = i
			break
		}
	}
	if from < 0 || len(x.byRole[weight])+len(x.byRole[score]) == 0 {
		return nil
	}
	parts := x.h.parts[from:]
	keys := make([]string, len(parts))
	stands, moved, bad := 0, 0, 0
	for i, p := range parts {
		s, ok := x.h.at(r, p.c0)
		if !ok {
			continue
		}
		if !s.own || s.c1-s.c0 > p.c1-p.c0 {
			return nil
		}
		keys[i] = x.h.key(s)
	}
	if keys[len(keys)-1] != "" {
		return nil // no room at the end: nothing is missing
	}
	for i, p := range parts {
		if keys[i] != "" {
			f := fit(p.role, keys[i])
			stands += f
			if f < 0 {
				bad++
			}
			if i+1 < len(parts) {
				moved += fit(parts[i+1].role, keys[i])
			}
		}
	}
	if bad < 2 || moved <= stands+2 {
		return nil
	}
	out := make([]int, 0, len(parts))
	for i := range parts {
		out = append(out, from+i)
	}
	return out
}

// apply moves the columns of the given parts one to the left for a shifted row;
// the function returned undoes it.
func (x *body) apply(parts []int) func() {
	h := x.h
	saved := append([]part(nil), h.parts...)
	columns := append([]part(nil), h.columns...)
	gap := h.parts[parts[0]]
	for _, i := range parts[1:] {
		h.parts[i].c0, h.parts[i].c1 = saved[i-1].c0, saved[i-1].c1
		h.paint(&h.parts[i])
	}
	gap.c0, gap.c1 = saved[parts[len(parts)-1]].c0, saved[parts[len(parts)-1]].c1
	h.parts[parts[0]] = gap
	h.paint(&gap)
	return func() {
		copy(h.parts, saved)
		copy(h.columns, columns)
	}
}
