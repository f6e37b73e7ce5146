package tables

import (
	"bytes"
	"errors"
	"fmt"
	"sort"
	"strconv"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// mostMapping is the largest mapping file that is read.
const mostMapping = 256 << 10

type nodeKind uint8

const (
	nodeOther nodeKind = iota
	nodeString
	nodeInt
	nodeList
	nodeTable
)

// node is a value of a TOML file with its line. The decoder gives either
// values or positions; a mapping needs both.
type node struct {
	kind    nodeKind
	line    int
	text    string
	num     int
	list    []*node
	entries []entry // of a table, in the order of the file
}

type entry struct {
	key   string
	value *node
}

func (n *node) get(key string) *node {
	for _, e := range n.entries {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

// child returns the table under key, made if it is not there.
func (n *node) child(key string, line int) *node {
	if c := n.get(key); c != nil {
		return c
	}
	c := &node{kind: nodeTable, line: line}
	n.entries = append(n.entries, entry{key, c})
	return c
}

// parseTree reads TOML. What is wrong with the syntax is a fault, and the tree
// is nil then.
func parseTree(data []byte) (*node, []fault) {
	if len(data) > mostMapping {
		return nil, []fault{{0, fmt.Sprintf("文件大过 %d KiB，不像映射文件。", mostMapping>>10)}}
	}
	var whole map[string]any // checks what the parser alone does not: repeated keys
	if err := toml.Unmarshal(data, &whole); err != nil {
		var de *toml.DecodeError
		if errors.As(err, &de) {
			line, _ := de.Position()
			return nil, []fault{{line, "不合 TOML 的写法：" + de.Error() + "。"}}
		}
		return nil, []fault{{0, "不合 TOML 的写法：" + err.Error() + "。"}}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	t := treeBuilder{root: &node{kind: nodeTable, line: 1}}
	for i, c := range data {
		if c == '\n' {
			t.ends = append(t.ends, i)
		}
	}
	t.p.Reset(data)
	at := t.root
	for t.p.NextExpression() {
		e := t.p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			at = t.root
			for it := e.Key(); it.Next(); {
				k := it.Node()
				at = at.child(string(k.Data), t.line(k))
			}
		case unstable.KeyValue:
			t.keyValue(at, e)
		}
	}
	if err := t.p.Error(); err != nil {
		return nil, []fault{{0, "不合 TOML 的写法：" + err.Error() + "。"}}
	}
	return t.root, nil
}

type treeBuilder struct {
	p    unstable.Parser
	root *node
	ends []int // offsets of line ends
}

func (t *treeBuilder) line(n *unstable.Node) int {
	return 1 + sort.SearchInts(t.ends, int(n.Raw.Offset))
}

func (t *treeBuilder) keyValue(at *node, e *unstable.Node) {
	var keys []*unstable.Node
	for it := e.Key(); it.Next(); {
		keys = append(keys, it.Node())
	}
	if len(keys) == 0 {
		return
	}
	for _, k := range keys[:len(keys)-1] {
		at = at.child(string(k.Data), t.line(k))
	}
	last := keys[len(keys)-1]
	at.entries = append(at.entries, entry{string(last.Data), t.value(e.Value(), t.line(last))})
}

func (t *treeBuilder) value(v *unstable.Node, line int) *node {
	n := &node{line: line}
	switch v.Kind {
	case unstable.String:
		n.kind, n.text = nodeString, string(v.Data)
	case unstable.Integer:
		if i, err := strconv.Atoi(string(v.Data)); err == nil {
			n.kind, n.num = nodeInt, i
		}
	case unstable.Array:
		n.kind = nodeList
		for it := v.Children(); it.Next(); {
			n.list = append(n.list, t.value(it.Node(), line))
		}
	case unstable.InlineTable:
		n.kind = nodeTable
		for it := v.Children(); it.Next(); {
			t.keyValue(n, it.Node())
		}
	}
	return n
}
