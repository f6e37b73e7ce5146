package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/indicators/scoring"
	"yardstick/workspace"
)

// ofCLI names the source of changes in the log.
const ofCLI = "cli"

func newLibrary(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "library",
		Short: "List, show, import, export, compare and change the indicator library",
		Long: `The library in force is the one that ships with the program with the bureau's own changes laid over it. Every
change is dated and kept, and can be taken back: one with ` + "`library undo NUMBER`" + `, all of a version, such as an
import, with ` + "`library undo --version NUMBER`" + `. Both numbers are in ` + "`library log`" + `.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newLibraryList(e), newLibraryShow(e), newLibraryImport(e), newLibraryExport(e), newLibraryDiff(e), newLibraryLog(e),
		newLibraryUndo(e), newLibraryEdit(e), newLibraryRetire(e), newLibraryHealth(e))
	return cmd
}

func newLibraryList(e *env) *cobra.Command {
	var q workspace.LibraryQuery
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the entries of the library",
		Long: `Lists the entries by id. With --format json each entry is one object on a line with all its fields: id, name,
aliases, level1, level2, sector, unit, direction, temporal_type, meaning, formula …`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				list, err := s.Library(ctx, q)
				if err != nil {
					return err
				}
				if e.format == "json" {
					for _, row := range list.Entries {
						if err := writeJSON(e.stdout, row); err != nil {
							return err
						}
					}
					return nil
				}
				t := table{head: []string{"编号", "名称", "一级", "二级", "功能分类", "单位", "方向", "时间类型", "项目"}}
				for _, r := range list.Entries {
					t.add(r.ID, clip(r.Name, 28), r.Level1, r.Level2, r.Sector, r.Unit, r.Direction, r.TemporalType, count(r.Projects))
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Text, "text", "", "only entries whose id, name or alias contains this")
	f.StringVar(&q.Sector, "sector", "", "only this functional class (类), or 共性")
	f.StringVar(&q.Function, "function", "", "only this code of the functional classification, such as 21401")
	f.StringVar(&q.Level1, "level1", "", "only this level-1 class")
	f.StringVar(&q.Level2, "level2", "", "only this level-2 class")
	f.StringVar(&q.Type, "type", "", "only for this project type")
	f.StringVar(&q.Origin, "origin", "", "only shipped, edited or own entries")
	f.StringVar(&q.Used, "used", "", "yes or no: on the loaded forms")
	f.BoolVar(&q.Retired, "retired", false, "the retired entries instead")
	f.IntVar(&q.Version, "version", 0, "as it was after this version (0: now, -1: as shipped)")
	f.IntVar(&q.Limit, "limit", 0, "at most this many (0: all)")
	return cmd
}

func newLibraryShow(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show one entry with what the loaded forms say about it",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				v, err := s.Indicator(ctx, args[0])
				if err != nil {
					return err
				}
				if e.format == "json" {
					return writeJSON(e.stdout, v)
				}
				return printEntry(e, v)
			})
		},
	}
}

// printEntry prints one entry as pairs of label and text.
func printEntry(e *env, v workspace.IndicatorView) error {
	t := table{head: []string{"项", "内容"}}
	origin := map[string]string{"shipped": "随软件发布", "edited": "随软件发布，本地改过", "own": "本地新增"}[v.Origin]
	if v.Retired {
		origin += "，已停用"
	}
	status := scoring.Status(v.SourceStatus).Words()
	for _, p := range [][2]string{
		{"编号", v.ID}, {"名称", v.Name}, {"别名", strings.Join(v.Aliases, "；")}, {"类别", v.Level1 + " / " + v.Level2},
		{"旧口径", v.OldLevel1 + " / " + v.OldLevel2}, {"功能分类", v.Sector + " " + strings.Join(v.FunctionNames, "；")},
		{"适用项目", strings.Join(v.ProjectTypes, "；")}, {"含义", v.Meaning}, {"公式", v.Formula}, {"单位", v.Unit}, {"方向", v.Direction},
		{"时间类型", v.TemporalType}, {"性质", v.Comparison}, {"权重参考", v.WeightRange}, {"数据来源", v.DataSource}, {"取值方式", v.Taking},
		{"评分规则", v.Scoring}, {"佐证资料", v.Evidence}, {"备注", v.Note}, {"来源", origin + "；" + status},
		{"使用", fmt.Sprintf("%d 个项目，%d 份表，%d 个单位", v.Usage.Projects, v.Usage.Forms, v.Usage.Units)},
		{"区分度", v.Usage.Tells + "：" + v.Usage.TellsWhy}, {"趋势", v.Usage.Trend + "：" + v.Usage.TrendWhy}, {"常用目标", strings.TrimSpace(v.Target.Text + " " + v.Target.Note)},
	} {
		t.add(p[0], p[1])
	}
	for _, s := range v.Spellings {
		t.add("写法", fmt.Sprintf("%s（%d 份表，把握 %.2f，%s）", s.Name, s.Forms, s.Confidence, s.Reason))
	}
	return t.write(e.stdout, e.format)
}

func newLibraryImport(e *env) *cobra.Command {
	var in workspace.LibraryImport
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take over a bureau's own table of indicators (xlsx, csv, docx, html) as a new version",
		Long: `Reads a table of indicators in whatever layout: a row of headings with 指标名称 or 三级指标 and at least one more
column. A row with a known number, or with the name of an entry of its functional class, changes that entry; any other
row adds one. Columns that the table does not have stay as they are. Rows that can't be taken are listed and make the
exit code 3.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.Name, in.Open, in.Source = args[0], opener(args[0]), ofCLI
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				res, err := s.ImportLibrary(ctx, in)
				if err != nil {
					return err
				}
				if e.format == "json" {
					if err := writeJSON(e.stdout, res); err != nil {
						return err
					}
				} else if err := printImported(e, res); err != nil {
					return err
				}
				if len(res.Rejected) > 0 {
					return errRejected
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&in.DryRun, "dry-run", false, "only say what would change")
	cmd.Flags().BoolVar(&in.Replace, "replace", false, "retire the entries that the table does not have")
	cmd.Flags().StringVar(&in.Note, "note", "", "a word for the change log")
	return cmd
}

