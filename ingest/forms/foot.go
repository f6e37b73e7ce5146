package forms

// readFoot reads the grade and the total that stand below the indicators.
func (f *fields) readFoot(v view) {
	saved := *f
	v.readHead(f)
	grade, total := f.grade, f.total
	*f = saved
	if f.grade.Value == "" {
		f.grade = grade
	}
	if !f.total.Known {
		f.total = total
	}
}
