// The registry of the tests: go-containerregistry's, in memory, on a free port, which it prints. With a user and a
// password as arguments, it asks for them.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	handler := registry.New(registry.Logger(log.New(os.Stderr, "", 0)))
	if len(os.Args) == 3 {
		handler = protected(handler, os.Args[1], os.Args[2])
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		// Ends with the test that started it, however that ends.
		os.Stdin.Read(make([]byte, 1))
		os.Exit(0)
	}()
	log.Fatal(http.Serve(listener, handler))
}

func protected(handler http.Handler, user, password string) http.Handler {
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		givenUser, givenPassword, given := request.BasicAuth()
		if !given || givenUser != user || givenPassword != password {
			writer.Header().Set("WWW-Authenticate", `Basic realm="tests"`)
			http.Error(writer, `{"errors":[{"code":"UNAUTHORIZED","message":"log in"}]}`, http.StatusUnauthorized)
			return
		}
		handler.ServeHTTP(writer, request)
	})
}
