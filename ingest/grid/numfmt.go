package grid

import "strings"

// numFmt is a parsed number format such as `#,##0.00;\-#,##0.00;"-"`.
type numFmt struct {
	sections []section // for positive numbers, negative ones, zero
	date     bool
}

// section is one of the parts that semicolons separate.
type section struct {
	parts []fmtPart
	odd   bool // has something that is not understood here
	date  bool

	intMin, fracMin, fracMax int
	grouped                  bool
	shift                    int // decimal places to move: +2 per %, −3 per trailing comma
	expMin                   int // digits of the exponent, 0 if there is none
	expPlus                  bool
	half                     bool // hours count to 12
	subsec                   int  // decimals of seconds
}

type partKind uint8

const (
	literal    partKind = iota
	digits              // the number itself; all placeholders of a section are one part
	anyNumber           // General
	datePart            // text is the letters: yyyy, m, dd
	minutePart          // m or mm next to hours or seconds
	elapsed             // [h], [m], [s]
	halfDay             // AM/PM and its Chinese spellings
	textPart            // @
)

type fmtPart struct {
	kind partKind
	text string
}

// parseNumFmt reads a format code; "" stands for General.
func parseNumFmt(code string) *numFmt {
	f := &numFmt{}
	if code == "" {
		code = "General"
	}
	for len(f.sections) < 4 {
		s, rest, more := parseSection(code)
		f.sections = append(f.sections, s)
		f.date = f.date || s.date
		if !more {
			break
		}
		code = rest
	}
	if len(f.sections) == 4 {
		f.sections = f.sections[:3] // the fourth is for text
	}
	return f
}

// parseSection reads up to the next semicolon outside of quotes.
func parseSection(code string) (s section, rest string, more bool) {
	p := sectionParser{s: &s}
	for i := 0; i < len(code); {
		if code[i] == ';' {
			rest, more = code[i+1:], true
			break
		}
		i += p.token(code[i:])
	}
	p.finish()
	return s, rest, more
}

type sectionParser struct {
	s        *section
	inNumber bool
	frac     bool
	commas   int
	broken   bool // literals came between placeholders
}

// token reads one token and returns its length.
func (p *sectionParser) token(t string) int {
	switch c := t[0]; c {
	case '"':
		end := strings.IndexByte(t[1:], '"')
		if end < 0 {
			p.literal(t[1:])
			return len(t)
		}
		p.literal(t[1 : 1+end])
		return end + 2
	case '\\':
		n := runeLen(t[1:])
		p.literal(t[1 : 1+n])
		return 1 + n
	case '_', '*': // a space as wide as the next character, or that one repeated
		return 1 + runeLen(t[1:])
	case '[':
		return p.bracket(t)
	case '0', '#', '?':
		p.digit(c)
		return 1
	case '.':
		if p.s.date {
			n := 1
			for n < len(t) && t[n] == '0' {
				n++
			}
			if p.s.subsec = n - 1; n > 1 {
				p.s.parts = append(p.s.parts, fmtPart{datePart, t[:n]})
				return n
			}
			p.literal(".")
			return 1
		}
		p.digit(c)
		return 1
	case ',':
		if p.inNumber {
			p.commas++
			return 1
		}
	case '%':
		p.s.shift += 2
	case '@':
		p.s.parts = append(p.s.parts, fmtPart{textPart, ""})
		return 1
	case '/':
		if p.inNumber {
			p.s.odd = true // a fraction
		}
	case 'E', 'e':
		if p.inNumber && len(t) > 1 && (t[1] == '+' || t[1] == '-') {
			p.s.expPlus = t[1] == '+'
			n := 2
			for n < len(t) && (t[n] == '0' || t[n] == '#' || t[n] == '?') {
				n++
			}
			p.s.expMin = max(n-2, 1)
			return n
		}
	}
	for _, word := range [...]string{"General", "G/通用格式", "GENERAL", "general"} {
		if strings.HasPrefix(t, word) {
			p.s.parts = append(p.s.parts, fmtPart{anyNumber, ""})
			return len(word)
		}
	}
	for _, word := range [...]string{"AM/PM", "am/pm", "A/P", "a/p", "上午/下午"} {
		if strings.HasPrefix(t, word) {
			p.s.parts, p.s.half, p.s.date = append(p.s.parts, fmtPart{halfDay, word}), true, true
			return len(word)
		}
	}
	if strings.IndexByte("ymdhsaegbYMDHSAEGB", t[0]) >= 0 {
		n := 1
		for n < len(t) && t[n]|0x20 == t[0]|0x20 {
			n++
		}
		p.s.date = true
		p.s.parts = append(p.s.parts, fmtPart{datePart, strings.ToLower(t[:n])})
		return n
	}
	n := runeLen(t)
	p.literal(t[:n])
	return n
}

