package search

// trie finds words at the beginning of a text. The zero value is empty.
type trie struct {
	next  map[uint64]int32 // node and character to node; the root is 0
	value map[int32]int
	begin [1 << 16]bool // whether some word begins with the character
	nodes int32
}

// add adds a word with its value; the last value of a word stays.
func (t *trie) add(word []rune, value int) {
	if len(word) == 0 {
		return
	}
	if t.next == nil {
		t.next, t.value = make(map[uint64]int32, 1<<12), make(map[int32]int, 1<<11)
	}
	t.begin[word[0]&0xFFFF] = true
	node := int32(0)
	for _, r := range word {
		k := uint64(node)<<21 | uint64(r)
		n, ok := t.next[k]
		if !ok {
			t.nodes++
			n = t.nodes
			t.next[k] = n
		}
		node = n
	}
	t.value[node] = value
}

// longest is the length of the longest word that text begins with, and its
// value; 0 if there is none.
func (t *trie) longest(text []rune) (length, value int) {
	if len(text) == 0 || !t.begin[text[0]&0xFFFF] {
		return 0, 0
	}
	node := int32(0)
	for i, r := range text {
		n, ok := t.next[uint64(node)<<21|uint64(r)]
		if !ok {
			break
		}
		node = n
		if v, ok := t.value[node]; ok {
			length, value = i+1, v
		}
	}
	return length, value
}
