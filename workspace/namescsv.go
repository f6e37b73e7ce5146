package workspace

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/indicators/naming"
	"yardstick/ingest/grid"
)

// The columns of the table of names: what is filed and matched, and the two that
// a person fills in.
const (
	columnName    = "填报写法"
	columnSector  = "功能分类"
	columnEntry   = "对应指标编号"
	columnVerdict = "处理"
	columnTo      = "改为指标编号"
	columnNote    = "备注"
)

var nameColumns = []string{columnName, columnSector, "二级指标", "单位", "项目数", "状态", columnEntry, "对应指标", "把握", "理由", "其他可能", columnVerdict, columnTo, columnNote}

// The words that a person writes under 处理.
const (
	wordYes   = "确认" // the matched entry is right
	wordNo    = "不是" // the matched entry is wrong
	wordTo    = "改为" // it is the entry under 改为指标编号
	wordNone  = "库里没有"
	verdictIs = "is"
)

// ExportNames writes the names that pass the filters as a CSV table (UTF-8 with
// byte order mark) in which a person fills in 处理 and 改为指标编号;
// ImportNames reads it back. Limit and Offset are not looked at.
func (w *Workspace) ExportNames(ctx context.Context, q NameQuery, to io.Writer) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return fmt.Errorf("write names: %w", err)
	}
	out := csv.NewWriter(to)
	if err := out.Write(nameColumns); err != nil {
		return fmt.Errorf("write names: %w", err)
	}
	err := w.eachName(ctx, q, func(n NameRow, alternatives string) error {
		if q.State != "" && n.State != q.State {
			return nil
		}
		if err := w.showAlternatives(&n, alternatives); err != nil {
			return err
		}
		var others []string
		for _, a := range n.Alternatives {
			others = append(others, fmt.Sprintf("%s %s（%.2f）", a.ID, a.Name, a.Score))
		}
		at := slices.IndexFunc(nameLabels, func(c NameCount) bool { return c.State == n.State })
		return out.Write([]string{n.Name, n.Sector, n.Level2, n.Unit, strconv.Itoa(n.Projects), nameLabels[at].Label, n.Entry, n.EntryName,
			fmt.Sprintf("%.2f", n.Confidence), n.Reason, strings.Join(others, "；"), "", "", ""})
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// ImportNames takes over the decisions of a table that ExportNames wrote and a
// person filled in. Rows without an entry under 处理 are passed over. Rows that
// can't be taken are in the result, the others are kept all the same; of rows
// that contradict each other the first.
func (w *Workspace) ImportNames(ctx context.Context, name string, open func() (io.ReadCloser, error), source string) (DecisionsImported, error) {
	rows, at, err := readNames(ctx, name, open)
	if err != nil {
		return DecisionsImported{}, err
	}
	known, err := w.store.Decisions(ctx)
	if err != nil {
		return DecisionsImported{}, err
	}
	have := map[string]bool{}
	for _, d := range standing(known) {
		have[d.Key+"|"+d.Sector+"|"+d.Verdict+"|"+d.Entry] = true
	}
	out := DecisionsImported{Rows: len(rows), Rejected: []LibraryProblem{}}
	var list []Decision
	said := sayings{}
	for i, row := range rows {
		d, column, ok, err := decisionOf(i+1, row, at)
		if err == nil && ok {
			var wrong part
			d.Source = source
			if _, wrong, err = w.checkDecision(ctx, d); err != nil {
				column = map[part]string{partName: columnName, partSector: columnSector, partVerdict: columnVerdict, partEntry: column}[wrong]
			}
		}
		if err == nil && ok {
			err = said.take(d)
		}
		this := naming.Key(d.Name) + "|" + d.Sector + "|" + d.Verdict + "|" + d.Entry
		switch {
		case err != nil:
			out.Rejected = append(out.Rejected, LibraryProblem{File: name, Cell: grid.Address(i+1, at[column]), Code: "decision.invalid",
				Message: err.Error(), Raw: row[at[column]]})
		case !ok:
			out.Empty++
		case have[this]:
			out.Unchanged++
		default:
			list, have[this] = append(list, d), true
		}
	}
	if _, err := w.Decide(ctx, list); err != nil {
		return DecisionsImported{}, err
	}
	out.Taken = len(list)
	return out, nil
}

// sayings is what the rows of a table say that names are, by key and functional
// class: a decision holds for both, whatever the level of the row.
type sayings map[string]Decision

// take notes what d says, or refuses it where a row above says otherwise: the
// last would win without a word.
func (s sayings) take(d Decision) error {
	if d.Verdict == "not" {
		return nil // of many entries, if need be
	}
	place := naming.Key(d.Name) + "|" + d.Sector
	above, twice := s[place]
	if twice && (above.Verdict != d.Verdict || above.Entry != d.Entry) {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.ImportNames",
			Msg: "“" + d.Name + "”在上面的行里定得不一样。同一功能分类里一个写法只对应一个指标：两行写成一样，或只留一行。"}
	}
	s[place] = d
	return nil
}

// decisionOf reads row i of a table; ok is false where nothing was decided.
// column is the one with the entry, or with what is wrong.
func decisionOf(i int, row []string, at map[string]int) (d Decision, column string, ok bool, err error) {
	cell := func(column string) string {
		if i, has := at[column]; has && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	bad := func(msg string) error {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.ImportNames", Msg: msg}
	}
	d = Decision{Name: cell(columnName), Sector: cell(columnSector), Note: cell(columnNote)}
	word := cell(columnVerdict)
	switch word {
	case "":
		if cell(columnTo) == "" {
			return d, columnVerdict, false, nil
		}
		d.Verdict, column = verdictIs, columnTo
	case wordYes:
		d.Verdict, column = verdictIs, columnEntry
	case wordTo:
		d.Verdict, column = verdictIs, columnTo
	case wordNo:
		d.Verdict, column = "not", columnEntry
	case wordNone:
		d.Verdict = "none"
		return d, columnVerdict, true, nil
	default:
		return d, columnVerdict, false, bad(fmt.Sprintf("“处理”写了“%s”，应为 %s、%s、%s、%s，或空着。", word, wordYes, wordNo, wordTo, wordNone))
	}
	if d.Entry = cell(column); d.Entry != "" {
		return d, column, true, nil
	}
	where, has := at[column]
	if !has {
		return d, columnVerdict, false, bad(fmt.Sprintf("“处理”写了“%s”，但表里没有“%s”这一列。用导出的那张表。", word, column))
	}
	return d, column, false, bad(fmt.Sprintf("“处理”写了“%s”，但这一行的“%s”（%s）是空的。补上编号，或把“处理”空着。", word, column, grid.Address(i, where)))
}

// maxNamesTable bounds a table of names: a million rows of a hundred bytes.
const maxNamesTable = 128 << 20

// readNames reads the table, as CSV in any encoding or as a workbook, and where
// its columns stand. Rows keep their place: row i is line i+2 of the table.
func readNames(ctx context.Context, name string, open func() (io.ReadCloser, error)) (rows [][]string, at map[string]int, err error) {
	const op = "workspace.ImportNames"
	bad := func(err error, msg string) error {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: op, Err: err, Msg: name + "：" + msg}
	}
	r, err := open()
	if err != nil {
		return nil, nil, bad(err, "打不开。核对路径后重试。")
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxNamesTable+1))
	if err != nil || len(b) > maxNamesTable {
		return nil, nil, bad(err, "读不了，或超过 128 MB。")
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return nil, nil, bad(nil, "是空的。")
	}
	grids, err := grid.Read(ctx, name, b, grid.Options{})
	if err != nil {
		return nil, nil, err
	}
	for _, g := range grids {
		at = map[string]int{}
		for col := range g.Cols {
			at[strings.TrimSpace(g.Text(0, col))] = col
		}
		if _, ok := at[columnName]; !ok {
			continue
		}
		if _, ok := at[columnVerdict]; !ok {
			continue
		}
		for row := 1; row < g.Rows; row++ {
			cells := make([]string, g.Cols)
			for col := range cells {
				cells[col] = g.Text(row, col)
			}
			rows = append(rows, cells)
		}
		return rows, at, nil
	}
	return nil, nil, bad(nil, "第 1 行没有“"+columnName+"”和“"+columnVerdict+"”两列。用导出的那张表。")
}
