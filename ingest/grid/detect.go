package grid

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"yardstick"
)

func duration(d time.Duration) string { return fmt.Sprintf("%.3g 秒", d.Seconds()) }

// read finds out the format by the first bytes and reads the file.
func read(m *meter, data []byte) ([]*Grid, error) {
	switch {
	case len(data) == 0:
		return nil, problem(yardstick.FileEmpty, m.file, " 是空文件（0 字节）。请重新取得原文件。", nil)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readPackage(m, data)
	case bytes.HasPrefix(data, oleMagic):
		return readOLE(m, data)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return convert(m, data, oldKind{"rtf", "docx"})
	}
	if what := otherKind(data); what != "" {
		return nil, notTable(m, what)
	}
	return readText(m, data)
}

// signatures of files that are often sent in place of a table.
var signatures = [...]struct{ magic, what string }{
	{"\x89PNG\r\n", "图片"}, {"\xff\xd8\xff", "图片"}, {"GIF8", "图片"}, {"BM", "图片"},
	{"II*\x00", "图片"}, {"MM\x00*", "图片"}, {"RIFF", "图片"}, {"%PDF", "PDF"}, {"%!PS", "打印文件"},
	{"Rar!", "压缩包"}, {"7z\xbc\xaf", "压缩包"}, {"\x1f\x8b", "压缩包"}, {"%OFD", "OFD 版式文件"},
}

// otherKind names a kind of file that is not read, "" if it is none of those.
func otherKind(data []byte) string {
	for _, s := range signatures {
		if !bytes.HasPrefix(data, []byte(s.magic)) {
			continue
		}
		if len(s.magic) < 3 && printable(data) { // a text may begin with BM
			continue
		}
		return s.what
	}
	return ""
}

// notTable says that a file is something else, and whether its name hides that.
func notTable(m *meter, what string) error {
	do := "请导入原来的 .xlsx、.docx 或 .csv 文件。"
	if what == "压缩包" {
		do = "请解压后导入里面的表格文件。"
	}
	switch extension(m.file) {
	case ".xlsx", ".xlsm", ".xls", ".et", ".docx", ".doc", ".wps", ".csv", ".tsv", ".txt", ".html", ".htm":
		return problem(yardstick.FileBroken, m.file, " 是"+what+"，只是改了扩展名，里面没有可读的表格。"+do, nil)
	}
	return problem(yardstick.FileUnsupported, m.file, " 是"+what+"，读不出表格。"+do, nil)
}

// readText reads what is neither a package nor an old binary format.
func readText(m *meter, data []byte) ([]*Grid, error) {
	head := bytes.ToLower(data[:min(len(data), 4096)])
	declared := ""
	if e := xmlEncoding.FindSubmatch(head); e != nil {
		declared = string(e[1])
	} else {
		declared = htmlCharset(head)
	}
	text, ok := decodeText(data, declared)
	if !ok {
		code := yardstick.FileUnsupported
		if readable(extension(m.file)) {
			code = yardstick.FileBroken // not what its name says
		}
		return nil, problem(code, m.file, " 的内容认不出来：不是表格、文档，也不是文字。请确认文件没有损坏，在表格软件里另存为 .xlsx 后重新导入。", nil)
	}
	if err := m.alive(); err != nil {
		return nil, err
	}
	start := bytes.ToLower(bytes.TrimSpace(text[:min(len(text), 4096)]))
	switch {
	case len(start) == 0 && blank(string(text)):
		return nil, nil
	case bytes.HasPrefix(start, []byte("mime-version:")), bytes.HasPrefix(start, []byte("content-type: multipart")):
		return nil, problem(yardstick.FileUnsupported, m.file, " 是单个网页文件（.mht）。请在表格软件里打开，另存为 .xlsx 后重新导入。", nil)
	case bytes.HasPrefix(start, []byte("<?xml")), bytes.HasPrefix(start, []byte("<workbook")):
		if grids, err := readXML(m, text); !errors.Is(err, errDoctype) || !bytes.Contains(start, []byte("<html")) {
			return grids, err
		}
		return readHTML(m, text) // XHTML
	case looksHTML(start):
		return readHTML(m, text)
	}
	return readCSV(m, text)
}

// looksHTML reports whether the first bytes of a text, in lower case, are
// those of a page. A csv may well begin with a <.
func looksHTML(start []byte) bool {
	if !bytes.HasPrefix(start, []byte("<")) {
		return false
	}
	for _, tag := range [...]string{"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<div", "<style"} {
		if bytes.Contains(start, []byte(tag)) {
			return true
		}
	}
	return false
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
	if kind, ok := a.openDocument(); ok || extensionOf(main, ".bin") {
		if !ok {
			kind = oldKind{"xlsb", "xlsx"}
		}
		return convert(m, data, kind)
	}
	switch root, err := a.root(main); {
	case err != nil:
		return nil, err
	case root == "workbook":
		return readXLSX(m, a, main, data)
	case root == "document":
		return readDOCX(m, a, main)
	case root == "presentation":
		return nil, notTable(m, "演示文稿")
	}
	return nil, notTable(m, "压缩包")
}

func extensionOf(name, ext string) bool { return extension(name) == ext }

// openDocument tells .ods and .odt, whose first entry says what they are.
func (a *archive) openDocument() (oldKind, bool) {
	if !a.has("mimetype") || !a.has("content.xml") {
		return oldKind{}, false
	}
	kind, err := a.read("mimetype")
	switch {
	case err != nil:
		return oldKind{}, false
	case bytes.Contains(kind, []byte("spreadsheet")):
		return oldKind{"ods", "xlsx"}, true
	case bytes.Contains(kind, []byte("opendocument.text")):
		return oldKind{"odt", "docx"}, true
	}
	return oldKind{}, false
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

// root returns the name of the root element of a part, "" if there is no part.
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
	a.main, a.mainData = part, data // it is read next
	return string(x.name), nil
}

// readable reports whether files with this extension are read.
func readable(ext string) bool {
	switch ext {
	case ".xlsx", ".xlsm", ".docx", ".html", ".htm", ".xml", ".csv", ".tsv", ".txt", ".xls", ".doc", ".wps", ".et", ".rtf", ".ods", ".odt", ".xlsb":
		return true
	}
	return false
}
