package indicators

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed simplified.txt
var simplifiedText string

// Simplified is the table of traditional characters with their simplified ones
// (from OpenCC, first reading only; characters of the basic plane): of each
// traditional character its simplified one, 0 for any other. It is made once and
// must not be changed. NormalName keeps to its own small table, because the
// identities of stored projects rest on its keys.
var Simplified = sync.OnceValue(func() *[1 << 16]uint16 {
	var table [1 << 16]uint16
	for line := range strings.Lines(simplifiedText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		from := rune(0)
		for _, r := range strings.TrimSpace(line) {
			if from == 0 {
				from = r
				continue
			}
			table[from&0xFFFF] = uint16(r)
			from = 0
		}
	}
	return &table
})
