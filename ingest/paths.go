package ingest

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yardstick"
)

// Paths lists the files that paths name: a file is itself, a folder every file
// below it in lexical order. Hidden files, office programs' lock files (~$…)
// and system leftovers in folders are passed over; everything else is listed,
// so that a file that can't be read is reported and not lost.
//
// A path that does not exist is an error of kind NotFound that names it.
func Paths(paths []string) ([]Source, error) {
	var out []Source
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "ingest.Paths", Err: err,
				Msg: "没有 " + p + " 这个文件或文件夹。核对路径后重试。"}
		case err != nil:
			return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "ingest.Paths", Err: err,
				Msg: p + " 打不开，没有读取权限。"}
		case !info.IsDir():
			out = append(out, fileSource(p))
			continue
		}
		err = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			name := d.Name()
			if path != p && strings.HasPrefix(name, ".") {
				if d.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if !d.Type().IsRegular() || strings.HasPrefix(name, "~$") || name == "Thumbs.db" || name == "desktop.ini" {
				return nil
			}
			out = append(out, fileSource(path))
			return nil
		})
		if err != nil {
			return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "ingest.Paths", Err: err,
				Msg: "文件夹 " + p + " 读不全：" + err.Error()}
		}
	}
	return out, nil
}

func fileSource(path string) Source {
	return Source{Name: filepath.ToSlash(path), Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}
