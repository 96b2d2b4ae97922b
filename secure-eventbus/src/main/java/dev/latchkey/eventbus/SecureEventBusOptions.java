// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import dev.latchkey.eventbus.policy.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an instance joins.
 *
 * <p>As JSON: {@code service}, {@code trustBundle} (a file, or what is in it), {@code credential} (a file), {@code provides} and {@code
 * invokes} (arrays; both absent: whatever policy allows), {@code joinTimeout} (milliseconds), {@code maxFrameSize} (bytes), {@code
 * coalesceWrites} (true or false). A credential itself is never part of the JSON, and never of {@link #toString()}.
 */
public final class SecureEventBusOptions {
    /** Ten seconds. */
    public static final Duration DEFAULT_JOIN_TIMEOUT = Duration.ofSeconds(10);

    /** 16 MiB. */
    public static final int DEFAULT_MAX_FRAME_SIZE = 16 * 1024 * 1024;

    private static final int MIN_FRAME_SIZE = 16 * 1024;

    private static final List<String> MEMBERS = List.of(
            "service",
            "trustBundle",
            "credential",
            "provides",
            "invokes",
            "joinTimeout",
            "maxFrameSize",
            "coalesceWrites");

    private @Nullable String service;
    private @Nullable TrustBundle trustBundle;
    private @Nullable Path trustBundleFile;
    private @Nullable Path credentialFile;
    private @Nullable Supplier<String> credential;
    private Set<String> provides = Set.of();
    private Set<String> invokes = Set.of();
    private Duration joinTimeout = DEFAULT_JOIN_TIMEOUT;
    private int maxFrameSize = DEFAULT_MAX_FRAME_SIZE;
    private boolean coalesceWrites = true;
    private Clock clock = Clock.systemUTC();

    /** Options with defaults; service, trust bundle and credential are yet to be set. */
    public SecureEventBusOptions() {}

    /** A copy. */
    public SecureEventBusOptions(SecureEventBusOptions other) {
        this.service = other.service;
        this.trustBundle = other.trustBundle;
        this.trustBundleFile = other.trustBundleFile;
        this.credentialFile = other.credentialFile;
        this.credential = other.credential;
        this.provides = other.provides;
        this.invokes = other.invokes;
        this.joinTimeout = other.joinTimeout;
        this.maxFrameSize = other.maxFrameSize;
        this.coalesceWrites = other.coalesceWrites;
        this.clock = other.clock;
    }

    /**
     * Reads the JSON form.
     *
     * @throws IllegalArgumentException naming the member that is unknown or wrong; a trust bundle that cannot be read
     */
    public SecureEventBusOptions(JsonObject json) {
        json.fieldNames().forEach(SecureEventBusOptions::requireKnown);
        if (json.containsKey("service")) {
            setService(member(json, "service", String.class));
        }
        if (json.getValue("trustBundle") instanceof JsonObject bundle) {
            setTrustBundle(trustBundle(bundle));
        } else if (json.containsKey("trustBundle")) {
            setTrustBundleFile(Path.of(member(json, "trustBundle", String.class)));
        }
        if (json.containsKey("credential")) {
            setCredentialFile(Path.of(member(json, "credential", String.class)));
        }
        setProvides(names(json, "provides"));
        setInvokes(names(json, "invokes"));
        if (json.containsKey("joinTimeout")) {
            setJoinTimeout(
                    Duration.ofMillis(member(json, "joinTimeout", Number.class).longValue()));
        }
        if (json.containsKey("maxFrameSize")) {
            setMaxFrameSize(member(json, "maxFrameSize", Number.class).intValue());
        }
        if (json.containsKey("coalesceWrites")) {
            setCoalesceWrites(member(json, "coalesceWrites", Boolean.class));
        }
    }

    private static void requireKnown(String member) {
        if (!MEMBERS.contains(member)) {
            throw new IllegalArgumentException("latchkey options: unknown member '" + member + "'; "
                    + Nearest.to(member, MEMBERS).orElse("known are " + MEMBERS));
        }
    }

    private static Set<String> names(JsonObject json, String member) {
        JsonArray names = json.containsKey(member) ? member(json, member, JsonArray.class) : new JsonArray();
        if (!names.stream().allMatch(String.class::isInstance)) {
            throw wrongType(member);
        }
        return names.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }

    private static <T> T member(JsonObject json, String name, Class<T> type) {
        if (!type.isInstance(json.getValue(name))) {
            throw wrongType(name);
        }
        return type.cast(json.getValue(name));
    }

    private static IllegalArgumentException wrongType(String member) {
        return new IllegalArgumentException("latchkey options: a setting has the wrong type: '" + member
                + "'; provides and invokes are lists of texts, joinTimeout and maxFrameSize are numbers, coalesceWrites is true or"
                + " false, all others are texts");
    }

    /** The JSON form; a trust bundle or credential that was not set as a file is left out. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject().put("joinTimeout", joinTimeout.toMillis());
        if (maxFrameSize != DEFAULT_MAX_FRAME_SIZE) {
            json.put("maxFrameSize", maxFrameSize);
        }
        if (!coalesceWrites) {
            json.put("coalesceWrites", false);
        }
        putUnlessNull(json, "service", service);
        putUnlessNull(json, "trustBundle", trustBundleFile);
        putUnlessNull(json, "credential", credentialFile);
        return json.put("provides", new JsonArray(provides.stream().sorted().toList()))
                .put("invokes", new JsonArray(invokes.stream().sorted().toList()));
    }

    private static TrustBundle trustBundle(JsonObject bundle) {
        try {
            return TrustBundle.fromJson(bundle);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "latchkey options: member 'trustBundle': " + e.getMessage()
                            + "; give what 'latchkey init' wrote, or its file",
                    e);
        }
    }

    private static void putUnlessNull(JsonObject json, String member, @Nullable Object value) {
        if (value != null) {
            json.put(member, value.toString());
        }
    }

    /** The service that the instance is, as policy names it. Required. */
    public SecureEventBusOptions setService(String service) {
        if (service.isBlank()) {
            throw new IllegalArgumentException("service is blank; give the name that policy.yaml lists it under");
        }
        this.service = service;
        return this;
    }

    /** The trust domain's public facts. Required, here or as a file. */
    public SecureEventBusOptions setTrustBundle(TrustBundle trustBundle) {
        this.trustBundle = trustBundle;
        this.trustBundleFile = null;
        return this;
    }

    /**
     * The trust domain's public facts, from the file that {@code latchkey init} wrote; read at once.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    public SecureEventBusOptions setTrustBundleFile(Path file) {
        this.trustBundle = TrustBundle.load(file);
        this.trustBundleFile = file;
        return this;
    }

    /** The credential that proves the service. Asked for at each registration, so that it may be renewed. */
    public SecureEventBusOptions setCredential(Supplier<String> credential) {
        this.credential = credential;
        this.credentialFile = null;
        return this;
    }

    /** The file of the credential. Read at each registration, so that it may be renewed. */
    public SecureEventBusOptions setCredentialFile(Path file) {
        this.credentialFile = file;
        this.credential = () -> readCredential(file);
        return this;
    }

    private static String readCredential(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "credential " + file + " cannot be read; make one by 'latchkey credential issue'", e);
        }
    }

    /** Operations to provide. When neither these nor {@link #setInvokes} are set, whatever policy allows is declared. */
    public SecureEventBusOptions setProvides(Set<String> provides) {
        this.provides = Set.copyOf(provides);
        return this;
    }

    /** Operations to invoke. */
    public SecureEventBusOptions setInvokes(Set<String> invokes) {
        this.invokes = Set.copyOf(invokes);
        return this;
    }

    /** How long to look for an orchestrator before joining fails. Default ten seconds. */
    public SecureEventBusOptions setJoinTimeout(Duration joinTimeout) {
        if (joinTimeout.isNegative() || joinTimeout.isZero()) {
            throw new IllegalArgumentException("joinTimeout must be more than 0 ms");
        }
        this.joinTimeout = joinTimeout;
        return this;
    }

    /**
     * The largest sealed message, in bytes, that this JVM sends or looks at; the largest that any instance in it sets. Default 16
     * MiB. One that is larger is refused with {@link DenialReason#OVERLOADED} before it is copied; Vert.x itself has buffered
     * it by then, and sets no limit.
     */
    public SecureEventBusOptions setMaxFrameSize(int maxFrameSize) {
        if (maxFrameSize < MIN_FRAME_SIZE) {
            throw new IllegalArgumentException(
                    "maxFrameSize must be at least " + MIN_FRAME_SIZE + " bytes, so that a token fits in");
        }
        this.maxFrameSize = maxFrameSize;
        return this;
    }

    /**
     * Whether messages to another node that an event loop writes in one go leave in one system call, plain ones too: several times as
     * many then get through, and none waits for more than the handler that runs. Default true; it begins with the first instance of
     * a JVM that wants it, and stays.
     */
    public SecureEventBusOptions setCoalesceWrites(boolean coalesceWrites) {
        this.coalesceWrites = coalesceWrites;
        return this;
    }

    /** The local clock. Default the system's. */
    public SecureEventBusOptions setClock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * The service.
     *
     * @throws IllegalArgumentException when it was not set
     */
    public String getService() {
        return require(service, "service");
    }

    /**
     * The trust bundle.
     *
     * @throws IllegalArgumentException when it was not set
     */
    public TrustBundle getTrustBundle() {
        return require(trustBundle, "trustBundle");
    }

    /**
     * The source of the credential.
     *
     * @throws IllegalArgumentException when it was not set
     */
    public Supplier<String> getCredential() {
        return require(credential, "credential");
    }

    private static <T> T require(@Nullable T value, String member) {
        if (value == null) {
            throw new IllegalArgumentException("latchkey options: '" + member + "' is missing; set it");
        }
        return value;
    }

    /** Operations to provide. */
    public Set<String> getProvides() {
        return provides;
    }

    /** Operations to invoke. */
    public Set<String> getInvokes() {
        return invokes;
    }

    /** How long to look for an orchestrator. */
    public Duration getJoinTimeout() {
        return joinTimeout;
    }

    /** The largest sealed message, in bytes. */
    public int getMaxFrameSize() {
        return maxFrameSize;
    }

    /** Whether messages that are written in one go leave in one system call. */
    public boolean isCoalesceWrites() {
        return coalesceWrites;
    }

    /** The local clock. */
    public Clock getClock() {
        return clock;
    }

    /** Names the service only. */
    @Override
    public String toString() {
        return "SecureEventBusOptions[" + service + "]";
    }
}
