//go:build duckdb_arrow

package store

import (
	"strings"

	"yardstick"
	"yardstick/indicators"
)

// The columns of what a batch stages, in the order in which encode writes them.
const (
	batchColumns = `batch_id text, source text, sample flag, loaded_at time, took_ms big, file_count int, form_count int, line_count big`
	fileColumns  = `file_id text, batch_id text, seq int, path text, hash text, size big, outcome text, form_count int,
		rows_read big, rows_clean big, rows_warned big, rows_rejected big, rows_unused big, issue_count int`
	regionColumns  = `region_id text, name text, level text, parent_id text`
	agencyColumns  = `agency_id text, name text, region_id text`
	projectColumns = `project_id text, name text, agency_id text, sector text`
	formColumns    = `form_id text, batch_id text, file_id text, ordinal int, project_id text, project_why text, agency_id text,
		region_id text, identity text, copy int, content text, kind text, layout text, year int, sheet text, position int,
		cell text, title text, region text, department text, unit text, project text, sector text, sector_why text,
		goal text, goal_actual text, total_score real, grade text, line_count int, doubt_count int, fields text`
	budgetColumns = `form_id text, seq int, label text, unit text, initial money, full_year money, executed money,
		rate_percent real, weight real, score real, cells text`
	lineColumns = `form_id text, seq int, region_id text, year int, kind text, level1 text, level2 text, name text, name_raw text,
		sub_row flag, target_raw text, target_kind text, target_comparison text, target_low real, target_high real,
		target_unit text, target_cell text, long_term_raw text, actual_raw text, actual_kind text, actual_comparison text,
		actual_low real, actual_high real, actual_unit text, actual_cell text, expected_raw text, weight real, score real,
		reason text, note text, cell text, doubts text, cells text`
	issueColumns     = `batch_id text, file_id text, form_id text, seq int, rejected flag, sheet text, cell text, code text, message text, raw text`
	correctedColumns = `form_id text, superseded_by text`
)

// encodeForm writes the form's head. doubts is the number of warnings about it.
func encodeForm(r *rows, p *placement, batchID, fileID string, ordinal, doubts int) {
	f := p.form
	c := cells{}
	c.text("title", f.Title)
	c.number("year", f.Year)
	c.text("region", f.Region)
	c.text("department", f.Department)
	c.text("unit", f.Unit)
	c.text("project", f.Project)
	c.text("goal", f.Goal)
	c.text("goal_actual", f.GoalActual)
	c.number("total_score", f.TotalScore)
	c.text("grade", f.Grade)
	fields := fieldsJSON(c, f.Rows)

	r.text(p.formID)
	r.text(batchID)
	r.text(fileID)
	r.int(ordinal)
	r.text(p.id.projectID)
	r.text(p.id.why)
	r.some(p.id.agencyID())
	r.some(p.id.region)
	r.text(p.id.base)
	r.int(p.copy)
	r.text(p.content)
	r.text(string(f.Kind))
	r.some(f.Layout)
	r.year(f.Year)
	r.text(f.Sheet)
	r.int(f.Position)
	r.text(f.Cell)
	r.some(f.Title.Value)
	r.some(f.Region.Value)
	r.some(f.Department.Value)
	r.some(f.Unit.Value)
	r.some(f.Project.Value)
	r.some(f.Sector)
	r.some(f.SectorWhy)
	r.some(f.Goal.Value)
	r.some(f.GoalActual.Value)
	r.number(f.TotalScore)
	r.some(f.Grade.Value)
	r.int(lineCount(f))
	r.int(doubts)
	r.text(fields)
	r.end()
}

