package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// function is one process of a runtime, with the extensions beside it, from the order to start it to its end.
type function struct {
	runner     *runner
	n          int
	ctx        context.Context // of the preparations; done when killed
	cancel     context.CancelFunc
	registered chan struct{} // closed when the runtime may start
	once       sync.Once
	done       chan struct{} // closed when everything it started is gone
	extensions *extensions

	mutex  sync.Mutex
	pid    int // 0 before and after it runs
	output *output
	peak   int64

	outOfMemory bool // killed by the runner's own watch
}

func newFunction(r *runner, n int) *function {
	ctx, cancel := context.WithCancel(context.Background())
	f := &function{runner: r, n: n, ctx: ctx, cancel: cancel, registered: make(chan struct{}), done: make(chan struct{})}
	f.extensions = &extensions{function: f}
	return f
}

// run prepares the processes, starts them, and tells how they ended.
func (f *function) run(what order) {
	r := f.runner
	defer f.cancel()
	if err := f.fetch(what); err != nil && f.ctx.Err() == nil {
		f.fail("Unavailable", err)
		return
	}
	environment := f.environment(what.Variables)
	killedBefore := oomKills(r.settings.cgroup)
	f.startExtensions(environment)
	defer f.awaitExtensions()
	ended, err := f.start(what, environment)
	switch {
	case f.ctx.Err() != nil && ended == nil:
		r.events.send(event{Is: "exit", N: f.n, Signal: int(syscall.SIGKILL)})
		return
	case err != nil:
		f.fail("InvalidEntrypoint", err)
		return
	}
	over := make(chan struct{})
	go f.watchMemory(r.settings.memory, over)
	end := <-ended
	close(over)
	f.finish()
	exit := event{Is: "exit", N: f.n, PeakMemory: max(f.peak, end.peakMemory)}
	f.mutex.Lock()
	exit.OOM = f.outOfMemory || oomKills(r.settings.cgroup) > killedBefore
	f.mutex.Unlock()
	if end.status.Signaled() {
		exit.Signal = int(end.status.Signal())
	} else {
		exit.Code = end.status.ExitStatus()
	}
	r.events.send(exit)
}

// startExtensions starts what is beside the runtime, and waits until the emulator lets that start too.
func (f *function) startExtensions(environment []string) {
	directory := filepath.Join(f.runner.settings.opt, "extensions")
	names := extensionNames(directory)
	f.runner.events.send(event{Is: "extensions", N: f.n, Names: names})
	if len(names) == 0 {
		return
	}
	f.extensions.start(directory, names, environment)
	select {
	case <-f.registered:
	case <-f.ctx.Done():
	}
}

// awaitExtensions returns when nothing of them is left.
func (f *function) awaitExtensions() {
	f.extensions.gone.Wait()
	if f.extensions.pids != nil {
		killRest()
	}
}

// proceed lets the runtime start.
func (f *function) proceed() {
	f.once.Do(func() { close(f.registered) })
}

// fetch fills the directories of the code and of the layers, where they are not filled yet.
func (f *function) fetch(what order) error {
	if what.Code != "" {
		if err := f.runner.code.fill(f.ctx, f.runner.emulator, what.Code); err != nil {
			return fmt.Errorf("the function's code cannot be fetched: %w", err)
		}
	}
	if what.Layers != "" {
		if err := f.runner.layers.fill(f.ctx, f.runner.emulator, what.Layers); err != nil {
			return fmt.Errorf("the function's layers cannot be fetched: %w", err)
		}
	}
	return nil
}

func (f *function) fail(kind string, err error) {
	f.runner.events.send(event{Is: "failed", N: f.n, Kind: kind, Message: err.Error()})
}

