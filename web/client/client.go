package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// Client is a workspace that another process holds.
type Client struct {
	http *http.Client
	base string
}

// Dial returns a client if a server answers at addr: the path of a unix socket,
// or an address such as http://127.0.0.1:8470.
func Dial(ctx context.Context, addr string) (*Client, error) {
	c := &Client{base: strings.TrimSuffix(addr, "/"), http: &http.Client{}}
	if !strings.HasPrefix(addr, "http://") {
		if _, err := os.Stat(addr); err != nil {
			return nil, fmt.Errorf("dial: %w", err)
		}
		c.base = "http://yardstick"
		c.http.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", addr)
		}}
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var h struct{ Status string }
	if err := c.get(ctx, "/health", nil, &h); err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	return c, nil
}

// Close lets idle connections go.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

// Overview asks what is loaded.
func (c *Client) Overview(ctx context.Context) (o workspace.Overview, err error) {
	return o, c.get(ctx, "/overview", nil, &o)
}

// Forms asks for one page of forms.
func (c *Client) Forms(ctx context.Context, q workspace.FormQuery) (list workspace.FormList, err error) {
	return list, c.get(ctx, "/forms", formValues(q), &list)
}

// EachForm streams whole forms and calls see for each.
func (c *Client) EachForm(ctx context.Context, q workspace.FormQuery, see func(workspace.Form) error) error {
	req, err := c.request(ctx, http.MethodGet, "/forms", formValues(q), nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/x-ndjson")
	return c.lines(req, func(line []byte) error {
		if err := lineError(line); err != nil {
			return err
		}
		var f workspace.Form
		if err := json.Unmarshal(line, &f); err != nil {
			return fmt.Errorf("read form: %w", err)
		}
		return see(f)
	})
}

// Search asks the library, the names and the cases.
func (c *Client) Search(ctx context.Context, q workspace.SearchQuery) (res workspace.SearchResult, err error) {
	v := url.Values{"q": {q.Text}}
	set(v, "type", q.Type)
	set(v, "sector", q.Sector)
	set(v, "level1", q.Level1)
	set(v, "level2", q.Level2)
	set(v, "unit", q.Unit)
	set(v, "direction", q.Direction)
	set(v, "temporal_type", q.Temporal)
	set(v, "used", q.Used)
	setBool(v, "facets", q.Facets)
	setInt(v, "limit", q.Limit)
	setInt(v, "offset", q.Offset)
	return res, c.get(ctx, "/search", v, &res)
}

// Complete asks for the typeahead.
func (c *Client) Complete(ctx context.Context, prefix string, n int) (list []workspace.Completion, err error) {
	v := url.Values{"q": {prefix}}
	setInt(v, "n", n)
	return list, c.get(ctx, "/complete", v, &list)
}

// Suggest asks for indicators.
func (c *Client) Suggest(ctx context.Context, in workspace.SuggestRequest) (res workspace.SuggestResult, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return res, fmt.Errorf("suggest: %w", err)
	}
	req, err := c.request(ctx, http.MethodPost, "/suggest", nil, bytes.NewReader(body))
	if err != nil {
		return res, err
	}
	req.Header.Set("Content-Type", "application/json")
	return res, c.do(req, &res)
}

// event is one line of the progress stream of POST /ingest.
type event struct {
	Progress *step                   `json:"progress"`
	Result   *workspace.IngestResult `json:"result"`
}

// Ingest has the server load in.Paths in place; uploads are not sent, since the
// server is on this machine. Cancelling ctx cancels the batch, which then leaves
// the warehouse unchanged. Names in the result are those that were given.
func (c *Client) Ingest(ctx context.Context, in workspace.IngestRequest) (res workspace.IngestResult, err error) {
	var given []prefix
	body := struct {
		Paths   []string `json:"paths"`
		Sample  bool     `json:"sample,omitempty"`
		Mapping string   `json:"mapping,omitempty"`
		Source  string   `json:"source,omitempty"`
	}{Sample: in.Sample, Source: in.Source}
	for _, p := range in.Paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return res, fmt.Errorf("ingest %s: %w", p, err)
		}
		body.Paths = append(body.Paths, abs)
		given = append(given, prefix{abs, filepath.Clean(p)})
	}
	if in.Mapping != "" {
		if body.Mapping, err = filepath.Abs(in.Mapping); err != nil {
			return res, fmt.Errorf("ingest %s: %w", in.Mapping, err)
		}
	}
	b, err := json.Marshal(body)
	if err != nil {
		return res, fmt.Errorf("ingest: %w", err)
	}
	req, err := c.request(ctx, http.MethodPost, "/ingest", nil, bytes.NewReader(b))
	if err != nil {
		return res, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/x-ndjson")
	ended := false
	err = c.lines(req, func(line []byte) error {
		if err := lineError(line); err != nil {
			return err
		}
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("read progress: %w", err)
		}
		e.Progress.tell(in.Progress)
		if e.Result != nil {
			res, ended = *e.Result, true
		}
		return nil
	})
	if err == nil && !ended {
		err = &yardstick.Error{Kind: yardstick.Busy, Op: "client.Ingest", Msg: "服务在导入途中断开了，这一批是否入库要到“导入”页看。"}
	}
	rename(&res, given)
	return res, err
}