// encodeBudget writes the form's sums as row 0 and each row of its budget block
// after it. A form that says nothing about money has no row.
func encodeBudget(r *rows, formID string, b *yardstick.Budget) {
	if b.Unit == "" && len(b.Funds) == 0 && !stated(b.Initial, b.FullYear, b.Executed, b.ExecutionRate, b.ExecutionWeight, b.ExecutionScore) {
		return
	}
	c := cells{}
	c.number("initial", b.Initial)
	c.number("full_year", b.FullYear)
	c.number("executed", b.Executed)
	c.number("rate_percent", b.ExecutionRate)
	c.number("weight", b.ExecutionWeight)
	c.number("score", b.ExecutionScore)
	r.text(formID)
	r.int(0)
	r.text("")
	r.some(b.Unit)
	r.money(b.Initial)
	r.money(b.FullYear)
	r.money(b.Executed)
	r.number(b.ExecutionRate)
	r.number(b.ExecutionWeight)
	r.number(b.ExecutionScore)
	r.some(c.String())
	r.end()
	for i, f := range b.Funds {
		c := cells{}
		c.number("initial", f.Initial)
		c.number("full_year", f.FullYear)
		c.number("executed", f.Executed)
		r.text(formID)
		r.int(i + 1)
		r.text(f.Label)
		r.some(b.Unit)
		r.money(f.Initial)
		r.money(f.FullYear)
		r.money(f.Executed)
		r.real(0, false)
		r.real(0, false)
		r.real(0, false)
		r.some(c.String())
		r.end()
	}
}

func stated(numbers ...yardstick.Number) bool {
	for _, n := range numbers {
		if n.Known || n.Raw != "" || n.Cell != "" {
			return true
		}
	}
	return false
}

// encodeLines writes the form's lines.
func encodeLines(r *rows, p *placement) {
	f := p.form
	for i := range f.Lines {
		l := &f.Lines[i]
		c := cells{}
		c.text("level1", l.Level1)
		c.text("level2", l.Level2)
		if l.Name.Cell != "" {
			c["name"] = cell{Cell: l.Name.Cell} // its raw text has a column
		}
		c.measure("target", l.Target, false)
		c.measure("long_term", l.LongTerm, true)
		c.measure("actual", l.Actual, false)
		c.measure("expected", l.Expected, true)
		c.number("weight", l.Weight)
		c.number("score", l.Score)
		c.text("reason", l.Reason)
		c.text("note", l.Note)

		r.text(p.formID)
		r.int(i + 1)
		r.some(p.id.region)
		r.year(f.Year)
		r.text(string(f.Kind))
		r.some(l.Level1.Value)
		r.some(l.Level2.Value)
		r.text(l.Name.Value)
		r.some(l.Name.Raw)
		r.flag(l.SubRow)
		encodeMeasure(r, l.Target)
		r.some(l.LongTerm.Raw)
		encodeMeasure(r, l.Actual)
		r.some(l.Expected.Raw)
		r.number(l.Weight)
		r.number(l.Score)
		r.some(l.Reason.Value)
		r.some(l.Note.Value)
		r.some(l.Cell)
		r.some(strings.Join(l.Doubts, " "))
		r.some(c.String())
		r.end()
	}
}

func encodeMeasure(r *rows, m yardstick.Measure) {
	r.some(m.Raw)
	r.some(string(m.Kind))
	r.some(string(m.Comparison))
	r.real(m.Low, m.Numeric())
	r.real(m.High, m.Numeric())
	r.some(m.Unit.Name)
	r.some(m.Cell)
}

// decodeMeasure is the inverse of encodeMeasure with what the cells keep.
func decodeMeasure(r record, name string, extra *value) yardstick.Measure {
	p := value{}
	if extra != nil {
		p = *extra
	}
	p.Raw = r.text(name + "_raw")
	p.Kind = indicators.Kind(r.text(name + "_kind"))
	p.Comparison = indicators.Comparison(r.text(name + "_comparison"))
	p.Low, p.High = r.bound(name+"_low"), r.bound(name+"_high")
	p.Unit = r.text(name + "_unit")
	return yardstick.Measure{Value: unpack(&p), Cell: r.text(name + "_cell")}
}
