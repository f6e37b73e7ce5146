//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"yardstick"
)

// Stored is a form as it was read, with what the warehouse knows about it.
type Stored struct {
	yardstick.Form
	BatchID      string
	FileID       string
	ProjectID    string
	ProjectWhy   string // in Chinese, for people
	AgencyID     string // "" for none
	RegionID     string // "" if it can't be told
	SupersededBy string // form_id of the correction; "" for the one in force
	Withdrawn    bool
	Sample       bool
	Identity     string // for tests and diagnosis
	Copy         int
	Content      string // hash of what the form says
}

// pageForms is how many forms are read at once: their lines fit into memory,
// and a pass over the line table is worth it.
const pageForms = 2000

// AllForms calls f with every form in force, in the order in which they were
// loaded. All of it is one state of the warehouse. An error of f ends it and is
// returned.
func (s *Store) AllForms(ctx context.Context, f func(*Stored) error) error {
	return s.loadAll(ctx, false, f)
}

// loadAll is AllForms, with the superseded and withdrawn ones if all is set.
func (s *Store) loadAll(ctx context.Context, all bool, f func(*Stored) error) (err error) {
	conn, done, err := s.readTx(ctx)
	if err != nil {
		return fmt.Errorf("store.AllForms: %w", err)
	}
	defer func() { err = errors.Join(err, done()) }()
	batch, ordinal := "", 0
	for {
		page, err := s.loadPage(ctx, conn, "", batch, ordinal, all)
		if err != nil {
			return fmt.Errorf("store.AllForms: %w", err)
		}
		for _, p := range page {
			if err := f(p.form); err != nil {
				return err
			}
			batch, ordinal = p.form.BatchID, p.ordinal
		}
		if len(page) < pageForms {
			return nil
		}
	}
}

// Form returns one form, in force or not. The error is NotFound if there is
// none of that ID.
func (s *Store) Form(ctx context.Context, formID string) (form *Stored, err error) {
	conn, done, err := s.readTx(ctx)
	if err != nil {
		return nil, fmt.Errorf("store.Form: %w", err)
	}
	defer func() { err = errors.Join(err, done()) }()
	var page []paged
	if utf8.ValidString(formID) { // DuckDB refuses other text, and no form has such an id
		page, err = s.loadPage(ctx, conn, formID, "", 0, true)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("store.Form: %w", err)
	case len(page) == 0:
		return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "store.Form",
			Msg: "没有这张表。它所在的批次可能已经撤回。"}
	}
	return page[0].form, nil
}

// readTx returns a connection that sees one state of the warehouse until done.
func (s *Store) readTx(ctx context.Context) (conn *sql.Conn, done func() error, err error) {
	conn, err = s.db.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return conn, func() error {
		err := tx.Rollback()
		if errors.Is(err, sql.ErrTxDone) { // the context ended it
			err = nil
		}
		return errors.Join(err, conn.Close())
	}, nil
}

type paged struct {
	form    *Stored
	ordinal int
}

// loadPage reads the form of that ID, or the forms after a place in the order.
func (s *Store) loadPage(ctx context.Context, conn *sql.Conn, formID, batch string, ordinal int, all bool) ([]paged, error) {
	var page []paged
	byID := map[string]*Stored{}
	args := []any{formID, batch, ordinal, all, pageForms}
	err := eachRecord(ctx, conn, statement("load_forms"), func(r record) error {
		f, err := decodeForm(r)
		if err != nil {
			return err
		}
		n, _ := r.whole("ordinal")
		page = append(page, paged{f, n})
		byID[f.ID] = f
		return nil
	}, args...)
	if err != nil {
		return nil, s.fault("load_forms", err)
	}
	if len(page) == 0 {
		return nil, nil
	}
	err = eachRecord(ctx, conn, statement("load_budgets"), func(r record) error {
		return decodeBudget(r, &byID[r.text("form_id")].Budget)
	}, args...)
	if err != nil {
		return nil, s.fault("load_budgets", err)
	}
	err = eachRecord(ctx, conn, statement("load_lines"), func(r record) error {
		l, err := decodeLine(r)
		f := byID[r.text("form_id")]
		f.Lines = append(f.Lines, l)
		return err
	}, args...)
	if err != nil {
		return nil, s.fault("load_lines", err)
	}
	return page, nil
}

