// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a node finds the others of its cluster. Immutable.
 *
 * @param kind the way
 * @param settings what the way needs to know, by the names that they have in a settings file
 */
public record Discovery(Kind kind, Map<String, String> settings) {
    private static final String DISCOVERY = "discovery";
    private static final String SERVICE_DNS = "serviceDns";
    private static final String SERVICE_DNS_TIMEOUT = "serviceDnsTimeout";
    private static final String SERVICE_PORT = "servicePort";
    private static final String NAMESPACE = "namespace";
    private static final String SERVICE_NAME = "serviceName";
    private static final String SERVICE_LABEL = "serviceLabel";
    private static final String POD_LABEL = "podLabel";
    private static final String API_SERVER = "apiServer";
    private static final String API_TOKEN_FILE = "apiTokenFile";
    private static final String CA_FILE = "caCertificateFile";

    private static final Set<String> OF_DNS = Set.of(SERVICE_DNS, SERVICE_DNS_TIMEOUT, SERVICE_PORT);
    private static final Set<String> CHOOSERS = Set.of(SERVICE_NAME, SERVICE_LABEL, POD_LABEL);
    private static final Set<String> OF_API = Set.of(
            NAMESPACE, SERVICE_NAME, SERVICE_LABEL, POD_LABEL, SERVICE_PORT, API_SERVER, API_TOKEN_FILE, CA_FILE);
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}\\.?$)" + DNS_LABEL + "(\\." + DNS_LABEL + ")*\\.?");
    private static final Pattern LABEL = Pattern.compile("[-./_A-Za-z0-9]{1,317}=[-._A-Za-z0-9]{0,63}");
    private static final Pattern SMALL_NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern URL = Pattern.compile("https?://\\S+");
    private static final Pattern ANY = Pattern.compile(".+");

    /** The ways there are. */
    public enum Kind {
        /** Nodes on this machine only, listed as members. */
        LOOPBACK("loopback"),
        /** Nodes that are listed as members. */
        HOSTS("hosts"),
        /** What a headless service of Kubernetes resolves to. */
        KUBERNETES_DNS("kubernetes-dns"),
        /** What the Kubernetes API tells. */
        KUBERNETES_API("kubernetes-api");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Copies the map. */
    public Discovery {
        settings = Map.copyOf(settings);
    }

    /** Nodes that are listed. */
    static Discovery hosts() {
        return new Discovery(Kind.HOSTS, Map.of());
    }

    /** Every setting that some way has, and the one that chooses it. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(OF_DNS);
        names.addAll(OF_API);
        names.add(DISCOVERY);
        return names;
    }

    /**
     * Reads the settings that are its own out of a node's.
     *
     * @throws IllegalArgumentException naming the setting, what is wrong with it, and the fix
     */
    static Discovery fromJson(JsonObject json) {
        Kind kind = kind(json.getString(DISCOVERY, Kind.HOSTS.toString()));
        Map<String, String> settings = new LinkedHashMap<>();
        json.forEach(setting -> {
            if (names().contains(setting.getKey()) && !setting.getKey().equals(DISCOVERY)) {
                settings.put(setting.getKey(), checked(kind, setting.getKey(), String.valueOf(setting.getValue())));
            }
        });
        requireEnough(kind, settings.keySet());
        return new Discovery(kind, settings);
    }

    private static Kind kind(String text) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("cluster.discovery: '" + text + "' is unknown; give "
                        + Arrays.stream(Kind.values()).map(Kind::toString).collect(Collectors.joining(", "))));
    }

    private static Set<String> settings(Kind kind) {
        return switch (kind) {
            case LOOPBACK, HOSTS -> Set.of();
            case KUBERNETES_DNS -> OF_DNS;
            case KUBERNETES_API -> OF_API;
        };
    }

    private static String checked(Kind kind, String name, String value) {
        if (!settings(kind).contains(name)) {
            throw new IllegalArgumentException("cluster." + name + ": does not go with discovery " + kind
                    + "; remove it, or choose another discovery");
        }
        return switch (name) {
            case SERVICE_DNS ->
                require(
                        name,
                        value,
                        DNS_NAME,
                        "is no DNS name; give that of a headless service, such as "
                                + "latchkey.shop.svc.cluster.local");
            case SERVICE_DNS_TIMEOUT -> require(name, value, SMALL_NUMBER, "is no time; give whole seconds, such as 5");
            case SERVICE_PORT -> require(name, value, SMALL_NUMBER, "is no port; give Hazelcast's, such as 5701");
            case NAMESPACE, SERVICE_NAME ->
                require(name, value, DNS_LABEL, "is no name of Kubernetes; give one of a-z, 0-9 and '-'");
            case SERVICE_LABEL, POD_LABEL ->
                require(name, value, LABEL, "is no label; give name=value, such as app=latchkey");
            case API_SERVER -> require(name, value, URL, "is no URL; give one such as https://kubernetes.default.svc");
            default -> require(name, value, ANY, "is empty; give the path of a file");
        };
    }

    private static String require(String name, String value, Pattern form, String otherwise) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException("cluster." + name + ": '" + value + "' " + otherwise);
        }
        return value;
    }

    private static void requireEnough(Kind kind, Set<String> given) {
        if (kind == Kind.KUBERNETES_DNS && !given.contains(SERVICE_DNS)) {
            throw new IllegalArgumentException(
                    "cluster.serviceDns: is missing; discovery kubernetes-dns needs the DNS name of a "
                            + "headless service, such as latchkey.shop.svc.cluster.local");
        }
        long choosers = given.stream().filter(CHOOSERS::contains).count();
        if (kind == Kind.KUBERNETES_API && choosers != 1) {
            throw new IllegalArgumentException(
                    "cluster.serviceName: discovery kubernetes-api needs one of serviceName, serviceLabel and "
                            + "podLabel, and " + (choosers == 0 ? "has none; give one" : "has several; keep one"));
        }
    }

    /** True when Kubernetes is asked. */
    boolean isKubernetes() {
        return kind == Kind.KUBERNETES_DNS || kind == Kind.KUBERNETES_API;
    }

    /** The JSON form, without what is of one node only. */
    JsonObject forJoiners() {
        JsonObject json = toJson();
        json.remove(API_TOKEN_FILE);
        json.remove(CA_FILE);
        return json;
    }

    /** The JSON form, for a node's settings. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        settings.forEach(json::put);
        return json.put(DISCOVERY, kind.toString());
    }
}