// prefix is a path as the server sees it and as it was given.
type prefix struct{ abs, given string }

// asGiven turns the server's name of a file into the given one.
func asGiven(given []prefix, s *string) {
	for _, p := range given {
		if *s == p.abs {
			*s = p.given
			return
		}
		if rest, ok := strings.CutPrefix(*s, p.abs+string(filepath.Separator)); ok {
			*s = filepath.Join(p.given, rest)
			return
		}
	}
}

func rename(res *workspace.IngestResult, given []prefix) {
	name := func(s *string) { asGiven(given, s) }
	issues := func(list []yardstick.Issue) {
		for i := range list {
			name(&list[i].File)
		}
	}
	issues(res.Rejected)
	issues(res.Warnings)
	for i := range res.PerFile {
		name(&res.PerFile[i].File)
		issues(res.PerFile[i].Rejected)
		issues(res.PerFile[i].Warnings)
	}
}

func (c *Client) request(ctx context.Context, method, path string, v url.Values, body io.Reader) (*http.Request, error) {
	u := c.base + "/api/v1" + path
	if len(v) > 0 {
		u += "?" + v.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, u, body)
	if err != nil {
		return nil, fmt.Errorf("client: %w", err)
	}
	return req, nil
}

func (c *Client) get(ctx context.Context, path string, v url.Values, into any) error {
	req, err := c.request(ctx, http.MethodGet, path, v, nil)
	if err != nil {
		return err
	}
	return c.do(req, into)
}

// answer asks and returns the answer, or the server's error. The caller closes
// its body.
func (c *Client) answer(req *http.Request) (*http.Response, error) {
	res, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("client: %w", err)
	}
	if res.StatusCode >= 400 {
		defer res.Body.Close()
		return nil, failure(res)
	}
	return res, nil
}

func (c *Client) do(req *http.Request, into any) error {
	res, err := c.answer(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		return fmt.Errorf("client: %w", err)
	}
	return nil
}

// lines calls see for each line of a streamed answer.
func (c *Client) lines(req *http.Request, see func([]byte) error) error {
	res, err := c.answer(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return eachLine(res.Body, see)
}

func eachLine(body io.Reader, see func([]byte) error) error {
	in := bufio.NewReader(body)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if serr := see(line); serr != nil {
				return serr
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("client: %w", err)
		}
	}
}

// failure is the server's error with its kind.
func failure(res *http.Response) error {
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("client: %s: %w", res.Status, err)
	}
	if err := lineError(b); err != nil {
		return err
	}
	return fmt.Errorf("client: %s", res.Status)
}

// lineError reads the one error shape; nil if line is something else.
func lineError(line []byte) error {
	var e struct {
		Error *struct{ Kind, Message, Copy string } `json:"error"`
	}
	if err := json.Unmarshal(line, &e); err != nil || e.Error == nil {
		return nil //nolint:nilerr // not an error line
	}
	for k := yardstick.Invalid; k.String() != yardstick.Internal.String(); k++ {
		if k.String() == e.Error.Kind {
			err := &yardstick.Error{Kind: k, Op: "client", Msg: e.Error.Message}
			if e.Error.Copy != "" {
				err.Err = &keptCopy{e.Error.Copy}
			}
			return err
		}
	}
	return &yardstick.Error{Kind: yardstick.Internal, Op: "client", Msg: e.Error.Message}
}

func formValues(q workspace.FormQuery) url.Values {
	v := url.Values{}
	setInt(v, "year", q.Year)
	set(v, "form", string(q.Kind))
	set(v, "department", q.Department)
	set(v, "sector", q.Sector)
	set(v, "text", q.Text)
	if q.Doubt {
		v.Set("doubt", "true")
	}
	setInt(v, "limit", q.Limit)
	setInt(v, "offset", q.Offset)
	return v
}

func set(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

func setInt(v url.Values, name string, n int) {
	if n != 0 {
		v.Set(name, strconv.Itoa(n))
	}
}
