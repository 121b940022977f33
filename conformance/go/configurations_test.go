package conformance

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func TestVersions(t *testing.T) {
	verifies(t, "PutBucketVersioning: enabled", "PutBucketVersioning: suspended", "ListObjectVersions: versions and markers",
		"DeleteObject: delete markers", "GetObject: by version", "DeleteObject: by version")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	version(t, c, bucket, types.BucketVersioningStatusEnabled)
	first := put(t, c, bucket, "key", "first")
	put(t, c, bucket, "key", "second")
	marker, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: key})
	check(t, err)
	listed, err := c.ListObjectVersions(t.Context(), &s3.ListObjectVersionsInput{Bucket: bucket})
	check(t, err)
	equal(t, len(listed.Versions)*10+len(listed.DeleteMarkers), 21)
	body, _ := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key, VersionId: first.VersionId})
	equal(t, body, "first")
	_, err = c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: key, VersionId: marker.VersionId})
	check(t, err)
	body, _ = get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key})
	equal(t, body, "second")
	version(t, c, bucket, types.BucketVersioningStatusSuspended)
	put(t, c, bucket, "key", "null")
	body, _ = get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: key, VersionId: aws.String("null")})
	equal(t, body, "null")
}

func version(t *testing.T, c *s3.Client, bucket *string, status types.BucketVersioningStatus) {
	t.Helper()
	_, err := c.PutBucketVersioning(t.Context(), &s3.PutBucketVersioningInput{Bucket: bucket,
		VersioningConfiguration: &types.VersioningConfiguration{Status: status}})
	check(t, err)
}

func TestLocks(t *testing.T) {
	verifies(t, "PutObject: object lock", "Object lock: governance and its bypass", "PutObjectLegalHold: on and off")
	c := client(t)
	bucket, key := newBucket(t, c, func(input *s3.CreateBucketInput) {
		input.ObjectLockEnabledForBucket = aws.Bool(true)
	}), aws.String("key")
	until := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Second)
	done, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key,
		ObjectLockMode: types.ObjectLockModeGovernance, ObjectLockRetainUntilDate: &until})
	check(t, err)
	kept, err := c.GetObjectRetention(t.Context(), &s3.GetObjectRetentionInput{Bucket: bucket, Key: key})
	check(t, err)
	equal(t, *kept.Retention.RetainUntilDate, until)
	remove := func(bypass bool) error {
		_, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{
			Bucket: bucket, Key: key, VersionId: done.VersionId, BypassGovernanceRetention: &bypass})
		return err
	}
	hold := func(status types.ObjectLockLegalHoldStatus) {
		_, err := c.PutObjectLegalHold(t.Context(), &s3.PutObjectLegalHoldInput{Bucket: bucket, Key: key,
			LegalHold: &types.ObjectLockLegalHold{Status: status}})
		check(t, err)
	}
	refused(t, "AccessDenied", remove(false))
	hold(types.ObjectLockLegalHoldStatusOn)
	refused(t, "AccessDenied", remove(true))
	hold(types.ObjectLockLegalHoldStatusOff)
	check(t, remove(true))
}

func TestTags(t *testing.T) {
	verifies(t, "PutObjectTagging: kept and given back", "DeleteBucketTagging: gone")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	put(t, c, bucket, "key", "x")
	tags := &types.Tagging{TagSet: []types.Tag{{Key: aws.String("a"), Value: aws.String("b c")}}}
	_, err := c.PutObjectTagging(t.Context(), &s3.PutObjectTaggingInput{Bucket: bucket, Key: key, Tagging: tags})
	check(t, err)
	kept, err := c.GetObjectTagging(t.Context(), &s3.GetObjectTaggingInput{Bucket: bucket, Key: key})
	check(t, err)
	equal(t, *kept.TagSet[0].Value, "b c")
	_, err = c.DeleteObjectTagging(t.Context(), &s3.DeleteObjectTaggingInput{Bucket: bucket, Key: key})
	check(t, err)
	_, err = c.PutBucketTagging(t.Context(), &s3.PutBucketTaggingInput{Bucket: bucket, Tagging: tags})
	check(t, err)
	_, err = c.DeleteBucketTagging(t.Context(), &s3.DeleteBucketTaggingInput{Bucket: bucket})
	check(t, err)
	_, err = c.GetBucketTagging(t.Context(), &s3.GetBucketTaggingInput{Bucket: bucket})
	refused(t, "NoSuchTagSet", err)
}

