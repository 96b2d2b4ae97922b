// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key for TLS, made at a start and gone with the process, with a certificate that it signed itself: it hides what passes from onlookers, and
 * proves nobody's identity.
 *
 * @param key PEM, PKCS#8
 * @param certificate PEM
 */
public record TlsIdentity(Buffer key, Buffer certificate) {
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final Duration SKEW = Duration.ofHours(1);
    private static final int SERIAL_BITS = 128;

    /** A fresh one: ECDSA with P-256. */
    public static TlsIdentity create(String commonName) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return new TlsIdentity(
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                pem("CERTIFICATE", certificate(commonName, pair).getEncoded()));
    }

    private static X509Certificate certificate(String commonName, KeyPair pair) throws GeneralSecurityException {
        X500Name name = new X500Name("CN=" + commonName);
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(SERIAL_BITS, new SecureRandom()),
                                    Date.from(now.minus(SKEW)),
                                    Date.from(now.plus(VALIDITY)),
                                    name,
                                    pair.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static Buffer pem(String type, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Buffer.buffer("-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "TlsIdentity";
    }
}
