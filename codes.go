package yardstick

// Code names a doubt or rejection. Codes are part of the output contract.
type Code string

// Files that can't be used, or not wholly.
const (
	FileMissing     Code = "file.missing"     // no such file, or it can't be opened
	FileEmpty       Code = "file.empty"       // no bytes, or no cell with content
	FileEncrypted   Code = "file.encrypted"   // needs a password
	FileBroken      Code = "file.broken"      // damaged, or not what its name says
	FileTooLarge    Code = "file.too_large"   // beyond the limits on size, cells or time
	FileUnsupported Code = "file.unsupported" // a kind of file that is not read
	FileConvert     Code = "file.convert"     // old format, and no converter is there
	FormNone        Code = "form.none"        // no official form was found in it
)

// Doubts about forms and lines.
const (
	FormYear        Code = "form.year"         // the year is not stated, or stated twice
	FormProject     Code = "form.project"      // no project name
	FormKindDoubt   Code = "form.kind"         // title and content disagree on the kind
	FormDuplicate   Code = "form.duplicate"    // the same form twice in one file
	FormNoLines     Code = "form.no_lines"     // a form without any indicator
	BudgetUnit      Code = "budget.unit"       // the unit of money is unclear or contradicted
	BudgetTotal     Code = "budget.total_zero" // total 0 or empty over filled detail rows
	BudgetRate      Code = "budget.rate"       // the printed rate does not follow from the sums
	BudgetNumber    Code = "budget.number"     // a sum that can't be read
	LineName        Code = "line.name"         // a row with values but no name
	LineLevel       Code = "line.level"        // the level cells are missing or unknown
	LineWeight      Code = "line.weight"       // a weight that can't be read
	LineScore       Code = "line.score"        // a score that can't be read or exceeds the weight
	WeightSum       Code = "weight.sum"        // the weights do not add up to the stated total
	ValueUnread     Code = "value.unread"      // a value that stays text because it can't be read
	ValueOCR        Code = "value.ocr"         // looks misread by OCR; kept as written
	ValueUnit       Code = "value.unit"        // the unit is missing, or stated twice differently
	ValueMasked     Code = "value.masked"      // a placeholder or masked digits
	ValueCopied     Code = "value.copied"      // the actual repeats the target with its operator
	ValueInName     Code = "value.in_name"     // operator or unit were taken from the name
	ValueRateOver   Code = "value.rate_over"   // a rate above 100 %
	RowShifted      Code = "row.shifted"       // cells of the row seem to be shifted
	RowColumns      Code = "row.columns"       // bulk: the row has too few or too many columns
	RowNumber       Code = "row.number"        // bulk: a number was expected
	RowMissing      Code = "row.missing"       // bulk: a required column is empty
	RowUnknownValue Code = "row.unknown_value" // bulk: a value that the mapping does not translate
)
