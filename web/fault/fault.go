// Package fault turns an error into what a client may see: a status, the name
// of its kind and a sentence. It is the one place where kinds become HTTP
// statuses. Start from Of.
package fault

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"yardstick"
)

// statuses maps every kind to its status.
var statuses = map[yardstick.Kind]int{
	yardstick.Internal: http.StatusInternalServerError,
	yardstick.Invalid:  http.StatusUnprocessableEntity,
	yardstick.NotFound: http.StatusNotFound,
	yardstick.Conflict: http.StatusConflict,
	yardstick.Unready:  http.StatusConflict,
	yardstick.Busy:     http.StatusServiceUnavailable,
	yardstick.Full:     http.StatusInsufficientStorage,
}

// sentences stand in where an error of a kind has no message of its own.
var sentences = map[yardstick.Kind]string{
	yardstick.Internal: "这一步没有做完，库里没有改变。再试一次；若仍不行，请把编号 {n} 告诉管理员。",
	yardstick.Invalid:  "填写的内容看不懂。核对后再试。",
	yardstick.NotFound: "没有找到。它可能已被更正或改名，从列表里重新打开。",
	yardstick.Conflict: "内容刚在别处改过。刷新后再试。",
	yardstick.Unready:  "还没有需要的数据。先导入表单，再看这里。",
	yardstick.Busy:     "数据库正被占用，约 20 秒后再试。",
	yardstick.Full:     "磁盘已满，库里没有改变。腾出空间后再试。",
}

// Fault is an error as a client may see it.
type Fault struct {
	Status  int    `json:"-"`
	Kind    string `json:"kind" doc:"What the caller can do about it" enum:"internal,invalid,not_found,conflict,unready,busy,full" example:"not_found"`
	Message string `json:"message" doc:"A sentence in Chinese: what, where, what to do" example:"没有找到这份表单。"`
	Number  string `json:"-"` // of the log entry, for internal errors; "" otherwise
	Copy    string `json:"copy,omitempty" doc:"Id of the draft that a save became because another one came first; only then" example:"c-3f1a"`
}

// Error makes a Fault an error whose text is its message.
func (f *Fault) Error() string { return f.Message }

// GetStatus is what huma asks an error for.
func (f *Fault) GetStatus() int { return f.Status }

// MarshalJSON writes the one error shape of the API:
// {"error":{"kind":"…","message":"…"}}.
func (f *Fault) MarshalJSON() ([]byte, error) {
	type plain Fault
	return json.Marshal(struct {
		Error *plain `json:"error"`
	}{(*plain)(f)})
}

// New returns a Fault that stems from the request itself and not from an error.
func New(status int, kind yardstick.Kind, message string) *Fault {
	return &Fault{Status: status, Kind: kind.String(), Message: message}
}

// Of returns what a client may see of err, and logs it with a number if it is
// internal. A Fault is returned as it is. log must not be nil.
func Of(ctx context.Context, log *slog.Logger, op string, err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	kind := yardstick.KindOf(err)
	f = &Fault{Status: statuses[kind], Kind: kind.String(), Message: sentences[kind]}
	var e *yardstick.Error
	if kind != yardstick.Internal && errors.As(err, &e) && e.Msg != "" {
		f.Message = e.Msg
	}
	if kind == yardstick.Internal {
		f.Number = number()
		f.Message = strings.ReplaceAll(f.Message, "{n}", f.Number)
		if ctx.Err() == nil { // a visitor who left is not an event
			log.ErrorContext(ctx, "request not answered", "op", op, "number", f.Number, "err", err)
		}
	}
	return f
}

// Write writes f as the answer, in JSON.
func Write(w http.ResponseWriter, f *Fault) {
	b, err := json.Marshal(f)
	if err != nil { // a Fault holds only strings
		panic("fault: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(f.Status)
	_, _ = w.Write(append(b, '\n')) // the client has gone: nobody to tell
}

// number names a log entry in a way that can be read out on the telephone.
func number() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	s := strings.ToUpper(hex.EncodeToString(b[:]))
	return s[:4] + "-" + s[4:]
}
