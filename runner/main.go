// The runner is the one program of RustStack inside a function's container. It dials the emulator, waits to be told
// what to start, fetches the function's code, runs it, relays the Runtime API to the emulator, ships the function's
// output and reports how it ended. It decides nothing by itself.
//
//	runner install DIR   copies the program and the sandbox's token into DIR, for the container beside it
//	runner run           serves one sandbox until the emulator has no more use for it
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// version is set by the build: -ldflags "-X main.version=1.2.3".
var version = "dev"

const usage = "usage: runner install DIR | runner run [flags]"

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "runner:", err)
		os.Exit(1)
	}
}

func command(arguments []string) error {
	switch {
	case len(arguments) == 2 && arguments[0] == "install":
		return install(arguments[1], os.Getenv("RUSTSTACK_RUNNER_KEY"), os.Getenv("RUSTSTACK_SANDBOX"))
	case len(arguments) >= 1 && arguments[0] == "run":
		settings, err := parse(arguments[1:])
		if err != nil {
			return err
		}
		return run(settings)
	case len(arguments) == 1 && arguments[0] == "version":
		fmt.Println(version)
		return nil
	}
	return fmt.Errorf("%s", usage)
}

// settings are those of one sandbox. The flags are for tests: in a container each path has its one place.
type settings struct {
	sandbox    string        // the id that the emulator gave
	emulator   string        // host:port
	token      string        // the file with the sandbox's token, removed once it is read
	task       string        // where the code goes
	opt        string        // where the layers go
	bootstraps []string      // what is run where no command is given: the first that exists
	relay      string        // where functions find the Runtime API
	cgroup     string        // the container's own
	silence    time.Duration // how long the emulator, which pings, may say nothing
	user       string        // uid:gid to run as where this starts as root; empty: as it is
	forward    string        // address=target: what the function finds at an address of its own; empty: nothing
	memory     int64         // bytes that the function may hold, files in /tmp not counted; 0: what the container may
}

func parse(arguments []string) (settings, error) {
	s := settings{
		sandbox:  os.Getenv("RUSTSTACK_SANDBOX"),
		emulator: os.Getenv("RUSTSTACK_EMULATOR"),
		user:     os.Getenv("RUSTSTACK_USER"),
		forward:  os.Getenv("RUSTSTACK_FORWARD"),
	}
	flags := flag.NewFlagSet("runner run", flag.ContinueOnError)
	flags.StringVar(&s.token, "token", "/ruststack/token", "file with the sandbox's token")
	flags.StringVar(&s.task, "task", "/var/task", "directory for the function's code")
	flags.StringVar(&s.opt, "opt", "/opt", "directory for the function's layers")
	flags.StringVar(&s.relay, "relay", "127.0.0.1:9001", "address of the Runtime API for the function")
	flags.StringVar(&s.cgroup, "cgroup", "/sys/fs/cgroup", "directory of the container's cgroup")
	flags.DurationVar(&s.silence, "silence", time.Minute, "silence after which the emulator counts as lost")
	bootstraps := flags.String("bootstraps", "/var/runtime/bootstrap:/var/task/bootstrap:/opt/bootstrap",
		"programs to run where no command is given, the first that exists")
	if err := flags.Parse(arguments); err != nil {
		return s, err
	}
	if limit := os.Getenv("RUSTSTACK_MEMORY"); limit != "" {
		var err error
		if s.memory, err = strconv.ParseInt(limit, 10, 64); err != nil {
			return s, fmt.Errorf("RUSTSTACK_MEMORY: %w", err)
		}
	}
	s.bootstraps = strings.Split(*bootstraps, ":")
	if s.sandbox == "" || s.emulator == "" {
		return s, fmt.Errorf("RUSTSTACK_SANDBOX and RUSTSTACK_EMULATOR have to be set")
	}
	return s, nil
}
