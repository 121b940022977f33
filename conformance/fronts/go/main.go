// Command bootstrap is a plain handler of net/http as a function, by AWS's libraries for Go.
package main

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
)

func item(w http.ResponseWriter, r *http.Request) {
	orNull := func(present bool, value string) any {
		if !present {
			return nil
		}
		return value
	}
	var seen any
	if cookie, err := r.Cookie("seen"); err == nil {
		seen = cookie.Value
	}
	http.SetCookie(w, &http.Cookie{Name: "one", Value: "1"})
	http.SetCookie(w, &http.Cookie{Name: "two", Value: "2"})
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	json.NewEncoder(w).Encode(map[string]any{
		"item": r.PathValue("item"), "method": r.Method, "query": orNull(r.URL.Query().Has("q"), r.URL.Query().Get("q")),
		"form": orNull(r.PostFormValue("f") != "", r.PostFormValue("f")), "cookie": seen})
}

func image(w http.ResponseWriter, _ *http.Request) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	w.Header().Set("Content-Type", "image/png")
	w.Write(all)
}

// handle takes events of both formats.
func handle(ctx context.Context, event json.RawMessage) (any, error) {
	var format struct{ Version string }
	if err := json.Unmarshal(event, &format); err != nil {
		return nil, err
	}
	if format.Version == "2.0" {
		var request events.APIGatewayV2HTTPRequest
		if err := json.Unmarshal(event, &request); err != nil {
			return nil, err
		}
		return httpadapter.NewV2(http.DefaultServeMux).ProxyWithContext(ctx, request)
	}
	var request events.APIGatewayProxyRequest
	if err := json.Unmarshal(event, &request); err != nil {
		return nil, err
	}
	return httpadapter.New(http.DefaultServeMux).ProxyWithContext(ctx, request)
}

func main() {
	http.HandleFunc("/items/{item}", item)
	http.HandleFunc("GET /image", image)
	lambda.Start(handle)
}
