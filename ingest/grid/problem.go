package grid

import (
	"errors"
	"path/filepath"

	"yardstick"
)

// Problem is why a file can't be read. It converts (errors.As) to a
// *yardstick.Error of kind Invalid, or NotFound for a missing file.
type Problem struct {
	Code  yardstick.Code
	File  string // path as given
	Sheet string // "" if the whole file is meant
	Cell  string // "" if a whole sheet is meant
	Msg   string // a Chinese sentence: what, where, what to do
	Err   error  // the cause, for the log
}

// Error returns the sentence for people.
func (p *Problem) Error() string { return p.Msg }

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// As converts p to the error type that the service understands.
func (p *Problem) As(target any) bool {
	e, ok := target.(**yardstick.Error)
	if !ok {
		return false
	}
	kind := yardstick.Invalid
	if p.Code == yardstick.FileMissing {
		kind = yardstick.NotFound
	}
	*e = &yardstick.Error{Kind: kind, Op: "grid.Read", Msg: p.Msg, Err: p.Err}
	return true
}

// CodeOf returns the code of the first Problem in err's chain, and "" if there
// is none.
func CodeOf(err error) yardstick.Code {
	var p *Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

// problem makes a Problem about the whole file whose sentence starts with the
// file's name: problem(FileBroken, "a.xlsx", " 已损坏…", err).
func problem(code yardstick.Code, file, rest string, err error) *Problem {
	return &Problem{Code: code, File: file, Msg: filepath.Base(file) + rest, Err: err}
}
