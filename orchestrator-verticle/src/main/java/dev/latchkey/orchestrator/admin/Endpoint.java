// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One method of one resource.
 *
 * @param method the method
 * @param path such as {@code /api/v1/instances/{id}/revoke}
 * @param role who may, or null for everybody
 * @param body the media type of the body, or empty when none is read
 * @param answering makes the answer
 */
record Endpoint(HttpMethod method, String path, @Nullable Role role, String body, Answering answering) {
    static final String JSON = "application/json";
    static final String YAML = "application/yaml";

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");
    private static final int MAX_JSON = 16 * 1024;
    private static final int MAX_YAML = 1 << 20;
    private static final Map<String, Integer> LIMITS = Map.of(JSON, MAX_JSON, YAML, MAX_YAML);

    static Endpoint get(String path, @Nullable Role role, Answering answering) {
        return new Endpoint(HttpMethod.GET, path, role, "", answering);
    }

    static Endpoint post(String path, Role role, String body, Answering answering) {
        return new Endpoint(HttpMethod.POST, path, role, body, answering);
    }

    static Endpoint delete(String path, Role role, Answering answering) {
        return new Endpoint(HttpMethod.DELETE, path, role, "", answering);
    }

    /** The path as vertx-web has it. */
    String route() {
        return PARAMETER.matcher(path).replaceAll(":$1");
    }

    /** How long a body may be. */
    int bodyLimit() {
        return LIMITS.getOrDefault(body, 0);
    }

    /** True for a request's path, whatever its parameters. */
    boolean isAt(String requested) {
        String pattern = Pattern.quote(path).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
        return Pattern.matches(pattern, requested);
    }
}
