package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestCLIDoc keeps docs/cli.md equal to what the commands say of themselves.
func TestCLIDoc(t *testing.T) {
	t.Setenv("YARDSTICK_WORKSPACE", "")
	const name = "../../docs/cli.md"
	got := cliDoc()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("docs/cli.md (-want +got):\n%s\nrun: make generate", diff)
	}
}

func cliDoc() string {
	root := newRoot(&env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard})
	var b strings.Builder
	fmt.Fprintf(&b, "# Command line\n\n<!-- generated from the commands by `make generate` -->\n\n%s\n\n", root.Long)
	b.WriteString("Flags of every command:\n\n")
	flags(&b, root.PersistentFlags())
	for _, c := range root.Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		long := c.Long
		if long == "" {
			long = c.Short + "."
		}
		fmt.Fprintf(&b, "\n## yardstick %s\n\n%s\n", c.Use, long)
		if c.LocalFlags().HasAvailableFlags() {
			b.WriteString("\n")
			flags(&b, c.LocalNonPersistentFlags())
		}
	}
	b.WriteString(contracts)
	return b.String()
}

func flags(b *strings.Builder, set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		fmt.Fprintf(b, "- `--%s` %s", f.Name, f.Usage)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "[]" {
			fmt.Fprintf(b, " (default `%s`)", f.DefValue)
		}
		b.WriteString("\n")
	})
}

const contracts = `
## Outputs

With ` + "`--format json`" + ` these are contracts; keys are added, never renamed or removed within a major version. Money is in 万元.

- ` + "`ingest`" + ` → ` + "`{\"batch\",\"files\",\"forms\",\"lines\",\"superseded\",\"unchanged\",\"rejected\":[{\"file\",\"sheet\",\"cell\",\"code\",\"message\"}],\"warnings\":[…],\"took_ms\",\"rows\":{\"read\",\"clean\",\"warned\",\"rejected\",\"unused\"},\"per_file\":[…]}`" + `;
  ` + "`read`" + ` is the sum of clean, warned and rejected; ` + "`batch`" + ` is empty when nothing was stored.
- ` + "`forms`" + ` → one object a line: ` + "`{\"id\",\"file\",\"sheet\",\"form\",\"year\",\"region\",\"department\",\"unit\",\"project\",\"sector\",\"goal\",\"budget\":{\"initial\",\"full_year\",\"executed\",\"execution_score\"},\"total_score\",\"grade\",\"lines\":[{\"level1\",\"level2\",\"name\",\"target\":{\"raw\",\"kind\",\"comparison\",\"low\",\"high\",\"unit\"},\"actual\":{…},\"weight\",\"score\",\"reason\",\"cell\"}]}`" + `
- ` + "`search`" + ` → ` + "`{\"query\",\"total\",\"took_ms\",\"hits\":[{\"id\",\"type\",\"name\",\"level1\",\"level2\",\"sector\",\"unit\",\"score\",\"highlight\"}]}`" + `
- ` + "`suggest`" + ` → ` + "`{\"suggestions\":[{\"name\",\"level1\",\"level2\",\"score\",\"why\":{…},\"target\":{…},\"weight\":{…}}],\"basis\":{…}}`" + `; with ` + "`--batch`" + ` one such object a line, with ` + "`id`" + `.
`
