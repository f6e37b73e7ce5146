package recommend

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"yardstick/indicators/naming"
)

//go:embed kinds.csv
var kindsCSV string

//go:embed process.csv
var processCSV string

// kindWords tell building, purchase and operation apart by words of names:
// kinds.csv.
type kindWords []struct{ kind, word string }

func shippedKinds() (out kindWords, err error) {
	rows, err := csv.NewReader(strings.NewReader(kindsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("recommend: kinds.csv: %w", err)
	}
	for _, r := range rows[1:] {
		out = append(out, struct{ kind, word string }{r[0], r[1]})
	}
	return out, nil
}

// The kinds of kinds.csv that shut each other out among entries.
const (
	buildingKind  = "建设"
	operationKind = "运行"
)

// of is the kind that a name's words say, "" where they say none or several: an
// 养护工程 is both.
func (k kindWords) of(name string) (kind string) {
	for _, w := range k {
		if !strings.Contains(name, w.word) {
			continue
		}
		if kind != "" && kind != w.kind {
			return ""
		}
		kind = w.kind
	}
	return kind
}

// opposed reports whether two kinds are known and differ.
func opposed(a, b string) bool { return a != "" && b != "" && a != b }

// conceptKind is the kind of project that an entry is for: by its own name, else
// by the types it fits where they are of one kind. Common entries are for
// all but where their name speaks of building.
func (m *Model) conceptKind(c *Concept) string {
	own := m.words.kinds.of(noRemark(c.Name))
	switch {
	case c.Sector == common && own != buildingKind:
		return ""
	case c.Sector == common || own != "":
		return own
	}
	kind := ""
	for i, name := range c.Types {
		k := m.words.kinds.of(name)
		if i > 0 && k != kind {
			return ""
		}
		kind = k
	}
	return kind
}

// noRemark is a name without what stands in brackets: 项目（工程）验收合格率.
func noRemark(name string) string {
	if i, j := strings.Index(name, "（"), strings.Index(name, "）"); i >= 0 && j > i {
		return name[:i] + name[j:]
	}
	return name
}

// process says of the entries that state how money was handled and not what was
// done with it (process.csv) how they count.
type process int8

const (
	noProcess process = iota
	backward          // after the others, unless the project's likes use it
	never             // it is scored elsewhere
)

// readProcess marks the groups of process.csv, under any name of theirs.
func (m *Model) readProcess() error {
	rows, err := csv.NewReader(strings.NewReader(processCSV)).ReadAll()
	if err != nil {
		return fmt.Errorf("recommend: process.csv: %w", err)
	}
	uses := map[string]process{"靠后": backward, "不建议": never}
	for i, r := range rows[1:] {
		use, ok := uses[r[1]]
		if !ok {
			return fmt.Errorf("recommend: process.csv:%d: column %q: got %q, want 靠后 or 不建议", i+2, "use", r[1])
		}
		for _, c := range m.byKey[naming.Key(r[0])] {
			if m.groups[c].name == r[0] || slices.Contains(m.lib.Concepts[c].Aliases, r[0]) {
				m.groups[c].process = max(m.groups[c].process, use)
			}
		}
		if g := m.looseGroup(looseKey(r[0])); g >= 0 {
			m.groups[g].process = max(m.groups[g].process, use)
		}
	}
	return nil
}
