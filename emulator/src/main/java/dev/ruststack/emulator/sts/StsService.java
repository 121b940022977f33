package dev.ruststack.emulator.sts;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.aws.Observation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.QueryError;
import dev.ruststack.emulator.aws.QueryProtocol;
import dev.ruststack.emulator.aws.wire.JsonDocuments;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * STS: GetCallerIdentity. Every caller is the root of its account: there is no IAM here. AWS: AWS Security Token
 * Service API Reference, GetCallerIdentity.
 */
public final class StsService implements AwsService {
    private static final Logger LOG = LoggerFactory.getLogger(StsService.class);
    private static final String VERSION = "2011-06-15";
    private static final int LARGEST_FORM = 64 * 1024;

    private static final Set<String> MISSING = Set.of(
            "AssumeRole",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity",
            "AssumeRoot",
            "DecodeAuthorizationMessage",
            "GetAccessKeyInfo",
            "GetDelegatedAccessToken",
            "GetFederationToken",
            "GetSessionToken",
            "GetWebIdentityToken");

    private final Authenticator authenticator;
    private final QueryProtocol protocol = new QueryProtocol(
            "STS",
            "https://sts.amazonaws.com/doc/2011-06-15/",
            QueryError.INVALID_PARAMETER_VALUE,
            QueryError.INTERNAL_FAILURE);
    private volatile CallObserver observer = CallObserver.NONE;

    public StsService(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    private record GetCallerIdentityResponse(
            GetCallerIdentityResult getCallerIdentityResult, ResponseMetadata responseMetadata) {}

    private record GetCallerIdentityResult(String arn, String userId, String account) {}

    private record ResponseMetadata(String requestId) {}

    /** The same as JSON, which AWS sends to whoever accepts only that. */
    private record JsonAnswer(GetCallerIdentityResponse getCallerIdentityResponse) {}

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public void observe(CallObserver newObserver) {
        observer = newObserver;
    }

    @Override
    public Response handle(Request request) throws IOException {
        var observation = new Observation(observer, name(), request);
        return observation.answered(handle(request, observation));
    }

    private Response handle(Request request, Observation observation) throws IOException {
        var requestId = protocol.newRequestId();
        try {
            return answer(request, requestId, observation);
        } catch (AwsException e) {
            return protocol.error(e, request, requestId);
        } catch (RuntimeException e) {
            LOG.error("Request {} to STS failed", requestId, e);
            return protocol.error(protocol.internalError(), request, requestId);
        }
    }

    private Response answer(Request request, String requestId, Observation observation) throws IOException {
        var authenticated = authenticator.authenticate(request, protocol);
        var parameters = parameters(request, authenticated.payload());
        checkAction(parameters.first("Action"), parameters.first("Version"));
        observation.operation("GetCallerIdentity");
        if (authenticated.identity().anonymous()) {
            throw QueryError.MISSING_AUTHENTICATION_TOKEN.error();
        }
        var response = new GetCallerIdentityResponse(
                callerIdentity(authenticated.identity()), new ResponseMetadata(requestId));
        return request.headers().first("Accept", "").startsWith("application/json")
                ? protocol.answer(
                        200, "application/json", Body.of(JsonDocuments.write(new JsonAnswer(response))), requestId)
                : protocol.answer(200, protocol.contentType(), protocol.write(response), requestId);
    }

    private static Query parameters(Request request, Payload payload) throws IOException {
        var form = payload.bytes(LARGEST_FORM, QueryError.MALFORMED_QUERY_STRING.error());
        return request.method().equals("POST")
                ? Query.parse(new String(form, StandardCharsets.UTF_8))
                : request.query();
    }

    private void checkAction(@Nullable String action, @Nullable String version) {
        if (action == null) {
            throw QueryError.MISSING_ACTION.error();
        }
        if (MISSING.contains(action)) {
            throw protocol.notImplemented(action);
        }
        if (!action.equals("GetCallerIdentity") || (version != null && !version.equals(VERSION))) {
            throw QueryError.INVALID_ACTION.saying("Could not find operation " + action + " for version "
                    + (version == null ? "NO_VERSION_SPECIFIED" : version));
        }
    }

    private static GetCallerIdentityResult callerIdentity(Identity identity) {
        var region = identity.region();
        var partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
        var account = identity.accountId();
        return new GetCallerIdentityResult("arn:" + partition + ":iam::" + account + ":root", account, account);
    }
}
