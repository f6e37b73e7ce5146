package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yardstick"
	"yardstick/workspace"
)

// free refuses names of files that exist already, before anything is written.
func free(names []string, force bool) error {
	if force {
		return nil
	}
	var there []string
	for _, name := range names {
		switch _, err := os.Lstat(name); {
		case err == nil:
			there = append(there, name)
		case !errors.Is(err, fs.ErrNotExist):
			return &yardstick.Error{Kind: yardstick.Invalid, Op: "write", Err: err, Msg: name + " 看不了。核对路径和权限。"}
		}
	}
	switch len(there) {
	case 0:
		return nil
	case 1:
		return &yardstick.Error{Kind: yardstick.Conflict, Op: "write", Msg: there[0] + " 已经有了，没有写。换个名字，或加 --force 覆盖。"}
	}
	return &yardstick.Error{Kind: yardstick.Conflict, Op: "write", Msg: fmt.Sprintf("%s 等 %d 个文件已经有了，一个也没有写。换个文件夹，或加 --force 覆盖。", there[0], len(there))}
}

// writeDocument writes a document under name, or to standard output for "-".
func writeDocument(e *env, name string, doc workspace.Document) error {
	return writeFile(e, name, func(w io.Writer) error {
		_, err := doc.WriteTo(w)
		return err
	})
}

// folderFor makes the folder that files will be written to.
func folderFor(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "write", Err: err, Msg: dir + " 建不了。核对路径和权限。"}
	}
	return nil
}

// namer gives files of one folder names of their own: where two documents want
// the same one, the later gets a number.
type namer struct {
	dir  string
	used map[string]bool
}

func newNamer(dir string) *namer { return &namer{dir: dir, used: map[string]bool{}} }

func (n *namer) name(want string) string {
	want = filepath.Base(strings.ReplaceAll(want, `\`, "/"))
	ext := filepath.Ext(want)
	name := want
	for i := 2; n.used[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(want, ext), i, ext)
	}
	n.used[strings.ToLower(name)] = true
	return filepath.Join(n.dir, name)
}
