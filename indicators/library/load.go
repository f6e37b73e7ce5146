package library

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed entries/*.csv types/*.csv templates/*.csv sectors.csv functions.csv
var files embed.FS

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
		rows, err := readTable(fsys, name, Columns())
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

// Classes are all pairs of level-1 and level-2 classes of the frame of 2021, in
// its order.
func Classes() [][2]string {
	var out [][2]string
	for _, level1 := range level1s() {
		for _, level2 := range level2s(level1) {
			out = append(out, [2]string{level1, level2})
		}
	}
	return out
}
