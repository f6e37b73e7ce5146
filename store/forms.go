//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"yardstick"
)

// FormFilter selects forms in force; zero fields do not filter.
type FormFilter struct {
	Year       int
	Kind       yardstick.FormKind
	Department string // department or unit as written, exact
	Sector     string
	Text       string // part of project, unit or department
	Doubt      bool   // only forms with doubts
	Limit      int    // 0 means 50
	Offset     int
}

// FormHead is one row of a list of forms.
type FormHead struct {
	ID, ProjectID             string
	Kind                      yardstick.FormKind
	Year                      *int
	Project, Unit, Department string
	Sector                    string
	FullYear                  *float64 // 万元
	TotalScore                *float64
	Lines, Doubts             int
	File, Sheet               string
	BatchID                   string
	Sample                    bool
}

// Choices are the values that a filter can take, over all forms in force.
type Choices struct {
	Years       []int    // latest first
	Departments []string // departments and units, most forms first
	Sectors     []string
	Sample      bool // some forms are made up
}

// Forms returns one page of the forms in force that f selects, newest year
// first, and how many there are in all.
func (s *Store) Forms(ctx context.Context, f FormFilter) (page []FormHead, total int, err error) {
	if f.Limit <= 0 {
		f.Limit = 50
	}
	text := func(name, s string) any { return named(name, strings.ToValidUTF8(s, "�")) } // finds nothing; DuckDB would refuse it
	args := []any{named("year", f.Year), text("kind", string(f.Kind)), text("department", f.Department),
		text("sector", f.Sector), text("text", f.Text), named("doubt", f.Doubt)}
	if err := s.db.QueryRowContext(ctx, statement("form_count"), args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("store.Forms: %w", err)
	}
	page, err = s.heads(ctx, "form_list", append(args, named("limit", f.Limit), named("offset", f.Offset))...)
	if err != nil {
		return nil, 0, fmt.Errorf("store.Forms: %w", err)
	}
	return page, total, nil
}

// Related returns the other forms in force of the same project, by year and
// kind.
func (s *Store) Related(ctx context.Context, formID string) ([]FormHead, error) {
	h, err := s.heads(ctx, "form_related", named("form_id", formID))
	if err != nil {
		return nil, fmt.Errorf("store.Related: %w", err)
	}
	return h, nil
}

func (s *Store) heads(ctx context.Context, query string, args ...any) ([]FormHead, error) {
	var out []FormHead
	err := s.each(ctx, query, func(r *sql.Rows) error {
		var h FormHead
		err := r.Scan(&h.ID, &h.ProjectID, &h.Kind, &h.Year, &h.Project, &h.Unit, &h.Department, &h.Sector,
			&h.FullYear, &h.TotalScore, &h.Lines, &h.Doubts, &h.File, &h.Sheet, &h.BatchID, &h.Sample)
		out = append(out, h)
		return err
	}, args...)
	return out, err
}

// FormChoices returns what the filters of Forms can be set to.
func (s *Store) FormChoices(ctx context.Context) (Choices, error) {
	var c Choices
	err := s.each(ctx, "form_choices", func(r *sql.Rows) error {
		var what, value string
		var year int
		if err := r.Scan(&what, &value, &year); err != nil {
			return err
		}
		switch what {
		case "year":
			c.Years = append(c.Years, year)
		case "department":
			c.Departments = append(c.Departments, value)
		case "sector":
			c.Sectors = append(c.Sectors, value)
		case "sample":
			c.Sample = true
		}
		return nil
	})
	if err != nil {
		return Choices{}, fmt.Errorf("store.FormChoices: %w", err)
	}
	return c, nil
}

// Version is one version of a form: what was read, and what corrected it.
type Version struct {
	FormID       string
	SupersededBy string // "" for the one in force
	File         string
	BatchID      string
	LoadedAt     time.Time // UTC
}

// Versions returns the form and every earlier and later version of it, oldest
// first. Withdrawn ones are left out.
func (s *Store) Versions(ctx context.Context, formID string) ([]Version, error) {
	var out []Version
	err := s.each(ctx, "form_versions", func(r *sql.Rows) error {
		var v Version
		err := r.Scan(&v.FormID, &v.SupersededBy, &v.File, &v.BatchID, &v.LoadedAt)
		out = append(out, v)
		return err
	}, named("form_id", formID))
	if err != nil {
		return nil, fmt.Errorf("store.Versions: %w", err)
	}
	return out, nil
}

// FormIssues returns the warnings about one form and its lines, in the order in
// which they were found.
func (s *Store) FormIssues(ctx context.Context, formID string) ([]yardstick.Issue, error) {
	var out []yardstick.Issue
	err := s.each(ctx, "form_issues", func(r *sql.Rows) error {
		var is yardstick.Issue
		err := r.Scan(&is.File, &is.Sheet, &is.Cell, &is.Code, &is.Message, &is.Raw)
		out = append(out, is)
		return err
	}, named("form_id", formID))
	if err != nil {
		return nil, fmt.Errorf("store.FormIssues: %w", err)
	}
	return out, nil
}
