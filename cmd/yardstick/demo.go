package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/workspace"
)

func newDemo(e *env) *cobra.Command {
	var addr, project, department string
	var noServe bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Load the demo forms into a new workspace, show a suggestion, serve the pages",
		Long: `Makes a new workspace in a temporary directory (or in --workspace, which must not exist yet), loads the forms that are
shipped inside the program, prints what was loaded and one suggestion with its evidence, and serves the pages.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if !cmd.Flags().Changed("workspace") && os.Getenv("YARDSTICK_WORKSPACE") == "" {
				dir, err := os.MkdirTemp("", "yardstick-demo-")
				if err != nil {
					return err
				}
				defer os.RemoveAll(dir)
				e.dir = dir
			} else if _, err := os.Stat(e.dir); err == nil {
				return usageError{fmt.Errorf("demo: %s exists already; name a new directory", e.dir)}
			}
			ws, err := workspace.Open(ctx, workspace.Options{Dir: e.dir, Create: true})
			if err != nil {
				return err
			}
			defer ws.Close()
			res, err := ws.LoadSample(ctx)
			if err != nil {
				return err
			}
			if err := printIngest(e, res); err != nil {
				return err
			}
			fmt.Fprintf(e.stdout, "\n给“%s”推荐指标：\n", project)
			answer, err := ws.Suggest(ctx, workspace.SuggestRequest{Project: project, Department: department, Limit: 8})
			if err != nil {
				return err
			}
			if err := printSuggestions(e, answer); err != nil {
				return err
			}
			printEvidence(e, answer)
			if noServe {
				return nil
			}
			return serve(ctx, e, ws, addr, nil, func(url string) {
				fmt.Fprintf(e.stdout, `
网页已打开在 %[1]s （Ctrl-C 结束，示例工作区随之删除）。可以试试：
  1. 在 %[1]s/drafts/new 输入“农村公路养护”，看推荐的指标和依据
  2. 在 %[1]s/library?q=满意度 边输入边查指标
  3. 把自己的一张绩效表拖进 %[1]s/ingest，看每一格读成了什么
`, strings.TrimSuffix(url, "/"))
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&addr, "addr", "127.0.0.1:8470", "address to listen on")
	f.StringVar(&project, "project", "农村公路日常养护项目", "project of the worked suggestion")
	f.StringVar(&department, "department", "交通运输局", "its department")
	f.BoolVar(&noServe, "no-serve", false, "stop after printing")
	return cmd
}

// printEvidence prints what the first suggestion rests on.
func printEvidence(e *env, res workspace.SuggestResult) {
	if e.format != "table" || len(res.Suggestions) == 0 {
		return
	}
	s := res.Suggestions[0]
	fmt.Fprintf(e.stdout, "\n“%s”的依据：%s\n", s.Name, s.Why.Sentence)
	for _, p := range s.Why.Similar {
		fmt.Fprintf(e.stdout, "  %s%s目标 %s，完成 %s，相近 %.2f\n", p.Project, who(p), dash(p.Target), dash(p.Actual), p.Likeness)
	}
}

func dash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
