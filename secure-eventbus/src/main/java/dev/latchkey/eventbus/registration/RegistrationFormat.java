// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The bytes of a {@link Registration}, before they are sealed. */
final class RegistrationFormat {
    private static final String KIND = "kind";
    private static final String SENT_AT = "sentAt";
    private static final String SERVICE = "service";
    private static final String CREDENTIAL = "credential";
    private static final String INSTANCE = "instance";
    private static final String PROVIDES = "provides";
    private static final String INVOKES = "invokes";

    private RegistrationFormat() {}

    static byte[] write(Registration registration) {
        JsonObject json = new JsonObject()
                .put(KIND, registration.kind().name())
                .put(SENT_AT, registration.sentAt())
                .put(SERVICE, registration.service())
                .put(CREDENTIAL, registration.credential())
                .put(INSTANCE, registration.instance())
                .put(PROVIDES, new JsonArray(List.copyOf(registration.provides())))
                .put(INVOKES, new JsonArray(List.copyOf(registration.invokes())));
        return SecretTail.write(json, List.of(registration.seed()));
    }

    /** Throws a RuntimeException for anything that is not a registration. */
    static Registration read(byte[] bytes) {
        JsonObject json = SecretTail.json(bytes);
        List<SecretBytes> secrets = SecretTail.secrets(bytes);
        if (secrets.size() != 1) {
            throw new IllegalArgumentException("exactly one seed is expected");
        }
        return new Registration(
                RegistrationKind.valueOf(json.getString(KIND)),
                json.getLong(SENT_AT),
                json.getString(SERVICE),
                json.getString(CREDENTIAL),
                json.getString(INSTANCE),
                names(json.getJsonArray(PROVIDES)),
                names(json.getJsonArray(INVOKES)),
                secrets.get(0));
    }

    private static Set<String> names(JsonArray array) {
        return array.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }
}
