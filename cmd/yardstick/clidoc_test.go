package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
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
	commands(&b, root, "##")
	b.WriteString(contracts)
	return b.String()
}

// commands writes what is below c, and below that one heading deeper.
func commands(b *strings.Builder, c *cobra.Command, heading string) {
	for _, c := range c.Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		long := c.Long
		if long == "" {
			long = c.Short + "."
		}
		fmt.Fprintf(b, "\n%s %s\n\n%s\n", heading, strings.TrimSuffix(c.UseLine(), " [flags]"), long)
		if c.LocalFlags().HasAvailableFlags() {
			b.WriteString("\n")
			flags(b, c.LocalNonPersistentFlags())
		}
		commands(b, c, heading+"#")
	}
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
  ` + "`read`" + ` is the sum of clean, warned and rejected; ` + "`batch`" + ` is empty when nothing is new; a batch of files that could not be read has an id and keeps why.
- ` + "`forms`" + ` → one object a line: ` + "`{\"id\",\"file\",\"sheet\",\"form\",\"year\",\"region\",\"department\",\"unit\",\"project\",\"sector\",\"goal\",\"budget\":{\"initial\",\"full_year\",\"executed\",\"execution_score\"},\"total_score\",\"grade\",\"lines\":[{\"level1\",\"level2\",\"name\",\"target\":{\"raw\",\"kind\",\"comparison\",\"low\",\"high\",\"unit\"},\"actual\":{…},\"weight\",\"score\",\"reason\",\"cell\"}]}`" + `
- ` + "`search`" + ` → ` + "`{\"query\",\"total\",\"took_ms\",\"hits\":[{\"id\",\"type\",\"name\",\"level1\",\"level2\",\"sector\",\"unit\",\"score\",\"highlight\"}]}`" + `
- ` + "`suggest`" + ` → ` + "`{\"suggestions\":[{\"name\",\"level1\",\"level2\",\"score\",\"why\":{…},\"target\":{…},\"weight\":{…}}],\"basis\":{…}}`" + `; with ` + "`--batch`" + ` one such object a line, with ` + "`id`" + `.
- ` + "`review`" + `, ` + "`review show`" + ` → one object a line, worst first: ` + "`{\"id\",\"file\",\"sheet\",\"cell\",\"form\",\"project\",\"unit\",\"department\",\"year\",\"sector\",\"budget\",\"lines\",\"points\",\"grade\",\"advice\",\"must\",\"watch\",\"marks\":[…],\"findings\":[{\"rule\",\"title\",\"severity\",\"item\",\"line\",\"indicator\",\"field\",\"cell\",\"raw\",\"why\",\"do\",\"fix\",\"source\",\"source_status\",\"n\"}],\"checks\":[{\"rule\",\"title\",\"answer\",\"why\",\"count\"}],\"rules\":{…},\"history\"}`" + `; ` + "`draft review`" + ` prints one.
- ` + "`review list`" + ` → one a line: ` + "`{\"id\",\"at\",\"title\",\"source\",\"sample\",\"forms\",\"must\",\"open\"}`" + `
- ` + "`draft list`" + ` → one a line: ` + "`{\"id\",\"project\",\"unit\",\"year\",\"budget\",\"lines\",\"points\",\"updated\",\"revision\",\"sample\"}`" + `
- ` + "`draft new`" + `, ` + "`add`" + `, ` + "`set`" + `, ` + "`remove`" + `, ` + "`fix`" + `, ` + "`weigh`" + `, ` + "`undo`" + `, ` + "`redo`" + `, ` + "`delete`" + `, ` + "`restore`" + ` → ` + "`{\"id\",\"revision\",\"created\",\"updated\",\"origin\",\"sample\",\"body\":{\"project\",\"department\",\"unit\",\"region\",\"year\",\"sector\",\"function\",\"type\",\"budget\",\"fiscal\",\"other\",\"goal\",\"rule_set\",\"lines\":[{\"level1\",\"level2\",\"name\",\"comparison\",\"target\",\"unit\",\"weight\",\"basis\",\"note\",\"entry\"}]},\"can_undo\",\"can_redo\"}`" + `; ` + "`draft show`" + ` adds ` + "`{\"frame\",\"sums\",\"total\",\"tasks\",\"values\",\"review\",\"last_year\"}`" + `.
`
