package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"yardstick"
)

// Exit codes, as docs/cli.md states them.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitRejected = 3 // done, but some rows or files were rejected
)

// errRejected ends a command that did its work but had to reject something.
var errRejected = errors.New("some rows were rejected")

// usageError is wrong use of the command line.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// stoppedError is an interruption after something was written: it says what.
type stoppedError string

func (e stoppedError) Error() string { return string(e) }

// env is what commands share: the streams and the global flags.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	dir            string // workspace directory
	format         string // table, json, csv
}

// run executes one command line and returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	e := &env{stdin: stdin, stdout: stdout, stderr: stderr}
	root := newRoot(e)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	var stopped stoppedError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRejected):
		return exitRejected
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "yardstick: %v\n", err)
		return exitUsage
	case errors.As(err, &stopped):
		fmt.Fprintf(stderr, "yardstick: %v\n", stopped)
		return exitFailed
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "yardstick: 已中断，这一步没有写入任何内容。")
		return exitFailed
	default:
		fmt.Fprintf(stderr, "yardstick: %v\n", err)
		if yardstick.KindOf(err) == yardstick.Internal {
			fmt.Fprintln(stderr, "yardstick: 这是程序或机器的问题，不是输入的问题；库里的内容没有改变。")
		}
		return exitFailed
	}
}

// newRoot builds the command tree over e.
func newRoot(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "yardstick",
		Short: "Load filed performance forms, search indicators, suggest targets",
		Long: `Yardstick (绩尺) loads the performance targets and evaluations that units filed, keeps an indicator
library searchable in Chinese, and suggests indicators, target values and weights with their evidence.

Results go to standard output, messages to standard error: in Chinese what concerns forms and data, in English what concerns
the command line itself, as this help. Exit codes: 0 done, 1 failed, 2 wrong usage,
3 done but some files or rows were rejected.`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(*cobra.Command, []string) error {
			switch e.format {
			case "table", "json", "csv":
				return nil
			}
			return usageError{fmt.Errorf("--format %q: want table, json or csv", e.format)}
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown command %q; `yardstick --help` lists them", args[0])}
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs,
	}
	root.PersistentFlags().StringVar(&e.dir, "workspace", defaultDir(), "workspace directory")
	root.PersistentFlags().StringVar(&e.format, "format", "table", "output: table, json or csv")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usageError{flagError(cmd, err)} })
	root.AddCommand(newInit(e), newIngest(e), newForms(e), newSearch(e), newSuggest(e), newDraft(e), newReview(e), newLibrary(e), newTemplates(e), newCases(e), newNames(e), newEvaluate(e), newServe(e), newDemo(e), newVersion(e))
	usageErrors(root)
	return root
}

// usageErrors makes wrong arguments of any command below c wrong usage.
func usageErrors(c *cobra.Command) {
	for _, c := range c.Commands() {
		if check := c.Args; check != nil {
			c.Args = func(cmd *cobra.Command, args []string) error {
				if err := check(cmd, args); err != nil {
					return usageError{fmt.Errorf("%w; want `%s`, see `%s --help`", err, cmd.UseLine(), cmd.CommandPath())}
				}
				return nil
			}
		}
		usageErrors(c)
	}
}

// flagError says which flag can't take what, without the words of the parser.
func flagError(cmd *cobra.Command, err error) error {
	text, _, parser := strings.Cut(err.Error(), ": strconv.")
	if parser {
		text += ": want a number"
	}
	return fmt.Errorf("%s; see `%s --help`", text, cmd.CommandPath())
}

// defaultDir is the workspace used when no flag names one.
func defaultDir() string {
	if dir := os.Getenv("YARDSTICK_WORKSPACE"); dir != "" {
		return dir
	}
	return "yardstick-ws"
}
