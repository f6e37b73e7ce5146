//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"yardstick"
)

// The queries about the use of the library. They count what name_match points
// to: whoever asks fills it first.
const (
	FiledNames Query = "filed_names" // every name as filed with its match and use
	EntryUse   Query = "entry_use"   // every used entry with its use
	EntryYears Query = "entry_years" // projects by entry and year
	CaseMarks  Query = "case_marks"  // every form in force with what its quality is judged by
)

// EntryLine is a line in force that stands for an entry.
type EntryLine struct {
	FormID, ProjectID string
	Year              int // 0: not stated
	Line              yardstick.Line
}

// EntryLines returns the lines in force that stand for an entry, latest year
// first, at most limit of them.
func (s *Store) EntryLines(ctx context.Context, entry string, limit int) (out []EntryLine, err error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("store.EntryLines: %w", err)
	}
	err = eachRecord(ctx, conn, statement("entry_lines"), func(r record) error {
		line, err := decodeLine(r)
		if err != nil {
			return err
		}
		l := EntryLine{FormID: r.text("form_id"), ProjectID: r.text("project_id"), Line: line}
		l.Year, _ = r.whole("year")
		out = append(out, l)
		return nil
	}, entry, int64(limit))
	if err := errors.Join(err, conn.Close()); err != nil {
		return nil, s.fault("store.EntryLines", err)
	}
	return out, nil
}

// Partner is another entry on the same projects.
type Partner struct {
	Entry                       string
	Together, Projects, Mine, N int // projects: with both, with the other, with this one, all
}

// Partners returns the entries that at least least projects use beside entry,
// most together first.
func (s *Store) Partners(ctx context.Context, entry string, least int) ([]Partner, error) {
	var out []Partner
	err := s.each(ctx, "entry_partners", func(r *sql.Rows) error {
		var p Partner
		err := r.Scan(&p.Entry, &p.Together, &p.Projects, &p.Mine, &p.N)
		out = append(out, p)
		return err
	}, named("entry_id", entry), named("least", least))
	if err != nil {
		return nil, fmt.Errorf("store.Partners: %w", err)
	}
	return out, nil
}

// Heads returns the heads of the given forms that are in force, by id.
func (s *Store) Heads(ctx context.Context, ids []string) (map[string]FormHead, error) {
	list, err := s.heads(ctx, "head_by_id", named("ids", ids))
	if err != nil {
		return nil, fmt.Errorf("store.Heads: %w", err)
	}
	out := make(map[string]FormHead, len(list))
	for _, h := range list {
		out[h.ID] = h
	}
	return out, nil
}
