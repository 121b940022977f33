package conformance

import (
	"bytes"
	"crypto/md5"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func TestBuckets(t *testing.T) {
	verifies(t, "CreateBucket: in the stack's region", "HeadBucket: region", "HeadBucket: one that is not there",
		"DeleteBucket: only when it is empty")
	c := client(t)
	bucket := newBucket(t, c)
	head, err := c.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: bucket})
	check(t, err)
	equal(t, aws.ToString(head.BucketRegion), "us-east-1")

	put(t, c, bucket, "key", "x")
	_, err = c.DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: bucket})
	refused(t, "BucketNotEmpty", err)
	_, err = c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: aws.String("key")})
	check(t, err)
	_, err = c.DeleteBucket(t.Context(), &s3.DeleteBucketInput{Bucket: bucket})
	check(t, err)
	_, err = c.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: bucket})
	refused(t, "NotFound", err)
}

func TestBucketElsewhere(t *testing.T) {
	verifies(t, "CreateBucket: in another region", "GetBucketLocation: region")
	c := client(t, func(o *s3.Options) { o.Region = "eu-west-1" })
	bucket := newBucket(t, c, func(input *s3.CreateBucketInput) {
		input.CreateBucketConfiguration = &types.CreateBucketConfiguration{
			LocationConstraint: types.BucketLocationConstraintEuWest1}
	})

	location, err := c.GetBucketLocation(t.Context(), &s3.GetBucketLocationInput{Bucket: bucket})
	check(t, err)
	equal(t, location.LocationConstraint, types.BucketLocationConstraintEuWest1)
}

func TestWaiters(t *testing.T) {
	verifies(t, "Waiters: buckets and objects come and go")
	c := client(t)
	bucket := newBucket(t, c)
	put(t, c, bucket, "key", "x")
	head := &s3.HeadObjectInput{Bucket: bucket, Key: aws.String("key")}
	check(t, s3.NewBucketExistsWaiter(c).Wait(t.Context(), &s3.HeadBucketInput{Bucket: bucket}, 10*time.Second))
	check(t, s3.NewObjectExistsWaiter(c).Wait(t.Context(), head, 10*time.Second))
	_, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: head.Key})
	check(t, err)
	check(t, s3.NewObjectNotExistsWaiter(c).Wait(t.Context(), head, 10*time.Second))
}

func TestRoundTrip(t *testing.T) {
	verifies(t, "PutObject: body, metadata and headers", "GetObject: body, metadata and headers",
		"HeadObject: size, metadata and headers")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	_, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("content"),
		ContentType: aws.String("text/x"), CacheControl: aws.String("max-age=7"),
		Metadata: map[string]string{"colour": "blue"}})
	check(t, err)

	body, got := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key})
	head, err := c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: bucket, Key: key})
	check(t, err)
	equal(t, body, "content")
	equal(t, aws.ToInt64(head.ContentLength), 7)
	equal(t, got.Metadata["colour"]+head.Metadata["colour"], "blueblue")
	equal(t, aws.ToString(got.ContentType)+aws.ToString(head.CacheControl), "text/xmax-age=7")
}

func TestKeys(t *testing.T) {
	verifies(t, "PutObject: keys of any characters")
	c := client(t)
	bucket := newBucket(t, c)
	for _, key := range []string{"a b/ü+%20.bin", "a//b/", "/leading", "a?b#c&d=e", "quote'\"<&>", "😀/日本", "~*()!;:@$,"} {
		put(t, c, bucket, key, key)
		body, _ := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: aws.String(key)})
		equal(t, body, key)
	}
}

func TestLargeObject(t *testing.T) {
	verifies(t, "PutObject: 20 MB in one request")
	c := client(t)
	bucket := newBucket(t, c)
	content := random(20 * mib)
	done := put(t, c, bucket, "key", string(content))
	sum := md5.Sum(content)
	equal(t, aws.ToString(done.ETag), `"`+hex.EncodeToString(sum[:])+`"`)
	body, _ := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: aws.String("key")})
	equal(t, body, string(content))
}

