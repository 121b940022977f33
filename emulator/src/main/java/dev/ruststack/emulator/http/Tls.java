package dev.ruststack.emulator.http;

import java.nio.file.Path;
import java.util.List;

/** The certificate of a port that also speaks TLS. */
public sealed interface Tls {
    /** A PEM certificate chain and its PKCS#8 key. */
    record Given(Path certificateChain, Path privateKey) implements Tls {}

    /** A self-signed certificate for these host names, made when the first TLS client comes. */
    record SelfSigned(List<String> hosts) implements Tls {
        public SelfSigned {
            hosts = List.copyOf(hosts);
        }
    }
}