func printImported(e *env, res workspace.LibraryImported) error {
	what := fmt.Sprintf("第 %d 版", res.Version)
	if res.DryRun {
		what = "试运行，没有改动"
	} else if res.Version == 0 {
		what = "没有改动"
	}
	fmt.Fprintf(e.stderr, "认出的列：%s\n", strings.Join(res.Columns, "；"))
	for _, list := range []struct {
		title string
		rows  []workspace.LibraryProblem
	}{{"没有收", res.Rejected}, {"收了，但有推断", res.Warnings}} {
		for i, p := range list.rows {
			if i == 50 {
				fmt.Fprintf(e.stderr, "  …… 还有 %d 条，用 --format json 看全部\n", len(list.rows)-i)
				break
			}
			fmt.Fprintf(e.stderr, "%s  %s  %s  %s\n", list.title, problemAt(p), clip(p.Raw, 24), p.Message)
		}
	}
	t := table{head: []string{"结果", "行", "新增", "改动", "没有变化", "停用", "没有收"}}
	t.add(what, count(res.Rows), count(res.Added), count(res.Changed), count(res.Unchanged), count(res.Retired), count(len(res.Rejected)))
	return t.write(e.stdout, e.format)
}

// problemAt is where a problem is, as people read it.
func problemAt(p workspace.LibraryProblem) string {
	return strings.TrimPrefix(p.Sheet+" › "+p.Cell, " › ")
}

func newLibraryExport(e *env) *cobra.Command {
	var version int
	cmd := &cobra.Command{
		Use:   "export FILE.xlsx|FILE.csv|-",
		Short: "Write the library as a table that `library import` reads back",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format := "csv"
			if args[0] != "-" {
				format = strings.TrimPrefix(strings.ToLower(filepath.Ext(args[0])), ".")
			}
			if format != "csv" && format != "xlsx" {
				return usageError{fmt.Errorf("library export %s: want a name that ends in .xlsx or .csv, or - for standard output", args[0])}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				return writeFile(e, args[0], func(w io.Writer) error { return s.ExportLibrary(ctx, format, version, w) })
			})
		},
	}
	cmd.Flags().IntVar(&version, "version", 0, "as it was after this version (0: now, -1: as shipped)")
	return cmd
}

