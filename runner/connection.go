package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

const (
	shortestPause = 50 * time.Millisecond
	longestPause  = time.Second
)

// errRefused: the emulator does not know the sandbox, or has seen it before. Trying again does not help.
var errRefused = errors.New("the emulator refuses this sandbox: its id is not wanted, was used before, or the token is wrong")

// order is one line of what the emulator says.
type order struct {
	Do        string            `json:"do"`        // start, proceed, kill, killRuntime, terminate, deliver, flush or ping
	N         int               `json:"n"`         // the process meant, counted by the emulator
	K         int64             `json:"k"`         // the flush, to be named in the answer
	Command   []string          `json:"command"`   // null: a bootstrap
	Directory string            `json:"directory"` // null: where the code is, or where the container starts
	Code      string            `json:"code"`      // null: the code is in the image
	Layers    string            `json:"layers"`    // null: there are none
	Variables map[string]string `json:"variables"`
	Session   string            `json:"session"` // the path below which the Runtime API is for this process
	To        string            `json:"to"`      // where a delivery goes: http://127.0.0.1:… or tcp://127.0.0.1:…
	Text      string            `json:"text"`    // what is delivered
}

// event is one line of what the runner says.
type event struct {
	Is         string `json:"is"` // extensions, line, exit, extensionExit, extensionFailed, flushed, failed or alive
	N          int    `json:"n,omitempty"`
	K          int64  `json:"k,omitempty"`
	Text       string `json:"text,omitempty"`
	Code       int    `json:"code,omitempty"`
	Signal     int    `json:"signal,omitempty"`
	PeakMemory int64  `json:"peakMemory,omitempty"` // bytes
	OOM        bool   `json:"oom,omitempty"`        // the kernel killed a process for want of memory
	Kind       string `json:"kind,omitempty"`       // of a failure: InvalidEntrypoint or Unavailable
	Message    string `json:"message,omitempty"`
	Extension  string `json:"extension,omitempty"` // whose line, exit or failure it is; empty: the runtime's

	Names []string `json:"names,omitempty"` // of the extensions that are about to be started
}

// emulator is the other side: HTTP requests over connections that are kept.
type emulator struct {
	address string
	sandbox string
	token   string
	silence time.Duration
	client  *http.Client
}

func newEmulator(s settings, token string) *emulator {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}
	transport := &http.Transport{
		DialContext:         dialer.DialContext,
		MaxIdleConnsPerHost: 64,
		DisableCompression:  true,
	}
	return &emulator{s.emulator, s.sandbox, token, s.silence, &http.Client{Transport: transport}}
}

func (e *emulator) request(ctx context.Context, method, what string, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://"+e.address+"/runner/v1/"+e.sandbox+"/"+what, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+e.token)
	response, err := e.client.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusOK {
		return response, nil
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusForbidden {
		return nil, errRefused
	}
	text, _ := io.ReadAll(io.LimitReader(response.Body, 1024))
	return nil, fmt.Errorf("%s %s: %s %s", method, what, response.Status, bytes.TrimSpace(text))
}

// converse connects and obeys until either side is lost, or the emulator says nothing for too long.
func (e *emulator) converse(ctx context.Context, events *events, obey func(order)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watchdog := time.AfterFunc(e.silence, cancel)
	defer watchdog.Stop()
	facts, err := json.Marshal(map[string]any{"pid": os.Getpid(), "version": version})
	if err != nil {
		return err
	}
	response, err := e.request(ctx, http.MethodPost, "connect", bytes.NewReader(facts))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	stream := events.open()
	defer stream.Close()
	go func() {
		defer cancel()
		if answer, err := e.request(ctx, http.MethodPost, "events", stream); err == nil {
			answer.Body.Close()
		}
	}()
	orders := json.NewDecoder(response.Body)
	for {
		var next order
		if err := orders.Decode(&next); err != nil {
			return fmt.Errorf("the emulator is gone: %w", err)
		}
		watchdog.Reset(e.silence)
		obey(next)
	}
}

// events is what the runner says, to whichever connection there is; without one it is lost.
type events struct {
	mutex sync.Mutex
	out   *io.PipeWriter
}

func (e *events) open() *io.PipeReader {
	reader, writer := io.Pipe()
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.out = writer
	return reader
}

// send sends events at once, in order. It blocks while the emulator is slow.
func (e *events) send(all ...event) {
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	encoder.SetEscapeHTML(false)
	for _, each := range all {
		if err := encoder.Encode(each); err != nil {
			panic(err)
		}
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.out != nil && lines.Len() > 0 {
		_, _ = e.out.Write(lines.Bytes())
	}
}
