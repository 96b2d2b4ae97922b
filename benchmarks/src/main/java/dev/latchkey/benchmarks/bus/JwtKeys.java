// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.orchestrator.keys.PrivateFiles;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;

/** The keys of the modes with JWTs, in a folder that both nodes read. */
final class JwtKeys {
    private static final String SECRET = "jwt.secret";
    private static final String PRIVATE = "jwt.private.pem";
    private static final String PUBLIC = "jwt.public.pem";
    private static final int SECRET_BYTES = 32;
    private static final int RSA_BITS = 2048;

    private final Path folder;

    /** Keys that {@link #write} has put into the folder. */
    JwtKeys(Path folder) {
        this.folder = folder;
    }

    static void write(Path folder) throws IOException, GeneralSecurityException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        PrivateFiles.write(folder.resolve(SECRET), Base64.getEncoder().encodeToString(secret));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        KeyPair pair = generator.generateKeyPair();
        Pem.write(folder.resolve(PRIVATE), "PRIVATE KEY", pair.getPrivate().getEncoded());
        Pem.write(folder.resolve(PUBLIC), "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    JWTAuthOptions hmac() {
        return new JWTAuthOptions().addPubSecKey(key("HS256", SECRET));
    }

    JWTAuthOptions rsa() {
        return new JWTAuthOptions().addPubSecKey(key("RS256", PRIVATE)).addPubSecKey(key("RS256", PUBLIC));
    }

    private PubSecKeyOptions key(String algorithm, String name) {
        try {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            return new PubSecKeyOptions().setAlgorithm(algorithm).setBuffer(Buffer.buffer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
