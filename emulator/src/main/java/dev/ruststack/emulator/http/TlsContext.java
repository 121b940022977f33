package dev.ruststack.emulator.http;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS side of one port. A given certificate is read at once, so that a wrong one is told at the start; a
 * self-signed one is made when the first TLS client comes, because it costs time and memory that plain clients save.
 */
final class TlsContext {
    /** Handshakes compute for milliseconds: not on an event loop. */
    static final Executor COMPUTING = Thread::startVirtualThread;

    private final Callable<SslContext> source;
    private @Nullable CompletableFuture<SslContext> context;

    private TlsContext(Callable<SslContext> source) {
        this.source = source;
    }

    static TlsContext of(Tls tls) throws IOException {
        return switch (tls) {
            case Tls.Given given -> {
                var read = read(given);
                yield new TlsContext(() -> read);
            }
            case Tls.SelfSigned selfSigned -> new TlsContext(() -> make(selfSigned));
        };
    }

    /** The context, complete or on its way. */
    synchronized CompletableFuture<SslContext> get() {
        var present = context;
        if (present == null) {
            present = new CompletableFuture<>();
            context = present;
            var promise = present;
            COMPUTING.execute(() -> complete(promise));
        }
        return present;
    }

    private void complete(CompletableFuture<SslContext> promise) {
        try {
            promise.complete(source.call());
        } catch (Exception | LinkageError failure) {
            promise.completeExceptionally(failure);
        }
    }

    private static SslContext read(Tls.Given given) throws IOException {
        for (var file : List.of(given.certificateChain(), given.privateKey())) {
            if (!Files.isReadable(file)) {
                throw new NoSuchFileException(file.toString(), null, "cannot be read, but TLS needs it");
            }
        }
        try {
            return build(SslContextBuilder.forServer(
                    given.certificateChain().toFile(), given.privateKey().toFile()));
        } catch (IllegalArgumentException | SSLException malformed) {
            throw new IOException(
                    "no PEM certificate chain and PKCS#8 key for TLS: " + given.certificateChain() + " and "
                            + given.privateKey(),
                    malformed);
        }
    }

    private static SslContext make(Tls.SelfSigned selfSigned) throws Exception {
        var made = SelfSignedCertificate.of(names(selfSigned.hosts()));
        return build(SslContextBuilder.forServer(made.key(), made.certificate()));
    }

    /** The hosts, their subdomains for buckets in virtual-host style, and the names of this machine. */
    static Set<String> names(List<String> hosts) {
        var names = new LinkedHashSet<>(hosts);
        names.addAll(List.of("localhost", "127.0.0.1", "::1"));
        for (var host : List.copyOf(names)) {
            boolean address = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
            if (!address && !host.startsWith("*.")) {
                names.add("*." + host);
            }
        }
        return names;
    }

    private static SslContext build(SslContextBuilder builder) throws SSLException {
        return builder.sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }
}
