package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// runner serves one sandbox: one function at a time, started again as often as the emulator says.
type runner struct {
	settings settings
	emulator *emulator
	events   *events
	relay    *relay
	children *children
	delivery *delivery
	code     codeDirectory
	layers   codeDirectory

	mutex   sync.Mutex
	current *function // the one started last; nil before the first
}

// run serves the sandbox. It returns nil when a function was started and the emulator is gone, and an error where the
// emulator refuses the sandbox.
func run(s settings) error {
	token, err := takeToken(s.token)
	if err != nil {
		return err
	}
	if err := become(s.user, s.task, s.opt); err != nil {
		return err
	}
	if err := protect(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.relay)
	if err != nil {
		return err
	}
	if err := forward(s.forward); err != nil {
		return err
	}
	r := &runner{settings: s, emulator: newEmulator(s, token), events: &events{}, children: newChildren(), delivery: newDelivery()}
	r.settings.relay = listener.Addr().String()
	r.relay = newRelay(s.emulator, r.emulator.client.Transport)
	r.code = codeDirectory{path: s.task}
	r.layers = codeDirectory{path: s.opt}
	go func() { _ = (&http.Server{Handler: r.relay}).Serve(listener) }()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	defer r.stop()
	return r.dial(ctx)
}

// dial connects for as long as no function was started.
func (r *runner) dial(ctx context.Context) error {
	said := ""
	for pause := shortestPause; ; pause = min(2*pause, longestPause) {
		err := r.emulator.converse(ctx, r.events, r.obey)
		if ctx.Err() != nil || r.function() != nil {
			return nil
		}
		if errors.Is(err, errRefused) {
			return err
		}
		if err.Error() != said {
			said = err.Error()
			fmt.Fprintln(os.Stderr, "runner: trying again:", said)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

func (r *runner) obey(next order) {
	current := r.function()
	switch next.Do {
	case "start":
		r.start(next, current)
	case "kill":
		if current != nil && current.n == next.N {
			current.kill()
		}
	case "proceed":
		if current != nil && current.n == next.N {
			current.proceed()
		}
	case "terminate":
		if current != nil && current.n == next.N {
			current.terminate()
		}
	case "killRuntime":
		if current != nil && current.n == next.N {
			current.killRuntime()
		}
	case "deliver":
		r.delivery.add(next)
	case "flush":
		flushed := event{Is: "flushed", K: next.K}
		if current != nil {
			flushed.PeakMemory = current.flush()
		}
		r.events.send(flushed)
	case "ping":
		r.events.send(event{Is: "alive"})
	}
}

func (r *runner) function() *function {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.current
}

// start begins a function in the background, once the one before has ended.
func (r *runner) start(next order, before *function) {
	started := newFunction(r, next.N)
	r.mutex.Lock()
	r.current = started
	r.mutex.Unlock()
	go func() {
		defer close(started.done)
		if before != nil {
			before.kill()
			<-before.done
		}
		r.relay.serve(next.Session)
		started.run(next)
	}()
}

// stop ends the function and everything it started.
func (r *runner) stop() {
	if current := r.function(); current != nil {
		current.kill()
		<-current.done
	}
}
