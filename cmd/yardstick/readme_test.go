package main

import (
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeCommands finds every command of the READMEs in the command tree
// and every make target in the Makefile.
func TestReadmeCommands(t *testing.T) {
	root := newRoot(&env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard})
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../../README.md", "../../README.zh-CN.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		inline := regexp.MustCompile("`yardstick ([^`]+)`").FindAllStringSubmatch(string(text), -1)
		block := regexp.MustCompile(`(?m)^ {4}(?:\w+=\$\()?yardstick (.+?)\)?(?: +#.*)?$`).FindAllStringSubmatch(string(text), -1)
		for _, m := range append(inline, block...) {
			args := strings.Fields(m[1])
			cmd, rest, err := root.Find(args)
			if err != nil || cmd == root {
				t.Errorf("%s: yardstick %s: no such command", name, m[1])
				continue
			}
			if err := cmd.ParseFlags(rest); err != nil {
				t.Errorf("%s: yardstick %s: %v", name, m[1], err)
			}
			found++
		}
		if found < 5 {
			t.Errorf("%s names %d commands, want at least 5", name, found)
		}
		for _, m := range regexp.MustCompile(`\bmake ([a-z]+)`).FindAllStringSubmatch(string(text), -1) {
			if !regexp.MustCompile(`(?m)^` + m[1] + `:`).Match(makefile) {
				t.Errorf("%s: make %s: no such target", name, m[1])
			}
		}
		if lines := strings.Count(string(text), "\n"); lines > 60 {
			t.Errorf("%s has %d lines, want one screen", name, lines)
		}
	}
}
