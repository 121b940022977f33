// Package conformance is the suite of the AWS SDK for Go v2, unmodified, with its default settings.
package conformance

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
)

const mib = 1024 * 1024

// verifies records, when the test is over, that it is the check of these lines of the features.
func verifies(t *testing.T, features ...string) {
	t.Helper()
	t.Cleanup(func() {
		file, err := os.OpenFile(os.Getenv("CONFORMANCE_RESULTS"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for _, feature := range features {
			line, _ := json.Marshal(map[string]any{
				"client": "go", "version": sdkVersion(t), "test": t.Name(), "feature": feature, "passed": !t.Failed()})
			if _, err := file.Write(append(line, '\n')); err != nil {
				t.Error(err)
			}
		}
	})
}

// sdkVersion is that of the module for the service that the test is named for: S3, or Lambda.
func sdkVersion(t *testing.T) string {
	service := "s3"
	if strings.HasPrefix(t.Name(), "TestLambda") {
		service = "lambda"
	}
	module, _ := os.ReadFile("go.mod")
	return regexp.MustCompile(`service/` + service + ` v(\S+)`).FindStringSubmatch(string(module))[1]
}

// client has the default settings, but for those of the options.
func client(t *testing.T, options ...func(*s3.Options)) *s3.Client {
	t.Helper()
	settings, err := config.LoadDefaultConfig(t.Context())
	check(t, err)
	return s3.NewFromConfig(settings, options...)
}

func port() string {
	endpoint := os.Getenv("AWS_ENDPOINT_URL")
	return endpoint[strings.LastIndex(endpoint, ":")+1:]
}

// named reaches the stack by name; *.localhost resolves to the loopback address, as RFC 6761 has it.
func named(host string) func(*s3.Options) {
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:"+port())
	}
	return func(o *s3.Options) {
		o.BaseEndpoint = aws.String("http://" + host + ":" + port())
		o.HTTPClient = &http.Client{Transport: &http.Transport{DialContext: dial}}
	}
}

func newBucket(t *testing.T, c *s3.Client, change ...func(*s3.CreateBucketInput)) *string {
	t.Helper()
	name := make([]byte, 10)
	_, _ = rand.Read(name)
	input := &s3.CreateBucketInput{Bucket: aws.String("t" + hex.EncodeToString(name))}
	for _, each := range change {
		each(input)
	}
	_, err := c.CreateBucket(t.Context(), input)
	check(t, err)
	return input.Bucket
}

func put(t *testing.T, c *s3.Client, bucket *string, key, body string) *s3.PutObjectOutput {
	t.Helper()
	done, err := c.PutObject(t.Context(), &s3.PutObjectInput{
		Bucket: bucket, Key: aws.String(key), Body: strings.NewReader(body)})
	check(t, err)
	return done
}

func get(t *testing.T, c *s3.Client, input *s3.GetObjectInput) (string, *s3.GetObjectOutput) {
	t.Helper()
	got, err := c.GetObject(t.Context(), input)
	check(t, err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	check(t, err)
	return string(body), got
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, code string, err error) {
	t.Helper()
	var refusal smithy.APIError
	if !errors.As(err, &refusal) || refusal.ErrorCode() != code {
		t.Fatalf("%v is not %s", err, code)
	}
}

func equal[T comparable](t *testing.T, actual, expected T) {
	t.Helper()
	if actual != expected {
		t.Fatalf("%v is not %v", actual, expected)
	}
}
