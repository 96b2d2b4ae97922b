// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which key of which token.
 *
 * @param library the token's PKCS#11 library
 * @param token the token's label
 * @param key the label of the private key and of the public one
 * @param pinFile the file with the user's PIN
 */
record Pkcs11Settings(Path library, String token, String key, Path pinFile) {
    static final String LIBRARY = "libraryFile";
    static final String TOKEN = "token";
    static final String KEY = "key";
    static final String PIN = "pinFile";

    static Pkcs11Settings of(JsonObject settings) {
        return new Pkcs11Settings(
                Path.of(KeyCustody.required(settings, LIBRARY)),
                KeyCustody.required(settings, TOKEN),
                KeyCustody.required(settings, KEY),
                Path.of(KeyCustody.required(settings, PIN)));
    }

    Pkcs11Settings withKey(String label) {
        return new Pkcs11Settings(library, token, label, pinFile);
    }

    /** Read whenever it is needed, so that it is not kept; the caller erases it. */
    byte[] pin() {
        char[] text = KeystorePassword.read(pinFile);
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        byte[] pin = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(text, '\0');
        Arrays.fill(encoded.array(), (byte) 0);
        return pin;
    }
}
