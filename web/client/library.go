package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"

	"yardstick/workspace"
)

// Library asks for entries of the library in force.
func (c *Client) Library(ctx context.Context, q workspace.LibraryQuery) (list workspace.LibraryList, err error) {
	v := url.Values{}
	for name, value := range map[string]string{"text": q.Text, "sector": q.Sector, "function": q.Function, "level1": q.Level1, "level2": q.Level2,
		"type": q.Type, "origin": q.Origin, "used": q.Used} {
		set(v, name, value)
	}
	setBool(v, "retired", q.Retired)
	setInt(v, "version", q.Version)
	setInt(v, "limit", q.Limit)
	setInt(v, "offset", q.Offset)
	return list, c.get(ctx, "/library", v, &list)
}

// Indicator asks for one entry with its use.
func (c *Client) Indicator(ctx context.Context, id string) (view workspace.IndicatorView, err error) {
	return view, c.get(ctx, "/indicators/"+url.PathEscape(id), nil, &view)
}

// ExportLibrary asks for the library as a table.
func (c *Client) ExportLibrary(ctx context.Context, format string, version int, to io.Writer) error {
	v := url.Values{}
	set(v, "format", format)
	setInt(v, "version", version)
	return c.download(ctx, "/library/export", v, to)
}

// ImportLibrary sends a table to be taken over.
func (c *Client) ImportLibrary(ctx context.Context, in workspace.LibraryImport) (res workspace.LibraryImported, err error) {
	v := url.Values{"name": {filepath.Base(in.Name)}}
	set(v, "note", in.Note)
	setBool(v, "replace", in.Replace)
	setBool(v, "dry_run", in.DryRun)
	return res, c.upload(ctx, "/library/import", v, in.Open, &res)
}

// DiffLibrary asks what differs between two versions.
func (c *Client) DiffLibrary(ctx context.Context, from, to string) (d workspace.LibraryDiff, err error) {
	v := url.Values{}
	set(v, "from", from)
	set(v, "to", to)
	return d, c.get(ctx, "/library/diff", v, &d)
}

// Changes asks for the change log.
func (c *Client) Changes(ctx context.Context, entry string, limit, offset int) (list []workspace.Change, err error) {
	v := url.Values{}
	set(v, "entry", entry)
	setInt(v, "limit", limit)
	setInt(v, "offset", offset)
	return list, c.get(ctx, "/library/changes", v, &list)
}

// EditEntry changes or adds an entry.
func (c *Client) EditEntry(ctx context.Context, edit workspace.EntryEdit) (done workspace.Change, err error) {
	body := map[string]any{"set": edit.Set, "note": edit.Note}
	if edit.ID == "" {
		return done, c.send(ctx, http.MethodPost, "/library/entries", body, &done)
	}
	return done, c.send(ctx, http.MethodPatch, "/library/entries/"+url.PathEscape(edit.ID), body, &done)
}

// RetireEntry takes an entry out of the library or puts it back.
func (c *Client) RetireEntry(ctx context.Context, id string, retire bool, _, note string) (done workspace.Change, err error) {
	what := "/restore"
	if retire {
		what = "/retire"
	}
	return done, c.send(ctx, http.MethodPost, "/library/entries/"+url.PathEscape(id)+what, map[string]any{"note": note}, &done)
}

// MergeEntries gives the names of one entry to another.
func (c *Client) MergeEntries(ctx context.Context, id, into, _, note string) (done []workspace.Change, err error) {
	return done, c.send(ctx, http.MethodPost, "/library/entries/"+url.PathEscape(id)+"/merge", map[string]any{"into": into, "note": note}, &done)
}

// UndoChange takes a change back.
func (c *Client) UndoChange(ctx context.Context, id int, _ string) (done workspace.Change, err error) {
	return done, c.send(ctx, http.MethodPost, "/library/changes/"+strconv.Itoa(id)+"/undo", nil, &done)
}

// UndoVersion takes all changes of a version back.
func (c *Client) UndoVersion(ctx context.Context, version int, _ string) (done []workspace.Change, err error) {
	return done, c.send(ctx, http.MethodPost, "/library/versions/"+strconv.Itoa(version)+"/undo", nil, &done)
}

// Health asks what to do with the library.
func (c *Client) Health(ctx context.Context, q workspace.HealthQuery) (h workspace.LibraryHealth, err error) {
	v := url.Values{}
	set(v, "kind", q.Kind)
	set(v, "sector", q.Sector)
	setInt(v, "limit", q.Limit)
	setInt(v, "offset", q.Offset)
	return h, c.get(ctx, "/library/health", v, &h)
}