func TestPresigned(t *testing.T) {
	verifies(t, "Presigned URLs: GET", "Presigned URLs: PUT with signed headers",
		"Presigned URLs: changed ones are refused")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("a ü+")
	presign := s3.NewPresignClient(c)
	signed, err := presign.PresignPutObject(t.Context(), &s3.PutObjectInput{
		Bucket: bucket, Key: key, ContentType: aws.String("text/x")})
	check(t, err)
	request, err := http.NewRequest(signed.Method, signed.URL, strings.NewReader("presigned"))
	check(t, err)
	request.Header = signed.SignedHeader
	done, err := http.DefaultClient.Do(request)
	check(t, err)
	done.Body.Close()
	equal(t, done.StatusCode, 200)

	read, err := presign.PresignGetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: key})
	check(t, err)
	equal(t, fetch(t, read.URL), "200 presigned")
	equal(t, fetch(t, strings.Replace(read.URL, "X-Amz-Expires=900", "X-Amz-Expires=901", 1))[:3], "403")
}

func fetch(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	check(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(t, err)
	return fmt.Sprintf("%d %s", answer.StatusCode, body)
}

func TestVirtualHosts(t *testing.T) {
	verifies(t, "Addresses: virtual hosts", "Addresses: paths")
	for _, host := range []string{"localhost", "s3.localhost"} {
		for _, path := range []bool{false, true} {
			c := client(t, named(host), func(o *s3.Options) { o.UsePathStyle = path })
			bucket := newBucket(t, c)
			put(t, c, bucket, "a/b", "x")
			body, _ := get(t, c, &s3.GetObjectInput{Bucket: bucket, Key: aws.String("a/b")})
			equal(t, body, "x")
		}
	}
}

func TestPolicy(t *testing.T) {
	verifies(t, "PutBucketPolicy: evaluated for anonymous requests", "DeleteBucketPolicy: gone",
		"PutPublicAccessBlock: blocks public policies and ACLs")
	c := client(t)
	bucket := newBucket(t, c)
	put(t, c, bucket, "key", "x")
	url := os.Getenv("AWS_ENDPOINT_URL") + "/" + *bucket + "/key"
	policy := aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",` +
		`"Action":"s3:GetObject","Resource":"arn:aws:s3:::` + *bucket + `/*"}]}`)
	block := &types.PublicAccessBlockConfiguration{BlockPublicPolicy: aws.Bool(true)}
	_, err := c.PutPublicAccessBlock(t.Context(), &s3.PutPublicAccessBlockInput{
		Bucket: bucket, PublicAccessBlockConfiguration: block})
	check(t, err)
	_, err = c.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: bucket, Policy: policy})
	refused(t, "AccessDenied", err)
	_, err = c.DeletePublicAccessBlock(t.Context(), &s3.DeletePublicAccessBlockInput{Bucket: bucket})
	check(t, err)
	equal(t, fetch(t, url)[:3], "403")
	_, err = c.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: bucket, Policy: policy})
	check(t, err)
	equal(t, fetch(t, url), "200 x")
	_, err = c.DeleteBucketPolicy(t.Context(), &s3.DeleteBucketPolicyInput{Bucket: bucket})
	check(t, err)
	equal(t, fetch(t, url)[:3], "403")
}

