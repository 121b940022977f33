package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"syscall"
)

const (
	// maxLine is CloudWatch Logs' limit for one event; longer lines are cut into several.
	maxLine = 256 * 1024

	// pipeSize is what Linux keeps in a pipe: everything written before a flush is in the next so many bytes.
	pipeSize = 64 * 1024
)

// output turns what a process writes into lines. It never waits for more than is there, so a process that keeps the
// pipe open after the function has ended holds up nobody.
type output struct {
	pipe  *os.File
	raw   syscall.RawConn
	lines func([]string)

	mutex      sync.Mutex // held while bytes are taken, so that they stay in order
	buffer     []byte
	line       bytes.Buffer
	wasFlushed bool // the part of the line before this was delivered for itself
	ended      bool
}

func newOutput(pipe *os.File, lines func([]string)) *output {
	raw, err := pipe.SyscallConn()
	if err != nil {
		panic(err)
	}
	o := &output{pipe: pipe, raw: raw, lines: lines, buffer: make([]byte, pipeSize)}
	go o.pump()
	return o
}

// pump takes what there is whenever there is something.
func (o *output) pump() {
	for ended := false; !ended; {
		err := o.raw.Read(func(fd uintptr) bool {
			o.mutex.Lock()
			defer o.mutex.Unlock()
			some := o.take(fd)
			ended = o.ended
			return some || ended
		})
		ended = ended || err != nil
	}
}

// take delivers the whole lines among the bytes that are there, and tells whether there were any.
func (o *output) take(fd uintptr) bool {
	if o.ended {
		return false
	}
	read, err := syscall.Read(int(fd), o.buffer)
	for errors.Is(err, syscall.EINTR) {
		read, err = syscall.Read(int(fd), o.buffer)
	}
	if err != nil {
		o.ended = !errors.Is(err, syscall.EAGAIN)
		return false
	}
	o.ended = read == 0
	o.split(o.buffer[:read])
	return read > 0
}

func (o *output) split(some []byte) {
	var whole []string
	for {
		end := bytes.IndexByte(some, '\n')
		room := maxLine - o.line.Len()
		switch {
		case end >= 0 && end <= room:
			o.line.Write(some[:end])
			some = some[end+1:]
			if o.line.Len() > 0 || !o.wasFlushed {
				whole = append(whole, o.takeLine())
			}
			o.wasFlushed = false
			continue
		case len(some) >= room:
			o.line.Write(some[:room])
			some = some[room:]
			whole = append(whole, o.takeLine())
			o.wasFlushed = true
			continue
		}
		o.line.Write(some)
		break
	}
	if len(whole) > 0 {
		o.lines(whole)
	}
}

func (o *output) takeLine() string {
	line := strings.ToValidUTF8(strings.TrimSuffix(o.line.String(), "\r"), "\uFFFD")
	o.line.Reset()
	return line
}

// flush delivers everything written so far, a line without an end too.
func (o *output) flush() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	_ = o.raw.Control(func(fd uintptr) {
		for taken := 0; taken < pipeSize && o.take(fd); taken += len(o.buffer) {
		}
	})
	if o.line.Len() > 0 {
		o.lines([]string{o.takeLine()})
		o.wasFlushed = true
	}
}

// close delivers what is left and lets go of the pipe.
func (o *output) close() {
	o.flush()
	o.mutex.Lock()
	o.ended = true
	o.mutex.Unlock()
	o.pipe.Close()
}
