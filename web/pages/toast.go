package pages

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
)

// toast is what the last action did, shown once on the page that it led to, and
// how to take it back.
type toast struct {
	Text string `json:"t"`
	Undo string `json:"u,omitempty"` // address to POST to, "" if there is nothing to take back
	Back string `json:"-"`           // where that leads to
}

const toastCookie = "yardstick_said"

// say leaves a toast for the page that a redirect leads to. A cookie that is
// read once holds it, so that the address stays the view and a reload does not
// repeat it.
func say(w http.ResponseWriter, t toast) {
	b, err := json.Marshal(t)
	if err != nil {
		return // strings are always marshalled
	}
	http.SetCookie(w, &http.Cookie{Name: toastCookie, Value: base64.RawURLEncoding.EncodeToString(b), Path: "/", MaxAge: 30, HttpOnly: true, SameSite: http.SameSiteStrictMode})
}

// said takes the waiting toast, nil if there is none.
func said(w http.ResponseWriter, r *http.Request) *toast {
	c, err := r.Cookie(toastCookie)
	if err != nil {
		return nil
	}
	http.SetCookie(w, &http.Cookie{Name: toastCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	var t toast
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || json.Unmarshal(b, &t) != nil || t.Text == "" {
		return nil // not one of ours
	}
	if t.Undo != "" {
		t.Undo = local(t.Undo)
	}
	return &t
}