// writeFile writes a file whole or not at all; "-" is standard output.
func writeFile(e *env, name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(e.stdout)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".yardstick-*")
	if err != nil {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "export", Err: err, Msg: name + " 写不了：文件夹不存在，或没有写入权限。"}
	}
	err = errors.Join(write(f), f.Close())
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	fmt.Fprintln(e.stderr, "已写入 "+name)
	return nil
}

func newLibraryDiff(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "diff [FROM [TO]]",
		Short: "Compare two versions of the library (shipped, current or a number)",
		Long:  `Without arguments, what the bureau changed: shipped against current.`,
		Args:  cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			args = append(args, []string{"shipped", "current"}[len(args):]...)
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				d, err := s.DiffLibrary(ctx, args[0], args[1])
				if err != nil {
					return err
				}
				if e.format == "json" {
					return writeJSON(e.stdout, d)
				}
				t := table{head: []string{"差别", "编号", "名称", "栏", "原来", "现在"}}
				for _, x := range d.Added {
					t.add("新增", x.ID, clip(x.Name, 28), "", "", "")
				}
				for _, x := range d.Removed {
					t.add("停用", x.ID, clip(x.Name, 28), "", "", "")
				}
				for _, x := range d.Changed {
					for _, f := range x.Fields {
						t.add("改动", x.ID, clip(x.Name, 28), f.Label, clip(f.From, 32), clip(f.To, 32))
					}
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
}

var actions = map[string]string{"add": "新增", "edit": "改动", "retire": "停用", "restore": "恢复"}

func newLibraryLog(e *env) *cobra.Command {
	var entry string
	var limit int
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Print the change log of the library, latest first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				list, err := s.Changes(ctx, entry, limit, 0)
				if err != nil {
					return err
				}
				return printChanges(e, list)
			})
		},
	}
	cmd.Flags().StringVar(&entry, "entry", "", "only of this entry")
	cmd.Flags().IntVar(&limit, "limit", 50, "at most this many (0: all)")
	return cmd
}

func printChanges(e *env, list []workspace.Change) error {
	if e.format == "json" {
		for _, c := range list {
			if err := writeJSON(e.stdout, c); err != nil {
				return err
			}
		}
		return nil
	}
	t := table{head: []string{"次", "版", "时间", "来源", "编号", "名称", "动作", "栏", "备注"}}
	for _, c := range list {
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, f.Label)
		}
		note := c.Note
		if c.Undone {
			note = strings.TrimSpace("已撤销 " + note)
		}
		t.add(count(c.ID), count(c.Version), c.At.Local().Format("2006-01-02 15:04"), strings.TrimSpace(c.Source+" "+c.Origin), c.Entry, clip(c.Name, 24),
			actions[c.Action], clip(strings.Join(fields, "、"), 24), clip(note, 32))
	}
	return t.write(e.stdout, e.format)
}

func newLibraryUndo(e *env) *cobra.Command {
	var version string
	cmd := &cobra.Command{
		Use:   "undo (NUMBER | --version NUMBER)",
		Short: "Take a change of the log, or all changes of a version, back",
		Args: func(cmd *cobra.Command, args []string) error {
			if whole := cmd.Flags().Changed("version"); whole && len(args) > 0 || !whole && len(args) != 1 {
				return errors.New("library undo：写一次改动的号，或用 --version 写一版的号，二者选一；都在 library log 里")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			what, given := "改动", version
			if len(args) == 1 {
				given = args[0]
			} else {
				what = "版"
			}
			n, err := logNumber(given)
			if err != nil {
				return usageError{fmt.Errorf("library undo：%w，应为%s的号，见 library log", err, what)}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				if len(args) == 0 {
					list, err := s.UndoVersion(ctx, n, ofCLI)
					if err != nil {
						return err
					}
					return printChanges(e, list)
				}
				c, err := s.UndoChange(ctx, n, ofCLI)
				if err != nil {
					return err
				}
				return printChanges(e, []workspace.Change{c})
			})
		},
	}
	cmd.Flags().StringVar(&version, "version", "", "take back all changes of the version with this number")
	return cmd
}

