package conformance

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

const echo = "exports.handler = async (event) => event;"

func lambdaClient(t *testing.T, options ...func(*lambda.Options)) *lambda.Client {
	t.Helper()
	settings, err := config.LoadDefaultConfig(t.Context())
	check(t, err)
	return lambda.NewFromConfig(settings, options...)
}

// once has a client that does not try again.
func once(o *lambda.Options) { o.Retryer = aws.NopRetryer{} }

func zipped(t *testing.T, name, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	file, err := archive.Create(name)
	check(t, err)
	_, err = io.WriteString(file, content)
	check(t, err)
	check(t, archive.Close())
	return out.Bytes()
}

func newFunction(t *testing.T, c *lambda.Client, code string, change ...func(*lambda.CreateFunctionInput)) *string {
	t.Helper()
	name := make([]byte, 10)
	_, _ = rand.Read(name)
	input := &lambda.CreateFunctionInput{
		FunctionName: aws.String("t" + hex.EncodeToString(name)), Runtime: types.RuntimeNodejs20x,
		Handler: aws.String("index.handler"), Role: aws.String("arn:aws:iam::000000000000:role/any"),
		Timeout: aws.Int32(20), Code: &types.FunctionCode{ZipFile: zipped(t, "index.js", code)}}
	for _, each := range change {
		each(input)
	}
	_, err := c.CreateFunction(t.Context(), input)
	check(t, err)
	waiter := lambda.NewFunctionActiveV2Waiter(c, func(o *lambda.FunctionActiveV2WaiterOptions) { o.MinDelay = time.Second })
	check(t, waiter.Wait(t.Context(), &lambda.GetFunctionInput{FunctionName: input.FunctionName}, time.Minute))
	return input.FunctionName
}

func updated(t *testing.T, c *lambda.Client, name *string) {
	t.Helper()
	waiter := lambda.NewFunctionUpdatedV2Waiter(c, func(o *lambda.FunctionUpdatedV2WaiterOptions) { o.MinDelay = time.Second })
	check(t, waiter.Wait(t.Context(), &lambda.GetFunctionInput{FunctionName: name}, time.Minute))
}

func invoke(t *testing.T, c *lambda.Client, input *lambda.InvokeInput) *lambda.InvokeOutput {
	t.Helper()
	done, err := c.Invoke(t.Context(), input)
	check(t, err)
	return done
}

func errorType(t *testing.T, done *lambda.InvokeOutput) string {
	t.Helper()
	equal(t, aws.ToString(done.FunctionError), "Unhandled")
	var document struct{ ErrorType string }
	check(t, json.Unmarshal(done.Payload, &document))
	return document.ErrorType
}

