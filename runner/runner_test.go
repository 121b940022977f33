package main

import (
	"archive/tar"
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	testKey     = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	testSandbox = "sandbox1"
	patience    = 30 * time.Second
)

// TestMain lets this test's program be the runner too.
func TestMain(m *testing.M) {
	if os.Getenv("BE_THE_RUNNER") != "" {
		os.Unsetenv("BE_THE_RUNNER")
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// fake is an emulator with one sandbox, its runner a real process.
type fake struct {
	t         *testing.T
	server    *httptest.Server
	directory string
	orders    chan string
	events    chan event
	cut       chan struct{} // closed to lose the connection
	code      map[string][]byte
	served    chan string // requests of the Runtime API
	runner    *exec.Cmd
	stderr    strings.Builder
	stdout    strings.Builder
	used      bool
}

func start(t *testing.T, flags ...string) *fake {
	t.Helper()
	f := &fake{
		t: t, directory: t.TempDir(), orders: make(chan string, 100), events: make(chan event, 10000),
		cut: make(chan struct{}), code: map[string][]byte{}, served: make(chan string, 100),
	}
	f.server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.server.Close)
	f.run(flags...)
	return f
}

func (f *fake) run(flags ...string) {
	install := f.command("install", f.directory)
	install.Env = append(install.Env, "RUSTSTACK_RUNNER_KEY="+testKey)
	if out, err := install.CombinedOutput(); err != nil {
		f.t.Fatalf("install: %v %s", err, out)
	}
	f.runner = f.command(append([]string{
		"run", "-token", f.path("token"), "-task", f.path("task"), "-opt", f.path("opt"), "-relay", "127.0.0.1:0", "-cgroup", f.path("cgroup"),
		"-bootstraps", f.path("runtime/bootstrap") + ":" + f.path("task/bootstrap"),
	}, flags...)...)
	f.runner.Stderr, f.runner.Stdout = &f.stderr, &f.stdout
	if err := f.runner.Start(); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() {
		_ = f.runner.Process.Signal(syscall.SIGTERM)
		_ = f.runner.Wait()
	})
}

func (f *fake) command(arguments ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		f.t.Fatal(err)
	}
	command := exec.Command(self, arguments...)
	command.Env = append(os.Environ(), "BE_THE_RUNNER=1", "KUBERNETES_SERVICE_HOST=10.0.0.1", "OF_THE_IMAGE=yes",
		"RUSTSTACK_SANDBOX="+testSandbox, "RUSTSTACK_EMULATOR="+strings.TrimPrefix(f.server.URL, "http://"))
	return command
}

func (f *fake) path(name string) string { return filepath.Join(f.directory, name) }

func (f *fake) serve(out http.ResponseWriter, request *http.Request) {
	what, ours := strings.CutPrefix(request.URL.Path, "/runner/v1/"+testSandbox+"/")
	if !ours {
		body, _ := io.ReadAll(request.Body)
		f.served <- request.Method + " " + request.RequestURI + " " + string(body) + request.Trailer.Get("Why")
		if strings.HasSuffix(request.URL.Path, "/never") {
			<-request.Context().Done()
			f.served <- "gone"
		}
		out.WriteHeader(http.StatusAccepted)
		return
	}
	if request.Header.Get("Authorization") != "Bearer "+tokenOf(testKey, testSandbox) {
		out.WriteHeader(http.StatusForbidden)
		return
	}
	switch {
	case what == "connect" && f.used:
		out.WriteHeader(http.StatusForbidden)
	case what == "connect":
		f.used = true
		f.say(out, request)
	case what == "events":
		for lines := bufio.NewReader(request.Body); ; {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				return
			}
			var next event
			if err := json.Unmarshal(line, &next); err != nil {
				f.t.Errorf("event %s: %v", line, err)
			}
			f.events <- next
		}
	default:
		_, _ = out.Write(f.code[strings.TrimPrefix(what, "code/")])
	}
}

func (f *fake) say(out http.ResponseWriter, request *http.Request) {
	flusher := out.(http.Flusher)
	flusher.Flush()
	for {
		select {
		case line := <-f.orders:
			_, _ = io.WriteString(out, line+"\n")
			flusher.Flush()
		case <-request.Context().Done():
			return
		case <-f.cut:
			panic(http.ErrAbortHandler)
		}
	}
}

func (f *fake) order(what order) {
	line, err := json.Marshal(what)
	if err != nil {
		f.t.Fatal(err)
	}
	f.orders <- string(line)
}

