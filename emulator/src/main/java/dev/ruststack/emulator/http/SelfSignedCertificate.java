package dev.ruststack.emulator.http;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate on a new P-256 key that signs itself (RFC 5280). The JDK has no way to make one; this is smaller than
 * the libraries that have. It is a certificate authority too, so that clients can be told to trust it.
 */
record SelfSignedCertificate(X509Certificate certificate, PrivateKey key) {
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

    /** Makes one for these host names and IP addresses. */
    static SelfSignedCertificate of(Collection<String> names) throws GeneralSecurityException {
        var pair = keyPair();
        var content = content(names, pair.getPublic());
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        var encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
        var certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        return new SelfSignedCertificate(certificate, pair.getPrivate());
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] content(Collection<String> names, PublicKey key) throws GeneralSecurityException {
        var name = new X500Principal("CN=RustStack, O=self-signed").getEncoded();
        var now = Instant.now();
        return Der.sequence(
                Der.value(Der.CONTEXT | Der.CONSTRUCTED, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, new SecureRandom()).setBit(120)),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(VALIDITY))),
                name,
                key.getEncoded(),
                Der.value(Der.CONTEXT | Der.CONSTRUCTED | 3, extensions(names, key)));
    }

    private static byte[] extensions(Collection<String> names, PublicKey key) throws GeneralSecurityException {
        byte digitalSignatureAndCertificateSigning = (byte) 0b1000_0100;
        var keyId = MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
        return Der.sequence(
                critical("2.5.29.19", Der.sequence(Der.TRUE)),
                critical("2.5.29.15", Der.bits(2, new byte[] {digitalSignatureAndCertificateSigning})),
                extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
                extension("2.5.29.14", Der.octets(keyId)),
                extension("2.5.29.17", alternativeNames(names)));
    }

    private static byte[] critical(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.TRUE, Der.octets(value));
    }

    private static byte[] extension(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] alternativeNames(Collection<String> names) {
        return Der.sequence(
                names.stream().map(SelfSignedCertificate::alternativeName).toArray(byte[][]::new));
    }

    private static byte[] alternativeName(String name) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        return address == null
                ? Der.value(Der.CONTEXT | 2, name.getBytes(StandardCharsets.US_ASCII))
                : Der.value(Der.CONTEXT | 7, address);
    }
}
