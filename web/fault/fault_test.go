package fault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"yardstick"
	"yardstick/web/fault"
)

// TestOf_everyKind holds that each kind has a status and a sentence, and that a
// kind without a message of its own never shows its cause.
func TestOf_everyKind(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	kinds := 0
	for k := yardstick.Internal; k == yardstick.Internal || k.String() != yardstick.Internal.String(); k++ {
		kinds++
		err := fmt.Errorf("load: %w", &yardstick.Error{Kind: k, Op: "store.Load", Err: errors.New("table t_secret")})
		f := fault.Of(t.Context(), log, "test", err)
		if f.Status < 400 || f.Message == "" || f.Kind != k.String() {
			t.Errorf("%s: got %+v, want a status and a sentence", k, f)
		}
		if strings.Contains(f.Message, "t_secret") || strings.Contains(f.Message, "store.Load") {
			t.Errorf("%s: the message shows internals: %s", k, f.Message)
		}
		if (f.Number != "") != (k == yardstick.Internal) || strings.Contains(f.Message, "{n}") {
			t.Errorf("%s: number %q in %q", k, f.Number, f.Message)
		}
	}
	if kinds < 7 {
		t.Errorf("saw %d kinds, want all", kinds)
	}
}

func TestFault_JSON(t *testing.T) {
	f := fault.Of(t.Context(), slog.New(slog.DiscardHandler), "test", &yardstick.Error{Kind: yardstick.NotFound, Msg: "没有找到这份表单。"})
	b, err := json.Marshal(f)
	if want := `{"error":{"kind":"not_found","message":"没有找到这份表单。"}}`; err != nil || string(b) != want {
		t.Errorf("got %s, %v, want %s", b, err, want)
	}
}
