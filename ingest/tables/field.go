package tables

// field is a column of ours that a mapping can fill.
type field int

// Our columns. What each means is said in fieldTable and docs/mapping.md.
const (
	fKind field = iota
	fYear
	fRegion
	fDepartment
	fUnit
	fProject
	fEdition
	fSector
	fGoal
	fGoalActual
	fTotalScore
	fGrade
	fBudgetInitial
	fBudgetFullYear
	fBudgetExecuted
	fExecutionRate
	fExecutionWeight
	fExecutionScore
	fLevel1
	fLevel2
	fName
	fTarget
	fLongTerm
	fActual
	fExpected
	fWeight
	fScore
	fReason
	fNote
	fieldCount
)

// fieldUse says how a field is read.
type fieldUse uint8

const (
	useText   fieldUse = iota
	useNumber          // a plain number
	useMoney           // a sum with a unit
	useYear            // a year
	useKind            // a kind of form
	useValue           // a target or actual value, for indicators.Parse
)

// fieldTable names every field as mapping files write it.
var fieldTable = [fieldCount]struct {
	name  string
	title string // for messages
	use   fieldUse
	form  bool // said once per form, not per line
}{
	fKind:            {"kind", "表的种类", useKind, true},
	fYear:            {"year", "年度", useYear, true},
	fRegion:          {"region", "地区", useText, true},
	fDepartment:      {"department", "主管部门", useText, true},
	fUnit:            {"unit", "实施单位", useText, true},
	fProject:         {"project", "项目名称", useText, true},
	fEdition:         {"edition", "版次", useText, true},
	fSector:          {"sector", "功能分类", useText, true},
	fGoal:            {"goal", "年度总体目标", useText, true},
	fGoalActual:      {"goal_actual", "目标完成情况", useText, true},
	fTotalScore:      {"total_score", "总分", useNumber, true},
	fGrade:           {"grade", "等级", useText, true},
	fBudgetInitial:   {"budget_initial", "年初预算数", useMoney, true},
	fBudgetFullYear:  {"budget_full_year", "全年预算数", useMoney, true},
	fBudgetExecuted:  {"budget_executed", "全年执行数", useMoney, true},
	fExecutionRate:   {"execution_rate", "执行率", useNumber, true},
	fExecutionWeight: {"execution_weight", "执行率分值", useNumber, true},
	fExecutionScore:  {"execution_score", "执行率得分", useNumber, true},
	fLevel1:          {"level1", "一级指标", useText, false},
	fLevel2:          {"level2", "二级指标", useText, false},
	fName:            {"name", "三级指标", useText, false},
	fTarget:          {"target", "指标值", useValue, false},
	fLongTerm:        {"long_term", "中长期指标值", useValue, false},
	fActual:          {"actual", "实际完成值", useValue, false},
	fExpected:        {"expected", "全年预计完成值", useValue, false},
	fWeight:          {"weight", "分值", useNumber, false},
	fScore:           {"score", "得分", useNumber, false},
	fReason:          {"reason", "偏差原因", useText, false},
	fNote:            {"note", "备注", useText, false},
}

func (f field) String() string { return fieldTable[f].name }

func fieldNamed(name string) (field, bool) {
	for f := range fieldCount {
		if fieldTable[f].name == name {
			return f, true
		}
	}
	return 0, false
}