func random(size int) []byte {
	content := make([]byte, size)
	_, _ = rand.Read(content)
	return content
}

func TestConditionalPut(t *testing.T) {
	verifies(t, "PutObject: If-None-Match and If-Match")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	first := put(t, c, bucket, "key", "one")
	_, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, IfMatch: first.ETag})
	check(t, err)
	_, err = c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, IfMatch: first.ETag})
	refused(t, "PreconditionFailed", err)
	_, err = c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, IfNoneMatch: aws.String("*")})
	refused(t, "PreconditionFailed", err)
}

func TestChecksums(t *testing.T) {
	verifies(t, "PutObject: CRC32", "PutObject: CRC32C", "PutObject: CRC64NVME", "PutObject: SHA1", "PutObject: SHA256",
		"GetObject: checksum compared by the client", "GetObjectAttributes: size, ETag, checksum")
	c := client(t)
	bucket := newBucket(t, c)
	for _, algorithm := range []types.ChecksumAlgorithm{types.ChecksumAlgorithmCrc32, types.ChecksumAlgorithmCrc32c,
		types.ChecksumAlgorithmCrc64nvme, types.ChecksumAlgorithmSha1, types.ChecksumAlgorithmSha256} {
		key := aws.String(string(algorithm))
		_, err := c.PutObject(t.Context(), &s3.PutObjectInput{
			Bucket: bucket, Key: key, Body: strings.NewReader("123456789"), ChecksumAlgorithm: algorithm})
		check(t, err)
		body, _ := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key, ChecksumMode: types.ChecksumModeEnabled})
		equal(t, body, "123456789")
		attributes, err := c.GetObjectAttributes(t.Context(), &s3.GetObjectAttributesInput{Bucket: bucket, Key: key,
			ObjectAttributes: []types.ObjectAttributes{"Checksum", "ObjectSize"}})
		check(t, err)
		equal(t, aws.ToInt64(attributes.ObjectSize), 9)
		kept := map[types.ChecksumAlgorithm]*string{
			types.ChecksumAlgorithmCrc32:     attributes.Checksum.ChecksumCRC32,
			types.ChecksumAlgorithmCrc32c:    attributes.Checksum.ChecksumCRC32C,
			types.ChecksumAlgorithmCrc64nvme: attributes.Checksum.ChecksumCRC64NVME,
			types.ChecksumAlgorithmSha1:      attributes.Checksum.ChecksumSHA1,
			types.ChecksumAlgorithmSha256:    attributes.Checksum.ChecksumSHA256}
		equal(t, kept[algorithm] != nil, true)
	}
	_, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: aws.String("wrong"),
		Body: strings.NewReader("other"), ChecksumCRC64NVME: aws.String("rosUhgp5mIg=")})
	refused(t, "BadDigest", err)
}

func TestTrailer(t *testing.T) {
	verifies(t, "PutObject: aws-chunked with a trailer", "PutObject: a stream", "Addresses: TLS")
	c := client(t, secure)
	bucket, key := newBucket(t, c), aws.String("key")
	content := string(random(3 * mib))
	_, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key,
		Body: io.LimitReader(strings.NewReader(content), 3*mib), ContentLength: aws.Int64(3 * mib)})
	check(t, err)
	body, got := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key, ChecksumMode: types.ChecksumModeEnabled})
	equal(t, body, content)
	equal(t, got.ChecksumCRC32 != nil && got.ContentEncoding == nil, true)
}

func secure(o *s3.Options) {
	o.BaseEndpoint = aws.String("https://127.0.0.1:" + port())
	o.HTTPClient = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
}

func TestCustomerKeys(t *testing.T) {
	verifies(t, "PutObject: SSE-C", "GetObject: SSE-C")
	c := client(t, secure)
	bucket, key := newBucket(t, c), aws.String("key")
	own := strings.Repeat("k", 32)
	sum := md5.Sum([]byte(own))
	algorithm, secret := aws.String("AES256"), aws.String(base64.StdEncoding.EncodeToString([]byte(own)))
	digest := aws.String(base64.StdEncoding.EncodeToString(sum[:]))
	_, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("content"),
		SSECustomerAlgorithm: algorithm, SSECustomerKey: secret, SSECustomerKeyMD5: digest})
	check(t, err)
	body, _ := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key,
		SSECustomerAlgorithm: algorithm, SSECustomerKey: secret, SSECustomerKeyMD5: digest})
	equal(t, body, "content")
	_, err = c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: key})
	refused(t, "InvalidRequest", err)
}

