package naming_test

import (
	"testing"

	"yardstick/indicators/library"
	"yardstick/indicators/naming"
)

func TestMatchOwnNames(t *testing.T) {
	lib, err := library.Load()
	if err != nil {
		t.Fatal(err)
	}
	m, err := naming.New(lib.Entries(), naming.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Match(naming.Name{Text: "指标1：资金到位率（%）"}); got.Entry != "000-002" || got.Method != naming.Exact {
		t.Errorf("got %+v, want 000-002, exact", got)
	}
}
