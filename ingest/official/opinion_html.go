package official

import (
	"bytes"
	_ "embed"
	"html/template"

	"yardstick"
)

//go:embed opinion.tmpl
var opinionTemplate string

//go:embed opinion.css
var opinionStyle string

// OpinionStyle is the style sheet of OpinionHTML, for a server that offers it as
// a file of its own: a content security policy without inline styles allows
// nothing else.
func OpinionStyle() string { return opinionStyle }

// OpinionHTML returns an opinion as a page to print on A4. With stylesheet "" it
// is whole in itself, its style inside: for saving and sending. A page that a server with
// a strict policy shows names the address of OpinionStyle instead.
func OpinionHTML(o Opinion, stylesheet string) ([]byte, error) {
	page := struct {
		sheetOpinion
		Date       string
		Project    string
		Stylesheet string
		Style      template.CSS
	}{o.words(), o.date(), o.Project, stylesheet, ""}
	if stylesheet == "" {
		page.Style = template.CSS(opinionStyle) // our own file, embedded
	}
	t, err := template.New("opinion").Parse(opinionTemplate)
	if err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.OpinionHTML", Err: err}
	}
	var b bytes.Buffer
	if err := t.Execute(&b, page); err != nil {
		return nil, &yardstick.Error{Kind: yardstick.Internal, Op: "official.OpinionHTML", Err: err}
	}
	return b.Bytes(), nil
}
