package tables

import (
	"fmt"
	"slices"
	"strings"

	"yardstick"
)

// Mapping says which columns of an extract are which of ours. Make one with
// ParseMapping; docs/mapping.md is the reference of the file format.
type Mapping struct {
	Name     string            // what it maps, for lists
	Path     string            // of the mapping file, as given; lookup files are beside it
	File     Layout            // how the extract is written, where it can't be found out
	Columns  map[string]Column // by the name of our column
	Lookups  []Lookup          // further tables, in the order of their names
	Required []string          // our columns that no row may leave empty
	Optional []string          // our columns whose header a file may lack
}

// Layout describes an extract. The zero Layout means: found out from the bytes.
type Layout struct {
	Sheet     string // of a workbook; "" means the first sheet
	HeaderRow int    // row of the headers in a workbook or text file; 0 means the first with content
	Encoding  string // utf-8, gb18030, utf-16le, utf-16be
	Delimiter string // one character
}

// Column says where one of our columns comes from. Headers, parts or Default
// are set; Default alone is a constant.
type Column struct {
	Headers []string // their headers: the first that is there, or with Join all of them
	Join    bool
	With    string // between joined cells
	Lookup  string // the lookup table that has the headers; "" means the extract itself

	// For values whose comparison, number and unit have columns of their own.
	Comparison, Number, Unit *Column

	Default   string            // for empty cells
	MoneyUnit string            // the unit of a sum: 元, 万元, 百万円 …
	Values    map[string]string // translations; "*" stands for all others
	line      int               // in the mapping file
}

// Lookup is a table beside the extract from which columns are taken by key.
type Lookup struct {
	Name string
	File string   // relative to the mapping file
	Key  []string // headers of the key in the lookup table
	Main []string // headers of the key in the extract, in the same order
	line int
}

// moneyUnits are the units of sums with the power of ten that leads to 万元.
// Yen are kept as yen: 万円 stands where 万元 stands for yuan.
var moneyUnits = map[string]int{
	"元": -4, "千元": -1, "万元": 0, "百万元": 2, "千万元": 3, "亿元": 4,
	"円": -4, "千円": -1, "万円": 0, "百万円": 2, "億円": 4,
}

// ParseMapping reads a mapping file. path is used in messages and to find
// lookup files. The error is of kind Invalid and names each fault with its
// line, up to five.
func ParseMapping(path string, data []byte) (Mapping, error) {
	root, faults := parseTree(data)
	p := mappingParser{m: Mapping{Path: path, Columns: map[string]Column{}}, faults: faults}
	if root != nil {
		p.top(root)
	}
	if len(p.faults) > 0 {
		return Mapping{}, faultError(path, p.faults)
	}
	return p.m, nil
}

// fault is one mistake in a mapping file.
type fault struct {
	line int
	msg  string
}

func faultError(path string, faults []fault) error {
	slices.SortStableFunc(faults, func(a, b fault) int { return a.line - b.line })
	const most = 5
	var b strings.Builder
	b.WriteString("映射文件 " + base(path) + " ")
	for i, f := range faults {
		if i == most {
			fmt.Fprintf(&b, "另有 %d 处。", len(faults)-most)
			break
		}
		if f.line > 0 {
			fmt.Fprintf(&b, "第 %d 行：", f.line)
		}
		b.WriteString(f.msg)
	}
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "tables.ParseMapping", Msg: b.String()}
}

