// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The key and the self-signed certificate (ECDSA, P-256) of the modes with TLS, in a folder that both nodes read. */
final class TlsKeys {
    private static final String KEY = "tls.private.pem";
    private static final String CERTIFICATE = "tls.certificate.pem";
    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final String NAME = "CN=bench";

    private final Path folder;

    /** Keys that {@link #write} has put into the folder. */
    TlsKeys(Path folder) {
        this.folder = folder;
    }

    static void write(Path folder) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Pem.write(folder.resolve(KEY), "PRIVATE KEY", pair.getPrivate().getEncoded());
        Pem.write(folder.resolve(CERTIFICATE), "CERTIFICATE", certificate(pair).getEncoded());
    }

    private static X509Certificate certificate(KeyPair pair) throws GeneralSecurityException {
        X500Name name = new X500Name(NAME);
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(VALIDITY)),
                Date.from(now.plus(VALIDITY)),
                name,
                pair.getPublic());
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** What a node shows. */
    PemKeyCertOptions own() {
        return new PemKeyCertOptions()
                .addKeyPath(folder.resolve(KEY).toString())
                .addCertPath(folder.resolve(CERTIFICATE).toString());
    }

    /** What it asks for. */
    PemTrustOptions trusted() {
        return new PemTrustOptions().addCertPath(folder.resolve(CERTIFICATE).toString());
    }
}
