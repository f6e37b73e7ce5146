//go:build duckdb_arrow

package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"yardstick"
)

// placement is what is to become of one form of a batch.
type placement struct {
	form    *yardstick.Form
	file    int // index in the batch
	id      identity
	content string
	formID  string // its own, or that of the copy in force that makes it unchanged
	// Exactly one of unchanged and stored is true once the plan is made.
	unchanged, stored bool
	supersedes        string // form_id of the form that it corrects
	copy              int
	warning           *yardstick.Issue
}

// inForce is a stored form that a form of the batch may repeat or correct.
type inForce struct {
	formID, identity, content string
	copy                      int
	kind, agencyID, project   string
	title                     string // of the project, as written
	year                      sql.NullInt32
	regionID                  string
	path, sheet               string
	position                  int
	taken                     bool // by a form of the batch
}

// plan decides for every form of a batch whether it is new, a copy or a
// correction, by the rules of docs/data-model.md. It changes nothing.
type plan struct {
	batchID string
	files   []filePlan
	forms   []*placement
	force   []*inForce
	byBase  map[string][]*inForce
	byPlace map[string][]*inForce
}

// filePlan is what is to become of a file.
type filePlan struct {
	known   []string // form_ids in force, for a file whose content is stored already
	isKnown bool
	twin    int // 1 + index of the earlier file of the batch with the same content, or 0
	// repeated is set for a rejected file that was rejected in the same way when
	// it was last seen.
	repeated bool
}

func (s *Store) plan(ctx context.Context, b *yardstick.Batch, batchID string, g *gazetteer) (*plan, error) {
	p := &plan{batchID: batchID, files: make([]filePlan, len(b.Files))}
	if err := s.recogniseFiles(ctx, b, p); err != nil {
		return nil, err
	}
	for i := range b.Files {
		if p.files[i].isKnown {
			continue
		}
		hash := b.Files[i].Hash
		if hash == "" { // an input without content of its own, such as a stream
			hash = batchID + "/" + b.Files[i].Path
		}
		for j := range b.Files[i].Forms {
			f := &b.Files[i].Forms[j]
			p.forms = append(p.forms, &placement{form: f, file: i, id: identify(g, f, hash), content: contentHash(f)})
		}
	}
	if len(p.forms) == 0 {
		return p, nil
	}
	if err := s.loadForce(ctx, b, p); err != nil {
		return nil, err
	}
	p.matchCopies()
	if err := s.matchCorrections(ctx, b, p); err != nil {
		return nil, err
	}
	return p, s.nameForms(ctx, b, p)
}

// recogniseFiles finds the files of which nothing is to be read again: those
// that have forms in force, those whose path last held the same content, and
// those that appear twice in the batch.
func (s *Store) recogniseFiles(ctx context.Context, b *yardstick.Batch, p *plan) error {
	var hashes, paths []string
	for _, f := range b.Files {
		if f.Hash != "" {
			hashes = append(hashes, f.Hash)
		}
		paths = append(paths, f.Path)
	}
	ids := map[string][]string{}
	err := s.each(ctx, "file_forms", func(r *sql.Rows) error {
		var hash, id string
		if err := r.Scan(&hash, &id); err != nil {
			return err
		}
		ids[hash] = append(ids[hash], id)
		return nil
	}, sql.Named("hashes", hashes))
	if err != nil {
		return err
	}
	type seen struct {
		hash, outcome string
		issues        int
	}
	last := map[string]seen{}
	err = s.each(ctx, "file_last", func(r *sql.Rows) error {
		var path string
		var l seen
		if err := r.Scan(&path, &l.hash, &l.outcome, &l.issues); err != nil {
			return err
		}
		last[path] = l
		return nil
	}, sql.Named("paths", paths))
	if err != nil {
		return err
	}
	first := map[string]int{}
	for i, f := range b.Files {
		fp := &p.files[i]
		l, wasSeen := last[f.Path]
		same := wasSeen && l.hash == f.Hash
		if known, ok := ids[f.Hash]; ok && f.Hash != "" {
			fp.known, fp.isKnown = known, true
			continue
		}
		if same && f.Hash != "" && l.outcome != "rejected" {
			fp.isKnown = true
			continue
		}
		if j, twice := first[f.Hash]; twice && f.Hash != "" && len(f.Forms) > 0 {
			fp.isKnown, fp.twin = true, j+1
			continue
		}
		first[f.Hash] = i
		fp.repeated = same && len(f.Forms) == 0 && l.outcome == "rejected" && l.issues == len(f.Rejected)+len(f.Warnings)
	}
	return nil
}

