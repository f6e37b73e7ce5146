package api

import (
	"crypto/rand"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/web/intake"
)

// octets is the media type of a body that is a file.
const octets = "application/octet-stream"

// kindOfBody is the request's media type, "" if it can't be read.
func kindOfBody(r *http.Request) string {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// receive writes the request's files to the desk's folder: those of a multipart
// form, or the body itself as the file name. The caller removes the parcel.
func (a *API) receive(w http.ResponseWriter, r *http.Request, name string) (*intake.Parcel, error) {
	r.Body = http.MaxBytesReader(w, intake.Patient(w, r.Body), a.desk.Options().TotalBytes+1<<20)
	var mr *multipart.Reader
	if kindOfBody(r) == "multipart/form-data" {
		var err error
		if mr, err = r.MultipartReader(); err != nil {
			return nil, fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, "上传的内容不是 multipart/form-data。")
		}
	} else {
		if name == "" {
			return nil, fault.New(http.StatusUnprocessableEntity, yardstick.Invalid, "直接上传一个文件时要写文件名：?name=…")
		}
		mr = asForm(name, r.Body)
	}
	p, err := a.desk.Receive(mr)
	if err != nil {
		intake.Drain(r.Body)
		return nil, err
	}
	return p, nil
}

// asForm is a multipart form with one file, so that a bare body goes the way of
// every upload, with the same limits.
func asForm(name string, body io.Reader) *multipart.Reader {
	boundary := rand.Text() // of 26 letters: no file has it by chance
	head := mime.FormatMediaType("form-data", map[string]string{"name": "files", "filename": name})
	return multipart.NewReader(io.MultiReader(strings.NewReader("--"+boundary+"\r\nContent-Disposition: "+head+"\r\n\r\n"), body, strings.NewReader("\r\n--"+boundary+"--\r\n")), boundary)
}
