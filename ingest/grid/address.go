package grid

import "strconv"

// The size of a worksheet: no workbook can address cells beyond.
const (
	sheetRows = 1 << 20
	sheetCols = 1 << 14
)

// Address returns the name of a cell as a spreadsheet shows it: Address(6, 1)
// is "B7". It is "" for negative arguments.
func Address(row, col int) string {
	if row < 0 || col < 0 {
		return ""
	}
	var buf [24]byte
	i := len(buf)
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		i--
		buf[i] = byte('A' + (n-1)%26)
	}
	return string(strconv.AppendInt(append([]byte(nil), buf[i:]...), int64(row)+1, 10))
}

// ParseAddress is the inverse of Address within the size of a worksheet
// (1,048,576 rows, 16,384 columns). It takes lower case letters and $ signs, as
// formulas have them; ok is false for anything else.
func ParseAddress(s string) (row, col int, ok bool) {
	return parseAddress([]byte(s))
}

func parseAddress(s []byte) (row, col int, ok bool) {
	i := 0
	if i < len(s) && s[i] == '$' {
		i++
	}
	start := i
	for ; i < len(s) && i-start < 4; i++ {
		c := s[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if i == start || col > sheetCols {
		return 0, 0, false
	}
	if i < len(s) && s[i] == '$' {
		i++
	}
	start = i
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		if row = row*10 + int(s[i]-'0'); row > sheetRows {
			return 0, 0, false
		}
	}
	if i == start || i != len(s) || row == 0 || s[start] == '0' {
		return 0, 0, false
	}
	return row - 1, col - 1, true
}

// parseRange reads "B2:D4" or "B2" as a Span; the corners may stand in any order.
func parseRange(s []byte) (Span, bool) {
	a, b := s, s
	for i, c := range s {
		if c == ':' {
			a, b = s[:i], s[i+1:]
			break
		}
	}
	r1, c1, ok1 := parseAddress(a)
	r2, c2, ok2 := parseAddress(b)
	if !ok1 || !ok2 {
		return Span{}, false
	}
	return Span{Row: min(r1, r2), Col: min(c1, c2), RowSpan: abs(r2-r1) + 1, ColSpan: abs(c2-c1) + 1}, true
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