// Templates asks for project types.
func (c *Client) Templates(ctx context.Context, q workspace.TemplateQuery) (list []workspace.Template, err error) {
	v := url.Values{}
	set(v, "text", q.Text)
	set(v, "sector", q.Sector)
	return list, c.get(ctx, "/templates", v, &list)
}

// Template asks for one project type.
func (c *Client) Template(ctx context.Context, id string) (t workspace.Template, err error) {
	return t, c.get(ctx, "/templates/"+url.PathEscape(id), nil, &t)
}

// Cases asks for the cases.
func (c *Client) Cases(ctx context.Context, q workspace.CaseQuery) (list workspace.CaseList, err error) {
	v := url.Values{}
	set(v, "text", q.Text)
	set(v, "sector", q.Sector)
	set(v, "type", q.Type)
	setInt(v, "year", q.Year)
	setBool(v, "all", q.All)
	setInt(v, "limit", q.Limit)
	setInt(v, "offset", q.Offset)
	return list, c.get(ctx, "/cases", v, &list)
}

// Names asks for names as filed.
func (c *Client) Names(ctx context.Context, q workspace.NameQuery) (list workspace.NameList, err error) {
	return list, c.get(ctx, "/names", nameValues(q), &list)
}

// Proposals asks for clusters of names that the library lacks.
func (c *Client) Proposals(ctx context.Context, sector string, limit int) (list []workspace.NameProposal, err error) {
	v := url.Values{}
	set(v, "sector", sector)
	setInt(v, "limit", limit)
	return list, c.get(ctx, "/names/proposals", v, &list)
}

// Decide says what names stand for.
func (c *Client) Decide(ctx context.Context, list []workspace.Decision) (done []workspace.Decision, err error) {
	type one struct {
		Name    string `json:"name"`
		Sector  string `json:"sector,omitempty"`
		Verdict string `json:"verdict"`
		Entry   string `json:"entry,omitempty"`
		Note    string `json:"note,omitempty"`
	}
	body := map[string][]one{"decisions": {}}
	for _, d := range list {
		body["decisions"] = append(body["decisions"], one{d.Name, d.Sector, d.Verdict, d.Entry, d.Note})
	}
	return done, c.send(ctx, http.MethodPost, "/names/decisions", body, &done)
}

// Decisions asks for the decisions about names.
func (c *Client) Decisions(ctx context.Context, limit, offset int) (list []workspace.Decision, err error) {
	v := url.Values{}
	setInt(v, "limit", limit)
	setInt(v, "offset", offset)
	return list, c.get(ctx, "/names/decisions", v, &list)
}

// UndoDecision takes a decision back.
func (c *Client) UndoDecision(ctx context.Context, id int, _ string) error {
	var none struct{}
	return c.send(ctx, http.MethodDelete, "/names/decisions/"+strconv.Itoa(id), nil, &none)
}

// ExportNames asks for the table of names to fill in.
func (c *Client) ExportNames(ctx context.Context, q workspace.NameQuery, to io.Writer) error {
	return c.download(ctx, "/names/export", nameValues(q), to)
}

// ImportNames sends a filled table of names.
func (c *Client) ImportNames(ctx context.Context, name string, open func() (io.ReadCloser, error), _ string) (res workspace.DecisionsImported, err error) {
	return res, c.upload(ctx, "/names/import", url.Values{"name": {filepath.Base(name)}}, open, &res)
}

func nameValues(q workspace.NameQuery) url.Values {
	v := url.Values{}
	set(v, "state", q.State)
	set(v, "text", q.Text)
	set(v, "sector", q.Sector)
	set(v, "entry", q.Entry)
	setInt(v, "limit", q.Limit)
	setInt(v, "offset", q.Offset)
	return v
}

func setBool(v url.Values, name string, on bool) {
	if on {
		v.Set(name, "true")
	}
}

// send sends a JSON body, or none.
func (c *Client) send(ctx context.Context, method, path string, body, into any) error {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("client: %w", err)
		}
		in = bytes.NewReader(b)
	}
	req, err := c.request(ctx, method, path, nil, in)
	if err != nil {
		return err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.do(req, into)
}

// upload sends a file as the body.
func (c *Client) upload(ctx context.Context, path string, v url.Values, open func() (io.ReadCloser, error), into any) error {
	f, err := open()
	if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	defer f.Close()
	req, err := c.request(ctx, http.MethodPost, path, v, f)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	return c.do(req, into)
}

// download copies an answer that is a file.
func (c *Client) download(ctx context.Context, path string, v url.Values, to io.Writer) error {
	req, err := c.request(ctx, http.MethodGet, path, v, nil)
	if err != nil {
		return err
	}
	res, err := c.answer(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(to, res.Body); err != nil {
		return fmt.Errorf("client: %w", err)
	}
	return nil
}
