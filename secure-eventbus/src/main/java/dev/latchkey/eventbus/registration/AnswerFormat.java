// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bytes of an {@link Answer}, before they are sealed. */
final class AnswerFormat {
    private static final String TIME = "time";
    private static final String DENIED = "denied";
    private static final String DETAIL = "detail";
    private static final String INSTANCE = "instance";
    private static final String LEASE = "leaseExpiresAt";
    private static final String RENEW = "renewAfter";
    private static final String OPERATIONS = "operations";
    private static final String UNLISTED = "unlisted";
    private static final String TOKENS = "tokens";
    private static final String KEYS = "keys";
    private static final String REVOKED = "revoked";
    private static final String DIRECTORIES = "directories";
    private static final String OPERATION = "operation";
    private static final String EPOCH = "epoch";

    private AnswerFormat() {}

    static byte[] write(Answer answer) {
        return answer instanceof Answer.Granted granted
                ? SecretTail.write(granted(granted), secrets(granted))
                : SecretTail.write(denied((Answer.Denied) answer), List.of());
    }

    private static List<SecretBytes> secrets(Answer.Granted granted) {
        return Stream.concat(
                        granted.keys().stream().map(ProviderKey::secret),
                        granted.directoryKeys().stream().map(DirectoryKey::secret))
                .toList();
    }

    private static JsonObject granted(Answer.Granted granted) {
        JsonObject json = new JsonObject()
                .put(TIME, granted.orchestratorTime())
                .put(INSTANCE, granted.instance())
                .put(LEASE, granted.leaseExpiresAt())
                .put(RENEW, granted.renewAfter())
                .put(
                        OPERATIONS,
                        array(granted.operations().stream()
                                .map(Operation::toJson)
                                .toList()))
                .put(UNLISTED, granted.unlisted().toString())
                .put(TOKENS, array(granted.tokens()))
                .put(
                        KEYS,
                        array(granted.keys().stream()
                                .map(key -> keyName(key.operation(), key.epoch()))
                                .toList()))
                .put(REVOKED, granted.revocations().toJson());
        if (!granted.directoryKeys().isEmpty()) {
            json.put(
                    DIRECTORIES,
                    array(granted.directoryKeys().stream()
                            .map(key -> keyName(key.operation(), key.epoch()))
                            .toList()));
        }
        return json;
    }

    private static JsonArray array(List<?> values) {
        return new JsonArray(values);
    }

    private static JsonObject keyName(String operation, long epoch) {
        return new JsonObject().put(OPERATION, operation).put(EPOCH, epoch);
    }

    private static JsonObject denied(Answer.Denied denied) {
        return new JsonObject()
                .put(TIME, denied.orchestratorTime())
                .put(DENIED, denied.reason().name())
                .put(DETAIL, denied.detail());
    }

    /** Throws a RuntimeException for anything that is not an answer. */
    static Answer read(byte[] bytes) {
        JsonObject json = SecretTail.json(bytes);
        return json.containsKey(DENIED) ? readDenied(json) : readGranted(json, SecretTail.secrets(bytes));
    }

    private static Answer readDenied(JsonObject json) {
        return new Answer.Denied(json.getLong(TIME), DenialReason.valueOf(text(json, DENIED)), text(json, DETAIL));
    }

    private static Answer readGranted(JsonObject json, List<SecretBytes> secrets) {
        List<JsonObject> keys = objects(json.getJsonArray(KEYS));
        List<JsonObject> directories = objects(json.getJsonArray(DIRECTORIES, new JsonArray()));
        if (keys.size() + directories.size() != secrets.size()) {
            throw new IllegalArgumentException("as many keys as names are expected");
        }
        return new Answer.Granted(
                json.getLong(TIME),
                text(json, INSTANCE),
                json.getLong(LEASE),
                json.getLong(RENEW),
                objects(json.getJsonArray(OPERATIONS)).stream()
                        .map(Operation::fromJson)
                        .toList(),
                Mode.named(text(json, UNLISTED)),
                json.getJsonArray(TOKENS).stream().map(String.class::cast).toList(),
                keys(keys, secrets, ProviderKey::new),
                Revocations.fromJson(json.getJsonObject(REVOKED)),
                keys(directories, secrets.subList(keys.size(), secrets.size()), DirectoryKey::new));
    }

    /** An orchestrator of another version may leave out what must not be missing later. */
    private static String text(JsonObject json, String name) {
        return Objects.requireNonNull(json.getString(name), name);
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).collect(Collectors.toList());
    }

    private interface KeyMaker<T> {
        T make(String operation, long epoch, SecretBytes secret);
    }

    private static <T> List<T> keys(List<JsonObject> names, List<SecretBytes> secrets, KeyMaker<T> maker) {
        List<T> keys = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            JsonObject name = names.get(i);
            keys.add(maker.make(text(name, OPERATION), name.getLong(EPOCH), secrets.get(i)));
        }
        return keys;
    }
}
