package pages

import "yardstick"

// fixes say what to do about each code, in the words of someone at a
// spreadsheet. A test holds that every code has one.
var fixes = map[yardstick.Code]string{
	yardstick.FileMissing:     "确认文件还在原处，再导入一次。",
	yardstick.FileEmpty:       "打开看看是否存错了文件，换上有内容的再导入。",
	yardstick.FileEncrypted:   "请在表格软件里取消密码后重新导入。",
	yardstick.FileBroken:      "用表格软件打开，另存为 .xlsx 后重新导入。",
	yardstick.FileTooLarge:    "拆成几个文件，或用批量表导入。",
	yardstick.FileUnsupported: "另存为 .xlsx、.docx、.html 或 .csv 后重新导入。",
	yardstick.FileConvert:     "另存为新格式（.xlsx、.docx），或在本机装上 LibreOffice 后重新导入。",
	yardstick.FormNone:        "确认是绩效目标、监控或自评表；表头要有“三级指标”“指标值”等列。",

	yardstick.FormYear:      "在表题下写明年度，如（2024 年度）。",
	yardstick.FormProject:   "填上项目名称。",
	yardstick.FormKindDoubt: "核对表题与表内的列是否是同一种表。",
	yardstick.FormDuplicate: "删去多余的一份。",
	yardstick.FormNoLines:   "填上指标后重新导入。",

	yardstick.BudgetUnit:   "在预算一栏写明“万元”或“元”。",
	yardstick.BudgetTotal:  "在合计行填上总数。",
	yardstick.BudgetRate:   "核对预算数、执行数与执行率。",
	yardstick.BudgetNumber: "对照纸质表改为数字，如 34.8。",

	yardstick.LineName:      "补上指标名称，或删去这一行。",
	yardstick.LineLevel:     "补上一级、二级指标。",
	yardstick.LineWeight:    "分值改为数字，如 10。",
	yardstick.LineScore:     "得分改为数字，不超过分值。",
	yardstick.WeightSum:     "核对各行分值，使合计与表上所写一致。",
	yardstick.ValueUnread:   "写成“比较符 + 数 + 单位”，如 ≥ 95%；定性的写明等级。",
	yardstick.ValueOCR:      "对照纸质表改正后重新导入。",
	yardstick.ValueUnit:     "只在一处写单位。",
	yardstick.ValueMasked:   "填上数值，或删去这一行。",
	yardstick.ValueCopied:   "填实际完成的数，不要照抄目标值。",
	yardstick.ValueInName:   "把比较符和单位写在指标值一栏。",
	yardstick.ValueRateOver: "核对这个比率，确实超过 100% 的写明原因。",
	yardstick.RowShifted:    "按行拆开，每格一个数。",

	yardstick.RowColumns:      "核对这一行的列数与表头是否一致。",
	yardstick.RowNumber:       "改为数字。",
	yardstick.RowMissing:      "补上必填的列。",
	yardstick.RowUnknownValue: "在对照文件里加上这个写法，或改正它。",
}
