package grid

import (
	"bytes"
	"encoding/binary"

	"yardstick"
)

// oleMagic starts all files of the old binary formats, and new ones with a
// password, which are wrapped in one.
var oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

const oleSector = 512 // streams begin at multiples of it

// readOLE reads an old binary file through the converter. What it holds is
// told from the names in its directory and from the first bytes of its
// streams; that needs no walk through a structure that may be hostile.
func readOLE(m *meter, data []byte) ([]*Grid, error) {
	switch {
	case hasEntry(data, "EncryptedPackage"):
		return nil, encrypted(m.file, nil)
	case hasEntry(data, "Workbook"), hasEntry(data, "Book"):
		if sectorStarts(data, lockedXLS) {
			return nil, encrypted(m.file, nil)
		}
		return convert(m, data, oldKind{"xls", "xlsx"})
	case hasEntry(data, "WordDocument"):
		if sectorStarts(data, lockedDOC) {
			return nil, encrypted(m.file, nil)
		}
		return convert(m, data, oldKind{"doc", "docx"})
	case hasEntry(data, "PowerPoint Document"):
		return nil, notTable(m, "演示文稿")
	}
	return nil, problem(yardstick.FileBroken, m.file, " 是旧格式文件，但里面没有表格或文档，可能已损坏。请在表格软件里打开，能看到内容时另存为 .xlsx 后重新导入。", nil)
}

// hasEntry looks for a directory entry: its name in UTF-16 with a zero behind.
func hasEntry(data []byte, name string) bool {
	wide := make([]byte, 0, 2*len(name)+2)
	for _, c := range []byte(name) {
		wide = append(wide, c, 0)
	}
	return bytes.Contains(data, append(wide, 0, 0))
}

func sectorStarts(data []byte, locked func([]byte) bool) bool {
	for ; len(data) >= oleSector; data = data[oleSector:] {
		if locked(data[:oleSector]) {
			return true
		}
	}
	return false
}

// lockedXLS reports whether a workbook stream begins here that needs a
// password: a FILEPASS record (0x2F) among the first ([MS-XLS] 2.4.117).
func lockedXLS(s []byte) bool {
	if binary.LittleEndian.Uint16(s) != 0x0809 || binary.LittleEndian.Uint16(s[6:]) != 0x0005 {
		return false
	}
	for range 8 {
		if len(s) < 4 {
			return false
		}
		if binary.LittleEndian.Uint16(s) == 0x2f {
			return true
		}
		n := 4 + int(binary.LittleEndian.Uint16(s[2:]))
		if n > len(s) {
			return false
		}
		s = s[n:]
	}
	return false
}

// lockedDOC reports whether a document stream begins here that is encrypted:
// the flag fEncrypted of its head ([MS-DOC] 2.5.2).
func lockedDOC(s []byte) bool {
	return binary.LittleEndian.Uint16(s) == 0xa5ec && s[0x0b]&1 != 0
}
