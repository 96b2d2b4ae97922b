// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.metrics;

import dev.latchkey.orchestrator.policy.Nearest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where metrics are served.
 *
 * @param host the address to bind
 * @param port 1 to 65535, or 0 for any that is free
 * @param tokenFile a file with the bearer token that whoever reads them must show; null for none
 */
public record MetricsOptions(
        String host, int port, @Nullable Path tokenFile) {
    private static final String WHERE = "metrics";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;
    private static final int MIN_TOKEN = 16;
    private static final List<String> MEMBERS = List.of("host", "port", "tokenFile");

    /** Refuses what cannot be bound. */
    public MetricsOptions {
        refuseIf(host.isBlank(), "host", "is empty; name one address of this machine, such as 127.0.0.1");
        refuseIf(port < 0 || port > MAX_PORT, "port", "must be from 0, for any free one, to 65535");
    }

    /**
     * Reads the JSON form, whose members are the parameters; {@code host} is 127.0.0.1 unless given, {@code tokenFile} may be left out.
     *
     * @throws IllegalArgumentException naming member, problem and fix
     */
    public static MetricsOptions fromJson(JsonObject json) {
        json.fieldNames().forEach(MetricsOptions::requireKnown);
        return new MetricsOptions(host(json), port(json), tokenFile(json));
    }

    private static void requireKnown(String member) {
        refuseIf(
                !MEMBERS.contains(member),
                member,
                "is unknown; " + Nearest.to(member, MEMBERS).orElse("known are " + MEMBERS));
    }

    private static String host(JsonObject json) {
        Object value = json.getValue("host", LOOPBACK);
        refuseIf(!(value instanceof String), "host", "is no text; name one address of this machine");
        return (String) value;
    }

    private static int port(JsonObject json) {
        Object value = json.getValue("port");
        refuseIf(!(value instanceof Integer), "port", "is missing or no whole number; give the port to listen on");
        return (Integer) value;
    }

    private static @Nullable Path tokenFile(JsonObject json) {
        if (!json.containsKey("tokenFile")) {
            return null;
        }
        Object value = json.getValue("tokenFile");
        refuseIf(!(value instanceof String), "tokenFile", "is no text; give the path of a file");
        return Path.of((String) value);
    }

    /**
     * The token, blanks around it left out; null when there is none.
     *
     * @throws IllegalArgumentException when the file cannot be read, or what it holds is guessed too easily
     */
    @Nullable
    String token() {
        if (tokenFile == null) {
            return null;
        }
        String token = read(tokenFile);
        refuseIf(token.length() < MIN_TOKEN, "tokenFile", "holds fewer than 16 characters; make it a random one");
        return token;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    WHERE + ".tokenFile names " + file + ", which cannot be read; correct the path", e);
        }
    }

    private static void refuseIf(boolean wrong, String member, String problem) {
        if (wrong) {
            throw new IllegalArgumentException(WHERE + "." + member + " " + problem);
        }
    }
}
