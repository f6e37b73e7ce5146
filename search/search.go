// Package search finds library entries, names as filed, filed forms (cases)
// and templates by what a clerk types: characters, pinyin, first letters,
// synonyms, with a typing error or in a whole sentence.
//
// Words of names, meanings and goals are in a bleve index with a static
// mapping. Names themselves are in segments beside it (segment.go): records,
// postings of characters and letters, and orders for what begins so; they are
// read whole when the index is opened. Each channel ranks what it found, and
// the ranks are fused (fuse.go). The index is derived data: deleting it is a
// supported way to repair it. It holds no rules of the trade and reads no
// warehouse. Start from Build and Open.
package search

import (
	"errors"
)

// ErrMissing says that there is no index in the directory; Build makes one.
var ErrMissing = errors.New("no search index")

// ErrBusy says that another process has the index open.
var ErrBusy = errors.New("search index is open in another process")

// Type says what a document is.
type Type string

// The types of documents.
const (
	Indicator Type = "indicator" // an entry of the library
	Name      Type = "name"      // a name as filed, with how often
	Case      Type = "case"      // a filed form
	Template  Type = "template"  // a project type with its set of indicators
)

// Doc is one document to index. IDs are unique over all types.
type Doc struct {
	ID           string
	Type         Type
	Name         string   // indicator name; of a case the project; of a template the project type
	Aliases      []string // searched like the name
	Level1       string
	Level2       string
	Sector       string
	Unit         string   // unit of measure; of a case the filing unit
	Direction    string   // 正向 反向 中性; "" if it has none
	TemporalType string   // 累计 水平 节点 上限 定性; "" if it has none
	Used         bool     // occurs on filed forms
	Text         string   // meaning or goal: searched by word, its beginning shown
	Formula      string   // searched by word like Text, not shown
	Keywords     []string // searched like aliases, but not as whole names
	Count        int      // how many filed lines carry it; the commoner comes first among equals
}

// Query is what is looked for. Empty filters admit everything; an empty Text
// lists everything that the filters admit, by id.
type Query struct {
	Text      string
	Type      Type
	Sector    string
	Level1    string
	Level2    string
	Unit      string // unit of measure; a case has none
	Direction string
	Temporal  string // temporal type
	Used      *bool
	Limit     int // 0 means 20
	Offset    int
	Facets    bool // count the values of each field, see Result
}

// Result is the answer, best first, ties by id. Total counts all documents
// that match, not only the Hits.
type Result struct {
	Total  int
	Hits   []Hit
	Facets []Facet // if asked for: one for each of FacetFields, in that order
}

// Facet counts the values of one field over the documents that match the text
// and the filters on the other fields, so that it shows what choosing another
// value would give. A document without a value is not counted.
type Facet struct {
	Field  string
	Values []FacetValue // by count, largest first, then by value
}

// FacetValue is one value with the number of documents that have it.
type FacetValue struct {
	Value string
	Count int
}

// FacetFields are the fields that facets count. The values of "used" are
// "yes" and "no".
func FacetFields() []string {
	return []string{"type", "level1", "level2", "sector", "unit", "direction", "temporal_type", "used"}
}

// Why says by which channel a hit was found: the strongest, if by several.
type Why string

// The channels, as they are shown to people.
const (
	WhyName     Why = "名称"  // words or characters of the name
	WhyAlias    Why = "别名"  // words or characters of an alias or keyword
	WhyPinyin   Why = "拼音"  // pinyin, or pinyin and characters mixed
	WhyInitials Why = "首字母" // first letters of the pinyin
	WhySynonym  Why = "同义词" // another word for what was typed
	WhyNear     Why = "近似"  // all but one character
	WhyText     Why = "含义"  // words of the meaning or goal
)

// Hit is one document found. Highlight is Name with the matched parts between
// <mark> and </mark>, everything else HTML-escaped. Score compares hits of one
// answer only.
type Hit struct {
	ID           string
	Type         Type
	Name         string
	Level1       string
	Level2       string
	Sector       string
	Unit         string
	Direction    string
	TemporalType string
	Used         bool
	Meaning      string // beginning of Doc.Text
	Count        int
	Score        float64
	Highlight    string
	Why          Why    // "" if nothing was typed
	Alias        string // the alias that matched, if it was one
}
