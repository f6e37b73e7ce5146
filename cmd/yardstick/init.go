package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"yardstick/workspace"
)

func newInit(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Make a new workspace",
		Long:  "Makes the workspace directory with an empty warehouse and an index over the shipped library. An existing workspace is left as it is.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, err := workspace.Init(cmd.Context(), e.dir)
			if err != nil {
				return err
			}
			if e.format == "json" {
				return writeJSON(e.stdout, map[string]any{"workspace": e.dir, "created": made})
			}
			word := "已建立工作区"
			if !made {
				word = "工作区已存在，没有改动"
			}
			_, err = fmt.Fprintf(e.stdout, "%s：%s\n", word, e.dir)
			return err
		},
	}
}