func newLibraryEdit(e *env) *cobra.Command {
	var set []string
	edit := workspace.EntryEdit{Set: map[string]string{}, Source: ofCLI}
	cmd := &cobra.Command{
		Use:   "edit [ID] --set FIELD=VALUE…",
		Short: "Change fields of an entry, or add an entry",
		Long: `Changes the fields named by --set, as the tables name them (name, aliases, level1, level2, sector, unit, meaning,
formula …); lists are joined by ；. Without an ID a new entry is added.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, p := range set {
				field, value, ok := strings.Cut(p, "=")
				if !ok {
					return usageError{fmt.Errorf("--set %q: want FIELD=VALUE", p)}
				}
				edit.Set[field] = value
			}
			if len(args) == 1 {
				edit.ID = args[0]
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				c, err := s.EditEntry(ctx, edit)
				if err != nil {
					return err
				}
				return printChanges(e, []workspace.Change{c})
			})
		},
	}
	cmd.Flags().StringArrayVar(&set, "set", nil, "FIELD=VALUE (repeatable)")
	cmd.Flags().StringVar(&edit.Note, "note", "", "a word for the change log")
	return cmd
}

func newLibraryRetire(e *env) *cobra.Command {
	var note, into string
	var restore bool
	cmd := &cobra.Command{
		Use:   "retire ID",
		Short: "Take an entry out of the library, merge it into another, or put it back",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if restore && into != "" {
				return usageError{errors.New("library retire: --into and --restore exclude each other")}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				if into != "" {
					list, err := s.MergeEntries(ctx, args[0], into, ofCLI, note)
					if err != nil {
						return err
					}
					return printChanges(e, list)
				}
				c, err := s.RetireEntry(ctx, args[0], !restore, ofCLI, note)
				if err != nil {
					return err
				}
				return printChanges(e, []workspace.Change{c})
			})
		},
	}
	cmd.Flags().StringVar(&into, "into", "", "give its name and aliases to this entry")
	cmd.Flags().BoolVar(&restore, "restore", false, "put a retired entry back")
	cmd.Flags().StringVar(&note, "note", "", "a word for the change log")
	return cmd
}

func newLibraryHealth(e *env) *cobra.Command {
	var q workspace.HealthQuery
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Say what to merge, retire, quantify and add, with the reason",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				h, err := s.Health(ctx, q)
				if err != nil {
					return err
				}
				if e.format == "json" {
					return writeJSON(e.stdout, h)
				}
				fmt.Fprintf(e.stderr, "指标 %d 条，用过 %d 条；写法 %d 种，对上 %d 种；指标行 %d 行，对上 %d 行。%s\n",
					h.Entries, h.Used, h.Names, h.Matched.Part, h.Lines.Of, h.Lines.Part, h.Note)
				labels := map[string]string{}
				for _, k := range h.Kinds {
					labels[k.Kind] = k.Label
					fmt.Fprintf(e.stderr, "%s %d 条：%s\n", k.Label, k.Total, k.Rule)
				}
				t := table{head: []string{"建议", "编号", "名称", "功能分类", "项目", "理由", "做法"}}
				for _, a := range h.Advice {
					t.add(labels[a.Kind], a.ID, clip(a.Name, 24), a.Sector, count(a.Projects), clip(a.Reason, 60), clip(a.Action, 28))
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
	cmd.Flags().StringVar(&q.Kind, "kind", "", "only merge, retire, quantify or add")
	cmd.Flags().StringVar(&q.Sector, "sector", "", "only this functional class")
	cmd.Flags().IntVar(&q.Limit, "limit", 0, "at most this many of each kind (0: 50)")
	return cmd
}

// opener opens a file of this machine.
func opener(name string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		f, err := os.Open(name)
		if err != nil {
			return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "open", Err: err, Msg: name + " 打不开。核对路径后重试。"}
		}
		return f, nil
	}
}
