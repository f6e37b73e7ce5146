//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"yardstick"
)

// Overview counts what is in force.
type Overview struct {
	Sample     bool       // some of it is made up
	LoadedAt   *time.Time // of the latest batch that counts, UTC; nil for none
	Projects   int
	Forms      int
	Lines      int
	Money      *float64 // 万元; see overview.sql; nil if no form states a sum
	MoneyForms int      // forms that Money adds up
	Names      int      // distinct indicator names
	Quantified int      // targets that are numbers, ranges, dates or periods …
	Targets    int      // … of so many that say anything
	Received   []Received
	Agencies   []AgencyCount // most forms first
	Sectors    []SectorCount // most projects first
	Issues     []IssueCount  // of forms in force, most frequent first
}

// Received counts the forms of one kind and year. Missing counts the projects
// (for department forms: the departments) that filed another form of that year
// but not this one.
type Received struct {
	Kind           yardstick.FormKind
	Year           int // 0: not stated; Missing is then 0
	Forms, Missing int
}

// AgencyCount is one agency with what it filed.
type AgencyCount struct {
	Name                    string
	Projects, Forms, Doubts int
}

// SectorCount is one functional class; Sector is "" where it could not be told.
type SectorCount struct {
	Sector          string
	Projects, Forms int
}

// IssueCount says how often a doubt was raised, and about how many forms.
type IssueCount struct {
	Code          yardstick.Code
	Issues, Forms int
}

// Overview returns what the warehouse holds now.
func (s *Store) Overview(ctx context.Context) (Overview, error) {
	var o Overview
	err := s.db.QueryRowContext(ctx, statement("overview")).Scan(&o.Sample, &o.LoadedAt, &o.Projects, &o.Forms, &o.Lines,
		&o.Money, &o.MoneyForms, &o.Names, &o.Quantified, &o.Targets)
	if err != nil {
		return Overview{}, fmt.Errorf("store.Overview: %w", err)
	}
	for query, scan := range map[string]func(*sql.Rows) error{
		"overview_received": func(r *sql.Rows) error {
			var x Received
			err := r.Scan(&x.Kind, &x.Year, &x.Forms, &x.Missing)
			o.Received = append(o.Received, x)
			return err
		},
		"overview_agencies": func(r *sql.Rows) error {
			var x AgencyCount
			err := r.Scan(&x.Name, &x.Projects, &x.Forms, &x.Doubts)
			o.Agencies = append(o.Agencies, x)
			return err
		},
		"overview_sectors": func(r *sql.Rows) error {
			var x SectorCount
			err := r.Scan(&x.Sector, &x.Projects, &x.Forms)
			o.Sectors = append(o.Sectors, x)
			return err
		},
		"overview_issues": func(r *sql.Rows) error {
			var x IssueCount
			err := r.Scan(&x.Code, &x.Issues, &x.Forms)
			o.Issues = append(o.Issues, x)
			return err
		},
	} {
		if err := s.each(ctx, query, scan); err != nil {
			return Overview{}, fmt.Errorf("store.Overview: %w", err)
		}
	}
	return o, nil
}
