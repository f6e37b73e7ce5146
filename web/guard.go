package web

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf8"

	"yardstick"
	"yardstick/web/fault"
)

// policy allows what stands in our own files and nothing else: no inline
// script or style, no other origin, no frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard is what every request passes: headers, the name it came under, its
// origin, an address that is text, and a net under panics.
func (s *Server) guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, fault.New(http.StatusForbidden, yardstick.Invalid, "这个请求来自别的网站，没有接受。从绩尺自己的页面再试。"))
	}))
	inner := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		rec := &recorder{ResponseWriter: w}
		defer s.catch(rec, r)
		if !s.known(r) {
			s.refuse(rec, r, fault.New(http.StatusMisdirectedRequest, yardstick.Invalid, "不能用这个网址访问。用 http://127.0.0.1 或管理员给的网址。"))
			return
		}
		if query, err := url.QueryUnescape(r.URL.RawQuery); !utf8.ValidString(r.URL.Path) || err == nil && !utf8.ValidString(query) {
			s.refuse(rec, r, fault.New(http.StatusNotFound, yardstick.NotFound, "没有找到：网址里有不是 UTF-8 编码的字。从列表里重新打开。"))
			return
		}
		inner.ServeHTTP(rec, r)
	})
}

// catch answers a panic like any internal error. A stream that has begun is
// broken off, so that its reader sees that something is missing.
func (s *Server) catch(w *recorder, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	err := &yardstick.Error{Kind: yardstick.Internal, Op: "web", Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
	if w.wrote {
		fault.Of(r.Context(), s.opt.Log, r.Method+" "+r.URL.Path, err)
		panic(http.ErrAbortHandler)
	}
	s.refuse(w, r, err)
}

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if forAPI(r) {
		fault.Write(w, fault.Of(r.Context(), s.opt.Log, r.Method+" "+r.URL.Path, err))
		return
	}
	s.pages.Fail(w, r, err)
}

// known reports whether r came under a name of ours. A page of another site can
// point a name of its own at 127.0.0.1 (DNS rebinding); it can't forge the Host
// header. Addresses in figures can't be rebound, so they are accepted where the
// server listens beyond loopback.
func (s *Server) known(r *http.Request) bool {
	if unix(r) {
		return true
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if host == "localhost" || slices.ContainsFunc(s.opt.Hosts, func(h string) bool { return strings.EqualFold(h, host) }) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || !loopback(s.opt.Addr))
}

// loopback reports whether addr listens on this machine only.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return true // no TCP address at all
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// local reports whether r comes from this machine: over the unix socket, or
// over loopback without a proxy between.
func (s *Server) local(r *http.Request) bool {
	if unix(r) {
		return true
	}
	if len(s.opt.Hosts) > 0 || !loopback(s.opt.Addr) || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().IsLoopback()
}

func unix(r *http.Request) bool {
	addr, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return ok && addr.Network() == "unix"
}

// recorder knows whether an answer has begun.
type recorder struct {
	http.ResponseWriter
	wrote bool
}

func (w *recorder) WriteHeader(code int) {
	w.wrote = true
	w.ResponseWriter.WriteHeader(code)
}

func (w *recorder) Write(b []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach deadlines and flushing.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