func TestReads(t *testing.T) {
	verifies(t, "GetObject: ranges", "GetObject: conditions", "GetObject: headers of the caller's choice")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	tag := put(t, c, bucket, "key", "0123456789").ETag
	body, got := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key, Range: aws.String("bytes=-3"),
		ResponseContentType: aws.String("image/png")})
	equal(t, body+aws.ToString(got.ContentRange)+aws.ToString(got.ContentType), "789bytes 7-9/10image/png")
	_, err := c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: key, Range: aws.String("bytes=10-")})
	refused(t, "InvalidRange", err)
	_, err = c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: key, IfNoneMatch: tag})
	refused(t, "NotModified", err)
	_, err = c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: key, IfMatch: aws.String(`"x"`)})
	refused(t, "PreconditionFailed", err)
}

func TestErrors(t *testing.T) {
	verifies(t, "Errors: codes of AWS", "Errors: an unknown key")
	c := client(t)
	bucket := newBucket(t, c)
	_, err := c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: aws.String("none")})
	refused(t, "NoSuchKey", err)
	_, err = c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: bucket, Key: aws.String("none")})
	refused(t, "NotFound", err)
	_, err = c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String(*bucket + "-none")})
	refused(t, "NoSuchBucket", err)
	stranger := client(t, func(o *s3.Options) {
		o.Credentials = credentials.NewStaticCredentialsProvider("AKIAIOSFODNN7EXAMPLE", "wrong", "")
	})
	_, err = stranger.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: bucket})
	refused(t, "InvalidAccessKeyId", err)
}

func TestLists(t *testing.T) {
	verifies(t, "ListObjectsV2: prefix, delimiter, start-after", "ListObjectsV2: pages",
		"DeleteObjects: several keys")
	c := client(t)
	bucket := newBucket(t, c)
	keys := []string{"a/1", "a/2", "a/3", "b"}
	var all []types.ObjectIdentifier
	for _, key := range keys {
		put(t, c, bucket, key, "x")
		all = append(all, types.ObjectIdentifier{Key: aws.String(key)})
	}
	pages := s3.NewListObjectsV2Paginator(c, &s3.ListObjectsV2Input{Bucket: bucket, MaxKeys: aws.Int32(3)})
	var found []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		check(t, err)
		for _, each := range page.Contents {
			found = append(found, *each.Key)
		}
	}
	equal(t, strings.Join(found, " "), strings.Join(keys, " "))
	top, err := c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: bucket, Delimiter: aws.String("/")})
	check(t, err)
	equal(t, *top.CommonPrefixes[0].Prefix+*top.Contents[0].Key, "a/b")
	gone, err := c.DeleteObjects(t.Context(), &s3.DeleteObjectsInput{Bucket: bucket, Delete: &types.Delete{Objects: all}})
	check(t, err)
	equal(t, len(gone.Deleted), 4)
}

func TestCopies(t *testing.T) {
	verifies(t, "CopyObject: within and between buckets", "CopyObject: metadata kept or replaced",
		"CopyObject: conditions on the source")
	c := client(t)
	bucket, other := newBucket(t, c), newBucket(t, c)
	tag := put(t, c, bucket, "a ü", "content").ETag
	source := aws.String(*bucket + "/" + url.PathEscape("a ü"))
	_, err := c.CopyObject(t.Context(), &s3.CopyObjectInput{Bucket: other, Key: aws.String("copy"), CopySource: source,
		CopySourceIfMatch: tag, MetadataDirective: types.MetadataDirectiveReplace, Metadata: map[string]string{"a": "b"}})
	check(t, err)
	body, got := get(t, c, &s3.GetObjectInput{Bucket: other, Key: aws.String("copy")})
	equal(t, body+got.Metadata["a"], "contentb")
	_, err = c.CopyObject(t.Context(), &s3.CopyObjectInput{Bucket: other, Key: aws.String("copy"), CopySource: source,
		CopySourceIfNoneMatch: tag})
	refused(t, "PreconditionFailed", err)
}

