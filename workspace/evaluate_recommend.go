package workspace

import (
	"context"
	"crypto/sha256"

	"yardstick"
	"yardstick/analysis/recommend"
	"yardstick/indicators/naming"
)

// RecommendOptions configures EvaluateRecommend. The zero value leaves one project
// out at a time, with an empty draft.
type RecommendOptions struct {
	Split    string // project, year or department; "" is project
	Half     bool   // every second indicator is the draft, the others are to be found
	Projects int    // at most so many, evenly chosen; 0 is 500
	Seed     uint64 // of the bootstrap
}

// RecommendEvaluation says how well the indicators of the loaded projects are
// suggested, beside plain ways of suggesting (recommend.Evaluate).
type RecommendEvaluation struct {
	Split      string              `json:"split"`
	Half       bool                `json:"half"` // half of the indicators were given as the draft
	Projects   int                 `json:"projects"`
	Indicators int                 `json:"indicators"` // to be found
	Hits       []RecommendMeasured `json:"hits"`
}

// RecommendMeasured is the evaluation by one definition of a hit.
type RecommendMeasured struct {
	Hit            string            `json:"hit"`             // concept: the same; name: alike (bigram Dice ≥ 0.6)
	Ceiling        *float64          `json:"ceiling"`         // share of the indicators that history or library have; null: not computed
	CeilingHistory *float64          `json:"ceiling_history"` // … that other projects have
	Systems        []RecommendSystem `json:"systems"`         // the product first
}

// RecommendSystem is one way of suggesting.
type RecommendSystem struct {
	Name     string          `json:"name"`
	At       []RecommendAt   `json:"at"`
	Slots    []RecommendSlot `json:"slots"`
	Parts    []RecommendPart `json:"parts"`
	Coverage float64         `json:"coverage"`  // share of the indicators in use that are in any list of 20
	LongTail float64         `json:"long_tail"` // share of suggestions in lists of 20 that are not among the most used fifth
}

// RecommendAt is a system's quality in lists of k.
type RecommendAt struct {
	K       int    `json:"k"`
	Recall  Spread `json:"recall"`
	HitRate Spread `json:"hit_rate"`
	NDCG    Spread `json:"ndcg"`
	MRR     Spread `json:"mrr"`
}

// Spread is a mean over projects with its bootstrap interval at 95 %.
type Spread struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// RecommendSlot is the recall in lists of 20 of the indicators of one class.
type RecommendSlot struct {
	Slot       string  `json:"slot"`
	Indicators int     `json:"indicators"`
	Recall     float64 `json:"recall"`
}

// RecommendPart is the recall over the forms of half A or B: A was in view when
// the library was written.
type RecommendPart struct {
	Part     string    `json:"part"`
	Projects int       `json:"projects"`
	Recall   []float64 `json:"recall"` // at the same k as At
}

// EvaluateRecommend measures suggestions on the loaded projects.
func (w *Workspace) EvaluateRecommend(ctx context.Context, opt RecommendOptions) (RecommendEvaluation, error) {
	switch opt.Split {
	case "", string(recommend.ByProject), string(recommend.ByYear), string(recommend.ByDepartment):
	default:
		return RecommendEvaluation{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.EvaluateRecommend",
			Msg: "没有“" + opt.Split + "”这种划分。可用 project、year、department。"}
	}
	part, err := libraryHalves()
	if err != nil {
		return RecommendEvaluation{}, err
	}
	h, err := w.history(ctx)
	if err != nil {
		return RecommendEvaluation{}, err
	}
	lib := w.lib.Load()
	e, err := recommend.Evaluate(h, lib.forRecommending(), recommend.EvaluateOptions{Tasks: lib.openTasks,
		Split: recommend.Split(opt.Split), Half: opt.Half, Projects: opt.Projects, Seed: opt.Seed, Part: part})
	if err != nil {
		return RecommendEvaluation{}, err
	}
	if e.Projects == 0 {
		return RecommendEvaluation{}, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.EvaluateRecommend",
			Msg: "没有可以评测的项目：要有四个以上指标的表单，按年度划分时还要有两个以上年度。先导入表单。"}
	}
	return recommendEvaluation(e), nil
}

func recommendEvaluation(e recommend.Evaluation) RecommendEvaluation {
	out := RecommendEvaluation{Split: string(e.Split), Half: e.Half, Projects: e.Projects, Indicators: e.Indicators, Hits: []RecommendMeasured{}}
	known := func(x float64) *float64 {
		if x < 0 {
			return nil
		}
		return &x
	}
	for _, m := range e.Hits {
		r := RecommendMeasured{Hit: string(m.Hit), Ceiling: known(m.Ceiling), CeilingHistory: known(m.CeilingHistory), Systems: []RecommendSystem{}}
		for _, s := range m.Systems {
			x := RecommendSystem{Name: s.Name, Coverage: s.Coverage, LongTail: s.LongTail, At: []RecommendAt{}, Slots: []RecommendSlot{}, Parts: []RecommendPart{}}
			for _, a := range s.At {
				x.At = append(x.At, RecommendAt{K: a.K, Recall: Spread(a.Recall), HitRate: Spread(a.HitRate), NDCG: Spread(a.NDCG), MRR: Spread(a.MRR)})
			}
			for _, p := range s.Slots {
				x.Slots = append(x.Slots, RecommendSlot(p))
			}
			for _, p := range s.Parts {
				x.Parts = append(x.Parts, RecommendPart(p))
			}
			r.Systems = append(r.Systems, x)
		}
		out.Hits = append(out.Hits, r)
	}
	return out
}

// libraryHalves tells, by a project's name, whether the labelled form of that
// project is of half A or B (indicators/naming/README.md); "" for others.
func libraryHalves() (func(project string) string, error) {
	labels, err := naming.Labels()
	if err != nil {
		return nil, err
	}
	half := map[string]string{}
	for _, l := range labels {
		h := "B"
		if sha256.Sum256([]byte(l.Form))[0]%2 == 0 {
			h = "A"
		}
		half[naming.Key(l.Name.Project)] = h
	}
	return func(project string) string { return half[naming.Key(project)] }, nil
}