func TestLambdaFunction(t *testing.T) {
	verifies(t, "CreateFunction: from a zip", "GetFunction: configuration, tags, reservation",
		"GetFunction: the package is downloaded", "DeleteFunction: gone", "GetFunction: one that is not there")
	c := lambdaClient(t)
	name := newFunction(t, c, echo, func(in *lambda.CreateFunctionInput) { in.Tags = map[string]string{"team": "web"} })

	got, err := c.GetFunction(t.Context(), &lambda.GetFunctionInput{FunctionName: name})
	check(t, err)
	equal(t, got.Configuration.State, types.StateActive)
	equal(t, got.Tags["team"], "web")
	answer, err := http.Get(*got.Code.Location)
	check(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(t, err)
	equal(t, int64(len(body)), got.Configuration.CodeSize)

	_, err = c.DeleteFunction(t.Context(), &lambda.DeleteFunctionInput{FunctionName: name})
	check(t, err)
	_, err = c.GetFunction(t.Context(), &lambda.GetFunctionInput{FunctionName: name})
	var missing *types.ResourceNotFoundException
	if !errors.As(err, &missing) || !strings.HasPrefix(missing.ErrorMessage(), "Function not found: arn:aws:lambda:") {
		t.Fatal(err)
	}
}

func TestLambdaWrongFunction(t *testing.T) {
	verifies(t, "CreateFunction: what is wrong is refused with AWS's text")
	c := lambdaClient(t)
	name := newFunction(t, c, echo)
	_, err := c.CreateFunction(t.Context(), &lambda.CreateFunctionInput{
		FunctionName: name, Runtime: types.RuntimeNodejs20x, Handler: aws.String("index.handler"),
		Role: aws.String("arn:aws:iam::000000000000:role/any"),
		Code: &types.FunctionCode{ZipFile: zipped(t, "index.js", echo)}})
	var conflict *types.ResourceConflictException
	if !errors.As(err, &conflict) || conflict.ErrorMessage() != "Function already exist: "+*name {
		t.Fatal(err)
	}
}

func TestLambdaUpdates(t *testing.T) {
	verifies(t, "UpdateFunctionCode: another package", "UpdateFunctionConfiguration: settings, which a waiter waits for",
		"ListFunctions: pages")
	c := lambdaClient(t)
	name := newFunction(t, c, echo)
	_, err := c.UpdateFunctionCode(t.Context(), &lambda.UpdateFunctionCodeInput{
		FunctionName: name, ZipFile: zipped(t, "index.js", "exports.handler = async () => process.env.LEVEL;")})
	check(t, err)
	updated(t, c, name)
	_, err = c.UpdateFunctionConfiguration(t.Context(), &lambda.UpdateFunctionConfigurationInput{
		FunctionName: name, Environment: &types.Environment{Variables: map[string]string{"LEVEL": "up"}}})
	check(t, err)
	updated(t, c, name)
	equal(t, string(invoke(t, c, &lambda.InvokeInput{FunctionName: name}).Payload), `"up"`)
	found := false
	pages := lambda.NewListFunctionsPaginator(c, &lambda.ListFunctionsInput{MaxItems: aws.Int32(1)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		check(t, err)
		for _, each := range page.Functions {
			found = found || *each.FunctionName == *name
		}
	}
	equal(t, found, true)
}

func TestLambdaVersionsAndAliases(t *testing.T) {
	verifies(t, "PublishVersion: numbered, invoked by number", "PublishVersion: nothing where nothing has changed",
		"ListVersionsByFunction: pages", "CreateAlias: invoked by name", "ListAliases: pages", "DeleteAlias: gone")
	c := lambdaClient(t)
	name := newFunction(t, c, "exports.handler = async (event, context) => context.functionVersion;")
	for range 2 {
		version, err := c.PublishVersion(t.Context(), &lambda.PublishVersionInput{FunctionName: name})
		check(t, err)
		equal(t, *version.Version, "1")
	}
	done := invoke(t, c, &lambda.InvokeInput{FunctionName: name, Qualifier: aws.String("1")})
	equal(t, string(done.Payload), `"1"`)
	equal(t, *done.ExecutedVersion, "1")
	count := 0
	versions := lambda.NewListVersionsByFunctionPaginator(
		c, &lambda.ListVersionsByFunctionInput{FunctionName: name, MaxItems: aws.Int32(1)})
	for ; versions.HasMorePages(); count++ {
		_, err := versions.NextPage(t.Context())
		check(t, err)
	}
	equal(t, count, 2)
	_, err := c.CreateAlias(t.Context(), &lambda.CreateAliasInput{
		FunctionName: name, Name: aws.String("live"), FunctionVersion: aws.String("1")})
	check(t, err)
	done = invoke(t, c, &lambda.InvokeInput{FunctionName: name, Qualifier: aws.String("live")})
	equal(t, string(done.Payload), `"1"`)
	aliases, err := c.ListAliases(t.Context(), &lambda.ListAliasesInput{FunctionName: name})
	check(t, err)
	equal(t, len(aliases.Aliases), 1)
	_, err = c.DeleteAlias(t.Context(), &lambda.DeleteAliasInput{FunctionName: name, Name: aws.String("live")})
	check(t, err)
	_, err = c.GetAlias(t.Context(), &lambda.GetAliasInput{FunctionName: name, Name: aws.String("live")})
	refused(t, "ResourceNotFoundException", err)
}

func TestLambdaInvoke(t *testing.T) {
	verifies(t, "Invoke: event and result", "Invoke: log tail", "Invoke: client context", "Invoke: DryRun",
		"Invoke: no JSON, no function")
	c := lambdaClient(t)
	name := newFunction(t, c,
		"exports.handler = async (event, context) => { console.log('seen'); return [event, context.clientContext.custom]; };")
	done := invoke(t, c, &lambda.InvokeInput{
		FunctionName: name, Payload: []byte(`{"a":"ü"}`), LogType: types.LogTypeTail,
		ClientContext: aws.String(base64.StdEncoding.EncodeToString([]byte(`{"custom":{"k":"v"}}`)))})
	equal(t, string(done.Payload), `[{"a":"ü"},{"k":"v"}]`)
	tail, err := base64.StdEncoding.DecodeString(*done.LogResult)
	check(t, err)
	if !strings.Contains(string(tail), "seen") || !strings.Contains(string(tail), "\nREPORT RequestId: ") {
		t.Fatal(string(tail))
	}
	equal(t, invoke(t, c, &lambda.InvokeInput{FunctionName: name, InvocationType: types.InvocationTypeDryRun}).StatusCode, 204)
	_, err = c.Invoke(t.Context(), &lambda.InvokeInput{FunctionName: name, Payload: []byte("{no")})
	refused(t, "InvalidRequestContentException", err)
	_, err = c.Invoke(t.Context(), &lambda.InvokeInput{FunctionName: aws.String("nowhere")})
	refused(t, "ResourceNotFoundException", err)
}

func TestLambdaErrors(t *testing.T) {
	verifies(t, "Invoke: an exception of the function", "Invoke: a timeout", "Invoke: a result that is too large",
		"Invoke: what is too large, waited for and not")
	c := lambdaClient(t)
	name := newFunction(t, c, "exports.handler = async () => { throw new RangeError('no'); };")
	equal(t, errorType(t, invoke(t, c, &lambda.InvokeInput{FunctionName: name})), "RangeError")
	name = newFunction(t, c, "exports.handler = () => new Promise(() => setTimeout(() => {}, 9e4));",
		func(in *lambda.CreateFunctionInput) { in.Timeout = aws.Int32(1) })
	equal(t, errorType(t, invoke(t, c, &lambda.InvokeInput{FunctionName: name})), "Sandbox.Timedout")
	name = newFunction(t, c, "exports.handler = async () => 'x'.repeat(7e6);")
	equal(t, errorType(t, invoke(t, c, &lambda.InvokeInput{FunctionName: name})), "Function.ResponseSizeTooLarge")
	for kind, most := range map[types.InvocationType]int{
		types.InvocationTypeRequestResponse: 6291456, types.InvocationTypeEvent: 1048576} {
		_, err := c.Invoke(t.Context(), &lambda.InvokeInput{
			FunctionName: name, InvocationType: kind, Payload: []byte(`"` + strings.Repeat("x", most-1) + `"`)})
		refused(t, "RequestTooLargeException", err)
	}
}

func TestLambdaEvent(t *testing.T) {
	verifies(t, "Invoke: Event", "FilterLogEvents: by a pattern", "GetLogEvents: lines in their order",
		"DescribeLogStreams: one for each environment")
	c := lambdaClient(t)
	settings, err := config.LoadDefaultConfig(t.Context())
	check(t, err)
	logs := cloudwatchlogs.NewFromConfig(settings)
	name := newFunction(t, c, "exports.handler = async (event) => console.log('ran', event.n);")
	done := invoke(t, c, &lambda.InvokeInput{
		FunctionName: name, InvocationType: types.InvocationTypeEvent, Payload: []byte(`{"n":7}`)})
	equal(t, done.StatusCode, 202)
	group := aws.String("/aws/lambda/" + *name)
	until(t, func() bool {
		found, err := logs.FilterLogEvents(t.Context(), &cloudwatchlogs.FilterLogEventsInput{
			LogGroupName: group, FilterPattern: aws.String("ran")})
		return err == nil && len(found.Events) == 1 && strings.Contains(*found.Events[0].Message, "ran 7")
	})
	streams, err := logs.DescribeLogStreams(t.Context(), &cloudwatchlogs.DescribeLogStreamsInput{LogGroupName: group})
	check(t, err)
	equal(t, len(streams.LogStreams), 1)
	until(t, func() bool {
		lines, err := logs.GetLogEvents(t.Context(), &cloudwatchlogs.GetLogEventsInput{
			LogGroupName: group, LogStreamName: streams.LogStreams[0].LogStreamName, StartFromHead: aws.Bool(true)})
		check(t, err)
		last := lines.Events[len(lines.Events)-1]
		return strings.HasPrefix(*last.Message, "REPORT ")
	})
}

func until(t *testing.T, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it never was")
		}
	}
}