func (f *fake) next() event {
	f.t.Helper()
	select {
	case next := <-f.events:
		if next.Is == "extensions" && len(next.Names) == 0 {
			return f.next()
		}
		return next
	case <-time.After(patience):
		f.t.Fatal("no event; the runner said: " + f.stderr.String())
		return event{}
	}
}

func (f *fake) expect(want event) {
	f.t.Helper()
	got := f.next()
	if want.PeakMemory != 0 {
		if got.PeakMemory <= 0 {
			f.t.Errorf("%+v has no peak memory", got)
		}
		got.PeakMemory = want.PeakMemory
	}
	if !reflect.DeepEqual(got, want) {
		f.t.Fatalf("got %+v, want %+v", got, want)
	}
}

// script orders a shell script to be run as the function's command.
func (f *fake) script(n int, script string) {
	f.order(order{Do: "start", N: n, Command: []string{"sh", "-c", script}, Session: "/session" + strconv.Itoa(n)})
}

func (f *fake) bootstrap(name, script string, mode os.FileMode) {
	if err := os.MkdirAll(filepath.Dir(f.path(name)), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(f.path(name), []byte("#!/bin/sh\n"+script), mode); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fake) wait() int {
	f.t.Helper()
	err := f.runner.Wait()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		f.t.Fatal(err)
	}
	return f.runner.ProcessState.ExitCode()
}

func TestLinesComeInOrderAndTheExitLast(t *testing.T) {
	f := start(t)
	f.script(1, "echo one; echo two >&2; printf 'three\\r\\n\\n'; printf four; exit 3")
	for _, line := range []string{"one", "two", "three", "", "four"} {
		f.expect(event{Is: "line", N: 1, Text: line})
	}
	f.expect(event{Is: "exit", N: 1, Code: 3, PeakMemory: 1})
}

func TestLinesTooLongAreCut(t *testing.T) {
	f := start(t)
	f.script(1, "head -c 600000 /dev/zero | tr '\\0' x; echo; echo end")
	for _, size := range []int{maxLine, maxLine, 600000 - 2*maxLine} {
		if got := f.next(); got.Text != strings.Repeat("x", size) {
			t.Fatalf("%d characters, not %d", len(got.Text), size)
		}
	}
	f.expect(event{Is: "line", N: 1, Text: "end"})
}

func TestFlushDeliversWhatWasWritten(t *testing.T) {
	f := start(t)
	f.script(1, "printf half > "+f.path("first")+"; printf half; touch "+f.path("written")+"; sleep 1000")
	for _, err := os.Stat(f.path("written")); err != nil; _, err = os.Stat(f.path("written")) {
		time.Sleep(time.Millisecond)
	}
	f.order(order{Do: "flush", K: 7})
	f.expect(event{Is: "line", N: 1, Text: "half"})
	f.expect(event{Is: "flushed", K: 7, PeakMemory: 1})
}

func TestKillTakesEverythingAndTheNextStartsAfterIt(t *testing.T) {
	f := start(t)
	f.script(1, "setsid sh -c 'echo $$; exec sleep 1000' & sleep 1000")
	orphan, err := strconv.Atoi(f.next().Text)
	if err != nil {
		t.Fatal(err)
	}
	f.order(order{Do: "kill", N: 1})
	f.script(2, "kill -0 "+strconv.Itoa(orphan)+" 2>/dev/null || echo gone")
	f.expect(event{Is: "exit", N: 1, Signal: 9, PeakMemory: 1})
	f.expect(event{Is: "line", N: 2, Text: "gone"})
	f.expect(event{Is: "exit", N: 2, PeakMemory: 1})
}

func TestWhatAFunctionLeavesBehindIsKilledAndDoesNotHoldItUp(t *testing.T) {
	f := start(t)
	f.script(1, "sleep 1000 & echo $!; exit 0")
	orphan, _ := strconv.Atoi(f.next().Text)
	f.expect(event{Is: "exit", N: 1, PeakMemory: 1})
	if err := syscall.Kill(orphan, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("%d is still there: %v", orphan, err)
	}
}

func TestTheEnvironmentIsTheImagesAndTheFunctions(t *testing.T) {
	f := start(t)
	f.order(order{Do: "start", N: 1, Command: []string{"sh", "-c", "env; exit 0"},
		Variables: map[string]string{"OF_THE_FUNCTION": "1", "AWS_LAMBDA_RUNTIME_API": "elsewhere"}})
	environment := map[string]string{}
	for next := f.next(); next.Is == "line"; next = f.next() {
		name, value, _ := strings.Cut(next.Text, "=")
		environment[name] = value
	}
	if environment["OF_THE_FUNCTION"] != "1" || environment["OF_THE_IMAGE"] != "yes" || environment["PATH"] == "" {
		t.Errorf("missing in %v", environment)
	}
	if !strings.HasPrefix(environment["AWS_LAMBDA_RUNTIME_API"], "127.0.0.1:") {
		t.Errorf("AWS_LAMBDA_RUNTIME_API is %q", environment["AWS_LAMBDA_RUNTIME_API"])
	}
	for name := range environment {
		if strings.HasPrefix(name, "RUSTSTACK_") || strings.HasPrefix(name, "KUBERNETES_") {
			t.Errorf("%s reaches the function", name)
		}
	}
}

