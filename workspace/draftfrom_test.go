package workspace

import (
	"strings"
	"testing"
)

// TestFromRead_note holds that the note says what was taken over and nothing else.
func TestFromRead_note(t *testing.T) {
	sum := 100.0
	full := DraftBody{Project: "农村公路养护", Department: "县交通运输局", Unit: "县公路站", Year: 2024, Budget: &sum, Goal: "2024年养护120公里。",
		Lines: []DraftLine{{Level1: "产出指标", Level2: "时效指标", Name: "完成时间", Target: "2024年12月"}}}
	bare := DraftBody{Project: "农村公路养护", Lines: []DraftLine{{Level1: "产出指标", Level2: "数量指标", Name: "里程"}}}
	for _, c := range []struct {
		name        string
		from, top   DraftBody
		says, never []string
	}{
		{"all", full, DraftBody{}, []string{"主管部门、实施单位、预算、年度总体目标照抄", "年度改为 2025", "1 个目标值里写着 2024 年", "年度总体目标里写着 2024 年"}, nil},
		{"another year", full, DraftBody{Year: 2027}, []string{"年度改为 2027"}, []string{"2025", "2026"}},
		{"the same year", full, DraftBody{Year: 2024}, []string{"年度仍是 2024"}, []string{"改成今年的", "年度改为"}},
		{"stated anew", full, DraftBody{Goal: "养护130公里。", Unit: "县公路站"}, []string{"主管部门、预算照抄"}, []string{"年度总体目标"}},
		{"nothing there", bare, DraftBody{}, []string{"自己填"}, []string{"照抄"}},
		{"no year", bare, DraftBody{Year: 2025}, []string{"年度写为 2025"}, []string{"自己填", "年度改为"}},
	} {
		form := c.from.Form()
		out, err := fromRead(&form, c.top)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.says {
			if !strings.Contains(out.origin.Note, s) {
				t.Errorf("%s: note %q does not say %q", c.name, out.origin.Note, s)
			}
		}
		for _, s := range c.never {
			if strings.Contains(out.origin.Note, s) {
				t.Errorf("%s: note %q says %q", c.name, out.origin.Note, s)
			}
		}
		if want := over(out.body, c.top).Year; out.body.Year != want {
			t.Errorf("%s: the note is about %d, the draft about %d", c.name, out.body.Year, want)
		}
	}
}
