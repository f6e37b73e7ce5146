package indicators

// Parse reads a value as people write it on forms. It never fails: what it
// can't read is Text with a Reason.
func Parse(s string) Value { return Value{Raw: s, Kind: Text, Reason: "未实现"} }

// ParseParts reads a value whose operator, number and unit stand in cells of
// their own; empty parts are ignored. Raw joins what is written.
func ParseParts(comparison, number, unit string) Value { return Parse(comparison + number + unit) }