func TestTheRuntimeWaitsForExtensionsWhichOutliveIt(t *testing.T) {
	f := start(t)
	f.bootstrap("opt/extensions/beside", "echo \"${_HANDLER-none} $OF_THE_IMAGE\"; while :; do sleep 0.05; done", 0o755)
	f.bootstrap("opt/extensions/at-fault", "", 0o644)
	f.order(order{Do: "start", N: 1, Command: []string{"sh", "-c", "echo runtime; sleep 1000"}, Session: "/s",
		Variables: map[string]string{"_HANDLER": "a.b"}})
	f.expect(event{Is: "extensions", N: 1, Names: []string{"at-fault", "beside"}})
	f.expect(event{Is: "extensionFailed", N: 1, Extension: "at-fault",
		Message: "fork/exec /opt/extensions/at-fault: permission denied"})
	f.expect(event{Is: "line", N: 1, Extension: "beside", Text: "none yes"})
	f.order(order{Do: "proceed", N: 1})
	f.expect(event{Is: "line", N: 1, Text: "runtime"})
	f.order(order{Do: "killRuntime", N: 1})
	f.expect(event{Is: "exit", N: 1, Signal: 9, PeakMemory: 1})
	f.order(order{Do: "kill", N: 1})
	f.expect(event{Is: "extensionExit", N: 1, Extension: "beside", Signal: 9, PeakMemory: 1})
}

