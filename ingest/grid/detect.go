package grid

import (
	"bytes"
	"fmt"
	"time"

	"yardstick"
)

func duration(d time.Duration) string { return fmt.Sprintf("%.3g 秒", d.Seconds()) }

// read finds out the format and reads the file.
func read(m *meter, data []byte) ([]*Grid, error) {
	switch {
	case len(data) == 0:
		return nil, problem(yardstick.FileEmpty, m.file, " 是空文件（0 字节）。请重新取得原文件。", nil)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readPackage(m, data)
	}
	return nil, problem(yardstick.FileUnsupported, m.file, " 不是可以读取的表格文件。", nil)
}

// readPackage reads a zip package by what its main part is.
func readPackage(m *meter, data []byte) ([]*Grid, error) {
	a, err := openArchive(m, data)
	if err != nil {
		return nil, err
	}
	main, err := a.mainPart()
	if err != nil {
		return nil, err
	}
	switch root, err := a.root(main); {
	case err != nil:
		return nil, err
	case root == "workbook":
		return readXLSX(m, a, main, data)
	case root == "document":
		return readDOCX(m, a, main)
	}
	return nil, problem(yardstick.FileUnsupported, m.file, " 是压缩包或别的文件，不是表格。请解压后导入里面的表格文件。", nil)
}

// mainPart returns the name of the package's main part, "" if it has none.
func (a *archive) mainPart() (string, error) {
	rels, err := a.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" && a.has(r.target) {
			return r.target, nil
		}
	}
	for _, name := range [...]string{"xl/workbook.xml", "word/document.xml"} {
		if a.has(name) {
			return name, nil
		}
	}
	return "", nil
}

// root returns the name of the root element of a part.
func (a *archive) root(part string) (string, error) {
	if part == "" {
		return "", nil
	}
	data, err := a.read(part)
	if err != nil {
		return "", err
	}
	x := newXMLReader(data)
	if _, err := x.next(); err != nil {
		return "", a.broken(part, err)
	}
	return string(x.name), nil
}
