package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// peakMemory is the most memory that a process and those below it have held, in bytes. Not the cgroup's figure: that
// counts the files read too, and never falls from one process to the next.
func peakMemory(pid int) int64 {
	var sum int64
	for _, each := range append(descendants(pid), pid) {
		sum += 1024 * number(fmt.Sprintf("/proc/%d/status", each), "VmHWM:")
	}
	return sum
}

// oomKills counts the processes of the container that the kernel has killed for want of memory; 0 where it is not told.
func oomKills(cgroup string) int64 {
	return number(filepath.Join(cgroup, "memory.events"), "oom_kill") + // version 2
		number(filepath.Join(cgroup, "memory", "memory.oom_control"), "oom_kill") // version 1
}

// number is what stands behind a name in a file of the kernel; 0 where there is none.
func number(file, name string) int64 {
	content, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(content), "\n") {
		fields := strings.Fields(line)
		if len(fields) >= 2 && fields[0] == name {
			value, _ := strconv.ParseInt(fields[1], 10, 64)
			return value
		}
	}
	return 0
}
