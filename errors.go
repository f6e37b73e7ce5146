package yardstick

import (
	"errors"
	"fmt"
)

// Kind classifies a failure by what the caller can do about it.
type Kind uint8

// The closed list of kinds. Internal is the zero value, so that forgetting a
// kind hides details instead of showing them.
const (
	Internal Kind = iota // a bug or a broken machine; details go to the log only
	Invalid              // the input is wrong; the user can correct it
	NotFound             // the thing named does not exist
	Conflict             // it exists already, or changed meanwhile
	Unready              // the answer needs data that has not been loaded yet
	Busy                 // another process or batch holds what is needed; try again
	Full                 // no space is left where the workspace is stored
)

var kindNames = [...]string{"internal", "invalid", "not_found", "conflict", "unready", "busy", "full"}

// String returns the kind's name as it is written in JSON.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[Internal]
}

// Error is a failure the service understands. Op names the operation as
// package.Function, Msg is a sentence that is safe to show to a user, Err is
// for the log.
type Error struct {
	Kind Kind
	Op   string
	Msg  string
	Err  error
}

// Error returns the message for people, or the operation and its cause.
func (e *Error) Error() string {
	switch {
	case e.Msg != "":
		return e.Msg
	case e.Err != nil:
		return fmt.Sprintf("%s: %v", e.Op, e.Err)
	default:
		return fmt.Sprintf("%s: %s", e.Op, e.Kind)
	}
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, and Internal if
// there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
