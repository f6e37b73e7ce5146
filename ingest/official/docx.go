package official

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// The parts of a Word document that never change.
const (
	docxTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	docxRels = xml.Header + `<Relationships xmlns="` + packageRels + `">` +
		`<Relationship Id="rId1" Type="` + officeRels + `/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	docxPartRels = xml.Header + `<Relationships xmlns="` + packageRels + `">` +
		`<Relationship Id="rId1" Type="` + officeRels + `/styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + officeRels + `/footer" Target="footer1.xml"/></Relationships>`
	docxStyles = xml.Header + `<w:styles xmlns:w="` + wordNS + `"><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + fontText + `" w:cs="Times New Roman"/><w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/>` +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style></w:styles>`
	docxFooter = xml.Header + `<w:ftr xmlns:w="` + wordNS + `"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
		`<w:r><w:t xml:space="preserve">第 </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> 页</w:t></w:r></w:p></w:ftr>`
)

// XML namespaces of packages.
const (
	packageRels = "http://schemas.openxmlformats.org/package/2006/relationships"
	officeRels  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	wordNS      = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
)

// pageTwips is the width between the margins of A4 in twentieths of a point.
const pageTwips = 10090

// writeDocument writes a form's table as a Word document.
func writeDocument(s *sheet) ([]byte, error) {
	core := xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
		`xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + escape(s.title+" "+line(cleaned(s.name))) + `</dc:title><dc:creator>` + Author +
		`</dc:creator><cp:lastModifiedBy>` + Author + `</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">` + made +
		`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + made + `</dcterms:modified></cp:coreProperties>`
	return pack([]packed{
		{"[Content_Types].xml", []byte(docxTypes)}, {"_rels/.rels", []byte(docxRels)}, {"docProps/core.xml", []byte(core)},
		{"word/_rels/document.xml.rels", []byte(docxPartRels)}, {"word/styles.xml", []byte(docxStyles)},
		{"word/footer1.xml", []byte(docxFooter)}, {"word/document.xml", []byte(s.document())},
	})
}

// cleaned is clean for a text whose losses are noted elsewhere.
func cleaned(s string) string {
	s, _, _ = clean(s)
	return s
}

// document is the main part.
func (s *sheet) document() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:document xmlns:w="` + wordNS + `" xmlns:r="` + officeRels + `"><w:body>`)
	paragraph(&b, s.title, "center", fontTitle, 36, true)
	if s.year != "" {
		paragraph(&b, s.year, "center", "", 0, false)
	}
	if s.mark != "" {
		paragraph(&b, s.mark, "right", "", 0, false)
	}
	s.table(&b)
	// A4 upright with margins of 2 and 1.6 cm; the paragraph behind the table is what
	// Word wants there.
	b.WriteString(`<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p><w:sectPr><w:footerReference w:type="default" r:id="rId2"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="908" w:bottom="1134" w:left="908" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// table writes the form's table.
func (s *sheet) table(b *strings.Builder) {
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + strconv.Itoa(pageTwips) + `" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	cols := s.twips()
	for _, w := range cols {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)
	next := 0
	open := make([]*box, columns) // merged cells from above, by their first column
	for r := range s.rows {
		b.WriteString(`<w:tr><w:trPr>`)
		if r >= s.header {
			b.WriteString(`<w:cantSplit/>`)
		}
		b.WriteString(`<w:trHeight w:val="480" w:hRule="atLeast"/>`)
		if r == s.header {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for c := 0; c < columns; {
			if x := open[c]; x != nil && r < x.row+x.rows {
				cell(b, x, cols, "continue")
				c += x.cols
				continue
			}
			x := &s.boxes[next]
			next++
			merge := ""
			if x.rows > 1 {
				open[c], merge = x, "restart"
			}
			cell(b, x, cols, merge)
			c += x.cols
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// twips are the widths of the columns on paper.
func (s *sheet) twips() [columns]int {
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	var out [columns]int
	left := pageTwips
	for i, w := range widths {
		out[i] = int(w / sum * pageTwips)
		left -= out[i]
	}
	out[2] += left
	return out
}

// cell writes one cell; merge is "", restart or continue.
func cell(b *strings.Builder, x *box, cols [columns]int, merge string) {
	w := 0
	for _, c := range cols[x.col : x.col+x.cols] {
		w += c
	}
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, w)
	if x.cols > 1 {
		fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, x.cols)
	}
	if merge != "" {
		fmt.Fprintf(b, `<w:vMerge w:val="%s"/>`, merge)
	}
	if x.look == head {
		b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>`)
	}
	b.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	if merge == "continue" {
		b.WriteString(`<w:p/></w:tc>`)
		return
	}
	side, font := "center", ""
	switch x.look {
	case value:
		side = "left"
	case label, head:
		font = fontTitle
	}
	for l := range strings.SplitSeq(x.text, "\n") {
		paragraph(b, l, side, font, 0, x.look == head)
	}
	b.WriteString(`</w:tc>`)
}

// paragraph writes one paragraph; size is in half points, 0 is the document's.
func paragraph(b *strings.Builder, text, side, font string, size int, bold bool) {
	b.WriteString(`<w:p><w:pPr><w:jc w:val="` + side + `"/></w:pPr>`)
	if text != "" {
		b.WriteString(`<w:r><w:rPr>`)
		if font != "" {
			b.WriteString(`<w:rFonts w:eastAsia="` + font + `"/>`)
		}
		if bold {
			b.WriteString(`<w:b/>`)
		}
		if size > 0 {
			fmt.Fprintf(b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, size, size)
		}
		b.WriteString(`</w:rPr>`)
		for i, t := range strings.Split(text, "\t") {
			if i > 0 {
				b.WriteString(`<w:tab/>`)
			}
			b.WriteString(`<w:t xml:space="preserve">` + escape(t) + `</w:t>`)
		}
		b.WriteString(`</w:r>`)
	}
	b.WriteString(`</w:p>`)
}

// escape writes a text for XML.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder's writes don't fail
	return b.String()
}