func TestLambdaResponseStream(t *testing.T) {
	verifies(t, "InvokeWithResponseStream: parts and the end", "InvokeWithResponseStream: an error amid the response")
	c := lambdaClient(t)
	name := newFunction(t, c, `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
		stream.write("one "); await new Promise((done) => setTimeout(done, 300));
		if (event.fail) throw new RangeError("amid"); stream.write("two"); stream.end(); });`)
	for _, each := range []struct{ event, text, code string }{{"{}", "one two", ""}, {`{"fail":1}`, "one ", "Unhandled"}} {
		done, err := c.InvokeWithResponseStream(t.Context(), &lambda.InvokeWithResponseStreamInput{
			FunctionName: name, Payload: []byte(each.event)})
		check(t, err)
		stream := done.GetStream()
		text, code := "", ""
		for event := range stream.Events() {
			switch is := event.(type) {
			case *types.InvokeWithResponseStreamResponseEventMemberPayloadChunk:
				text += string(is.Value.Payload)
			case *types.InvokeWithResponseStreamResponseEventMemberInvokeComplete:
				code = aws.ToString(is.Value.ErrorCode)
			}
		}
		check(t, stream.Close())
		if !strings.HasPrefix(text, each.text) {
			t.Fatal(text)
		}
		equal(t, code, each.code)
	}
}

