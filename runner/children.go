package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

const (
	prSetDumpable       = 4
	prSetChildSubreaper = 36
)

// protect keeps functions, which run as the same user, from reading the token in this process's memory, and makes what
// their processes leave behind children of this one.
func protect() error {
	for option, value := range map[uintptr]uintptr{prSetDumpable: 0, prSetChildSubreaper: 1} {
		if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, option, value, 0); errno != 0 {
			return fmt.Errorf("prctl %d: %w", option, errno)
		}
	}
	return nil
}

// end is how a process ended.
type end struct {
	status     syscall.WaitStatus
	peakMemory int64 // bytes
}

// children starts processes and reaps every child there is, those of processes that are gone included.
type children struct {
	mutex   sync.Mutex
	waiting map[int]chan<- end
	some    chan struct{}
}

func newChildren() *children {
	c := &children{waiting: map[int]chan<- end{}, some: make(chan struct{}, 1)}
	go c.reap()
	return c
}

func (c *children) start(line []string, attributes *syscall.ProcAttr) (int, <-chan end, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	pid, err := syscall.ForkExec(line[0], line, attributes)
	if err != nil {
		return 0, nil, err
	}
	ended := make(chan end, 1)
	c.waiting[pid] = ended
	select {
	case c.some <- struct{}{}:
	default:
	}
	return pid, ended, nil
}

func (c *children) reap() {
	for {
		var status syscall.WaitStatus
		var usage syscall.Rusage
		pid, err := syscall.Wait4(-1, &status, 0, &usage)
		if errors.Is(err, syscall.ECHILD) {
			<-c.some
		}
		if err != nil {
			continue
		}
		c.mutex.Lock()
		waiting := c.waiting[pid]
		delete(c.waiting, pid)
		c.mutex.Unlock()
		if waiting != nil {
			waiting <- end{status, usage.Maxrss * 1024}
		}
	}
}

// killAll kills a process group and whatever else has come of it: nothing that a function starts outlives it.
func killAll(group int) {
	_ = syscall.Kill(-group, syscall.SIGKILL)
	killRest()
}

// killRest kills whatever has come of a function and its extensions.
func killRest() {
	if os.Getpid() == 1 {
		_ = syscall.Kill(-1, syscall.SIGKILL)
		return
	}
	// Outside a container's own process table. Those that are killed hand their children on to this process.
	for rounds := 0; rounds < 100; rounds++ {
		alive := descendants(os.Getpid())
		if len(alive) == 0 {
			return
		}
		for _, pid := range alive {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// descendants lists the processes below one; those that only wait to be reaped too.
func descendants(pid int) []int {
	var all []int
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, list := range lists {
		content, _ := os.ReadFile(list)
		for _, field := range strings.Fields(string(content)) {
			if child, err := strconv.Atoi(field); err == nil {
				all = append(append(all, child), descendants(child)...)
			}
		}
	}
	return all
}
