package forms

func (r *reader) tagged(v view) bool { return false }
