package grid

import (
	"math"
	"strconv"
)

// styles is what a workbook's style part says about number formats.
type styles struct {
	codes  map[int]string // number format id → code, for formats of the workbook's own
	xfs    []int          // cell style → number format id
	parsed map[int]*numFmt
}

// readStyles reads the number formats.
func (w *workbook) readStyles(part string) error {
	w.styles.codes = map[int]string{}
	inXfs := false
	return w.walk(part, func(x *xmlReader) error {
		switch string(x.name) {
		case "numFmt":
			// Conditional styles (dxf) have formats too, but their ids are not
			// referred to by cells and may repeat: the first one counts.
			if id := x.num("numFmtId", 0); id > 0 && w.styles.codes[id] == "" {
				w.styles.codes[id] = x.str("formatCode")
			}
		case "cellXfs":
			inXfs = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inXfs = false
		case "xf":
			if inXfs {
				w.styles.xfs = append(w.styles.xfs, x.num("numFmtId", 0))
			}
		}
		return nil
	})
}

// format returns the number format of a cell style.
func (s *styles) format(style int) *numFmt {
	id := 0
	if style >= 0 && style < len(s.xfs) {
		id = s.xfs[style]
	}
	f, ok := s.parsed[id]
	if !ok {
		code, own := s.codes[id]
		if !own {
			code = builtin[id]
		}
		f = parseNumFmt(code)
		if s.parsed == nil {
			s.parsed = map[int]*numFmt{}
		}
		s.parsed[id] = f
	}
	return f
}

// builtin are the formats that files name by number only, as a Chinese (PRC)
// Excel shows them: ECMA-376 part 1, 18.8.30.
var builtin = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"¥"#,##0;"¥"\-#,##0`, 6: `"¥"#,##0;"¥"\-#,##0`, 7: `"¥"#,##0.00;"¥"\-#,##0.00`, 8: `"¥"#,##0.00;"¥"\-#,##0.00`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m-d-yy", 31: `yyyy"年"m"月"d"日"`,
	32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`, 34: `上午/下午h"时"mm"分"`, 35: `上午/下午h"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`,
	37: `#,##0;\-#,##0`, 38: `#,##0;\-#,##0`, 39: `#,##0.00;\-#,##0.00`, 40: `#,##0.00;\-#,##0.00`,
	41: `#,##0;\-#,##0;"-"`, 42: `"¥"#,##0;"¥"\-#,##0;"¥-"`, 43: `#,##0.00;\-#,##0.00;"-"`, 44: `"¥"#,##0.00;"¥"\-#,##0.00;"¥-"`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`,
	55: `上午/下午h"时"mm"分"`, 56: `上午/下午h"时"mm"分"ss"秒"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}

// general shows a number the way Excel does where no format is set: fractions
// with at most ten digits, no trailing zeros. Whole numbers keep up to 15
// digits, because in forms they are codes; Excel shows 1.23457E+11.
func general(n float64) string {
	if n == 0 {
		return "0"
	}
	size := math.Abs(n)
	if size >= 1e15 || size < 1e-9 {
		return strconv.FormatFloat(rounded(n, 6), 'E', -1, 64)
	}
	n = rounded(n, 15)
	if n != math.Trunc(n) && size < 1e9 {
		places := 9
		for limit := 10.0; size >= limit; limit *= 10 {
			places--
		}
		if n, err := strconv.ParseFloat(strconv.FormatFloat(n, 'f', places, 64), 64); err == nil {
			return strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// rounded returns n with at most this many significant digits.
func rounded(n float64, digits int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(n, 'e', digits-1, 64), 64)
	if err != nil {
		return n
	}
	return r
}
