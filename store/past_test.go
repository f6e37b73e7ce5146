package store

import "testing"

// TestPast: the earlier forms of a project, whatever the year in its name, and of
// nobody else's.
func TestPast(t *testing.T) {
	s := openTest(t)
	appendTest(t, s, aFile("a.xlsx", "h1", aForm("2022年水库建设", "中江县水利局", 2022, 1, 100)))
	appendTest(t, s, aFile("b.xlsx", "h2", aForm("2023年水库建设", "中江县水利局", 2023, 1, 100)))
	appendTest(t, s, aFile("c.xlsx", "h3", aForm("2023年水库建设", "三台县水利局", 2023, 1, 100)))
	for _, c := range []struct {
		project, unit string
		year          int
		want          []int
	}{
		{"2024年水库建设", "中江县水利局", 2024, []int{2023, 2022}},
		{"水库建设", "中江县水利局", 2023, []int{2022}},
		{"水库建设", "中江县水利局", 2022, nil},
		{"河道治理", "中江县水利局", 2024, nil},
		{"水库建设", "", 2024, nil}, // no agency: no past
	} {
		f := aForm(c.project, c.unit, c.year, 1, 100)
		f.Department.Value = ""
		got, err := s.Past(t.Context(), &f)
		if err != nil {
			t.Fatal(err)
		}
		var years []int
		for _, h := range got {
			years = append(years, *h.Year)
		}
		if len(years) != len(c.want) {
			t.Errorf("%s %s %d: %v, want %v", c.unit, c.project, c.year, years, c.want)
			continue
		}
		for i := range years {
			if years[i] != c.want[i] {
				t.Errorf("%s %s %d: %v, want %v", c.unit, c.project, c.year, years, c.want)
			}
		}
	}
}