// loadForce reads the forms in force that share identity, content or path with
// a form of the batch.
func (s *Store) loadForce(ctx context.Context, b *yardstick.Batch, p *plan) error {
	var bases, contents, paths []string
	for _, f := range p.forms {
		bases = append(bases, f.id.base)
		contents = append(contents, f.content)
		paths = append(paths, b.Files[f.file].Path)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	p.byBase, p.byPlace = map[string][]*inForce{}, map[string][]*inForce{}
	return s.each(ctx, "forms_in_force", func(r *sql.Rows) error {
		f := &inForce{}
		err := r.Scan(&f.formID, &f.identity, &f.copy, &f.content, &f.kind, &f.year, &f.agencyID, &f.project, &f.title,
			&f.regionID, &f.path, &f.sheet, &f.position)
		if err != nil {
			return err
		}
		p.force = append(p.force, f)
		p.byBase[f.identity] = append(p.byBase[f.identity], f)
		place := placeKey(f.path, f.sheet, f.position)
		p.byPlace[place] = append(p.byPlace[place], f)
		return nil
	}, sql.Named("identities", bases), sql.Named("contents", contents), sql.Named("paths", paths))
}

func placeKey(path, sheet string, position int) string {
	return fmt.Sprintf("%q %q %d", path, sheet, position)
}

// matchCopies marks the forms that say what a form in force, or a form of
// another file of the batch, says already.
func (p *plan) matchCopies() {
	byContent := map[string][]*inForce{}
	for _, e := range p.force {
		byContent[e.content] = append(byContent[e.content], e)
	}
	first := map[string]*placement{} // by content, the first of the batch
	for _, f := range p.forms {
		if f.id.project == "" {
			continue // nothing is known of it, so it is never taken for another
		}
		k := f.content
		if before, ok := first[k]; ok && before.file != f.file && f.sameAs(before.id) {
			f.unchanged, f.formID = true, before.formID // "" until before has one
			continue
		}
		for _, e := range byContent[k] {
			if !e.taken && e.project == f.id.project && e.agencyID == f.id.agencyID() {
				e.taken = true
				f.unchanged, f.formID = true, e.formID
				break
			}
		}
		if first[k] == nil {
			first[k] = f
		}
	}
}

// sameAs reports whether two forms of equal content are about the same thing.
func (f *placement) sameAs(id identity) bool {
	return f.id.project == id.project && f.id.agency == id.agency && f.id.region == id.region
}

// matchCorrections pairs each remaining form with the form in force that it
// corrects: one of the same identity, the one read from the same place first;
// else the one read from the same place if only a name was corrected.
func (s *Store) matchCorrections(ctx context.Context, b *yardstick.Batch, p *plan) error {
	copies := map[string]map[int]bool{} // by base, the numbers in use
	use := func(base string, n int) {
		if copies[base] == nil {
			copies[base] = map[int]bool{}
		}
		copies[base][n] = true
	}
	for _, e := range p.force {
		use(e.identity, e.copy)
	}
	var open []*placement
	for _, f := range p.forms {
		if f.unchanged {
			continue
		}
		place := placeKey(b.Files[f.file].Path, f.form.Sheet, f.form.Position)
		same := slices.DeleteFunc(slices.Clone(p.byBase[f.id.base]), func(e *inForce) bool { return e.taken })
		slices.SortFunc(same, func(a, b *inForce) int {
			atPlace := func(e *inForce) int {
				if placeKey(e.path, e.sheet, e.position) == place {
					return 0
				}
				return 1
			}
			return cmp.Or(cmp.Compare(atPlace(a), atPlace(b)), cmp.Compare(a.copy, b.copy))
		})
		if len(same) > 0 {
			same[0].taken = true
			f.stored, f.supersedes, f.copy = true, same[0].formID, same[0].copy
			continue
		}
		open = append(open, f)
	}
	for _, f := range open {
		place := placeKey(b.Files[f.file].Path, f.form.Sheet, f.form.Position)
		for _, e := range p.byPlace[place] {
			ok, err := s.renamed(ctx, f, e)
			if err != nil {
				return err
			}
			if ok {
				e.taken, f.supersedes = true, e.formID
				break
			}
		}
		f.stored, f.copy = true, 1
		for copies[f.id.base][f.copy] {
			f.copy++
		}
		use(f.id.base, f.copy)
		if f.copy > 1 {
			f.warning = &yardstick.Issue{File: b.Files[f.file].Path, Sheet: f.form.Sheet, Cell: f.form.Cell,
				Code: yardstick.FormDuplicate, Message: duplicateMessage(f.form, baseName(b.Files[f.file].Path))}
		}
	}
	return nil
}

func duplicateMessage(f *yardstick.Form, file string) string {
	where := file
	if f.Sheet != "" {
		where += "，工作表“" + f.Sheet + "”"
	}
	name := f.Project.Value
	if name == "" {
		name = f.Unit.Value
	}
	return where + "：“" + name + "”的" + f.Kind.Title() + "在这一批里不止一份，内容不同或在同一个文件里，已各存一份。核对后删去多余的一份，重新导入。"
}

// leastShared is the part of the lines that two forms must have in common for
// one to be the other with a corrected name: a correction touches few lines,
// while another project in a file of the same name shares hardly any.
const leastShared = 0.5

// renamed reports whether f is the stored form e, read from the same place, with
// a corrected project or agency name: of the same kind, not of another year or
// region, with the same agency or the same project, with a title that differs
// in more than numbers, and with at least half of the lines the same.
func (s *Store) renamed(ctx context.Context, f *placement, e *inForce) (bool, error) {
	sameAgency := e.agencyID != "" && e.agencyID == f.id.agencyID()
	sameProject := e.project != "" && e.project == f.id.project
	otherYear := f.form.Year.Known && e.year.Valid && int32(f.form.Year.Value) != e.year.Int32
	otherRegion := !sameAgency && f.id.region != "" && e.regionID != "" && f.id.region != e.regionID
	if e.taken || e.kind != string(f.form.Kind) || numbered(f.id.title, projectTitle(e.title)) || !sameAgency && !sameProject || otherYear || otherRegion {
		return false, nil
	}
	have := map[string]int{}
	n := 0
	err := s.each(ctx, "line_keys", func(r *sql.Rows) error {
		var name, target string
		if err := r.Scan(&name, &target); err != nil {
			return err
		}
		have[name+"\n"+target]++
		n++
		return nil
	}, sql.Named("form_id", e.formID))
	if err != nil {
		return false, err
	}
	shared := 0
	for i := range f.form.Lines {
		k := valid(f.form.Lines[i].Name.Value) + "\n" + valid(f.form.Lines[i].Target.Raw)
		if have[k] > 0 {
			have[k]--
			shared++
		}
	}
	return float64(shared) >= leastShared*float64(max(n, len(f.form.Lines))), nil
}

// nameForms gives every form to be stored its form_id: the key of the place
// that it was read from, and of the batch too if that place was stored before.
func (s *Store) nameForms(ctx context.Context, b *yardstick.Batch, p *plan) error {
	var ids []string
	for _, f := range p.forms {
		if f.stored {
			f.formID = key("f", cmp.Or(b.Files[f.file].Hash, p.batchID+"/"+b.Files[f.file].Path), f.form.Sheet, fmt.Sprint(f.form.Position))
			ids = append(ids, f.formID)
		}
	}
	used := map[string]bool{}
	err := s.each(ctx, "form_ids_used", func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		used[id] = true
		return err
	}, sql.Named("form_ids", ids))
	if err != nil {
		return err
	}
	byContent := map[string]string{}
	for i, f := range p.forms {
		if f.stored {
			if used[f.formID] {
				f.formID = key("f", f.formID, p.batchID, fmt.Sprint(i))
			}
			used[f.formID] = true
		}
		if f.formID == "" { // a copy of a form of another file of this batch
			f.formID = byContent[f.content]
		} else if byContent[f.content] == "" {
			byContent[f.content] = f.formID
		}
	}
	return nil
}

// each runs a query of sql/ and calls f for every row.
func (s *Store) each(ctx context.Context, query string, f func(*sql.Rows) error, args ...any) error {
	r, err := s.db.QueryContext(ctx, statement(query), args...)
	if err != nil {
		return s.fault(query, err)
	}
	defer r.Close()
	for r.Next() {
		if err := f(r); err != nil {
			return fmt.Errorf("%s: %w", query, err)
		}
	}
	if err := r.Err(); err != nil {
		return s.fault(query, err)
	}
	return nil
}

// baseName is the last part of a path of any system.
func baseName(p string) string { return p[strings.LastIndexAny(p, `/\`)+1:] }
