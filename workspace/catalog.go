package workspace

import (
	"context"
	"io"
)

// Catalog are the use cases of the library, the templates, the cases and the
// names as filed. The API and the pages ask them of a workspace; the command line
// asks them of a workspace or of the server that holds it. It is said here once,
// because all three want all of it.
type Catalog interface {
	Library(ctx context.Context, q LibraryQuery) (LibraryList, error)
	ExportLibrary(ctx context.Context, format string, version int, to io.Writer) error
	ImportLibrary(ctx context.Context, in LibraryImport) (LibraryImported, error)
	DiffLibrary(ctx context.Context, from, to string) (LibraryDiff, error)
	Changes(ctx context.Context, entry string, limit, offset int) ([]Change, error)
	EditEntry(ctx context.Context, edit EntryEdit) (Change, error)
	RetireEntry(ctx context.Context, id string, retire bool, source, note string) (Change, error)
	MergeEntries(ctx context.Context, id, into, source, note string) ([]Change, error)
	UndoChange(ctx context.Context, id int, source string) (Change, error)
	UndoVersion(ctx context.Context, version int, source string) ([]Change, error)
	Health(ctx context.Context, q HealthQuery) (LibraryHealth, error)
	Templates(ctx context.Context, q TemplateQuery) ([]Template, error)
	Template(ctx context.Context, id string) (Template, error)
	Cases(ctx context.Context, q CaseQuery) (CaseList, error)
	Names(ctx context.Context, q NameQuery) (NameList, error)
	Proposals(ctx context.Context, sector string, limit int) ([]NameProposal, error)
	Decide(ctx context.Context, list []Decision) ([]Decision, error)
	Decisions(ctx context.Context, limit, offset int) ([]Decision, error)
	UndoDecision(ctx context.Context, id int, source string) error
	ExportNames(ctx context.Context, q NameQuery, to io.Writer) error
	ImportNames(ctx context.Context, name string, open func() (io.ReadCloser, error), source string) (DecisionsImported, error)
}

var _ Catalog = (*Workspace)(nil)
