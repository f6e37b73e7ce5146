package workspace_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yardstick"
	"yardstick/workspace"
)

// TestRoundsListed holds that the list follows decisions and deletions, however
// often it was asked for before.
func TestRoundsListed(t *testing.T) {
	w := openAt(t, t.TempDir())
	defer w.Close()
	var rounds []workspace.ReviewRound
	for _, name := range []string{"甲", "乙"} {
		round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Title: name, Uploads: []workspace.Upload{upload(name+".csv", targetCSV(name, "≥120公里")), upload(name+"2.csv", targetCSV(name+"二", "≥12公里"))}})
		if err != nil || len(round.Items) != 2 {
			t.Fatalf("%d forms, %v", len(round.Items), err)
		}
		rounds = append(rounds, round)
	}
	open := func() map[string]int {
		t.Helper()
		heads, err := w.Rounds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]int{}
		for _, h := range heads {
			out[h.Title] = h.Open
		}
		return out
	}
	if got := open(); got["甲"] != 2 || got["乙"] != 2 {
		t.Errorf("open %v, want 2 and 2", got)
	}
	for i, it := range rounds[0].Items {
		if _, err := w.Verdict(t.Context(), rounds[0].ID, it.ID, workspace.ReviewVerdict{Verdict: "pass"}); err != nil {
			t.Fatal(err)
		}
		if got := open(); got["甲"] != 1-i || got["乙"] != 2 {
			t.Errorf("after %d decisions open %v", i+1, got)
		}
	}
	if err := w.DeleteRound(t.Context(), rounds[1].ID); err != nil {
		t.Fatal(err)
	}
	if got := open(); len(got) != 1 {
		t.Errorf("after deleting one, listed are %v", got)
	}
}

// TestSummaryRound holds that the workbook of a round names every form, what was
// decided, and everything that was not reviewed.
func TestSummaryRound(t *testing.T) {
	w := openAt(t, t.TempDir())
	defer w.Close()
	round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Title: "一上/2025", Uploads: []workspace.Upload{
		upload("甲.csv", targetCSV("甲项目", "≥120公里")), upload("乙.csv", targetCSV("乙项目", "")), upload("照片.xlsx", "不是表格")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Verdict(t.Context(), round.ID, round.Items[0].ID, workspace.ReviewVerdict{Verdict: "return"}); err != nil {
		t.Fatal(err)
	}
	doc, err := w.SummaryRound(t.Context(), round.ID)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Name != "一上_2025_审核汇总.xlsx" {
		t.Errorf("the file is called %s", doc.Name)
	}
	book, err := excelize.OpenReader(bytes.NewReader(doc.Data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	all := ""
	for _, row := range rows {
		all += strings.Join(row, "\t") + "\n"
		for _, it := range round.Items {
			if slices.Contains(row, it.Project) {
				order = append(order, it.Project)
			}
		}
	}
	if want := []string{round.Items[0].Project, round.Items[1].Project}; !slices.Equal(order, want) {
		t.Errorf("forms stand as %q, want %q as in the round", order, want)
	}
	for _, want := range []string{"退回", "照片.xlsx", "一上/2025"} {
		if !strings.Contains(all, want) {
			t.Errorf("the workbook does not say %q:\n%s", want, all)
		}
	}
	if _, err := w.SummaryRound(t.Context(), "rnothere"); yardstick.KindOf(err) != yardstick.NotFound {
		t.Errorf("an unknown round: %v", err)
	}
}

// TestDaysAreThoseOfThePlace holds that an opinion of the early morning in China
// has that day, not the one before.
func TestDaysAreThoseOfThePlace(t *testing.T) {
	place := time.Local
	defer func() { time.Local = place }()
	w := openAt(t, t.TempDir())
	defer w.Close()
	round, err := w.ReviewForms(t.Context(), workspace.ReviewRequest{Uploads: []workspace.Upload{upload("甲.csv", targetCSV("甲项目", "≥120公里"))}})
	if err != nil {
		t.Fatal(err)
	}
	for _, hours := range []int{-12, 14} { // of the two one is on another day than UTC
		time.Local = time.FixedZone("place", hours*3600)
		doc, err := w.Opinion(t.Context(), round.ID, round.Items[0].ID, "html")
		if err != nil {
			t.Fatal(err)
		}
		if day := round.At.In(time.Local).Format("2006-01-02"); !bytes.Contains(doc.Data, []byte(day)) {
			t.Errorf("%+d hours: the opinion does not have the day %s", hours, day)
		}
	}
}