// start forks the process, unless it was killed before it could.
func (f *function) start(what order, environment []string) (<-chan end, error) {
	line, err := f.commandLine(what.Command, environment)
	if err != nil {
		return nil, err
	}
	directory := what.Directory
	if directory == "" && what.Code != "" {
		directory = f.runner.settings.task
	}
	if directory != "" {
		if _, err := os.Stat(directory); err != nil {
			return nil, fmt.Errorf("chdir %s: %w", directory, errors.Unwrap(err))
		}
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer writer.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		return nil, err
	}
	defer null.Close()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.ctx.Err() != nil {
		reader.Close()
		return nil, f.ctx.Err()
	}
	pid, ended, err := f.runner.children.start(line, &syscall.ProcAttr{
		Dir:   directory,
		Env:   environment,
		Files: []uintptr{null.Fd(), writer.Fd(), writer.Fd()},
		Sys:   &syscall.SysProcAttr{Setpgid: true},
	})
	if err != nil {
		reader.Close()
		return nil, fmt.Errorf("fork/exec %s: %w", line[0], err)
	}
	f.pid = pid
	f.output = newOutput(reader, f.lines)
	return ended, nil
}

// environment is the container's own, as its image sets it, under what the emulator gives. Nothing that Kubernetes or
// RustStack add to it is for the function.
func (f *function) environment(variables map[string]string) []string {
	all := make([]string, 0, len(variables)+16)
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		_, given := variables[name]
		foreign := strings.HasPrefix(name, "RUSTSTACK_") || strings.HasPrefix(name, "KUBERNETES_") || name == "HOSTNAME"
		if !given && !foreign && name != "AWS_LAMBDA_RUNTIME_API" {
			all = append(all, entry)
		}
	}
	for name, value := range variables {
		if name != "AWS_LAMBDA_RUNTIME_API" {
			all = append(all, name+"="+value)
		}
	}
	return append(all, "AWS_LAMBDA_RUNTIME_API="+f.runner.settings.relay)
}

// commandLine finds what to run: the command, sought in the function's own PATH, or the first bootstrap there is.
func (f *function) commandLine(command []string, environment []string) ([]string, error) {
	if len(command) == 0 {
		for _, bootstrap := range f.runner.settings.bootstraps {
			if file, err := os.Stat(bootstrap); err == nil && file.Mode().IsRegular() {
				return []string{bootstrap}, nil
			}
		}
		return nil, errors.New("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")
	}
	if strings.Contains(command[0], "/") {
		return command, nil
	}
	for _, entry := range environment {
		path, isPath := strings.CutPrefix(entry, "PATH=")
		if !isPath {
			continue
		}
		for _, directory := range filepath.SplitList(path) {
			if file, err := exec.LookPath(filepath.Join(directory, command[0])); err == nil {
				return append([]string{file}, command[1:]...), nil
			}
		}
	}
	return nil, fmt.Errorf("exec: %q: executable file not found in $PATH", command[0])
}

// lines ships lines of the runtime's output.
func (f *function) lines(lines []string) {
	f.ship(lines, "")
}

// ship ships lines of output, and shows them in the container's own log.
func (f *function) ship(lines []string, extension string) {
	all := make([]event, len(lines))
	for i, line := range lines {
		all[i] = event{Is: "line", N: f.n, Text: line, Extension: extension}
	}
	_, _ = os.Stdout.WriteString(strings.Join(lines, "\n") + "\n")
	f.runner.events.send(all...)
}

// kill ends the process with everything it started, or keeps it from starting; the extensions too.
func (f *function) kill() {
	f.cancel()
	f.extensions.kill()
	f.killRuntime()
}

// killRuntime ends the process with everything it started; extensions stay.
func (f *function) killRuntime() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.pid != 0 {
		f.killGroup()
	}
}

// killGroup leaves the extensions alone, which may end by themselves.
func (f *function) killGroup() {
	if f.extensions.running() {
		_ = syscall.Kill(-f.pid, syscall.SIGKILL)
	} else {
		killAll(f.pid)
	}
}

// terminate asks the process to end by itself.
func (f *function) terminate() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.pid != 0 {
		_ = syscall.Kill(f.pid, syscall.SIGTERM)
	}
}

// flush delivers what the process has written so far, and tells the most memory it has held.
func (f *function) flush() int64 {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.output != nil {
		f.output.flush()
	}
	if f.pid != 0 {
		f.peak = max(f.peak, peakMemory(f.pid)+f.extensions.peakMemory())
	}
	return f.peak
}

// finish ends what the process has left behind, and delivers its last lines.
func (f *function) finish() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.killGroup()
	f.pid = 0
	f.output.close()
}
