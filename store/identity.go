//go:build duckdb_arrow

package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yardstick"
	"yardstick/indicators"
)

// identity says what a form is about, as docs/data-model.md defines it.
type identity struct {
	agency  string // key of who filed it; "" if neither unit nor department is named
	name    string // normalised name of that agency
	region  string // id; "" if it can't be told
	project string // normalised over the years; "" if none is named
	title   string // the name as this year's form has it, but for codes and width
	// base is what a correction has in common with the form that it replaces:
	// kind, year, agency and title: 第一批 and 第二批 of one year's funds are one project,
	// but neither form corrects the other. Forms that lack one of them carry the place
	// that they were read from, so that they never meet another by base alone.
	base      string
	projectID string
	why       string // the reason for projectID, in Chinese, for people
}

// agencyID returns the key of the agency, and "" for none.
func (id identity) agencyID() string {
	if id.agency == "" {
		return ""
	}
	return key("a", id.agency)
}

// wholeDepartment is the project of a form on a department's whole spending.
const wholeDepartment = "部门整体支出"

// identify computes the identity of a form that was read from a file with the
// given content hash.
func identify(g *gazetteer, f *yardstick.Form, fileHash string) identity {
	var id identity
	who, by := agencyName(f.Unit.Value), "单位"
	if who == "" {
		who, by = agencyName(f.Department.Value), "主管部门"
	}
	id.name = who
	id.region = g.regionOf(f)
	if who != "" {
		// "县农业农村局" names nobody without its county; a name with its own place in
		// it is enough.
		id.agency = who
		if _, ok := g.resolve(who, ""); !ok && id.region != "" {
			id.agency = id.region + ":" + who
		}
	}
	whole := f.Kind == yardstick.DepartmentTarget || f.Kind == yardstick.DepartmentSelfEvaluation
	if whole {
		id.project, id.title = wholeDepartment, wholeDepartment
	} else if id.title = projectTitle(f.Project.Value); id.title != "" {
		id.project = indicators.NormalProject(f.Project.Value)
	}
	year := "?"
	if f.Year.Known {
		year = strconv.Itoa(int(f.Year.Value))
	}
	id.base = strings.Join([]string{string(f.Kind), year, id.agency, id.title}, "|")
	place := "|" + strings.Join([]string{fileHash, f.Sheet, strconv.Itoa(f.Position)}, "|")
	if !f.Year.Known || id.agency == "" || id.project == "" {
		id.base += place
	}
	switch {
	case id.project == "":
		id.projectID = key("p", "unnamed", place)
		id.why = "表上没有项目名称，单独作为一个项目"
	case id.agency == "":
		id.projectID = key("p", id.project, place)
		id.why = "表上没有单位和主管部门，单独作为一个项目"
	default:
		id.projectID = key("p", id.agency, id.project)
		id.why = why(f, whole, by, who != id.agency)
	}
	return id
}

// why says by what a form was joined to its project.
func why(f *yardstick.Form, whole bool, by string, byRegion bool) string {
	var b strings.Builder
	if by != "单位" {
		b.WriteString("没有单位，按主管部门；")
	}
	b.WriteString("同一" + by)
	if byRegion {
		b.WriteString("（同一地区）")
	}
	switch {
	case whole:
		b.WriteString("的部门整体表")
	case indicators.NormalProject(f.Project.Value) == fold(f.Project.Value):
		b.WriteString("，项目名称相同")
	case year.MatchString(fold(f.Project.Value)):
		b.WriteString("，项目名称去掉年份后相同")
	default:
		b.WriteString("，项目名称去掉编号、批次和写法差别后相同")
	}
	return b.String()
}

var (
	// Budget codes around names: 219001-, [201], 207101 before, 308001 after.
	// Three digits need a mark beside them, for there are hospitals called 309医院.
	codeBefore = regexp.MustCompile(`^(?:[\[(【]\d{3,}[\])】]|\d{3,}[-—–_.]|\d{6,})[-—–_.]?`)
	codeAfter  = regexp.MustCompile(`(?:[\[(【]\d{3,}[\])】]|\d{6,})$`)
	remark     = regexp.MustCompile(`\([^()]*(?:部门|单位|盖章|公章)[^()]*\)`)
	digits     = regexp.MustCompile(`[0-9]+|[一二三四五六七八九十]+`)
	year       = regexp.MustCompile(`(?:19|20)\d\d(?:[-—–~至](?:19|20)\d\d)?(?:年度|年)?`)
)

// fold brings full-width characters to half width and takes out all white space.
func fold(s string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(s)), "")
}

// agencyName returns the name of an agency without budget codes, remarks and
// white space, and "" for a mere dash.
func agencyName(s string) string {
	s = fold(s)
	s = remark.ReplaceAllString(s, "")
	s = codeBefore.ReplaceAllString(s, "")
	s = codeAfter.ReplaceAllString(s, "")
	return strings.Trim(s, "-—–_/\\.:;,、。*")
}

// projectTitle returns the name of a project without budget codes, quotation
// marks and white space, and "" for a mere dash. Years and batches stay.
func projectTitle(s string) string {
	s = fold(s)
	s = codeBefore.ReplaceAllString(s, "")
	s = codeAfter.ReplaceAllString(s, "")
	s = strings.NewReplacer("《", "", "》", "", "“", "", "”", "", `"`, "", "「", "", "」", "").Replace(s)
	return strings.Trim(s, "-—–_/\\.:;,、。*")
}

// numbered reports whether two titles differ in nothing but numbers: 一期 and
// 二期, 2021年 and 2022年. They name two projects, not one with a slip.
func numbered(a, b string) bool {
	return a != b && digits.ReplaceAllString(a, "#") == digits.ReplaceAllString(b, "#")
}

// key returns a short stable key: a prefix that says of what, and 64 bits of
// the parts' SHA-256. Parts can't run into each other.
func key(prefix string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return prefix + hex.EncodeToString(h.Sum(nil)[:8])
}
