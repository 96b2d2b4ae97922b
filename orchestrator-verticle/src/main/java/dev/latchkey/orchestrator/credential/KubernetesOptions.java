// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.policy.Nearest;
import dev.latchkey.orchestrator.policy.Durations;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose service-account tokens are taken, and which service each service account is.
 *
 * @param issuer the cluster's issuer, as in {@code iss} of its tokens
 * @param audience the audience that tokens must be made for, and no other
 * @param jwks where the cluster's keys are; null to ask the issuer's discovery document
 * @param services service by {@code namespace/serviceaccount}
 * @param caFile PEM certificates that may sign the server's certificate; null for those of the JDK
 * @param tokenFile a token to show when the keys are fetched; null for none
 * @param cacheFor how long keys are used before they are fetched anew
 * @param outage how long keys are used while they cannot be fetched
 */
public record KubernetesOptions(
        String issuer,
        String audience,
        @Nullable URI jwks,
        Map<String, String> services,
        @Nullable Path caFile,
        @Nullable Path tokenFile,
        Duration cacheFor,
        Duration outage) {

    private static final String WHERE = "kubernetes";
    private static final List<String> MEMBERS =
            List.of("issuer", "audience", "jwks", "services", "caFile", "tokenFile", "cacheFor", "outage");
    private static final Pattern ACCOUNT =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/[a-z0-9][-.a-z0-9]{0,252}");
    private static final Duration CACHE_FOR = Duration.ofMinutes(5);
    private static final Duration OUTAGE = Duration.ofHours(1);

    /** Refuses what could let somebody in by mistake. */
    public KubernetesOptions {
        services = Map.copyOf(services);
        requireSafe("issuer", uri("issuer", issuer));
        if (jwks != null) {
            requireSafe("jwks", jwks);
        }
        refuseIf(audience.isEmpty(), "audience", "is empty; name what tokens are made for, such as the trust domain");
        refuseIf(services.isEmpty(), "services", "names no service account; add such as 'shop/web: web'");
        services.keySet().forEach(KubernetesOptions::requireAccount);
        refuseIf(outage.compareTo(cacheFor) < 0, "outage", "is less than cacheFor; make it as long at least");
    }

    /**
     * Reads the JSON form, whose members are the parameters; {@code jwks}, {@code caFile}, {@code tokenFile}, {@code cacheFor} and
     * {@code outage} may be left out.
     *
     * @throws IllegalArgumentException naming member, problem and fix
     */
    public static KubernetesOptions fromJson(JsonObject json) {
        json.fieldNames().forEach(KubernetesOptions::requireKnown);
        return new KubernetesOptions(
                text(json, "issuer"),
                text(json, "audience"),
                json.containsKey("jwks") ? uri("jwks", text(json, "jwks")) : null,
                services(json),
                file(json, "caFile"),
                file(json, "tokenFile"),
                time(json, "cacheFor", CACHE_FOR),
                time(json, "outage", OUTAGE));
    }

    private static void requireKnown(String member) {
        refuseIf(
                !MEMBERS.contains(member),
                member,
                "is unknown; " + Nearest.to(member, MEMBERS).orElse("known are " + MEMBERS));
    }

    private static String text(JsonObject json, String member) {
        Object value = json.getValue(member);
        refuseIf(value == null, member, "is missing; orchestrator-full.yaml explains it");
        refuseIf(!(value instanceof String), member, "is no text; write it in quotes");
        return (String) value;
    }

    private static Map<String, String> services(JsonObject json) {
        Object value = json.getValue("services");
        refuseIf(!(value instanceof JsonObject), "services", "is missing or no section; add such as 'shop/web: web'");
        Map<String, String> services = new LinkedHashMap<>();
        ((JsonObject) value).forEach(account -> {
            refuseIf(
                    !(account.getValue() instanceof String),
                    "services." + account.getKey(),
                    "names no service; write one of policy's");
            services.put(account.getKey(), (String) account.getValue());
        });
        return services;
    }

    private static @Nullable Path file(JsonObject json, String member) {
        if (!json.containsKey(member)) {
            return null;
        }
        Path file = Path.of(text(json, member));
        refuseIf(!Files.isReadable(file), member, "names " + file + ", which cannot be read; correct the path");
        return file;
    }

    private static Duration time(JsonObject json, String member, Duration standard) {
        if (!json.containsKey(member)) {
            return standard;
        }
        try {
            return Durations.parse(text(json, member));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(WHERE + "." + member + ": " + e.getMessage(), e);
        }
    }

    private static void requireAccount(String account) {
        refuseIf(
                !ACCOUNT.matcher(account).matches(),
                "services." + account,
                "is no service account; write namespace/name, such as shop/web");
    }

    private static URI uri(String member, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(WHERE + "." + member + " is no URL; write https://...", e);
        }
    }

    private static void requireSafe(String member, URI uri) {
        refuseIf(
                !IssuerAddress.isSafe(uri),
                member,
                "is no https URL; write https://host/..., since plain http is for loopback only");
    }

    private static void refuseIf(boolean wrong, String member, String problem) {
        if (wrong) {
            throw new IllegalArgumentException(WHERE + "." + member + " " + problem);
        }
    }
}
