package api

import (
	"bytes"
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yardstick/web/fault"
)

// listingTmpl is a plain page without script: huma's own documentation page
// loads from a CDN.
var listingTmpl = template.Must(template.New("listing").Parse(`<!doctype html>
<html lang="zh-CN" data-theme="auto"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>接口 · 绩尺</title><link rel="stylesheet" href="/assets/yardstick.css"></head>
<body><main class="main" id="main"><header class="head"><p class="crumb"><a href="/">绩尺</a></p><h1>接口</h1>
<p class="data"><span>{{len .}} 个地址，都在 ` + Prefix + ` 之下</span><span>完整说明（OpenAPI 3.1）：<a href="` + Prefix + `/openapi.json">openapi.json</a></span><span>金额单位万元，没有填写的值为 null</span></p></header>
<table class="t cards"><thead><tr><th>方法</th><th>地址</th><th>用途</th></tr></thead><tbody>
{{range .}}<tr><td class="fit mono">{{.Method}}</td><th scope="row" class="mono">{{.Path}}</th><td>{{.Summary}}{{with .Description}}<div class="meta">{{.}}</div>{{end}}</td></tr>
{{end}}</tbody></table></main></body></html>
`))

type listed struct{ Method, Path, Summary, Description string }

func (a *API) listing(w http.ResponseWriter, r *http.Request) {
	var ops []listed
	for path, item := range a.huma.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete} {
			if op != nil {
				ops = append(ops, listed{method, Prefix + path, op.Summary, op.Description})
			}
		}
	}
	slices.SortFunc(ops, func(x, y listed) int {
		return cmp.Or(strings.Compare(x.Path, y.Path), strings.Compare(x.Method, y.Method))
	})
	var b bytes.Buffer
	if err := listingTmpl.Execute(&b, ops); err != nil {
		fault.Write(w, fault.Of(r.Context(), a.opt.Log, "GET "+Prefix+"/", err))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // the client has gone: nobody to tell
}
