package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ofRuntime is what only the runtime's process is told, not the extensions.
var ofRuntime = map[string]bool{
	"AWS_EXECUTION_ENV":         true,
	"AWS_LAMBDA_EXEC_WRAPPER":   true,
	"AWS_LAMBDA_LOG_GROUP_NAME": true, "AWS_LAMBDA_LOG_STREAM_NAME": true,
	"AWS_XRAY_CONTEXT_MISSING": true,
	"LAMBDA_RUNTIME_DIR":       true, "LAMBDA_TASK_ROOT": true,
	"_HANDLER": true,
}

// extensionNames lists the programs in the directory for extensions; none where there is no such directory.
func extensionNames(directory string) []string {
	names := []string{}
	entries, _ := os.ReadDir(directory)
	for _, entry := range entries {
		if file, err := os.Stat(filepath.Join(directory, entry.Name())); err == nil && file.Mode().IsRegular() {
			names = append(names, entry.Name())
		}
	}
	return names
}

// extensions are the processes beside that of a runtime.
type extensions struct {
	function *function
	gone     sync.WaitGroup

	mutex   sync.Mutex
	pids    map[int]*output
	stopped bool
}

// start starts each; one that cannot be started is no reason not to start the others.
func (e *extensions) start(directory string, names []string, environment []string) {
	e.pids = map[int]*output{}
	var own []string
	for _, entry := range environment {
		if name, _, _ := strings.Cut(entry, "="); !ofRuntime[name] {
			own = append(own, entry)
		}
	}
	for _, name := range names {
		if err := e.launch(filepath.Join(directory, name), name, own); err != nil {
			e.function.runner.events.send(event{Is: "extensionFailed", N: e.function.n, Extension: name,
				Message: "fork/exec /opt/extensions/" + name + ": " + err.Error()})
		}
	}
}

func (e *extensions) launch(program, name string, environment []string) error {
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	defer writer.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		reader.Close()
		return err
	}
	defer null.Close()
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.stopped {
		reader.Close()
		return syscall.ECANCELED
	}
	pid, ended, err := e.function.runner.children.start([]string{program}, &syscall.ProcAttr{
		Dir:   "/",
		Env:   environment,
		Files: []uintptr{null.Fd(), writer.Fd(), writer.Fd()},
		Sys:   &syscall.SysProcAttr{Setpgid: true},
	})
	if err != nil {
		reader.Close()
		return err
	}
	output := newOutput(reader, func(lines []string) { e.function.ship(lines, name) })
	e.pids[pid] = output
	e.gone.Add(1)
	go e.await(pid, name, output, ended)
	return nil
}

func (e *extensions) await(pid int, name string, output *output, ended <-chan end) {
	defer e.gone.Done()
	end := <-ended
	_ = syscall.Kill(-pid, syscall.SIGKILL)
	output.close()
	e.mutex.Lock()
	delete(e.pids, pid)
	e.mutex.Unlock()
	exit := event{Is: "extensionExit", N: e.function.n, Extension: name, PeakMemory: end.peakMemory}
	if end.status.Signaled() {
		exit.Signal = int(end.status.Signal())
	} else {
		exit.Code = end.status.ExitStatus()
	}
	e.function.runner.events.send(exit)
}

// kill ends them all, and keeps further ones from starting.
func (e *extensions) kill() {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.stopped = true
	for pid := range e.pids {
		_ = syscall.Kill(-pid, syscall.SIGKILL)
	}
}

// running tells whether there is one.
func (e *extensions) running() bool {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return len(e.pids) > 0
}

// peakMemory is the most that those which run have held, in bytes.
func (e *extensions) peakMemory() int64 {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	var sum int64
	for pid := range e.pids {
		sum += peakMemory(pid)
	}
	return sum
}

// delivery sends telemetry to who listens in the container, in its order, and tries for a while where nobody does.
type delivery struct {
	queue  chan order
	client *http.Client
}

func newDelivery() *delivery {
	d := &delivery{queue: make(chan order, 1000), client: &http.Client{Timeout: 5 * time.Second}}
	go func() {
		for next := range d.queue {
			for attempt := 0; attempt < 10; attempt++ {
				if d.send(next) == nil {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
		}
	}()
	return d
}

// add takes what is to be sent; what is too much is lost.
func (d *delivery) add(next order) {
	select {
	case d.queue <- next:
	default:
	}
}

func (d *delivery) send(next order) error {
	if address, isTCP := strings.CutPrefix(next.To, "tcp://"); isTCP {
		connection, err := net.DialTimeout("tcp", address, 5*time.Second)
		if err != nil {
			return err
		}
		defer connection.Close()
		_, err = connection.Write([]byte(next.Text))
		return err
	}
	answer, err := d.client.Post(next.To, "application/json", bytes.NewReader([]byte(next.Text)))
	if err != nil {
		return err
	}
	return answer.Body.Close()
}