func TestLambdaConcurrency(t *testing.T) {
	verifies(t, "PutFunctionConcurrency: 50 at once with a limit of 10", "PutFunctionConcurrency: 0 stops a function")
	c := lambdaClient(t, once)
	name := newFunction(t, c, "exports.handler = () => new Promise((done) => setTimeout(done, 5000, 'ran'));")
	limit := func(most int32) {
		_, err := c.PutFunctionConcurrency(t.Context(), &lambda.PutFunctionConcurrencyInput{
			FunctionName: name, ReservedConcurrentExecutions: aws.Int32(most)})
		check(t, err)
	}
	limit(10)
	var all sync.WaitGroup
	ends := make(chan error, 50)
	for range 50 {
		all.Go(func() {
			_, err := c.Invoke(context.Background(), &lambda.InvokeInput{FunctionName: name})
			ends <- err
		})
	}
	all.Wait()
	close(ends)
	ran := 0
	for err := range ends {
		var throttled *types.TooManyRequestsException
		if err == nil {
			ran++
		} else if !errors.As(err, &throttled) ||
			throttled.Reason != types.ThrottleReasonReservedFunctionConcurrentInvocationLimitExceeded {
			t.Error(err)
		}
	}
	equal(t, ran, 10)
	limit(0)
	_, err := c.Invoke(t.Context(), &lambda.InvokeInput{FunctionName: name})
	refused(t, "TooManyRequestsException", err)
	if !retry.IsErrorRetryables(retry.DefaultRetryables).IsErrorRetryable(err).Bool() {
		t.Fatal("the client does not try again what is throttled")
	}
}

