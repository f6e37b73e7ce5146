package tables

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestParseNumber(t *testing.T) {
	for in, want := range map[string]float64{
		"5": 5, " 12.50 ": 12.5, "1,234.5": 1234.5, "-3": -3, "９８．５": 98.5, "95%": 95, "1e2": 100, "0": 0,
		// not numbers
		"": nan, "NaN": nan, "inf": nan, "0x1p-2": nan, "1,23": nan, "十": nan, "5分": nan, "--1": nan, ".": nan, "1,,000": nan,
	} {
		got, ok := parseNumber(in)
		if ok == math.IsNaN(want) || ok && got != want {
			t.Errorf("%q: got %v, %v, want %v", in, got, ok, want)
		}
	}
}

func TestParseMoney(t *testing.T) {
	for _, tt := range []struct {
		in, unit string
		want     float64
	}{
		{"1234.5", "元", 0.12345}, {"1,280,000.00", "元", 128}, {"4.91", "百万円", 491}, {"12", "千円", 1.2},
		{"3", "亿元", 30000}, {"¥100", "元", 0.01}, {"-5", "万元", -5}, {"1.5e6", "元", 150}, {"0.0", "百万円", 0},
		{"约100", "元", nan}, {"", "元", nan}, {"1.2.3", "元", nan}, {"1e999", "元", nan},
	} {
		got, ok := parseMoney(tt.in, moneyUnits[tt.unit])
		if ok == math.IsNaN(tt.want) || ok && got != tt.want {
			t.Errorf("%q %s: got %v, %v, want %v", tt.in, tt.unit, got, ok, tt.want)
		}
	}
}

// A sum in 元 is the sum in 万元 that is written with the point four places to
// the left, to the last bit.
func TestParseMoney_scale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(-1e15, 1e15).Draw(t, "fen")
		yuan := strconv.FormatInt(fen/100, 10) + "." + strconv.FormatInt(100+abs(fen%100), 10)[1:]
		got, ok := parseMoney(yuan, moneyUnits["元"])
		want, _ := strconv.ParseFloat(yuan+"e-4", 64)
		if !ok || got != want {
			t.Errorf("%s: got %v, want %v", yuan, got, want)
		}
	})
}

func abs(n int64) int64 { return max(n, -n) }

func TestParseYear(t *testing.T) {
	for in, want := range map[string]int{"2023": 2023, "2023年": 2023, "2023年度": 2023, "2023.0": 2023, "２０２３": 2023,
		"23": 0, "1899": 0, "二〇二三": 0, "": 0, "20230101": 0} {
		if got, ok := parseYear(in); ok != (want != 0) || ok && got != want {
			t.Errorf("%q: got %d, %v, want %d", in, got, ok, want)
		}
	}
}
