package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// dist is what `make assets` built; a clone without it still compiles.
//
//go:embed all:dist
var dist embed.FS

// assets serves the style sheet and scripts under names that never change
// their content.
type assets struct {
	built bool
	files map[string][]byte
	hash  map[string]string
}

func loadAssets() (*assets, error) {
	a := &assets{files: map[string][]byte{}, hash: map[string]string{}}
	entries, err := fs.ReadDir(dist, "dist")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		b, err := dist.ReadFile("dist/" + e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b)
		a.files[e.Name()], a.hash[e.Name()] = b, hex.EncodeToString(sum[:6])
	}
	a.built = a.files["yardstick.css"] != nil && a.files["app.js"] != nil && a.files["boot.js"] != nil
	return a, nil
}

func (a *assets) url(name string) string { return "/assets/" + name + "?v=" + a.hash[name] }

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	b, ok := a.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	if r.URL.Query().Get("v") == a.hash[name] {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	_, _ = w.Write(b) // the client has gone: nobody to tell
}

// icon is the brand's mark: a rule with a pointer.
func (a *assets) icon(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	_, _ = w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 26"><rect width="26" height="26" rx="4" fill="#1d5a96"/>` +
		`<path d="M0 5.5h9M0 9.5h5M0 13.5h12M0 17.5h5M0 21.5h9" stroke="#fff" stroke-width="1.6"/><path d="M21 9.5l-5.5 4 5.5 4z" fill="#fff"/></svg>`))
}

// unbuilt is the page of a binary that was built without its assets.
func unbuilt(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>绩尺</title>` +
		`<h1>页面的样式还没有生成</h1><p>在源码目录里运行 <code>make assets</code>，再重新编译。接口（/api/v1/）可以照常使用。</p></html>`))
}
