package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// What a pod has from Kubernetes, and a container that an engine starts as root has not: directories of the function's
// user, a way to the emulator's AWS port, and a limit of memory that counts no files in /tmp.

const memoryPause = 50 * time.Millisecond

// become gives the directories of the code to a user, "uid:gid", and this process, with all its capabilities.
func become(user string, directories ...string) error {
	if user == "" || os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := parseUser(user)
	if err != nil {
		return err
	}
	for _, directory := range directories {
		// In an image of the function's own there need not be any.
		if err := os.Chown(directory, uid, gid); err != nil && !os.IsNotExist(err) && !isReadOnly(err) {
			return err
		}
	}
	if err := syscall.Setgroups(nil); err != nil {
		return fmt.Errorf("setgroups: %w", err)
	}
	if err := syscall.Setgid(gid); err != nil {
		return fmt.Errorf("setgid: %w", err)
	}
	if err := syscall.Setuid(uid); err != nil {
		return fmt.Errorf("setuid: %w", err)
	}
	return nil
}

func parseUser(user string) (uid, gid int, err error) {
	first, second, _ := strings.Cut(user, ":")
	if uid, err = strconv.Atoi(first); err == nil {
		gid, err = strconv.Atoi(second)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("RUSTSTACK_USER %q is not uid:gid", user)
	}
	return uid, gid, nil
}

func isReadOnly(err error) bool {
	pathError, ok := err.(*os.PathError)
	return ok && pathError.Err == syscall.EROFS
}

// forward passes connections on, "listen=target", so that the function reaches the AWS port under the address that it
// has on the machine of the emulator.
func forward(pair string) error {
	if pair == "" {
		return nil
	}
	listen, target, _ := strings.Cut(pair, "=")
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go pass(connection.(*net.TCPConn), target)
		}
	}()
	return nil
}

func pass(from *net.TCPConn, target string) {
	defer from.Close()
	dialed, err := net.DialTimeout("tcp", target, 5*time.Second)
	if err != nil {
		return
	}
	to := dialed.(*net.TCPConn)
	defer to.Close()
	back := make(chan struct{})
	go func() {
		defer close(back)
		_, _ = io.Copy(from, to)
		_ = from.CloseWrite()
	}()
	_, _ = io.Copy(to, from)
	_ = to.CloseWrite()
	<-back
}

// watchMemory kills the runtime where its processes hold more than the limit; what they wrote to a /tmp in memory is
// not theirs. The engine's own limit, which counts that too, is higher.
func (f *function) watchMemory(limit int64, over <-chan struct{}) {
	if limit == 0 {
		return
	}
	ticker := time.NewTicker(memoryPause)
	defer ticker.Stop()
	for {
		select {
		case <-over:
			return
		case <-ticker.C:
			if heldMemory(f.runner.settings.cgroup) > limit {
				f.mutex.Lock()
				f.outOfMemory = true
				f.mutex.Unlock()
				f.killRuntime()
				return
			}
		}
	}
}

// heldMemory is what the processes of the container hold, without files, in bytes; 0 where it is not told.
func heldMemory(cgroup string) int64 {
	return number(filepath.Join(cgroup, "memory.stat"), "anon") + // version 2
		number(filepath.Join(cgroup, "memory", "memory.stat"), "total_rss") // version 1
}
