package web

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"yardstick/web/api"
	"yardstick/web/intake"
	"yardstick/web/pages"
)

// Workspace is what pages and API ask; *workspace.Workspace is one. It may also
// be a pages.Sampler.
type Workspace interface {
	api.Workspace
	pages.Workspace
	intake.Ingester
}

// Options configures New and Serve. The zero value serves on 127.0.0.1:8470.
type Options struct {
	Addr    string           // "" means 127.0.0.1:8470; "off" serves on the socket only
	Socket  string           // path of a unix socket for the command line; "" means none
	Hosts   []string         // names under which visitors may come, apart from loopback
	Version string           // shown by the API
	Log     *slog.Logger     // nil discards
	Ready   func(url string) // called once when the server answers; nil is allowed
	Uploads intake.Options   // where uploads wait, and their limits
	Now     func() time.Time // nil means time.Now
	Zone    *time.Location   // that pages show times in; nil means the machine's
}

// Server answers every request. Close it to stop running imports.
type Server struct {
	desk  *intake.Desk
	api   *api.API
	pages *pages.Pages
	opt   Options
	root  http.Handler
}

// New returns the handler over ws.
func New(ws Workspace, opt Options) (*Server, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Addr == "" {
		opt.Addr = "127.0.0.1:8470"
	}
	up := opt.Uploads
	if up.Now == nil {
		up.Now = opt.Now
	}
	s := &Server{desk: intake.New(ws, up), opt: opt}
	var err error
	if s.api, err = api.New(ws, s.desk, api.Options{Version: opt.Version, Log: opt.Log, Local: s.local}); err != nil {
		return nil, err
	}
	if s.pages, err = pages.New(ws, s.desk, pages.Options{Log: opt.Log, Now: opt.Now, Zone: opt.Zone}); err != nil {
		return nil, err
	}
	s.root = s.guard(http.HandlerFunc(s.route))
	return s, nil
}

// ServeHTTP answers r after the checks of guard.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.root.ServeHTTP(w, r) }

// Close cancels imports that run or wait and removes what was uploaded.
func (s *Server) Close() error { return s.desk.Close() }

func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if s.story(w, r) {
		return
	}
	if forAPI(r) {
		s.api.ServeHTTP(w, r)
		return
	}
	s.pages.ServeHTTP(w, r)
}

func forAPI(r *http.Request) bool {
	return r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/")
}