func TestParts(t *testing.T) {
	verifies(t, "CreateMultipartUpload: metadata", "UploadPart: parts in any order", "ListParts: parts of an upload",
		"CompleteMultipartUpload: ETag of parts", "UploadPartCopy: whole objects and ranges", "GetObject: by part number",
		"ListMultipartUploads: prefixes and pages", "AbortMultipartUpload: parts are gone")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	put(t, c, bucket, "source", string(random(6*mib)))
	made, err := c.CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: bucket, Key: key,
		Metadata: map[string]string{"a": "b"}})
	check(t, err)
	last, err := c.UploadPart(t.Context(), &s3.UploadPartInput{Bucket: bucket, Key: key, UploadId: made.UploadId,
		PartNumber: aws.Int32(2), Body: strings.NewReader("last")})
	check(t, err)
	copied, err := c.UploadPartCopy(t.Context(), &s3.UploadPartCopyInput{Bucket: bucket, Key: key,
		UploadId: made.UploadId, PartNumber: aws.Int32(1), CopySource: aws.String(*bucket + "/source"),
		CopySourceRange: aws.String("bytes=0-5242879")})
	check(t, err)
	listed, err := c.ListParts(t.Context(), &s3.ListPartsInput{Bucket: bucket, Key: key, UploadId: made.UploadId})
	check(t, err)
	equal(t, len(listed.Parts), 2)
	done, err := c.CompleteMultipartUpload(t.Context(), &s3.CompleteMultipartUploadInput{Bucket: bucket, Key: key,
		UploadId: made.UploadId, MultipartUpload: &types.CompletedMultipartUpload{Parts: []types.CompletedPart{
			{PartNumber: aws.Int32(1), ETag: copied.CopyPartResult.ETag, ChecksumCRC32: copied.CopyPartResult.ChecksumCRC32},
			{PartNumber: aws.Int32(2), ETag: last.ETag, ChecksumCRC32: last.ChecksumCRC32}}}})
	check(t, err)
	equal(t, strings.HasSuffix(*done.ETag, `-2"`), true)
	body, _ := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key, PartNumber: aws.Int32(2)})
	equal(t, body, "last")

	begun, err := c.CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: bucket, Key: key})
	check(t, err)
	uploads, err := c.ListMultipartUploads(t.Context(), &s3.ListMultipartUploadsInput{Bucket: bucket})
	check(t, err)
	equal(t, *uploads.Uploads[0].UploadId, *begun.UploadId)
	_, err = c.AbortMultipartUpload(t.Context(), &s3.AbortMultipartUploadInput{
		Bucket: bucket, Key: key, UploadId: begun.UploadId})
	check(t, err)
	_, err = c.ListParts(t.Context(), &s3.ListPartsInput{Bucket: bucket, Key: key, UploadId: begun.UploadId})
	refused(t, "NoSuchUpload", err)
}

func TestTransfers(t *testing.T) {
	verifies(t, "Transfers: upload in parts", "Transfers: download in parallel ranges", "Transfers: a stream of unknown length")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	content := random(20*mib + 17)
	manager := transfermanager.New(c, func(o *transfermanager.Options) { o.PartSizeBytes = 5 * mib })
	_, err := manager.UploadObject(t.Context(), &transfermanager.UploadObjectInput{
		Bucket: bucket, Key: key, Body: io.LimitReader(bytes.NewReader(content), int64(len(content)))})
	check(t, err)
	got, err := manager.GetObject(t.Context(), &transfermanager.GetObjectInput{Bucket: bucket, Key: key})
	check(t, err)
	body, err := io.ReadAll(got.Body)
	check(t, err)
	equal(t, bytes.Equal(body, content), true)
	head, err := c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: bucket, Key: key})
	check(t, err)
	equal(t, strings.HasSuffix(*head.ETag, `-5"`), true)
}