func base(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

type mappingParser struct {
	m      Mapping
	faults []fault
}

func (p *mappingParser) fail(n *node, format string, args ...any) {
	p.faults = append(p.faults, fault{n.line, fmt.Sprintf(format, args...)})
}

var topKeys = []string{"name", "required", "optional", "file", "columns", "defaults", "units", "values", "lookup"}

func (p *mappingParser) top(root *node) {
	for _, e := range root.entries {
		n := e.value
		switch e.key {
		case "name":
			p.m.Name = p.str(n, "name")
		case "required":
			p.m.Required = p.fields(n, "required")
		case "optional":
			p.m.Optional = p.fields(n, "optional")
		case "file":
			p.layout(n)
		case "lookup":
			p.lookups(n)
		case "columns", "defaults", "units", "values": // below, in this order
		default:
			p.unknown(n, e.key, "顶层", topKeys)
		}
	}
	if n := root.get("columns"); n == nil {
		p.faults = append(p.faults, fault{0, "没有 [columns]，不知道哪一列是什么。"})
	} else if p.table(n, "[columns]") {
		for _, e := range n.entries {
			if f, ok := p.field(e, "[columns]"); ok {
				p.m.Columns[e.key] = p.column(e.value, fieldTable[f].use == useValue)
			}
		}
	}
	p.each(root, "defaults", func(f field, n *node, c *Column) {
		c.Default = p.str(n, "[defaults]")
	})
	p.each(root, "units", func(f field, n *node, c *Column) {
		c.MoneyUnit = p.str(n, "[units]")
		if fieldTable[f].use != useMoney {
			p.fail(n, "%s 不是金额，不用写单位。", f)
		} else if _, ok := moneyUnits[c.MoneyUnit]; !ok {
			p.fail(n, "不认识单位“%s”。可写 元、千元、万元、百万元、亿元、円、千円、百万円、億円。", c.MoneyUnit)
		}
	})
	p.each(root, "values", func(f field, n *node, c *Column) {
		c.Values = map[string]string{}
		if !p.table(n, "[values."+f.String()+"]") {
			return
		}
		for _, e := range n.entries {
			c.Values[cleanCell(e.key)] = p.str(e.value, "[values]")
		}
	})
	p.whole(root)
}

// each calls do for every entry of a table whose keys are our columns.
func (p *mappingParser) each(root *node, table string, do func(field, *node, *Column)) {
	n := root.get(table)
	if n == nil || !p.table(n, "["+table+"]") {
		return
	}
	for _, e := range n.entries {
		f, ok := p.field(e, "["+table+"]")
		if !ok {
			continue
		}
		c := p.m.Columns[e.key]
		if c.line == 0 {
			c.line = e.value.line
		}
		do(f, e.value, &c)
		p.m.Columns[e.key] = c
	}
}

// whole checks what one entry alone can't show.
func (p *mappingParser) whole(root *node) {
	at := root.get("columns")
	if at == nil {
		return
	}
	if _, ok := p.m.Columns["name"]; !ok {
		p.fail(at, "没有写 name（三级指标）是哪一列。")
	}
	if _, ok := p.m.Columns["kind"]; !ok {
		p.fail(at, "没有写 kind（表的种类）；整份文件都是一种表时写在 [defaults]，例如 kind = \"self_evaluation\"。")
	}
	if _, ok := p.m.Columns["project"]; !ok {
		p.fail(at, "没有写 project（项目名称）是哪一列；部门整体的表也要写，可与 unit 用同一列。")
	}
	known := map[string]bool{}
	for _, l := range p.m.Lookups {
		known[l.Name] = true
	}
	for f := range fieldCount {
		c, ok := p.m.Columns[f.String()]
		if !ok {
			continue
		}
		if c.Default == "" && !c.mapped() {
			p.faults = append(p.faults, fault{c.line, fmt.Sprintf("%s 没有写在 [columns] 里，也没有默认值。", f)})
		}
		if fieldTable[f].use == useMoney && c.MoneyUnit == "" {
			p.faults = append(p.faults, fault{c.line, fmt.Sprintf("%s 是金额，要在 [units] 写明单位，例如 %s = \"元\"。", f, f)})
		}
		for _, part := range c.parts() {
			if part.Lookup != "" && !known[part.Lookup] {
				p.faults = append(p.faults, fault{part.line, fmt.Sprintf("没有 [lookup.%s] 这张对照表。", part.Lookup)})
			}
		}
	}
}

func (c *Column) mapped() bool {
	return len(c.Headers) > 0 || c.Comparison != nil || c.Number != nil || c.Unit != nil
}

// parts lists the column itself, or the columns of its comparison, number and
// unit.
func (c *Column) parts() []*Column {
	var out []*Column
	for _, p := range []*Column{c.Comparison, c.Number, c.Unit} {
		if p != nil {
			out = append(out, p)
		}
	}
	if out == nil {
		return []*Column{c}
	}
	return out
}

func (p *mappingParser) column(n *node, value bool) Column {
	c := Column{line: n.line}
	switch n.kind {
	case nodeString, nodeList:
		c.Headers = p.strings(n, "列名")
		return c
	case nodeTable:
	default:
		p.fail(n, "列名要写成文字、文字的列表或 { … }。")
		return c
	}
	keys := []string{"join", "with", "lookup", "column"}
	if value {
		keys = append(keys, "comparison", "number", "unit")
	}
	for _, e := range n.entries {
		switch {
		case !slices.Contains(keys, e.key):
			p.unknown(e.value, e.key, "列", keys)
		case e.key == "join":
			c.Join, c.Headers = true, p.strings(e.value, "join")
		case e.key == "with":
			c.With = p.str(e.value, "with")
		case e.key == "lookup":
			c.Lookup = p.str(e.value, "lookup")
		case e.key == "column":
			c.Headers = p.strings(e.value, "column")
		default:
			part := p.column(e.value, false)
			switch e.key {
			case "comparison":
				c.Comparison = &part
			case "number":
				c.Number = &part
			case "unit":
				c.Unit = &part
			}
		}
	}
	switch {
	case c.Number == nil && (c.Comparison != nil || c.Unit != nil):
		p.fail(n, "写了 comparison 或 unit，还要写 number（数值在哪一列）。")
	case c.Number != nil && len(c.Headers) > 0:
		p.fail(n, "number 和 column、join 只能写一种。")
	case c.Number == nil && len(c.Headers) == 0:
		p.fail(n, "没有写列名（column、join 或 number）。")
	}
	return c
}

func (p *mappingParser) layout(n *node) {
	if !p.table(n, "[file]") {
		return
	}
	for _, e := range n.entries {
		switch e.key {
		case "sheet":
			p.m.File.Sheet = p.str(e.value, "sheet")
		case "header_row":
			p.m.File.HeaderRow = e.value.num
			if e.value.kind != nodeInt || e.value.num < 1 || e.value.num > 1000 {
				p.fail(e.value, "header_row 要写 1 到 1000 的整数。")
			}
		case "encoding":
			p.m.File.Encoding = strings.ToLower(p.str(e.value, "encoding"))
			if !slices.Contains(encodings, p.m.File.Encoding) {
				p.fail(e.value, "不认识编码“%s”。可写 %s。", p.m.File.Encoding, strings.Join(encodings, "、"))
			}
		case "delimiter":
			d := p.str(e.value, "delimiter")
			p.m.File.Delimiter = d
			if len(d) != 1 || d == `"` || d == "\n" || d == "\r" || d == "\x00" {
				p.fail(e.value, "delimiter 要写一个半角字符，例如 \",\" 或 \"\\t\"。")
			}
		default:
			p.unknown(e.value, e.key, "[file]", []string{"sheet", "header_row", "encoding", "delimiter"})
		}
	}
}

func (p *mappingParser) lookups(n *node) {
	if !p.table(n, "[lookup]") {
		return
	}
	for _, e := range n.entries {
		l := Lookup{Name: e.key, line: e.value.line}
		if !p.table(e.value, "[lookup."+e.key+"]") {
			continue
		}
		for _, f := range e.value.entries {
			switch f.key {
			case "file":
				l.File = p.str(f.value, "file")
				if strings.ContainsAny(l.File, `/\`) || l.File == "." || l.File == ".." {
					p.fail(f.value, "file 只写文件名；对照表要和数据文件放在同一个文件夹。")
				}
			case "key":
				l.Key = p.strings(f.value, "key")
			case "main":
				l.Main = p.strings(f.value, "main")
			default:
				p.unknown(f.value, f.key, "[lookup]", []string{"file", "key", "main"})
			}
		}
		if l.Main == nil {
			l.Main = l.Key
		}
		switch {
		case l.File == "":
			p.fail(e.value, "对照表 %s 没有写 file。", e.key)
		case len(l.Key) == 0:
			p.fail(e.value, "对照表 %s 没有写 key（按哪几列对）。", e.key)
		case len(l.Key) != len(l.Main):
			p.fail(e.value, "对照表 %s 的 key 有 %d 列，main 有 %d 列，要一样多。", e.key, len(l.Key), len(l.Main))
		}
		p.m.Lookups = append(p.m.Lookups, l)
	}
	slices.SortFunc(p.m.Lookups, func(a, b Lookup) int { return strings.Compare(a.Name, b.Name) })
}

// field finds one of our columns by an entry's key.
func (p *mappingParser) field(e entry, where string) (field, bool) {
	f, ok := fieldNamed(e.key)
	if !ok {
		p.unknown(e.value, e.key, where, fieldNames())
	}
	return f, ok
}

func (p *mappingParser) fields(n *node, where string) []string {
	if n.kind == nodeList && len(n.list) == 0 {
		return nil
	}
	names := p.strings(n, where)
	for _, name := range names {
		if _, ok := fieldNamed(name); !ok {
			p.unknown(n, name, where, fieldNames())
		}
	}
	return names
}

func fieldNames() []string {
	names := make([]string, fieldCount)
	for f := range fieldCount {
		names[f] = f.String()
	}
	return names
}

func (p *mappingParser) unknown(n *node, key, where string, known []string) {
	msg := fmt.Sprintf("%s 里没有“%s”这个名字。", where, key)
	if near := nearest(key, known); near != "" {
		msg += "你要写的是 " + near + " 吗？"
	} else {
		msg += "可写 " + strings.Join(known, "、") + "。"
	}
	p.fail(n, "%s", msg)
}

func (p *mappingParser) table(n *node, where string) bool {
	if n.kind != nodeTable {
		p.fail(n, "%s 要写成一节（表）。", where)
		return false
	}
	return true
}

func (p *mappingParser) str(n *node, where string) string {
	if n.kind != nodeString {
		p.fail(n, "%s 要写成带引号的文字。", where)
	}
	return n.text
}

// strings accepts a text or a list of texts, none of them empty.
func (p *mappingParser) strings(n *node, where string) []string {
	list := n.list
	if n.kind == nodeString {
		list = []*node{n}
	}
	var out []string
	for _, e := range list {
		if s := p.str(e, where); s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 || len(out) != len(list) {
		p.fail(n, "%s 要写成文字或文字的列表，不能是空的。", where)
	}
	return out
}
