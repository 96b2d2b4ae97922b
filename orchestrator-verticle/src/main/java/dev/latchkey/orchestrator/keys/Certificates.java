// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificates that PKCS#12 wants beside each private key. Nothing trusts them: instances pin the keys themselves, by
 * the trust bundle.
 */
final class Certificates {
    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 128;

    private Certificates() {}

    /** A certificate of a public key, signed by an Ed25519 key. */
    static X509Certificate issue(String commonName, PublicKey subject, KeyPair issuer) throws GeneralSecurityException {
        X500Name name = new X500Name("CN=" + commonName);
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(SERIAL_BITS, new SecureRandom()),
                                    Date.from(now),
                                    Date.from(now.plus(VALIDITY)),
                                    name,
                                    subject)
                            .build(new JcaContentSignerBuilder("Ed25519").build(issuer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
