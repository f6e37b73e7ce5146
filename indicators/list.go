package indicators

import (
	"strings"
	"unicode/utf8"
)

// maxItems is how many values a list can hold; the longest seen has seven.
const maxItems = 60

// tierLabels are the names of tiers, longest first.
var tierLabels = [...]string{"优秀", "良好", "中等", "合格", "一般", "较差", "不合格", "优", "良", "中", "差"}

// tiers reads thresholds: 优100% 良90% 中85% 差85%. What stands before the first
// label (the plan: 增长5%;优高于5% …) stays in Raw only.
func tiers(t string) (Value, bool) {
	at := strings.Index(t, "优")
	if at < 0 || !hasDigit(t) {
		return Value{}, false
	}
	v := Value{Kind: Tiers}
	rest := t[at:]
	for rest != "" {
		label, body := cutTier(rest)
		if label == "" || len(v.Labels) == len(tierLabels) {
			return Value{}, false
		}
		end := nextTier(body)
		text := strings.Trim(body[:end], ";,、: 。为()")
		item, ok := quantity(text, None)
		if !ok {
			return Value{}, false
		}
		v.Labels = append(v.Labels, label)
		v.Items = append(v.Items, item)
		rest = body[end:]
	}
	return v, len(v.Items) >= 3
}

func cutTier(t string) (label, rest string) {
	for _, l := range tierLabels {
		if rest, ok := strings.CutPrefix(t, l); ok {
			return l, rest
		}
	}
	return "", t
}

// nextTier is where the next label begins that is followed by a value.
func nextTier(t string) int {
	for i := range t {
		label, rest := cutTier(t[i:])
		if label == "" {
			continue
		}
		if rest = strings.TrimLeft(rest, ":为( "); startsDigit(strings.TrimLeft(rest, "-+")) {
			return i
		}
		if c, _ := scanComparison(rest); c != None {
			return i
		}
	}
	return len(t)
}

// list reads several values in one cell, with or without names: 1;1;1,
// 100%1000件, 困难台胞432人、高龄台胞1792人. Every item must be a number or range.
func list(t string) (Value, bool) {
	if strings.IndexByte(t, ' ') >= 0 {
		return Value{}, false // 1 000 and 9 5 may be one number or two
	}
	v := Value{Kind: List}
	named, comma := false, false
	rest := t
	for rest != "" {
		label, body := cutLabel(rest)
		if label != "" && !bearable(label, body) || len(v.Items) == maxItems {
			return Value{}, false
		}
		end, parted := itemEnd(body)
		item, ok := quantity(body[:end], None)
		if !ok || !parted && !closed(item.Unit) || label != "" && item.Unit.Name == "" && !predicate(label) {
			return Value{}, false
		}
		if len(v.Items) > 0 && (item.Unit.Name == "") != (v.Items[0].Unit.Name == "") {
			return Value{}, false // 1、完成3个；2、完成5个: the bare ones only count
		}
		named = named || label != ""
		v.Items, v.Labels = append(v.Items, item), append(v.Labels, label)
		comma = comma || strings.HasPrefix(body[end:], ",")
		rest = strings.TrimLeft(body[end:], ";,、。|")
	}
	if !named {
		v.Labels = nil
	}
	if len(v.Items) == 2 && v.Items[0].Unit.Name == "" && comma {
		return Value{}, false // 12,34: two numbers, or one with a decimal comma
	}
	return v, len(v.Items) >= 2
}

// closed reports whether a unit ends an item without a separator behind it:
// 100%1000件. 3年6个月 is a sum, and an unknown unit may be anything.
func closed(u Unit) bool {
	switch u.Dimension {
	case "", Unknown, "months", "time", Plain:
		return false
	}
	return true
}

// itemEnd is where an item ends: at a separator, or where the next number
// begins behind a unit. parted tells whether a separator or the end is there.
func itemEnd(t string) (end int, parted bool) {
	_, body := scanComparison(t)
	if !startsDigit(strings.TrimLeft(body, "+-±")) {
		return 0, true
	}
	letters := false // inside the unit
	for i := len(t) - len(body); i < len(t); {
		r, n := utf8.DecodeRuneInString(t[i:])
		switch {
		case strings.ContainsRune(";、。|", r):
			if r == '、' && strings.Contains(t[:i], "/") && startsUnit(t[i+n:]) {
				break // 元/人、天
			}
			return i, true
		case r == ',':
			if i > 0 && isDigit(t[i-1]) && threeDigits(t[i+1:]) {
				break // a thousands separator
			}
			return i, true
		case isDigit(t[i]):
			if letters && t[i-1] != '/' && t[i-1] != '-' && t[i-1] != '~' && !(t[i-1] == 'm' && (r == '2' || r == '3')) {
				return i, false
			}
		case r != '.' && r != '-' && r != '~' && r != '+' && r != '±':
			letters = true
		}
		i += n
	}
	return len(t), true
}

// startsUnit reports whether t is a known unit up to the next separator.
func startsUnit(t string) bool {
	if i := strings.IndexAny(t, ";,。|"); i >= 0 {
		t = t[:i]
	}
	_, ok := unitTable()[t]
	return ok
}
