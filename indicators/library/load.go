package library

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"yardstick/indicators"
)

//go:embed entries/*.csv types/*.csv templates/*.csv sectors.csv functions.csv
var files embed.FS

// columns are the header of every table of entries, in order.
var columns = []string{"id", "name", "aliases", "level1", "level2", "sector", "function", "project_types", "meaning", "formula",
	"unit", "direction", "temporal_type", "comparison", "weight", "data_source", "taking", "scoring", "evidence", "keywords",
	"note", "source_status"}

// Load reads the embedded tables. It reads and checks everything on each call
// (a few milliseconds), so callers keep the result. An error names file, line,
// column and what was expected; it can only come from a wrong build.
func Load() (*Library, error) { return load(files) }

func load(fsys fs.FS) (*Library, error) {
	names, err := fs.Glob(fsys, "entries/*.csv")
	if err != nil {
		return nil, fmt.Errorf("list entries: %w", err)
	}
	slices.Sort(names)
	l := &Library{byID: make(map[string]int)}
	where := make(map[string]string) // id → file:line
	for _, name := range names {
		rows, err := readTable(fsys, name, columns)
		if err != nil {
			return nil, err
		}
		for i, row := range rows {
			e, err := parseEntry(row)
			at := fmt.Sprintf("%s:%d", path.Base(name), i+2)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", at, err)
			}
			if other, dup := where[e.ID]; dup {
				return nil, fmt.Errorf("%s: column %q: got %q, which %s has already", at, "id", e.ID, other)
			}
			where[e.ID] = at
			l.entries = append(l.entries, e)
		}
	}
	slices.SortFunc(l.entries, func(a, b Entry) int { return strings.Compare(a.ID, b.ID) })
	for i, e := range l.entries {
		l.byID[e.ID] = i
	}
	if l.sectors, err = loadSectors(fsys); err != nil {
		return nil, err
	}
	if err := l.loadTypes(fsys); err != nil {
		return nil, err
	}
	return l, nil
}

// readTable reads a CSV file (UTF-8, with or without the byte order mark that
// spreadsheets want) with the given header and returns its rows without it.
func readTable(fsys fs.FS, name string, header []string) ([][]string, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	r.FieldsPerRecord = len(header)
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path.Base(name), err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], header) {
		return nil, fmt.Errorf("%s:1: want the header %s", path.Base(name), strings.Join(header, ","))
	}
	return rows[1:], nil
}

// parseEntry turns a row of columns into an Entry and checks the closed lists.
func parseEntry(row []string) (Entry, error) {
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	e := Entry{
		ID: row[0], Name: row[1], Aliases: splitList(row[2]), Level1: row[3], Level2: row[4],
		Sector: row[5], Function: splitList(row[6]), ProjectTypes: splitList(row[7]), Meaning: row[8], Formula: row[9],
		Unit: row[10], Direction: Direction(row[11]), TemporalType: TemporalType(row[12]),
		Comparison: indicators.Comparison(row[13]), DataSource: row[15], Taking: row[16], Scoring: row[17],
		Evidence: row[18], Keywords: splitList(row[19]), Note: row[20], SourceStatus: row[21],
	}
	rule, _, _ := strings.Cut(e.Scoring, "：")
	for _, c := range []struct {
		column, got string
		want        []string
	}{
		{"level1", e.Level1, level1s()},
		{"level2", e.Level2, level2s(e.Level1)},
		{"direction", row[11], []string{string(Higher), string(Lower), string(Neutral)}},
		{"temporal_type", row[12], []string{string(Cumulative), string(Level), string(Milestone), string(Ceiling), string(Qualitative)}},
		{"comparison", row[13], []string{"", "≥", "≤", ">", "<", "="}},
		{"taking", e.Taking, append(Takings(), "")},
		{"scoring", rule, append(Scorings(), "")},
		{"source_status", e.SourceStatus, []string{"read", "reported", "recalled"}},
	} {
		if !slices.Contains(c.want, c.got) {
			return Entry{}, fmt.Errorf("column %q: got %q, want one of %s", c.column, c.got, strings.Join(c.want, " "))
		}
	}
	for i, column := range []string{"id", "name"} {
		if row[i] == "" {
			return Entry{}, fmt.Errorf("column %q: got nothing, want text", column)
		}
	}
	var err error
	if e.Weight, err = parseWeight(row[14]); err != nil {
		return Entry{}, fmt.Errorf("column %q: %w", "weight", err)
	}
	return e, nil
}

// parseWeight reads 5-10 or 10; "" is zero.
func parseWeight(s string) (Weight, error) {
	if s == "" {
		return Weight{}, nil
	}
	low, high, isRange := strings.Cut(s, "-")
	if !isRange {
		high = low
	}
	var w Weight
	for _, p := range []struct {
		text string
		to   *float64
	}{{low, &w.Low}, {high, &w.High}} {
		x, err := strconv.ParseFloat(p.text, 64)
		if err != nil || !(x > 0 && x <= 100) {
			return Weight{}, fmt.Errorf("got %q, want points such as 5-10", s)
		}
		*p.to = x
	}
	if w.Low > w.High {
		return Weight{}, fmt.Errorf("got %q, want the smaller number first", s)
	}
	return w, nil
}

// String writes w as the tables do.
func (w Weight) String() string {
	if w.Low == w.High {
		if w.Low == 0 {
			return ""
		}
		return strconv.FormatFloat(w.Low, 'f', -1, 64)
	}
	return strconv.FormatFloat(w.Low, 'f', -1, 64) + "-" + strconv.FormatFloat(w.High, 'f', -1, 64)
}

// level1s are the first-level classes of the frame of 2021 (财预〔2021〕101号,
// recalled; docs/methods.md, Classes).
func level1s() []string {
	return []string{"成本指标", "产出指标", "效益指标", "满意度指标"}
}

// level2s are the second-level classes below level1. 可持续影响指标 is of the
// older frame; county tables still carry it, so entries may too.
func level2s(level1 string) []string {
	switch level1 {
	case "成本指标":
		return []string{"经济成本指标", "社会成本指标", "生态环境成本指标"}
	case "产出指标":
		return []string{"数量指标", "质量指标", "时效指标"}
	case "效益指标":
		return []string{"经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"}
	case "满意度指标":
		return []string{"服务对象满意度指标"}
	}
	return nil
}
