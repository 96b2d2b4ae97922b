// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How somebody who is not in the cluster yet finds an orchestrator and knows that it is one.
 *
 * <p>As JSON: {@code name}, {@code pins} (an array), {@code port}, {@code nameServer} (address:port) and {@code timeout} (milliseconds).
 */
public final class BootstrapOptions {
    /** 8443. */
    public static final int DEFAULT_PORT = 8443;

    /** Ten seconds. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final Set<String> MEMBERS = Set.of("name", "pins", "port", "nameServer", "timeout");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([-A-Za-z0-9_.]{0,252})");
    private static final Pattern PIN = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PINS = 16;

    private final String name;
    private final List<String> pins;
    private int port = DEFAULT_PORT;
    private @Nullable NameServer nameServer;
    private Duration timeout = DEFAULT_TIMEOUT;

    /**
     * Options with defaults.
     *
     * @param name where orchestrators are: a name with SRV records (RFC 2782), such as {@code
     *     _latchkey._tcp.latchkey.shop.svc.cluster.local}; or one with addresses
     * @param pins fingerprints of the orchestrators' signing key: {@code sha256:} and the SHA-256 of its 32 bytes in 64 hexadecimal digits. One must
     *     fit; give two while keys change
     * @throws IllegalArgumentException naming what is wrong and the fix
     */
    public BootstrapOptions(String name, List<String> pins) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("bootstrap.name: '" + name
                    + "' is no DNS name; give one such as _latchkey._tcp.latchkey.shop.svc.cluster.local");
        }
        if (pins.isEmpty() || pins.size() > MAX_PINS) {
            throw new IllegalArgumentException("bootstrap.pins: give one to " + MAX_PINS
                    + " fingerprints such as sha256:0123...; an orchestrator prints its own when it starts");
        }
        pins.forEach(BootstrapOptions::requirePin);
        this.name = name;
        this.pins = List.copyOf(pins);
    }

    private static void requirePin(String pin) {
        if (!PIN.matcher(pin).matches()) {
            throw new IllegalArgumentException(
                    "bootstrap.pins: '" + pin
                            + "' is no fingerprint; give sha256: and 64 hexadecimal digits in lower case, as an orchestrator prints it");
        }
    }

    /**
     * Reads the JSON form.
     *
     * @throws IllegalArgumentException naming the member that is unknown or wrong, and the fix
     */
    public static BootstrapOptions fromJson(JsonObject json) {
        json.fieldNames().forEach(BootstrapOptions::requireKnown);
        BootstrapOptions options = new BootstrapOptions(text(json, "name"), pins(json))
                .setPort(number(json, "port", DEFAULT_PORT))
                .setTimeout(Duration.ofMillis(number(json, "timeout", (int) DEFAULT_TIMEOUT.toMillis())));
        return json.containsKey("nameServer") ? options.setNameServer(text(json, "nameServer")) : options;
    }

    private static void requireKnown(String member) {
        if (!MEMBERS.contains(member)) {
            throw new IllegalArgumentException("bootstrap: unknown setting '" + member + "'; known are " + MEMBERS);
        }
    }

    private static String text(JsonObject json, String member) {
        if (!(json.getValue(member) instanceof String text)) {
            throw new IllegalArgumentException("bootstrap." + member + ": is missing or no text; give a text");
        }
        return text;
    }

    private static List<String> pins(JsonObject json) {
        if (!(json.getValue("pins", new JsonArray()) instanceof JsonArray pins)
                || !pins.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("bootstrap.pins: is no list of texts; give [\"sha256:...\"]");
        }
        return pins.stream().map(String.class::cast).toList();
    }

    private static int number(JsonObject json, String member, int otherwise) {
        if (!(json.getValue(member, otherwise) instanceof Integer number)) {
            throw new IllegalArgumentException("bootstrap." + member + ": is no whole number; give one");
        }
        return number;
    }

    /** The port of orchestrators where the name has addresses and no SRV records. Default 8443. */
    public BootstrapOptions setPort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "bootstrap.port: " + port + " is no port; give one from 1 to " + MAX_PORT);
        }
        this.port = port;
        return this;
    }

    /**
     * The DNS server to ask: its IP address, or address:port; one of IPv6 in brackets. Default the first of this machine.
     *
     * @throws IllegalArgumentException for a name, or another text
     */
    public BootstrapOptions setNameServer(String server) {
        this.nameServer = NameServer.parse(server, "bootstrap.nameServer");
        return this;
    }

    /** How long to look for an orchestrator before giving up. Default ten seconds. */
    public BootstrapOptions setTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("bootstrap.timeout: must be more than 0 ms");
        }
        this.timeout = timeout;
        return this;
    }

    /** Where orchestrators are. */
    public String getName() {
        return name;
    }

    /** The fingerprints, one of which must fit. */
    public List<String> getPins() {
        return pins;
    }

    /** The port beside addresses. */
    public int getPort() {
        return port;
    }

    /** The DNS server's address, without brackets; null for the first server of this machine. */
    public @Nullable String getNameServerHost() {
        NameServer server = nameServer;
        return server == null ? null : server.host();
    }

    /** The DNS server's port. */
    public int getNameServerPort() {
        NameServer server = nameServer;
        return server == null ? NameServer.DEFAULT_PORT : server.port();
    }

    /** How long to look. */
    public Duration getTimeout() {
        return timeout;
    }
}