func TestTelemetryIsDelivered(t *testing.T) {
	f := start(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	f.order(order{Do: "deliver", To: "tcp://" + listener.Addr().String(), Text: "{}\n"})
	f.order(order{Do: "deliver", To: f.server.URL + "/told", Text: "[1]"})
	connection, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := io.ReadAll(connection); string(text) != "{}\n" {
		t.Errorf("%q", text)
	}
	if got := <-f.served; got != "POST /told [1]" {
		t.Errorf("%q", got)
	}
}

func TestTheTokenIsGoneBeforeTheFunctionRuns(t *testing.T) {
	f := start(t)
	f.script(1, "ls "+f.path("token")+" 2>/dev/null || echo gone; cat /proc/$PPID/environ >/dev/null 2>&1 && echo readable; exit 0")
	f.expect(event{Is: "line", N: 1, Text: "gone"})
	if next := f.next(); next.Is != "exit" && os.Getuid() != 0 {
		t.Errorf("%+v", next)
	}
}

func TestCodeIsFetchedWithItsModes(t *testing.T) {
	f := start(t)
	f.code["c0de"] = tarOf(t,
		tar.Header{Typeflag: tar.TypeDir, Name: "lib/", Mode: 0o555},
		tar.Header{Typeflag: tar.TypeReg, Name: "bootstrap", Mode: 0o555},
		tar.Header{Typeflag: tar.TypeReg, Name: "lib/read.txt", Mode: 0o440},
		tar.Header{Typeflag: tar.TypeSymlink, Name: "lib/link", Linkname: "../bootstrap"})
	t.Cleanup(func() { _ = os.Chmod(f.path("task/lib"), 0o755) })
	for n := 1; n <= 2; n++ {
		f.order(order{Do: "start", N: n, Code: "c0de"})
		f.expect(event{Is: "line", N: n, Text: "-r--r----- read.txt"})
		f.expect(event{Is: "line", N: n, Text: "dr-xr-xr-x ."})
		f.expect(event{Is: "line", N: n, Text: f.path("task")})
		f.expect(event{Is: "exit", N: n, PeakMemory: 1})
	}
	if target, err := os.Readlink(f.path("task/lib/link")); target != "../bootstrap" {
		t.Errorf("link to %q: %v", target, err)
	}
}

func TestCodeThatLeadsOutIsRefused(t *testing.T) {
	for name, header := range map[string]tar.Header{
		"name":     {Typeflag: tar.TypeReg, Name: "../out"},
		"absolute": {Typeflag: tar.TypeReg, Name: "/tmp/out"},
		"link":     {Typeflag: tar.TypeSymlink, Name: "a/link", Linkname: "../../out"},
		"rooted":   {Typeflag: tar.TypeSymlink, Name: "link", Linkname: "/etc"},
		"device":   {Typeflag: tar.TypeChar, Name: "null"},
	} {
		t.Run(name, func(t *testing.T) {
			f := start(t)
			f.code["bad"] = tarOf(t, header)
			f.order(order{Do: "start", N: 1, Code: "bad"})
			if got := f.next(); got.Is != "failed" || got.Kind != "Unavailable" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func tarOf(t *testing.T, headers ...tar.Header) []byte {
	t.Helper()
	var out strings.Builder
	writer := tar.NewWriter(&out)
	for _, header := range headers {
		content := ""
		if header.Name == "bootstrap" {
			content = "#!/bin/sh\nstat -c '%A read.txt' lib/read.txt; cd lib; stat -c '%A %n' .; cd ..; pwd\n"
		}
		header.Size = int64(len(content))
		if err := writer.WriteHeader(&header); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(writer, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return []byte(out.String())
}

func TestAnEntryPointThatCannotRunIsNamed(t *testing.T) {
	f := start(t)
	for n, each := range []struct {
		what    order
		message string
	}{
		{order{Command: []string{"/no/such"}}, "fork/exec /no/such: no such file or directory"},
		{order{Command: []string{"no-such"}}, `exec: "no-such": executable file not found in $PATH`},
		{order{Command: []string{"sh"}, Directory: "/no/such"}, "chdir /no/such: no such file or directory"},
		{order{}, "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"},
	} {
		each.what.Do, each.what.N = "start", n+1
		f.order(each.what)
		f.expect(event{Is: "failed", N: n + 1, Kind: "InvalidEntrypoint", Message: each.message})
	}
	f.bootstrap("task/bootstrap", "exit 0", 0o644)
	f.order(order{Do: "start", N: 9})
	f.expect(event{Is: "failed", N: 9, Kind: "InvalidEntrypoint",
		Message: "fork/exec " + f.path("task/bootstrap") + ": permission denied"})
}

func TestTheRuntimesBootstrapComesFirst(t *testing.T) {
	f := start(t)
	f.bootstrap("runtime/bootstrap", "echo runtime", 0o755)
	f.bootstrap("task/bootstrap", "echo task", 0o755)
	f.order(order{Do: "start", N: 1})
	f.expect(event{Is: "line", N: 1, Text: "runtime"})
}

func TestTheRuntimeAPIIsRelayedToTheSession(t *testing.T) {
	f := start(t)
	f.script(1, "echo $AWS_LAMBDA_RUNTIME_API; sleep 1000")
	api := "http://" + f.next().Text
	request, _ := http.NewRequest(http.MethodPost, api+"/a%2Fb?c=d", io.NopCloser(strings.NewReader("body ")))
	request.Trailer = http.Header{"Why": nil}
	request.Body = trailing{request.Body, request}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if got := <-f.served; got != "POST /session1/a%2Fb?c=d body because" || response.StatusCode != http.StatusAccepted {
		t.Errorf("%s -> %d", got, response.StatusCode)
	}
}

// trailing sets the trailer once the body is read.
type trailing struct {
	io.ReadCloser
	request *http.Request
}

func (b trailing) Read(into []byte) (int, error) {
	n, err := b.ReadCloser.Read(into)
	if err != nil {
		b.request.Trailer.Set("Why", "because")
	}
	return n, err
}

func TestAWaitingRequestEndsWithItsFunction(t *testing.T) {
	f := start(t)
	f.script(1, "echo $AWS_LAMBDA_RUNTIME_API; sleep 1000")
	client := &http.Client{Timeout: patience}
	address := f.next().Text
	connection := make(chan error, 1)
	transport := &http.Transport{}
	client.Transport = transport
	request, _ := http.NewRequest(http.MethodGet, "http://"+address+"/never", nil)
	cancelled := make(chan struct{})
	request.Cancel = cancelled //nolint:staticcheck // as a process that dies
	go func() { _, err := client.Do(request); connection <- err }()
	<-f.served
	close(cancelled)
	<-connection
	if got := <-f.served; got != "gone" {
		t.Errorf("%q", got)
	}
}

func TestAKillForWantOfMemoryIsTold(t *testing.T) {
	for version, file := range map[string]string{"1": "memory/memory.oom_control", "2": "memory.events"} {
		t.Run("cgroup v"+version, func(t *testing.T) {
			f := start(t)
			counter := f.path("cgroup/" + file)
			f.bootstrap("cgroup/"+file, "", 0o644)
			write := func(count int) { _ = os.WriteFile(counter, fmt.Appendf(nil, "oom 5\noom_kill %d\n", count), 0o644) }
			write(4)
			f.script(1, "echo up; sleep 1000")
			f.next()
			write(5)
			f.order(order{Do: "kill", N: 1})
			f.expect(event{Is: "exit", N: 1, Signal: 9, OOM: true, PeakMemory: 1})
			f.script(2, "exit 1")
			f.expect(event{Is: "exit", N: 2, Code: 1, PeakMemory: 1})
		})
	}
}

func TestMoreMemoryThanTheLimitEndsTheFunction(t *testing.T) {
	t.Setenv("RUSTSTACK_MEMORY", "1000")
	f := start(t)
	f.bootstrap("cgroup/memory.stat", "anon 1000\nfile 5000\n", 0o644)
	f.script(1, "echo up; sleep 1000")
	f.expect(event{Is: "line", N: 1, Text: "up"})
	f.bootstrap("cgroup/memory.stat", "anon 1001\nfile 5000\n", 0o644)
	f.expect(event{Is: "exit", N: 1, Signal: 9, OOM: true, PeakMemory: 1})
}

func TestTheFunctionReachesWhatIsForwarded(t *testing.T) {
	target := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
		_, _ = io.Copy(out, request.Body)
	}))
	t.Cleanup(target.Close)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	t.Setenv("RUSTSTACK_FORWARD", free.Addr().String()+"="+strings.TrimPrefix(target.URL, "http://"))
	f := start(t)
	f.script(1, "echo up; sleep 1000")
	f.next()
	response, err := http.Post("http://"+free.Addr().String(), "text/plain", strings.NewReader("there and back"))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); string(body) != "there and back" {
		t.Errorf("%q", body)
	}
}

func TestAsRootItBecomesTheUser(t *testing.T) {
	if os.Getuid() != 0 {
		return // As anyone else it stays who it is, which all other tests show.
	}
	folder, err := os.MkdirTemp("", "runner")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	t.Setenv("RUSTSTACK_USER", "10001:10001")
	f := start(t, "-task", folder)
	f.script(1, "id -u; id -G; stat -c %u "+folder+"; grep CapEff /proc/self/status; exit 0")
	for _, line := range []string{"10001", "10001", "10001", "CapEff:\t0000000000000000"} {
		f.expect(event{Is: "line", N: 1, Text: line})
	}
}

func TestPingsAreAnswered(t *testing.T) {
	f := start(t)
	f.order(order{Do: "ping"})
	f.expect(event{Is: "alive"})
}

func TestALostConnectionEndsTheFunctionAndTheRunner(t *testing.T) {
	f := start(t)
	f.script(1, "echo $$; sleep 1000")
	pid, _ := strconv.Atoi(f.next().Text)
	close(f.cut)
	if code := f.wait(); code != 0 {
		t.Errorf("exit status %d: %s", code, f.stderr.String())
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("the function is still there: %v", err)
	}
	if !strings.HasPrefix(f.stdout.String(), strconv.Itoa(pid)+"\n") {
		t.Errorf("the container's log is %q", f.stdout.String())
	}
}

func TestAnEmulatorThatFallsSilentIsLost(t *testing.T) {
	f := start(t, "-silence", "300ms")
	f.script(1, "sleep 1000")
	if code := f.wait(); code != 0 {
		t.Errorf("exit status %d: %s", code, f.stderr.String())
	}
}

func TestARunnerThatIsRefusedEnds(t *testing.T) {
	f := start(t)
	f.order(order{Do: "ping"})
	f.expect(event{Is: "alive"})
	close(f.cut)
	if code := f.wait(); code != 1 || !strings.Contains(f.stderr.String(), "refuses this sandbox") {
		t.Errorf("exit status %d: %s", code, f.stderr.String())
	}
}

func TestTheEmulatorMayComeLater(t *testing.T) {
	f := start(t)
	address := f.server.Listener.Addr().String()
	_ = f.runner.Process.Kill()
	_ = f.runner.Wait()
	f.server.Close()
	f.used = false
	f.run()
	time.Sleep(100 * time.Millisecond) // It finds nobody.
	later := httptest.NewUnstartedServer(http.HandlerFunc(f.serve))
	later.Listener.Close()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	later.Listener = listener
	later.Start()
	t.Cleanup(func() {
		_ = f.runner.Process.Kill()
		_ = f.runner.Wait()
		later.Close()
	})
	f.order(order{Do: "ping"})
	f.expect(event{Is: "alive"})
}
