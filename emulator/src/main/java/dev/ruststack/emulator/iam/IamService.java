package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.Observation;
import dev.ruststack.emulator.aws.QueryError;
import dev.ruststack.emulator.aws.QueryProtocol;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Query;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.journal.KeptTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * IAM's roles and instance profiles, for the tools that make one before a function: kept and given back, and never asked when something is
 * called. Every other action is refused by name. AWS: IAM API Reference.
 */
public final class IamService implements AwsService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IamService.class);
    private static final String VERSION = "2010-05-08";
    private static final int LARGEST_FORM = 1024 * 1024;

    /** What AWS has. */
    private static final Set<String> KNOWN = known();

    private final Authenticator authenticator;
    private final KeptTable<Role> roles;
    private final KeptTable<InstanceProfile> profiles;
    private final Map<String, Roles.Action> actions;
    private final QueryProtocol protocol = new QueryProtocol(
            "IAM", "https://iam.amazonaws.com/doc/2010-05-08/", IamError.VALIDATION_ERROR, IamError.INTERNAL_FAILURE);
    private volatile CallObserver observer = CallObserver.NONE;

    private IamService(
            KeptTable<Role> roles, KeptTable<InstanceProfile> profiles, Authenticator authenticator, Clock clock) {
        this.authenticator = authenticator;
        this.roles = roles;
        this.profiles = profiles;
        var ofRoles = new Roles(roles, clock);
        var all = new HashMap<>(ofRoles.actions());
        all.putAll(new InstanceProfiles(profiles, ofRoles, clock).actions());
        this.actions = Map.copyOf(all);
    }

    /** @param directory where roles are kept, a directory of theirs; null where they end with the process */
    public static IamService open(@Nullable Path directory, Authenticator authenticator, Clock clock)
            throws IOException {
        if (directory == null) {
            return new IamService(
                    KeptTable.inMemory(Role.class), KeptTable.inMemory(InstanceProfile.class), authenticator, clock);
        }
        var roles = KeptTable.kept(Role.class, directory.resolve("roles"));
        try {
            var profiles = KeptTable.kept(InstanceProfile.class, directory.resolve("instance-profiles"));
            return new IamService(roles, profiles, authenticator, clock);
        } catch (IOException | RuntimeException e) {
            roles.close();
            throw e;
        }
    }

    private static Set<String> known() {
        try (var in = Objects.requireNonNull(IamService.class.getResourceAsStream("actions.txt"))) {
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets every role and instance profile. */
    public void clear() {
        roles.clear();
        profiles.clear();
    }

    @Override
    public String name() {
        return "iam";
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
            LOG.error("Request {} to IAM failed", requestId, e);
            return protocol.error(protocol.internalError(), request, requestId);
        }
    }

    private Response answer(Request request, String requestId, Observation observation) throws IOException {
        var authenticated = authenticator.authenticate(request, protocol);
        var body = authenticated.payload().bytes(LARGEST_FORM, QueryError.MALFORMED_QUERY_STRING.error());
        var parameters = request.method().equals("POST")
                ? Query.parse(new String(body, StandardCharsets.UTF_8))
                : request.query();
        var name = parameters.first("Action");
        var action = action(name, parameters.first("Version"));
        observation.operation(String.valueOf(name));
        if (authenticated.identity().anonymous()) {
            throw QueryError.MISSING_AUTHENTICATION_TOKEN.error();
        }
        var result = new Answer();
        action.answer(new Form(String.valueOf(name), parameters), authenticated.identity(), result);
        return protocol.answer(
                200, protocol.contentType(), document(String.valueOf(name), result.toString(), requestId), requestId);
    }

    private Roles.Action action(@Nullable String name, @Nullable String version) {
        if (name == null) {
            throw QueryError.MISSING_ACTION.error();
        }
        var action = actions.get(name);
        if (action == null && KNOWN.contains(name)) {
            throw protocol.notImplemented(name);
        }
        if (action == null || (version != null && !version.equals(VERSION))) {
            throw QueryError.INVALID_ACTION.saying("Could not find operation " + name + " for version "
                    + (version == null ? "NO_VERSION_SPECIFIED" : version));
        }
        return action;
    }

    private static Body document(String action, String result, String requestId) {
        var results = result.isEmpty() ? "" : "<" + action + "Result>" + result + "</" + action + "Result>";
        return Body.of("<" + action + "Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">" + results
                + "<ResponseMetadata><RequestId>" + requestId + "</RequestId></ResponseMetadata></" + action
                + "Response>");
    }

    @Override
    public void close() throws IOException {
        try (profiles) {
            roles.close();
        }
    }
}
