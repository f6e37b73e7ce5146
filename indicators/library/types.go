package library

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Function is one functional class of the government budget (政府收支分类科目 of
// expenditure): a 类 of three digits or a 款 of five. The codes and names are
// recalled; see docs/methods.md.
type Function struct {
	Code string
	Name string
}

// Type is a project type: what a kind of project is called, by which words it
// is told, how its goal is worded, and its template: the typical indicators
// with their usual points.
type Type struct {
	ID           string
	Name         string
	Sector       string // functional class, or Common
	Function     []string
	Words        []string // words of names and goals of such projects
	Goal         string   // wording pattern; what is filled in stands in {}
	Recipients   bool     // there are people or firms to ask for satisfaction
	Note         string
	SourceStatus string
	Items        []Item // in the order of the classes, then as listed
}

// Item is one indicator of a template.
type Item struct {
	Indicator string  // id of an entry
	Points    float64 // of 100, execution of the budget (10) excluded
	Core      bool    // hardly any project of this type goes without
}

var (
	functionColumns = []string{"code", "name"}
	typeColumns     = []string{"id", "name", "sector", "function", "words", "goal", "recipients", "note", "source_status"}
	itemColumns     = []string{"type", "indicator", "points", "core"}
)

// Functions returns all functional classes by code.
func (l *Library) Functions() []Function { return slices.Clone(l.functions) }

// FunctionName is the name of a functional class, "" if the code is unknown.
func (l *Library) FunctionName(code string) string {
	i, ok := slices.BinarySearchFunc(l.functions, code, func(f Function, c string) int { return strings.Compare(f.Code, c) })
	if !ok {
		return ""
	}
	return l.functions[i].Name
}

// Types returns all project types with their templates, by id.
func (l *Library) Types() []Type { return slices.Clone(l.types) }

// TypeByID returns a project type.
func (l *Library) TypeByID(id string) (Type, bool) {
	i, ok := slices.BinarySearchFunc(l.types, id, func(t Type, id string) int { return strings.Compare(t.ID, id) })
	if !ok {
		return Type{}, false
	}
	return l.types[i], true
}

// loadTypes reads functions, types and templates, checks that entries and
// templates refer to what exists, and lists in each entry the types whose
// template holds it.
func (l *Library) loadTypes(fsys fs.FS) error {
	rows, err := readTable(fsys, "functions.csv", functionColumns)
	if err != nil {
		return err
	}
	for _, r := range rows {
		l.functions = append(l.functions, Function{Code: r[0], Name: r[1]})
	}
	slices.SortFunc(l.functions, func(a, b Function) int { return strings.Compare(a.Code, b.Code) })
	if err := eachRow(fsys, "types", typeColumns, l.addType); err != nil {
		return err
	}
	slices.SortFunc(l.types, func(a, b Type) int { return strings.Compare(a.ID, b.ID) })
	l.typeNamed = make(map[string]int, len(l.types))
	for i, t := range l.types {
		if _, dup := l.typeNamed[t.Name]; dup || i > 0 && l.types[i-1].ID == t.ID {
			return fmt.Errorf("types: %s %s: id or name is there twice", t.ID, t.Name)
		}
		l.typeNamed[t.Name] = i
	}
	if err := eachRow(fsys, "templates", itemColumns, l.addItem); err != nil {
		return err
	}
	for i := range l.types {
		slices.SortStableFunc(l.types[i].Items, func(a, b Item) int {
			x, y := l.entries[l.byID[a.Indicator]], l.entries[l.byID[b.Indicator]]
			return cmp.Or(slices.Index(level1s(), x.Level1)-slices.Index(level1s(), y.Level1),
				slices.Index(level2s(x.Level1), x.Level2)-slices.Index(level2s(y.Level1), y.Level2))
		})
	}
	for _, e := range l.entries {
		for _, name := range e.ProjectTypes {
			if _, ok := l.typeNamed[name]; !ok {
				return fmt.Errorf("%s %s: column %q: got %q, which no table of types has", e.ID, e.Name, "project_types", name)
			}
		}
		for _, code := range e.Function {
			if l.FunctionName(code) == "" {
				return fmt.Errorf("%s %s: column %q: got %q, which functions.csv has not", e.ID, e.Name, "function", code)
			}
		}
	}
	return nil
}

// eachRow calls f for every row of the tables in folder, and puts file and line
// before its error.
func eachRow(fsys fs.FS, folder string, header []string, f func(row []string) error) error {
	names, err := fs.Glob(fsys, folder+"/*.csv")
	if err != nil {
		return fmt.Errorf("list %s: %w", folder, err)
	}
	slices.Sort(names)
	for _, name := range names {
		rows, err := readTable(fsys, name, header)
		if err != nil {
			return err
		}
		for i, row := range rows {
			for c := range row {
				row[c] = strings.TrimSpace(row[c])
			}
			if err := f(row); err != nil {
				return fmt.Errorf("%s/%s:%d: %w", folder, path.Base(name), i+2, err)
			}
		}
	}
	return nil
}

func (l *Library) addType(row []string) error {
	t := Type{ID: row[0], Name: row[1], Sector: row[2], Function: splitList(row[3]), Words: splitList(row[4]), Goal: row[5],
		Note: row[7], SourceStatus: row[8]}
	switch row[6] {
	case "yes":
		t.Recipients = true
	case "no":
	default:
		return fmt.Errorf("column %q: got %q, want yes or no", "recipients", row[6])
	}
	if t.ID == "" || t.Name == "" {
		return fmt.Errorf("want an id and a name, got %q and %q", t.ID, t.Name)
	}
	for _, code := range t.Function {
		if l.FunctionName(code) == "" {
			return fmt.Errorf("column %q: got %q, which functions.csv has not", "function", code)
		}
	}
	l.types = append(l.types, t)
	return nil
}

func (l *Library) addItem(row []string) error {
	i, ok := slices.BinarySearchFunc(l.types, row[0], func(t Type, id string) int { return strings.Compare(t.ID, id) })
	if !ok {
		return fmt.Errorf("column %q: got %q, which no table of types has", "type", row[0])
	}
	t := &l.types[i]
	at, ok := l.byID[row[1]]
	if !ok {
		return fmt.Errorf("column %q: got %q, which no table of entries has", "indicator", row[1])
	}
	points, err := strconv.ParseFloat(row[2], 64)
	if err != nil || !(points > 0 && points <= 100) {
		return fmt.Errorf("column %q: got %q, want a number above 0", "points", row[2])
	}
	if slices.ContainsFunc(t.Items, func(it Item) bool { return it.Indicator == row[1] }) {
		return fmt.Errorf("%s is in the template of %s already", row[1], row[0])
	}
	if row[3] != "yes" && row[3] != "no" {
		return fmt.Errorf("column %q: got %q, want yes or no", "core", row[3])
	}
	t.Items = append(t.Items, Item{Indicator: row[1], Points: points, Core: row[3] == "yes"})
	if e := &l.entries[at]; !slices.Contains(e.ProjectTypes, t.Name) {
		e.ProjectTypes = append(e.ProjectTypes, t.Name)
	}
	return nil
}
