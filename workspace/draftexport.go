package workspace

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"yardstick"
	"yardstick/ingest/official"
)

// ExportDraft writes a draft as the official form. format is xlsx or docx.
func (w *Workspace) ExportDraft(ctx context.Context, id, format string) (Document, error) {
	doc, err := w.drafts.Get(id)
	if err != nil {
		return Document{}, err
	}
	d, err := draftOf(doc)
	if err != nil {
		return Document{}, err
	}
	return w.export(ctx, d.Body, format, d.Sample)
}

// ExportBody writes a body that is not kept as the official form.
func (w *Workspace) ExportBody(ctx context.Context, body DraftBody, format string) (Document, error) {
	body, err := w.checkBody("workspace.ExportBody", body)
	if err != nil {
		return Document{}, err
	}
	return w.export(ctx, body, format, false)
}

func (w *Workspace) export(ctx context.Context, body DraftBody, format string, sample bool) (Document, error) {
	write, kind := official.WriteXLSX, official.TypeXLSX
	switch format {
	case "xlsx":
	case "docx":
		write, kind = official.WriteDOCX, official.TypeDOCX
	default:
		return Document{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Export", Msg: "导出的格式只有 xlsx 和 docx。"}
	}
	form := body.Form()
	frame, err := w.frameFor(body.RuleSet, body.Lines)
	if err != nil {
		return Document{}, err
	}
	form.Budget.ExecutionWeight = amount(&frame.Execution) // shown beside the sums
	done, err := w.turn(ctx)
	if err != nil {
		return Document{}, err
	}
	defer done()
	data, err := write(form, official.Options{Sample: sample})
	if err != nil {
		return Document{}, err
	}
	return Document{Name: formFile(body.Year, body.Project, format), Type: kind, Data: data}, nil
}

// formFile is the name of an exported form: 2026年度_项目名_绩效目标申报表.xlsx.
func formFile(year int, project, format string) string {
	name := fileName(project) + "_绩效目标申报表." + format
	if year > 0 {
		name = fmt.Sprintf("%d年度_%s", year, name)
	}
	return name
}

// fileName makes a name fit for every file system: without signs that one of
// them reserves, at most 60 characters.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r), unicode.IsControl(r):
			return '_'
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60])
	}
	if s = strings.Trim(s, ". "); s == "" {
		return "未命名项目"
	}
	return s
}
