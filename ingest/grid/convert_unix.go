//go:build unix

package grid

import (
	"os/exec"
	"syscall"
)

// ownGroup starts the program in a process group of its own and kills the
// whole group when its time is over: soffice is a script around the program
// that does the work.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
