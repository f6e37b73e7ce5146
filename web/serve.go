package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"yardstick"
)

// Time-outs of the server. Uploads and streams move theirs on with every step.
const (
	headerTime   = 10 * time.Second
	requestTime  = time.Minute
	answerTime   = 2 * time.Minute
	idleTime     = 2 * time.Minute
	shutdownTime = 10 * time.Second
	headerBytes  = 64 << 10
)

// Serve answers on opt.Addr and opt.Socket until ctx ends, then lets requests
// finish for a moment and cancels imports, which leave the warehouse unchanged.
func Serve(ctx context.Context, ws Workspace, opt Options) error {
	s, err := New(ws, opt)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	defer s.Close()
	listeners, err := s.listen(ctx)
	if err != nil {
		return err
	}
	srv := s.server()
	failed := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { failed <- srv.Serve(l) }()
	}
	s.opt.Log.InfoContext(ctx, "serving", "addr", listeners[0].Addr().String(), "socket", opt.Socket)
	if opt.Ready != nil {
		opt.Ready(address(listeners[0]))
	}
	select {
	case err := <-failed:
		_ = srv.Close() // the first failure is the one to report
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- srv.Shutdown(stop) }()
	err = s.Close() // ends the streams that wait for an import
	if serr := <-done; serr != nil {
		err = errors.Join(err, srv.Close())
	}
	return err
}

func (s *Server) server() *http.Server {
	return &http.Server{
		Handler: s, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: answerTime, IdleTimeout: idleTime,
		MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(s.opt.Log.Handler(), slog.LevelWarn),
	}
}

// listen opens the TCP address and the socket; on an error none stays open.
func (s *Server) listen(ctx context.Context) (open []net.Listener, err error) {
	defer func() {
		if err != nil {
			for _, l := range open {
				_ = l.Close()
			}
		}
	}()
	var lc net.ListenConfig
	if s.opt.Addr != "off" {
		l, err := lc.Listen(ctx, "tcp", s.opt.Addr)
		if err != nil {
			return open, &yardstick.Error{Kind: yardstick.Busy, Op: "web.Serve", Msg: fmt.Sprintf("地址 %s 用不了，可能已有一个 yardstick serve 在运行。换一个 --addr，或先停掉它。", s.opt.Addr), Err: err}
		}
		open = append(open, l)
	}
	if s.opt.Socket != "" {
		l, err := listenSocket(ctx, &lc, s.opt.Socket)
		if err != nil {
			return open, err
		}
		open = append(open, l)
	}
	if len(open) == 0 {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "web.Serve", Msg: "没有可用的地址：给出 --addr 或套接字。"}
	}
	return open, nil
}

// listenSocket listens on a unix socket that only this user can open. A socket
// that nobody answers on is left over from a crash and is replaced.
func listenSocket(ctx context.Context, lc *net.ListenConfig, path string) (net.Listener, error) {
	if c, err := net.DialTimeout("unix", path, time.Second); err == nil {
		_ = c.Close()
		return nil, &yardstick.Error{Kind: yardstick.Busy, Op: "web.Serve", Msg: "这个工作区已由另一个 yardstick serve 打开。先停掉它。"}
	}
	if info, err := os.Lstat(path); err == nil {
		if info.Mode()&os.ModeSocket == 0 {
			return nil, fmt.Errorf("serve: %s is there and is not a socket", path)
		}
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("serve: %w", err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	l, err := lc.Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = l.Close()
		return nil, fmt.Errorf("serve: %w", err)
	}
	return l, nil
}

func address(l net.Listener) string {
	if l.Addr().Network() == "unix" {
		return "unix:" + l.Addr().String()
	}
	return "http://" + l.Addr().String() + "/"
}
