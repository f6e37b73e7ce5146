package journal

import (
	"bytes"
	"testing"
)

// FuzzNext holds that reading and writing a line are inverse: what is taken for
// a record is, byte for byte, what would be written for it.
func FuzzNext(f *testing.F) {
	line := Line([]byte(`{"op":"save"}`))
	f.Add(line)
	f.Add(append(bytes.Clone(line), line...))
	f.Add(line[:20])
	f.Add([]byte("ffffffff 00000000 x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		body, rest, end := next(data)
		if end == whole && !bytes.Equal(append(Line(body), rest...), data) {
			t.Errorf("%q read as %q and %q", data, body, rest)
		}
		if end == torn && bytes.IndexByte(data, '\n') >= 0 && recordLen(data) >= len(data) {
			t.Errorf("%q has a line feed and is called torn", data)
		}
		for rest := data; len(rest) > 0; { // ends, and takes only what checks
			body, after := sound(rest)
			if len(after) >= len(rest) || body != nil && !bytes.Contains(data, body) {
				t.Fatalf("%q: %q left of %q", data, after, rest)
			}
			rest = after
		}
		if body, after, end := next(append(Line(data), data...)); end != whole || !bytes.Equal(body, data) || !bytes.Equal(after, data) {
			t.Errorf("%q does not read back", data)
		}
	})
}
