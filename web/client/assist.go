package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path/filepath"

	"yardstick"
	"yardstick/workspace"
)

var _ workspace.Assistant = (*Client)(nil)

// Value asks for the target value of an indicator.
func (c *Client) Value(ctx context.Context, in workspace.ValueRequest) (res workspace.ValueResult, err error) {
	return res, c.send(ctx, http.MethodPost, "/values", in, &res)
}

// Weigh asks for the weights of lines.
func (c *Client) Weigh(ctx context.Context, in workspace.WeighRequest) (res workspace.WeighResult, err error) {
	return res, c.send(ctx, http.MethodPost, "/weights", in, &res)
}

// ReviewDraft asks for the review of a draft that is not kept.
func (c *Client) ReviewDraft(ctx context.Context, body workspace.DraftBody) (res workspace.Review, err error) {
	return res, c.send(ctx, http.MethodPost, "/reviews/draft", body, &res)
}

// ExportBody asks for a draft that is not kept as the official form.
func (c *Client) ExportBody(ctx context.Context, body workspace.DraftBody, format string) (workspace.Document, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return workspace.Document{}, fmt.Errorf("client: %w", err)
	}
	req, err := c.request(ctx, http.MethodPost, "/drafts/export", url.Values{"format": {format}}, bytes.NewReader(b))
	if err != nil {
		return workspace.Document{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	return c.file(req)
}

// Drafts asks for the list of drafts.
func (c *Client) Drafts(ctx context.Context, deleted bool) (list []workspace.DraftHead, err error) {
	v := url.Values{}
	setBool(v, "deleted", deleted)
	return list, c.get(ctx, "/drafts", v, &list)
}

// StartDraft starts a draft; a file is sent as a form with what is stated beside
// it.
func (c *Client) StartDraft(ctx context.Context, start workspace.DraftStart) (d workspace.Draft, err error) {
	if start.File == nil {
		return d, c.send(ctx, http.MethodPost, "/drafts", start, &d)
	}
	body, err := json.Marshal(start.Body)
	if err != nil {
		return d, fmt.Errorf("client: %w", err)
	}
	return d, c.post(ctx, "/drafts", start.Key, map[string]string{"body": string(body)}, []workspace.Upload{*start.File}, func(res *http.Response) error {
		return json.NewDecoder(res.Body).Decode(&d)
	})
}

// Draft asks for a draft and everything beside it.
func (c *Client) Draft(ctx context.Context, id string) (v workspace.DraftView, err error) {
	return v, c.get(ctx, "/drafts/"+url.PathEscape(id), nil, &v)
}

// SaveDraft replaces the body of a draft. After a conflict the draft returned is
// the copy that was kept.
func (c *Client) SaveDraft(ctx context.Context, id string, save workspace.DraftSave) (d workspace.Draft, err error) {
	body := map[string]any{"revision": save.Revision, "body": save.Body}
	if save.Revision == 0 {
		delete(body, "revision")
	}
	err = c.send(ctx, http.MethodPut, "/drafts/"+url.PathEscape(id), body, &d)
	var kept *keptCopy
	if errors.As(err, &kept) {
		v, verr := c.Draft(ctx, kept.id)
		if verr != nil {
			return d, errors.Join(err, verr)
		}
		return v.Draft, err
	}
	return d, err
}

// keptCopy is in the chain of a conflict whose save was kept as a draft.
type keptCopy struct{ id string }

func (k *keptCopy) Error() string { return "kept as " + k.id }

// UndoDraft goes back one revision, or forward again.
func (c *Client) UndoDraft(ctx context.Context, id string, redo bool) (d workspace.Draft, err error) {
	what := "/undo"
	if redo {
		what = "/redo"
	}
	return d, c.send(ctx, http.MethodPost, "/drafts/"+url.PathEscape(id)+what, nil, &d)
}

// DeleteDraft puts a draft away, or brings it back.
func (c *Client) DeleteDraft(ctx context.Context, id string, restore bool) (d workspace.Draft, err error) {
	if restore {
		return d, c.send(ctx, http.MethodPost, "/drafts/"+url.PathEscape(id)+"/restore", nil, &d)
	}
	return d, c.send(ctx, http.MethodDelete, "/drafts/"+url.PathEscape(id), nil, &d)
}

// ExportDraft asks for a draft as the official form.
func (c *Client) ExportDraft(ctx context.Context, id, format string) (workspace.Document, error) {
	return c.fetch(ctx, "/drafts/"+url.PathEscape(id)+"/export", url.Values{"format": {format}})
}

// ReviewForms has the server review in.Paths in place, the uploads, or forms of
// the workspace. Cancelling ctx cancels the round, of which nothing stays.
func (c *Client) ReviewForms(ctx context.Context, in workspace.ReviewRequest) (round workspace.ReviewRound, err error) {
	var given []prefix
	see := func(res *http.Response) error {
		return eachLine(res.Body, func(line []byte) error {
			if err := lineError(line); err != nil {
				return err
			}
			var e struct {
				Progress *step                  `json:"progress"`
				Result   *workspace.ReviewRound `json:"result"`
			}
			if err := json.Unmarshal(line, &e); err != nil {
				return fmt.Errorf("read progress: %w", err)
			}
			e.Progress.tell(in.Progress)
			if e.Result != nil {
				round = *e.Result
			}
			return nil
		})
	}
	if len(in.Uploads) > 0 {
		err = c.post(ctx, "/reviews", in.Key, map[string]string{"title": in.Title}, in.Uploads, see)
	} else {
		body := struct {
			Title string               `json:"title,omitempty"`
			Forms *workspace.FormQuery `json:"forms,omitempty"`
			Only  []string             `json:"only,omitempty"`
			Paths []string             `json:"paths,omitempty"`

			Source string `json:"source,omitempty"`
		}{in.Title, in.Forms, in.Only, nil, in.Source}
		for _, p := range in.Paths {
			abs, err := filepath.Abs(p)
			if err != nil {
				return round, fmt.Errorf("review %s: %w", p, err)
			}
			body.Paths = append(body.Paths, abs)
			given = append(given, prefix{abs, filepath.Clean(p)})
		}
		b, merr := json.Marshal(body)
		if merr != nil {
			return round, fmt.Errorf("review: %w", merr)
		}
		err = c.ask(ctx, "/reviews", in.Key, "application/json", bytes.NewReader(b), see)
	}
	if err == nil && round.ID == "" {
		err = &yardstick.Error{Kind: yardstick.Busy, Op: "client.ReviewForms", Msg: "服务在审核途中断开了，这一轮是否做完要到“目标审核”页看。"}
	}
	for i := range round.Items {
		asGiven(given, &round.Items[i].File)
	}
	for i := range round.Unread {
		asGiven(given, &round.Unread[i].File)
	}
	return round, err
}

// Rounds asks for the list of rounds.
func (c *Client) Rounds(ctx context.Context) (list []workspace.RoundHead, err error) {
	return list, c.get(ctx, "/reviews", nil, &list)
}

// Round asks for one round.
func (c *Client) Round(ctx context.Context, id string) (round workspace.ReviewRound, err error) {
	return round, c.get(ctx, "/reviews/"+url.PathEscape(id), nil, &round)
}

// DeleteRound deletes a round with its files.
func (c *Client) DeleteRound(ctx context.Context, id string) error {
	var done struct{ ID string }
	return c.send(ctx, http.MethodDelete, "/reviews/"+url.PathEscape(id), nil, &done)
}

// Verdict notes what a person decided on a form; the server sets source and
// time.
func (c *Client) Verdict(ctx context.Context, round, form string, v workspace.ReviewVerdict) (res workspace.Review, err error) {
	return res, c.send(ctx, http.MethodPost, formOf(round, form)+"/verdict", map[string]string{"verdict": v.Verdict, "note": v.Note}, &res)
}

// Annotated asks for a form's file with comments.
func (c *Client) Annotated(ctx context.Context, round, form string) (workspace.Document, error) {
	return c.fetch(ctx, formOf(round, form)+"/annotated", nil)
}

// Opinion asks for the opinion on a form.
func (c *Client) Opinion(ctx context.Context, round, form, format string) (workspace.Document, error) {
	return c.fetch(ctx, formOf(round, form)+"/opinion", url.Values{"format": {format}})
}

func formOf(round, form string) string {
	return "/reviews/" + url.PathEscape(round) + "/forms/" + url.PathEscape(form)
}

func (c *Client) fetch(ctx context.Context, path string, v url.Values) (workspace.Document, error) {
	req, err := c.request(ctx, http.MethodGet, path, v, nil)
	if err != nil {
		return workspace.Document{}, err
	}
	return c.file(req)
}

// file asks for an answer that is a file, with its name and type.
func (c *Client) file(req *http.Request) (doc workspace.Document, err error) {
	res, err := c.answer(req)
	if err != nil {
		return doc, err
	}
	defer res.Body.Close()
	if doc.Data, err = io.ReadAll(res.Body); err != nil {
		return doc, fmt.Errorf("client: %w", err)
	}
	doc.Type = res.Header.Get("Content-Type")
	if _, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition")); err == nil && params["filename"] != "" {
		doc.Name = filepath.Base(params["filename"])
	}
	return doc, nil
}

// step is a progress line of a stream.
type step struct {
	Stage string `json:"stage"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Name  string `json:"name"`
}

func (s *step) tell(to func(workspace.Progress)) {
	if s != nil && s.Total > 0 && to != nil {
		to(workspace.Progress{Stage: s.Stage, Done: s.Done, Total: s.Total, Name: s.Name})
	}
}

// post sends files as a multipart form while they are being read.
func (c *Client) post(ctx context.Context, path, key string, fields map[string]string, list []workspace.Upload, see func(*http.Response) error) error {
	from, to := io.Pipe()
	defer from.Close() // ends the writer where the server answers before it has read all
	form := newForm(to)
	go func() { _ = to.CloseWithError(form.write(fields, list)) }()
	return c.ask(ctx, path, key, form.kind(), from, see)
}

// ask posts a body and has see read the answer, as a stream where there is one.
func (c *Client) ask(ctx context.Context, path, key, kind string, body io.Reader, see func(*http.Response) error) error {
	req, err := c.request(ctx, http.MethodPost, path, nil, body)
	if err != nil {
		return err
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Accept", "application/x-ndjson, application/json;q=0.5")
	res, err := c.answer(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return see(res)
}