func decodeForm(r record) (*Stored, error) {
	var x fields
	if err := x.parse(r.text("fields")); err != nil {
		return nil, fmt.Errorf("form %s: fields: %w", r.text("form_id"), err)
	}
	c := x.Cells
	f := &Stored{BatchID: r.text("batch_id"), FileID: r.text("file_id"), ProjectID: r.text("project_id"),
		ProjectWhy: r.text("project_why"), AgencyID: r.text("agency_id"), RegionID: r.text("region_id"),
		SupersededBy: r.text("superseded_by"), Withdrawn: r.flag("withdrawn"), Sample: r.flag("sample"),
		Identity: r.text("identity"), Content: r.text("content")}
	f.Copy, _ = r.whole("copy")
	f.ID, f.File, f.Sheet, f.Cell = r.text("form_id"), r.text("path"), r.text("sheet"), r.text("cell")
	f.Position, _ = r.whole("position")
	f.Kind, f.Layout = yardstick.FormKind(r.text("kind")), r.text("layout")
	f.Title = c.asText("title", r.text("title"))
	year, known := r.whole("year")
	f.Year = c.asNumber("year", float64(year), known)
	f.Region = c.asText("region", r.text("region"))
	f.Department = c.asText("department", r.text("department"))
	f.Unit = c.asText("unit", r.text("unit"))
	f.Project = c.asText("project", r.text("project"))
	f.Sector, f.SectorWhy = r.text("sector"), r.text("sector_why")
	f.Goal = c.asText("goal", r.text("goal"))
	f.GoalActual = c.asText("goal_actual", r.text("goal_actual"))
	total, known := r.real("total_score")
	f.TotalScore = c.asNumber("total_score", total, known)
	f.Grade = c.asText("grade", r.text("grade"))
	f.Rows = x.Rows
	return f, nil
}

func decodeBudget(r record, b *yardstick.Budget) error {
	c, err := parseCells(r.text("cells"))
	if err != nil {
		return fmt.Errorf("form %s: budget: %w", r.text("form_id"), err)
	}
	money := func(name string) yardstick.Number {
		v, known := r.money(name)
		return c.asNumber(name, v, known)
	}
	if seq, _ := r.whole("seq"); seq > 0 {
		b.Funds = append(b.Funds, yardstick.Fund{Label: r.text("label"),
			Initial: money("initial"), FullYear: money("full_year"), Executed: money("executed")})
		return nil
	}
	number := func(name string) yardstick.Number {
		v, known := r.real(name)
		return c.asNumber(name, v, known)
	}
	b.Unit = r.text("unit")
	b.Initial, b.FullYear, b.Executed = money("initial"), money("full_year"), money("executed")
	b.ExecutionRate, b.ExecutionWeight, b.ExecutionScore = number("rate_percent"), number("weight"), number("score")
	return nil
}

func decodeLine(r record) (yardstick.Line, error) {
	c, err := parseCells(r.text("cells"))
	if err != nil {
		return yardstick.Line{}, fmt.Errorf("form %s: line: %w", r.text("form_id"), err)
	}
	l := yardstick.Line{
		Level1: c.asText("level1", r.text("level1")),
		Level2: c.asText("level2", r.text("level2")),
		Name:   yardstick.Text{Value: r.text("name"), Raw: r.text("name_raw"), Cell: c["name"].Cell},
		Reason: c.asText("reason", r.text("reason")),
		Note:   c.asText("note", r.text("note")),
		SubRow: r.flag("sub_row"),
		Cell:   r.text("cell"),
		Doubts: strings.Fields(r.text("doubts")),
	}
	l.Seq, _ = r.whole("seq")
	if len(l.Doubts) == 0 {
		l.Doubts = nil
	}
	l.Target = decodeMeasure(r, "target", c["target"].Value)
	l.Actual = decodeMeasure(r, "actual", c["actual"].Value)
	l.LongTerm = c.asMeasure("long_term", r.text("long_term_raw"))
	l.Expected = c.asMeasure("expected", r.text("expected_raw"))
	weight, known := r.real("weight")
	l.Weight = c.asNumber("weight", weight, known)
	score, known := r.real("score")
	l.Score = c.asNumber("score", score, known)
	return l, nil
}
