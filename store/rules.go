//go:build duckdb_arrow

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"yardstick"
)

// Rule is one rule of the trade: a named value of one version of a rule set.
type Rule struct {
	Set, Version string
	Jurisdiction string    // where it holds: 全国, 四川省 …
	From, To     time.Time // days, inclusive; zero for open
	Name, Value  string
	Source       string // document and place in it
	Status       string // how sure we are of the source: read, reported, recalled
}

// RuleSet is one version of a set of rules. Source and Status are those of its
// weakest rule: recalled before reported before read.
type RuleSet struct {
	Set, Version, Jurisdiction string
	Source, Status             string
	Rules                      int
}

// PutRules stores the rules that are new. A version of a rule set never
// changes: the error is Conflict, and nothing is stored, if a rule is there
// already with another value; put it under a new version.
func (s *Store) PutRules(ctx context.Context, rules []Rule) error {
	s.write.Lock()
	defer s.write.Unlock()
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store.PutRules: %w", err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store.PutRules: %w", err)
	}
	stored := 0
	for _, r := range rules {
		n, err := putRule(ctx, tx, r)
		if err != nil {
			return s.fault("store.PutRules", errors.Join(err, tx.Rollback()))
		}
		stored += n
	}
	if err := tx.Commit(); err != nil {
		return s.fault("store.PutRules", err)
	}
	if stored > 0 {
		s.checkpoint(ctx, conn)
	}
	return nil
}

func putRule(ctx context.Context, tx *sql.Tx, r Rule) (stored int, err error) {
	var value string
	err = tx.QueryRowContext(ctx, statement("rule_value"), named("rule_set", r.Set), named("version", r.Version),
		named("name", r.Name)).Scan(&value)
	switch {
	case err == nil && value != r.Value:
		return 0, &yardstick.Error{Kind: yardstick.Conflict, Op: "store.PutRules",
			Msg: fmt.Sprintf("规则 %s %s 的“%s”已是 %s，不能改成 %s。改动要放进新的版本。", r.Set, r.Version, r.Name, value, r.Value)}
	case err == nil:
		return 0, nil
	case !errors.Is(err, sql.ErrNoRows):
		return 0, fmt.Errorf("rule %s %s %s: %w", r.Set, r.Version, r.Name, err)
	}
	_, err = tx.ExecContext(ctx, statement("rule_put"), named("rule_set", r.Set), named("version", r.Version),
		named("jurisdiction", r.Jurisdiction), named("valid_from", day(r.From)), named("valid_to", day(r.To)),
		named("name", r.Name), named("value", r.Value), named("source_doc", r.Source), named("source_status", r.Status))
	if err != nil {
		return 0, fmt.Errorf("rule %s %s %s: %w", r.Set, r.Version, r.Name, err)
	}
	return 1, nil
}

// day returns t as a parameter, NULL for zero.
func day(t time.Time) sql.NullTime { return sql.NullTime{Time: t, Valid: !t.IsZero()} }

// Rules returns the rules of one version of a set, by name.
func (s *Store) Rules(ctx context.Context, set, version string) ([]Rule, error) {
	var out []Rule
	err := s.each(ctx, "rule_list", func(r *sql.Rows) error {
		x := Rule{Set: set, Version: version}
		var from, to sql.NullTime
		err := r.Scan(&x.Jurisdiction, &from, &to, &x.Name, &x.Value, &x.Source, &x.Status)
		x.From, x.To = from.Time, to.Time
		out = append(out, x)
		return err
	}, named("rule_set", set), named("version", version))
	if err != nil {
		return nil, fmt.Errorf("store.Rules: %w", err)
	}
	return out, nil
}

// RuleSets returns every version of every rule set, by name and version.
func (s *Store) RuleSets(ctx context.Context) ([]RuleSet, error) {
	var out []RuleSet
	err := s.each(ctx, "rule_sets", func(r *sql.Rows) error {
		var x RuleSet
		err := r.Scan(&x.Set, &x.Version, &x.Jurisdiction, &x.Source, &x.Status, &x.Rules)
		out = append(out, x)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store.RuleSets: %w", err)
	}
	return out, nil
}