func (p *sectionParser) literal(s string) {
	if p.inNumber && s != "" {
		p.broken = true
	}
	parts := p.s.parts
	if n := len(parts); n > 0 && parts[n-1].kind == literal {
		parts[n-1].text += s
		return
	}
	p.s.parts = append(parts, fmtPart{literal, s})
}

// digit reads a placeholder or the decimal point.
func (p *sectionParser) digit(c byte) {
	if !p.inNumber {
		p.inNumber = true
		p.s.parts = append(p.s.parts, fmtPart{digits, ""})
	} else if p.broken {
		p.s.odd = true // 000-0000: literals within the number
	}
	switch {
	case c == '.':
		p.frac = true
	case p.frac:
		p.s.fracMax++
		if c == '0' {
			p.s.fracMin = p.s.fracMax
		}
	case c == '0':
		p.s.intMin++
	case p.s.intMin > 0 && c == '#':
		p.s.intMin++ // 0# is as good as 00
	}
	if p.commas > 0 {
		p.s.grouped, p.commas = true, 0
	}
}

// bracket reads [Red], [h], [$¥-804], [DBNum1] or a condition.
func (p *sectionParser) bracket(t string) int {
	end := strings.IndexByte(t, ']')
	if end < 0 {
		p.s.odd = true
		return len(t)
	}
	in := t[1:end]
	lower := strings.ToLower(in)
	switch {
	case strings.HasPrefix(in, "$"):
		currency, locale, _ := strings.Cut(in[1:], "-")
		if currency != "" {
			p.literal(currency)
		}
		switch strings.ToUpper(locale) {
		case "F800", "X-SYSDATE": // the system's long date; what follows is for others
			p.s.parts = append(p.s.parts, fmtPart{datePart, "yyyy"}, fmtPart{literal, "年"},
				fmtPart{datePart, "m"}, fmtPart{literal, "月"}, fmtPart{datePart, "d"}, fmtPart{literal, "日"})
			p.s.date = true
			if stop := strings.IndexByte(t, ';'); stop >= 0 {
				return stop
			}
			return len(t)
		}
	case in != "" && (strings.Trim(lower, "h") == "" || strings.Trim(lower, "m") == "" || strings.Trim(lower, "s") == ""):
		p.s.date = true
		p.s.parts = append(p.s.parts, fmtPart{elapsed, lower})
	case strings.HasPrefix(lower, "dbnum"), strings.IndexAny(in, "<>=") == 0:
		p.s.odd = true
	}
	return end + 1 // a colour
}

// finish tells minutes from months and moves the decimal places.
func (p *sectionParser) finish() {
	s := p.s
	s.shift -= 3 * p.commas
	if !s.date {
		return
	}
	last := "" // the date part before
	for i := range s.parts {
		part := &s.parts[i]
		switch {
		case part.kind == elapsed:
			last = part.text[:1]
		case part.kind != datePart:
			continue
		case part.text[0] == 'm' && len(part.text) <= 2 && (last == "h" || p.nextDate(i) == 's'):
			part.kind, last = minutePart, "m"
		default:
			last = part.text[:1]
		}
		if strings.IndexByte("gb", last[0]) >= 0 {
			s.odd = true // other calendars
		}
	}
	for _, part := range s.parts {
		if part.kind == digits && s.subsec == 0 {
			s.odd = true
		}
	}
}

func (p *sectionParser) nextDate(i int) byte {
	for _, part := range p.s.parts[i+1:] {
		if part.kind == datePart || part.kind == elapsed {
			return part.text[0]
		}
	}
	return 0
}
