package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/workspace"
)

// reviewOutput says what of a round is printed and written.
type reviewOutput struct {
	annotate, opinion, opinionFormat string
	findings, force                  bool
}

func (o *reviewOutput) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&o.findings, "findings", false, "print each finding with its cell, rule, reason and what to do")
	f.StringVar(&o.annotate, "annotate", "", "write copies of the files with the findings as comments in their cells to this folder")
	f.StringVar(&o.opinion, "opinion", "", "write a one-page opinion on each form to this folder")
	f.StringVar(&o.opinionFormat, "opinion-format", "xlsx", "of the opinions: xlsx, or html to print")
	f.BoolVar(&o.force, "force", false, "overwrite files that exist")
}

func (o *reviewOutput) check() error {
	if o.opinionFormat != "xlsx" && o.opinionFormat != "html" {
		return usageError{fmt.Errorf("review --opinion-format %q: want xlsx or html", o.opinionFormat)}
	}
	return nil
}

func newReview(e *env) *cobra.Command {
	var out reviewOutput
	var title string
	var forms bool
	var q workspace.FormQuery
	cmd := &cobra.Command{
		Use:   "review PATH…",
		Short: "Review target forms: what must be changed before approval",
		Long: `Reviews the target forms in files and folders (or, with --forms, those that were loaded) as one round, worst first:
points by the review table, what must be changed (必改) and what needs a look (注意), each with its cell, rule, reason and
what to do. Nothing is loaded into the warehouse; the round is kept with its files until it is deleted. With
--format json one review a line. Exit code 3: some files or rows could not be read.

  review list                        the rounds that are kept
  review show ROUND                  one of them again, with the flags of review
  review decide ROUND FORM --pass    note what a person decided (--pass or --return)
  review delete ROUND                forget a round and its files`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 0) == !forms {
				return usageError{errors.New("review: give files or folders, or --forms for the loaded ones")}
			}
			if err := out.check(); err != nil {
				return err
			}
			req := workspace.ReviewRequest{Paths: args, Title: title, Source: ofCLI, Progress: progress(e.stderr)}
			if forms {
				req.Forms = &q
			} else if q != (workspace.FormQuery{}) {
				return usageError{errors.New("review: --year, --department, --sector and --text choose among the loaded forms; add --forms")}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				round, err := s.ReviewForms(ctx, req)
				if err != nil {
					return err
				}
				return out.show(ctx, e, s, round)
			})
		},
	}
	out.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&title, "title", "", "title of the round")
	f.BoolVar(&forms, "forms", false, "review the loaded target forms")
	f.IntVar(&q.Year, "year", 0, "with --forms: only this budget year")
	f.StringVar(&q.Department, "department", "", "with --forms: only this department or unit")
	f.StringVar(&q.Sector, "sector", "", "with --forms: only this functional class")
	f.StringVar(&q.Text, "text", "", "with --forms: only where project, unit or department contain this")
	cmd.AddCommand(newReviewList(e), newReviewShow(e), newReviewDecide(e), newReviewDelete(e))
	return cmd
}

func newReviewList(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the rounds that are kept, latest first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				list, err := s.Rounds(ctx)
				if err != nil {
					return err
				}
				if e.format == "json" {
					return eachJSON(e, list)
				}
				t := table{head: []string{"编号", "时间", "标题", "来源", "表单", "必改", "未定"}}
				for _, r := range list {
					t.add(r.ID, r.At.Local().Format("2006-01-02 15:04"), clip(r.Title, 28), sourceWord(r.Source), count(r.Forms), count(r.Must), count(r.Open))
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
}

func newReviewShow(e *env) *cobra.Command {
	var out reviewOutput
	cmd := &cobra.Command{
		Use:   "show ROUND",
		Short: "Print a round again, or write its files",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				round, err := s.Round(ctx, args[0])
				if err != nil {
					return err
				}
				return out.show(ctx, e, s, round)
			})
		},
	}
	out.flags(cmd)
	return cmd
}

func newReviewDecide(e *env) *cobra.Command {
	var pass, back bool
	v := workspace.ReviewVerdict{Source: ofCLI}
	cmd := &cobra.Command{
		Use:   "decide ROUND FORM (--pass | --return)",
		Short: "Note what a person decided on a form",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if pass == back {
				return usageError{errors.New("review decide: give one of --pass and --return")}
			}
			v.Verdict = "return"
			if pass {
				v.Verdict = "pass"
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				r, err := s.Verdict(ctx, args[0], args[1], v)
				if err != nil {
					return err
				}
				if e.format == "json" {
					return writeJSON(e.stdout, r)
				}
				_, err = fmt.Fprintf(e.stdout, "%s：%s\n", r.Project, map[bool]string{true: "通过", false: "退回修改"}[pass])
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&pass, "pass", false, "通过")
	cmd.Flags().BoolVar(&back, "return", false, "退回修改")
	cmd.Flags().StringVar(&v.Note, "note", "", "a word on why")
	return cmd
}

func newReviewDelete(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "delete ROUND",
		Short: "Forget a round and its files",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				if err := s.DeleteRound(ctx, args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintln(e.stdout, "已删除 "+args[0])
				return err
			})
		},
	}
}

