package main

import (
	"net/http"
	"net/http/httputil"
	"sync"
	"sync/atomic"
)

// relay is the Runtime API as functions see it: every request goes to the emulator, below the path of the process that
// runs, and comes back as it is. A function may wait for its next event for as long as it takes.
type relay struct {
	proxy   *httputil.ReverseProxy
	session atomic.Value
}

func newRelay(emulator string, transport http.RoundTripper) *relay {
	r := &relay{}
	r.proxy = &httputil.ReverseProxy{
		Rewrite: func(request *httputil.ProxyRequest) {
			out, session := request.Out, r.session.Load().(string)
			out.URL.Scheme, out.URL.Host, out.Host = "http", emulator, emulator
			out.URL.Path = session + out.URL.Path
			if out.URL.RawPath != "" {
				out.URL.RawPath = session + out.URL.RawPath
			}
			// The same map: trailers have their values only once the body is read.
			out.Trailer = request.In.Trailer
		},
		Transport:     transport,
		FlushInterval: -1,
		BufferPool:    &buffers{sync.Pool{New: func() any { return make([]byte, 32*1024) }}},
		ErrorHandler: func(out http.ResponseWriter, _ *http.Request, _ error) {
			out.WriteHeader(http.StatusBadGateway)
		},
	}
	return r
}

// serve sends the requests that follow to another session: a path such as /0123abcd.
func (r *relay) serve(session string) {
	r.session.Store(session)
}

func (r *relay) ServeHTTP(out http.ResponseWriter, request *http.Request) {
	if r.session.Load() == nil {
		http.Error(out, "no function was started", http.StatusServiceUnavailable)
		return
	}
	r.proxy.ServeHTTP(out, request)
}

type buffers struct{ pool sync.Pool }

func (b *buffers) Get() []byte { return b.pool.Get().([]byte) }

func (b *buffers) Put(buffer []byte) { b.pool.Put(buffer) } //nolint:staticcheck // 24 bytes a response
