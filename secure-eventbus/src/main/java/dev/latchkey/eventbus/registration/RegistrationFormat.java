// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
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
    private static final String OBSERVED = "observed";
    private static final String NODE = "node";
    private static final String VIOLATIONS = "violations";
    private static final String SEALED = "sealed";

    private RegistrationFormat() {}

    static byte[] write(Registration registration) {
        JsonObject json = new JsonObject()
                .put(KIND, registration.kind().name())
                .put(SENT_AT, registration.sentAt())
                .put(SERVICE, registration.service())
                .put(CREDENTIAL, registration.credential())
                .put(INSTANCE, registration.instance())
                .put(PROVIDES, new JsonArray(List.copyOf(registration.provides())))
                .put(INVOKES, new JsonArray(List.copyOf(registration.invokes())))
                .put(OBSERVED, ObservationFormat.write(registration.observed()));
        if (registration.node() != null) {
            json.put(NODE, registration.node().toJson());
        }
        if (!registration.violations().isEmpty()) {
            json.put(VIOLATIONS, ViolationFormat.write(registration.violations()));
        }
        if (!registration.sealed().isEmpty()) {
            json.put(SEALED, SealedFlowFormat.write(registration.sealed()));
        }
        return SecretTail.write(json, List.of(registration.seed()));
    }

    /** Throws a RuntimeException for anything that is not a registration. */
    static Registration read(byte[] bytes) {
        JsonObject json = SecretTail.json(bytes);
        List<SecretBytes> secrets = SecretTail.secrets(bytes);
        try {
            return registration(json, secrets);
        } catch (RuntimeException e) {
            secrets.forEach(SecretBytes::close);
            throw e;
        }
    }

    private static Registration registration(JsonObject json, List<SecretBytes> secrets) {
        if (secrets.size() != 1) {
            throw new IllegalArgumentException("exactly one seed is expected");
        }
        return new Registration(
                RegistrationKind.valueOf(json.getString(KIND)),
                json.getLong(SENT_AT),
                text(json, SERVICE),
                text(json, CREDENTIAL),
                text(json, INSTANCE),
                names(json.getJsonArray(PROVIDES)),
                names(json.getJsonArray(INVOKES)),
                ObservationFormat.read(json.getJsonArray(OBSERVED)),
                secrets.get(0),
                NodeAddress.fromJson(json.getJsonObject(NODE)),
                ViolationFormat.read(json.getJsonArray(VIOLATIONS)),
                SealedFlowFormat.read(json.getJsonArray(SEALED)));
    }

    /** Anyone can seal a question, so what is missing must stop here. */
    private static String text(JsonObject json, String name) {
        return Objects.requireNonNull(json.getString(name), name);
    }

    private static Set<String> names(JsonArray array) {
        return array.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }
}