// show prints a round and writes its files. Documents are made before the first
// one is written, so that a name that is taken stops all of them.
func (o *reviewOutput) show(ctx context.Context, e *env, s service, round workspace.ReviewRound) error {
	if err := printRound(e, round, o.findings); err != nil {
		return err
	}
	missing, err := o.write(ctx, e, s, round)
	if err != nil {
		return err
	}
	if len(round.Unread) > 0 || missing > 0 {
		return errRejected
	}
	return nil
}

// mostHeld is how many bytes of documents wait in memory for the names of all to
// be known; beyond it they are made twice.
const mostHeld = 256 << 20

// paper is a document of a round that will be written.
type paper struct {
	name string
	make func() (workspace.Document, error)
}

// write writes what the flags ask for and returns how many copies could not be
// made because the form's file is not at hand.
func (o *reviewOutput) write(ctx context.Context, e *env, s service, round workspace.ReviewRound) (missing int, err error) {
	var papers []paper
	var names []string
	add := func(name string, f func() (workspace.Document, error)) {
		papers, names = append(papers, paper{name, f}), append(names, name)
	}
	if o.annotate != "" {
		n, seen, held := newNamer(o.annotate), map[string]bool{}, 0
		for _, r := range round.Items {
			if r.File != "" && seen[r.File] {
				continue // one copy has the findings on all forms of its file
			}
			seen[r.File] = true
			doc, err := s.Annotated(ctx, round.ID, r.ID)
			if err != nil && ctx.Err() != nil {
				return missing, stoppedError(stoppedAt(round.ID, 0, len(round.Items)))
			}
			if yardstick.KindOf(err) == yardstick.NotFound || yardstick.KindOf(err) == yardstick.Invalid {
				fmt.Fprintf(e.stderr, "%s：没有写批注。%v\n", formName(r), err)
				missing++
				continue
			}
			if err != nil {
				return missing, fmt.Errorf("annotate %s: %w", formName(r), err)
			}
			if held += len(doc.Data); held <= mostHeld {
				add(n.name(doc.Name), func() (workspace.Document, error) { return doc, nil })
			} else {
				add(n.name(doc.Name), func() (workspace.Document, error) { return s.Annotated(ctx, round.ID, r.ID) })
			}
		}
	}
	if o.opinion != "" {
		n := newNamer(o.opinion)
		for _, r := range round.Items {
			name := r.Project
			if name == "" {
				name = filepath.Base(r.File)
			}
			add(n.name(fileWords(name)+"_审核意见."+o.opinionFormat), func() (workspace.Document, error) { return s.Opinion(ctx, round.ID, r.ID, o.opinionFormat) })
		}
	}
	if err := free(names, o.force); err != nil {
		return missing, keptAs(err, round.ID)
	}
	for _, dir := range []string{o.annotate, o.opinion} {
		if dir != "" {
			if err := folderFor(dir); err != nil {
				return missing, keptAs(err, round.ID)
			}
		}
	}
	for i, p := range papers {
		if ctx.Err() != nil {
			return missing, stoppedError(stoppedAt(round.ID, i, len(papers)))
		}
		doc, err := p.make()
		if err != nil && ctx.Err() != nil {
			return missing, stoppedError(stoppedAt(round.ID, i, len(papers)))
		}
		if err != nil {
			return missing, fmt.Errorf("write %s: %w", p.name, err)
		}
		if err := writeDocument(e, p.name, doc); err != nil {
			return missing, err
		}
	}
	return missing, nil
}

// stoppedAt says what is there when the writing of a round's files was stopped.
func stoppedAt(round string, written, of int) string {
	return fmt.Sprintf("已中断：审核已做完，留作 %s；%d 个文件写了 %d 个，写了的都完整。其余的用 yardstick review show %s 加 --force 补写。", round, of, written, round)
}

// keptAs adds to what stopped the writing of a round's files that the round is
// there: it need not be made again.
func keptAs(err error, round string) error {
	var e *yardstick.Error
	if !errors.As(err, &e) {
		return err
	}
	said := *e
	said.Msg += fmt.Sprintf("审核已做完，留作 %s：换好后用 yardstick review show %s 写，不用再审。", round, round)
	return &said
}