func TestLambdaLayers(t *testing.T) {
	verifies(t, "PublishLayerVersion: found by the function", "GetLayerVersionByArn: told, downloaded", "DeleteLayerVersion: gone")
	c := lambdaClient(t)
	published, err := c.PublishLayerVersion(t.Context(), &lambda.PublishLayerVersionInput{
		LayerName: aws.String("tools"), Content: &types.LayerVersionContentInput{
			ZipFile: zipped(t, "nodejs/node_modules/tools/index.js", "exports.says = 'layer';")}})
	check(t, err)
	name := newFunction(t, c, "exports.handler = async () => require('tools').says;",
		func(in *lambda.CreateFunctionInput) { in.Layers = []string{*published.LayerVersionArn} })
	equal(t, string(invoke(t, c, &lambda.InvokeInput{FunctionName: name}).Payload), `"layer"`)
	told, err := c.GetLayerVersionByArn(t.Context(), &lambda.GetLayerVersionByArnInput{Arn: published.LayerVersionArn})
	check(t, err)
	answer, err := http.Get(*told.Content.Location)
	check(t, err)
	check(t, answer.Body.Close())
	equal(t, answer.ContentLength, told.Content.CodeSize)
	_, err = c.DeleteLayerVersion(t.Context(), &lambda.DeleteLayerVersionInput{
		LayerName: aws.String("tools"), VersionNumber: aws.Int64(published.Version)})
	check(t, err)
	_, err = c.GetLayerVersionByArn(t.Context(), &lambda.GetLayerVersionByArnInput{Arn: published.LayerVersionArn})
	refused(t, "ResourceNotFoundException", err)
}

func TestLambdaPolicyAndTags(t *testing.T) {
	verifies(t, "AddPermission: in the policy", "RemovePermission: gone", "TagResource: kept, given back, taken away")
	c := lambdaClient(t)
	name := newFunction(t, c, echo)
	_, err := c.AddPermission(t.Context(), &lambda.AddPermissionInput{
		FunctionName: name, StatementId: aws.String("s"), Action: aws.String("lambda:InvokeFunction"),
		Principal: aws.String("s3.amazonaws.com")})
	check(t, err)
	policy, err := c.GetPolicy(t.Context(), &lambda.GetPolicyInput{FunctionName: name})
	check(t, err)
	if !strings.Contains(*policy.Policy, `"Service":"s3.amazonaws.com"`) {
		t.Fatal(*policy.Policy)
	}
	_, err = c.RemovePermission(t.Context(), &lambda.RemovePermissionInput{FunctionName: name, StatementId: aws.String("s")})
	check(t, err)
	_, err = c.GetPolicy(t.Context(), &lambda.GetPolicyInput{FunctionName: name})
	refused(t, "ResourceNotFoundException", err)
	function, err := c.GetFunctionConfiguration(t.Context(), &lambda.GetFunctionConfigurationInput{FunctionName: name})
	check(t, err)
	_, err = c.TagResource(t.Context(), &lambda.TagResourceInput{
		Resource: function.FunctionArn, Tags: map[string]string{"a": "1", "b": "2"}})
	check(t, err)
	_, err = c.UntagResource(t.Context(), &lambda.UntagResourceInput{Resource: function.FunctionArn, TagKeys: []string{"a"}})
	check(t, err)
	tags, err := c.ListTags(t.Context(), &lambda.ListTagsInput{Resource: function.FunctionArn})
	check(t, err)
	equal(t, len(tags.Tags), 1)
}

func TestLambdaFunctionUrl(t *testing.T) {
	verifies(t, "CreateFunctionUrlConfig: event and result", "DeleteFunctionUrlConfig: gone")
	c := lambdaClient(t)
	name := newFunction(t, c, "exports.handler = async (event) => ({statusCode: 201, body: event.rawPath});")
	created, err := c.CreateFunctionUrlConfig(t.Context(), &lambda.CreateFunctionUrlConfigInput{
		FunctionName: name, AuthType: types.FunctionUrlAuthTypeNone})
	check(t, err)
	get := func() (int, string) {
		address, err := url.Parse(*created.FunctionUrl)
		check(t, err)
		request, err := http.NewRequest(http.MethodGet, "http://127.0.0.1:"+port()+"/x", nil)
		check(t, err)
		request.Host = address.Host
		answer, err := http.DefaultClient.Do(request)
		check(t, err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		check(t, err)
		return answer.StatusCode, string(body)
	}
	status, body := get()
	equal(t, status, 201)
	equal(t, body, "/x")
	_, err = c.DeleteFunctionUrlConfig(t.Context(), &lambda.DeleteFunctionUrlConfigInput{FunctionName: name})
	check(t, err)
	status, _ = get()
	equal(t, status, 403)
}
