package review

// alien is D-15: an indicator that has nothing to do with the project.
func (v *reviewer) alien() {
	v.notes["D-15"] = "没有足够的依据判断"
}
