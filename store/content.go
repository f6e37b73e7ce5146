//go:build duckdb_arrow

package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strconv"

	"yardstick"
)

// contentHash returns a hash of what a form says, whatever file, sheet or cell
// it says it in. Two forms with the same hash are copies; a form with the same
// identity and another hash is a correction.
func contentHash(f *yardstick.Form) string {
	h := content{sha256.New()}
	h.text(string(f.Kind))
	h.number(f.Year)
	for _, t := range []yardstick.Text{f.Region, f.Department, f.Unit, f.Project, f.Goal, f.GoalActual, f.Grade} {
		h.text(t.Value)
	}
	h.number(f.TotalScore)
	b := &f.Budget
	for _, n := range []yardstick.Number{b.Initial, b.FullYear, b.Executed} {
		h.money(n)
	}
	for _, n := range []yardstick.Number{b.ExecutionRate, b.ExecutionWeight, b.ExecutionScore} {
		h.number(n)
	}
	h.count(len(b.Funds))
	for _, fund := range b.Funds {
		h.text(fund.Label)
		for _, n := range []yardstick.Number{fund.Initial, fund.FullYear, fund.Executed} {
			h.money(n)
		}
	}
	h.count(len(f.Lines))
	for i := range f.Lines {
		l := &f.Lines[i]
		for _, s := range []string{l.Level1.Value, l.Level2.Value, l.Name.Value,
			l.Target.Raw, l.LongTerm.Raw, l.Actual.Raw, l.Expected.Raw, l.Reason.Value, l.Note.Value} {
			h.text(s)
		}
		h.number(l.Weight)
		h.number(l.Score)
		h.text(strconv.FormatBool(l.SubRow))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// content writes fields into a hash so that neighbours can't run together.
type content struct{ hash.Hash }

func (h content) text(s string) {
	s = valid(s)
	fmt.Fprintf(h, "%d:%s", len(s), s)
}

func (h content) count(n int) { fmt.Fprintf(h, "#%d", n) }

func (h content) number(n yardstick.Number) {
	if !n.Known {
		h.text("")
		return
	}
	h.text(strconv.FormatFloat(n.Value, 'g', -1, 64))
}

// money writes a sum as the warehouse keeps it, to the fen.
func (h content) money(n yardstick.Number) {
	if !n.Known || !storable(n.Value) {
		h.text("")
		return
	}
	h.text(strconv.FormatInt(fen(n.Value), 10))
}
