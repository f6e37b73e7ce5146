package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/workspace"
)

func count(n int) string { return strconv.Itoa(n) }

func newSearch(e *env) *cobra.Command {
	var q workspace.SearchQuery
	cmd := &cobra.Command{
		Use:   "search QUERY…",
		Short: "Search the indicator library, filed names and cases",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := e.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer s.Close()
			q.Text = strings.Join(args, " ")
			res, err := s.Search(cmd.Context(), q)
			if err != nil {
				return err
			}
			if e.format == "json" {
				return writeJSON(e.stdout, res)
			}
			t := table{head: []string{"编号", "名称", "一级", "二级", "功能分类", "单位", "找到它的是", "得分"}}
			for _, h := range res.Hits {
				t.add(h.ID, clip(h.Name, 28), h.Level1, h.Level2, h.Sector, h.Unit, strings.TrimSpace(h.Why+" "+h.Alias), strconv.FormatFloat(h.Score, 'f', 3, 64))
			}
			return t.write(e.stdout, e.format)
		},
	}
	cmd.Flags().StringVar(&q.Type, "type", "", "only indicator, name, case or template")
	cmd.Flags().StringVar(&q.Level1, "level1", "", "only this level-1 class")
	cmd.Flags().StringVar(&q.Unit, "unit", "", "only this unit of measure")
	cmd.Flags().StringVar(&q.Used, "used", "", "yes or no: on the loaded forms")
	cmd.Flags().BoolVar(&q.Facets, "facets", false, "count the values of each field (with --format json)")
	cmd.Flags().StringVar(&q.Sector, "sector", "", "only this functional class")
	cmd.Flags().IntVar(&q.Limit, "limit", 0, "at most this many hits (0: 20)")
	return cmd
}
