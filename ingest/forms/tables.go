package forms

// tables cuts a sheet at columns without content if both sides hold an
// indicator header of their own: two forms side by side. Otherwise the sheet is
// one table, blank columns in it or not.
func (s *sheet) tables() []view {
	whole := s.all()
	filled := make([]bool, s.g.Cols)
	for _, row := range s.rows {
		for _, x := range row {
			if !x.own {
				continue
			}
			for c := x.c0; c < x.c1; c++ {
				filled[c] = true
			}
		}
	}
	var out []view
	for c := 0; c < len(filled); {
		if !filled[c] {
			c++
			continue
		}
		start := c
		for c < len(filled) && filled[c] {
			c++
		}
		out = append(out, view{s, 0, s.g.Rows, start, c})
	}
	if len(out) < 2 || len(out) > maxColumns {
		return []view{whole}
	}
	for _, v := range out {
		if !v.hasHeader() {
			return []view{whole}
		}
	}
	return out
}

// hasHeader reports whether an indicator header stands anywhere in the view.
func (v view) hasHeader() bool {
	for r := v.r0; r < v.r1; r++ {
		if _, ok := v.findHeader(r, v.r0); ok {
			return true
		}
	}
	return false
}
