package review

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"yardstick"
	"yardstick/analysis/goal"
)

// goal is D-14: an annual goal that is missing or says nothing to do, and tasks
// that no indicator speaks of.
func (v *reviewer) goal() {
	text := v.form.Goal.Value
	at := Finding{Field: "goal", Cell: cmp.Or(v.form.Goal.Cell, v.form.Cell), Raw: v.form.Goal.Raw}
	if text == "" {
		at.Why, at.Do = "没有写年度总体目标，指标没有依据。", "写明本年度做什么、做多少、达到什么效果。"
		v.found("D-14", at)
		return
	}
	if bare := strings.Trim(text, "（）()【】[]“”. 。…·*-—_"); bare == "" || v.has("hollow", bare) != "" {
		at.Why, at.Do = "总体目标写的是"+quote(strings.TrimSpace(text))+"，等于没有填。", "写明本年度做什么、做多少、达到什么效果。"
		v.found("D-14", at)
		return
	}
	v.oldYear(text, at)
	tasks := goal.Split(text)
	if len(tasks) == 0 || v.hollow(text, tasks) {
		at.Severity, at.Why, at.Do = Watch, "总体目标没有写要做什么、做多少。", "写明本年度做什么、做多少、达到什么效果。"
		v.found("D-14", at)
		return
	}
	if len(v.lines) == 0 {
		return
	}
	v.uncovered(tasks, at)
}

// uncovered reports what the goal says will be done and no indicator speaks of. It
// is silent where the indicators speak another language than the goal altogether,
// and about what only repeats the project's name.
func (v *reviewer) uncovered(tasks []goal.Task, at Finding) {
	list := v.indicators()
	covered := false
	for i, hits := range goal.Cover(tasks, list) {
		covered = covered || tasks[i].Kind == goal.Output && len(hits) > 0 && hits[0].Shared >= v.value["goal.shared"]
	}
	if !covered {
		v.ok["D-14"] = "目标与指标用词不同，逐项对照要靠人"
		return
	}
	project := []goal.Indicator{{Name: v.form.Project.Value}}
	named := goal.Cover(tasks, project)
	for i, hits := range goal.Mention(tasks, list) {
		if t := tasks[i]; t.Kind == goal.Output && len(hits) == 0 && len(named[i]) == 0 && !v.beside(t.Text) {
			f := at
			f.Severity, f.Why = Watch, fmt.Sprintf("目标里的“%s”没有指标。", t.Text)
			f.Do = "加一个说明它做了多少、做得怎样的产出指标；不做的从目标里删去。"
			v.found("D-14", f)
		}
	}
}

// hollow reports whether a goal is only slogans: nothing that is carried out but
// the running of the project itself, no figure, and words that fit every project.
func (v *reviewer) hollow(text string, tasks []goal.Task) bool {
	for _, t := range tasks {
		if t.Kind == goal.Output && v.has("manage", t.Text) == "" {
			return false
		}
	}
	return v.has("slogan", text) != "" && !digit.MatchString(goalYear.ReplaceAllString(text, ""))
}

// beside reports whether a task is none: a standard or a length of time, how the
// project is run, or an effect that is kept up.
func (v *reviewer) beside(task string) bool {
	task = strings.TrimSpace(task)
	return v.has("aside", task) != "" || v.has("manage", task) != "" || v.has("uphold", task) != "" && v.has("upheld", task) != ""
}

var goalYear = regexp.MustCompile(`(较|比|自|从|截至|在)?(20\d\d)年度?([—\-~－至到]|以来|底|末|起|结转|印发|出台|发布|建成|决算)?`)

// oldYear reports a goal that only speaks of years before the form's: the one of
// the year before was taken over. Years that something is compared with or that
// something began in are no dates of the goal.
func (v *reviewer) oldYear(text string, at Finding) {
	if !v.form.Year.Known || v.form.Kind != yardstick.Target {
		return
	}
	year, found := int(v.form.Year.Value), ""
	for _, m := range goalYear.FindAllStringSubmatch(text, -1) {
		y, _ := strconv.Atoi(m[2])
		if y >= year || m[3] != "" {
			return
		}
		if m[1] == "" {
			found = m[2]
		}
	}
	if found != "" {
		at.Severity, at.Why = Watch, fmt.Sprintf("总体目标写的是 %s 年，本表是 %d 年，像是以前年度的表没有改。", found, year)
		at.Do = "改成本年度要做的事；跨年的项目写明起止年份和本年度做到哪一步。"
		v.found("D-14", at)
	}
}

// indicators is what Cover asks of the lines.
func (v *reviewer) indicators() []goal.Indicator {
	out := make([]goal.Indicator, len(v.lines))
	for i := range v.lines {
		x := &v.lines[i]
		out[i] = goal.Indicator{Name: x.name, Target: x.v, Also: []string{x.v.Raw}}
		if x.Note.Value != "" {
			out[i].Also = append(out[i].Also, x.Note.Value)
		}
		if x.entry != nil {
			out[i].Also = append(out[i].Also, x.entry.Name)
		}
	}
	return out
}
