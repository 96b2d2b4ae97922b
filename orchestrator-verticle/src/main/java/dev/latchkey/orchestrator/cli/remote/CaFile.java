// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** PEM certificates that may sign a server's certificate, instead of those that the JDK trusts. */
final class CaFile {
    private CaFile() {}

    /**
     * The context of connections to such a server.
     *
     * @throws IllegalArgumentException when the file holds no certificate
     */
    static SSLContext context(Path file) throws IOException {
        Collection<? extends Certificate> certificates = certificates(file);
        if (certificates.isEmpty()) {
            throw refused(file, null);
        }
        try {
            return context(certificates);
        } catch (GeneralSecurityException e) {
            throw refused(file, e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (CertificateException e) {
            throw refused(file, e);
        }
    }

    private static SSLContext context(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            trusted.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static IllegalArgumentException refused(Path file, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "--ca-file: " + file + " holds no certificate that can be read; give PEM certificates", cause);
    }
}
