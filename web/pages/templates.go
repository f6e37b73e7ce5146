package pages

import (
	"embed"
	"html/template"
)

//go:embed tmpl/*.tmpl
var tmplFiles embed.FS

// names lists the pages; each has a file in tmpl that defines main.
var names = []string{"overview", "ingest", "run", "batch", "forms", "form", "library", "options", "indicator", "entry", "health", "names", "decisions",
	"proposals", "taken", "changes", "diff", "import", "patterns", "pattern", "cases", "draft", "drafts", "draftstart", "draftcompare", "reviews", "reviewrun", "round", "opinion", "draftreview", "error"}

func (p *Pages) funcs() template.FuncMap {
	return template.FuncMap{
		"count": count, "money": money, "moneyText": moneyText, "percent": percent, "points": points, "n": n, "text": text, "orDash": orDash,
		"year": year, "date": p.date, "moment": p.moment, "took": took, "value": value, "valueWord": valueWord, "status": status,
		"sourceStatus": sourceStatus, "src": src, "raw": raw, "breaks": breaks, "base": base, "marks": marks, "class": class, "short": short, "figure": figure, "sub": sub,
	}
}

// parseTemplates makes one set per page: the shell, what pages of reviews share,
// and the page's own file.
func parseTemplates(funcs template.FuncMap) (map[string]*template.Template, error) {
	base, err := template.New("base").Funcs(funcs).ParseFS(tmplFiles, "tmpl/shell.tmpl", "tmpl/opinionparts.tmpl")
	if err != nil {
		return nil, err
	}
	set := make(map[string]*template.Template, len(names))
	for _, name := range names {
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if set[name], err = t.ParseFS(tmplFiles, "tmpl/"+name+".tmpl"); err != nil {
			return nil, err
		}
	}
	return set, nil
}
