package client_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yardstick/workspace"
)

// TestSameAssistance asks a workspace and the server over it the same questions
// about a project: what computes must not depend on the way it is asked.
func TestSameAssistance(t *testing.T) {
	ws, c := pair(t)
	ctx := t.Context()
	body := workspace.DraftBody{Project: "农村公路日常养护", Unit: "云岭县公路养护站", Department: "云岭县交通运输局", Year: 2025, Sector: "交通运输", Budget: new(312.5), Fiscal: new(300.0),
		Goal: "对县道386.4公里开展日常养护，及时修补路面病害、疏通边沟。", Lines: []workspace.DraftLine{
			{Level1: "产出指标", Level2: "数量指标", Name: "农村公路养护里程", Comparison: "≥", Target: "386.4", Unit: "公里", Weight: new(40.0), Basis: "计划标准"},
			{Level1: "效益指标", Level2: "社会效益指标", Name: "群众投诉率", Comparison: "≥", Target: "5", Unit: "%", Weight: new(30.5)},
			{Level1: "效益指标", Level2: "社会效益指标", Name: "提升通行能力", Comparison: "定性", Target: "有效提升"}}}
	d, err := ws.StartDraft(ctx, workspace.DraftStart{Body: body})
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(a workspace.Assistant) (any, error){
		"value": func(a workspace.Assistant) (any, error) {
			return a.Value(ctx, workspace.ValueRequest{Project: body.Project, Unit: body.Unit, Sector: body.Sector, Budget: body.Budget, Year: 2025, Name: "农村公路养护里程", Level1: "产出指标", Level2: "数量指标", Target: "≥386.4公里"})
		},
		"weights": func(a workspace.Assistant) (any, error) {
			return a.Weigh(ctx, workspace.WeighRequest{Sector: body.Sector, Project: body.Project, Lines: body.Lines, Keep: true})
		},
		"review": func(a workspace.Assistant) (any, error) {
			r, err := a.ReviewDraft(ctx, body)
			r.TookMS = 0
			return r, err
		},
		"draft": func(a workspace.Assistant) (any, error) {
			v, err := a.Draft(ctx, d.ID)
			v.Review.TookMS = 0
			return v, err
		},
		"export": func(a workspace.Assistant) (any, error) { return a.ExportBody(ctx, body, "docx") },
		"rounds": func(a workspace.Assistant) (any, error) { return a.Rounds(ctx) },
	} {
		t.Run(name, func(t *testing.T) {
			want, err := ask(ws)
			if err != nil {
				t.Fatal(err)
			}
			got, err := ask(c)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-workspace +server)\n%s", diff)
			}
		})
	}
	req := workspace.SuggestRequest{Project: body.Project, Unit: body.Unit, Year: 2025, Goal: body.Goal, Budget: body.Budget, Have: []string{"农村公路养护里程"}, Limit: 10}
	want, err := ws.Suggest(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Suggest(ctx, req)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("%v (-workspace +server)\n%s", err, diff)
	}
}