func TestAcls(t *testing.T) {
	verifies(t, "PutBucketOwnershipControls: with and without ACLs",
		"PutObjectAcl: canned, evaluated for anonymous requests")
	c := client(t)
	bucket, key := newBucket(t, c), aws.String("key")
	put(t, c, bucket, "key", "x")
	public := &s3.PutObjectAclInput{Bucket: bucket, Key: key, ACL: types.ObjectCannedACLPublicRead}
	_, err := c.PutObjectAcl(t.Context(), public)
	refused(t, "AccessControlListNotSupported", err)
	_, err = c.DeletePublicAccessBlock(t.Context(), &s3.DeletePublicAccessBlockInput{Bucket: bucket})
	check(t, err)
	_, err = c.PutBucketOwnershipControls(t.Context(), &s3.PutBucketOwnershipControlsInput{Bucket: bucket,
		OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{
			{ObjectOwnership: types.ObjectOwnershipObjectWriter}}}})
	check(t, err)
	_, err = c.PutObjectAcl(t.Context(), public)
	check(t, err)
	equal(t, fetch(t, os.Getenv("AWS_ENDPOINT_URL")+"/"+*bucket+"/key"), "200 x")
}

func TestConfigurations(t *testing.T) {
	verifies(t, "PutBucketCors: kept and given back", "DeleteBucketCors: gone", "PutBucketWebsite: kept and given back",
		"PutBucketLifecycleConfiguration: kept and given back")
	c := client(t)
	bucket := newBucket(t, c)
	cors := []types.CORSRule{{AllowedMethods: []string{"GET"}, AllowedOrigins: []string{"*"}}}
	_, err := c.PutBucketCors(t.Context(), &s3.PutBucketCorsInput{
		Bucket: bucket, CORSConfiguration: &types.CORSConfiguration{CORSRules: cors}})
	check(t, err)
	keptCors, err := c.GetBucketCors(t.Context(), &s3.GetBucketCorsInput{Bucket: bucket})
	check(t, err)
	equal(t, reflect.DeepEqual(keptCors.CORSRules, cors), true)
	_, err = c.DeleteBucketCors(t.Context(), &s3.DeleteBucketCorsInput{Bucket: bucket})
	check(t, err)
	_, err = c.GetBucketCors(t.Context(), &s3.GetBucketCorsInput{Bucket: bucket})
	refused(t, "NoSuchCORSConfiguration", err)

	website := &types.WebsiteConfiguration{IndexDocument: &types.IndexDocument{Suffix: aws.String("index.html")}}
	_, err = c.PutBucketWebsite(t.Context(), &s3.PutBucketWebsiteInput{Bucket: bucket, WebsiteConfiguration: website})
	check(t, err)
	keptSite, err := c.GetBucketWebsite(t.Context(), &s3.GetBucketWebsiteInput{Bucket: bucket})
	check(t, err)
	equal(t, *keptSite.IndexDocument.Suffix, "index.html")
	_, err = c.DeleteBucketWebsite(t.Context(), &s3.DeleteBucketWebsiteInput{Bucket: bucket})
	check(t, err)

	rules := []types.LifecycleRule{{ID: aws.String("one"), Status: types.ExpirationStatusEnabled,
		Filter: &types.LifecycleRuleFilter{Prefix: aws.String("a/")}, Expiration: &types.LifecycleExpiration{Days: aws.Int32(3)}}}
	_, err = c.PutBucketLifecycleConfiguration(t.Context(), &s3.PutBucketLifecycleConfigurationInput{
		Bucket: bucket, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: rules}})
	check(t, err)
	keptRules, err := c.GetBucketLifecycleConfiguration(t.Context(), &s3.GetBucketLifecycleConfigurationInput{Bucket: bucket})
	check(t, err)
	equal(t, reflect.DeepEqual(keptRules.Rules, rules), true)
	_, err = c.DeleteBucketLifecycle(t.Context(), &s3.DeleteBucketLifecycleInput{Bucket: bucket})
	check(t, err)
}
