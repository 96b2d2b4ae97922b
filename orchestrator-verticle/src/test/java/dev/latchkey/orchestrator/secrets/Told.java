// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.secrets;

import dev.latchkey.eventbus.crypto.ClaimKey;
import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The secrets that another JVM told, and what is derived from them without ever being kept. By name; one secret has one name. */
public final class Told {
    private static final String ORCHESTRATOR = "orchestrator";
    /** It is in the token, which everybody sees. */
    private static final String PUBLIC = ".authenticationMac";

    private static final String DERIVED = "derived ";

    private final Map<String, byte[]> secrets = new LinkedHashMap<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> known = new HashSet<>();

    private Told() {}

    /** Reads what was printed: {@code secret <name> <masked>} and {@code grant <operation> <timestamp>}. */
    public static Told of(List<String> lines) {
        Told told = new Told();
        List<String[]> words = lines.stream().map(line -> line.split(" ")).toList();
        // The orchestrator's first: of a provider key, which both hold, it is the name.
        words.forEach(line -> told.addIf(line, line[0].equals("secret") && line[1].startsWith(ORCHESTRATOR)));
        words.forEach(line -> told.addIf(line, line[0].equals("secret")));
        List<byte[]> seeds = new ArrayList<>();
        told.secrets.forEach((name, secret) -> {
            if (name.contains(".seed")) {
                seeds.add(secret);
            }
        });
        for (String[] line : words) {
            if (line[0].equals("grant")) {
                seeds.forEach(seed -> told.derive(seed, line[1], Long.parseLong(line[2])));
            }
        }
        return told;
    }

    private void addIf(String[] line, boolean wanted) {
        if (wanted) {
            add(line[1], Mask.undo(line[2]));
        }
    }

    private void add(String name, byte[] secret) {
        names.add(name);
        if (known.add(HexFormat.of().formatHex(secret))) {
            String unique = secrets.containsKey(name) ? name + "#" + secrets.size() : name;
            secrets.put(unique, secret);
        }
    }

    /** A seed that a grant was not made for gives keys that nobody has, which does no harm. */
    private void derive(byte[] seed, String operation, long timestamp) {
        SecretBytes callSeed = KeySchedule.callSeed(SecretBytes.copyOf(seed), operation, timestamp);
        add(DERIVED + "call seed", callSeed.copy());
        byte[] input = input(callSeed.copy(), operation, timestamp);
        add(
                DERIVED + "authentication key",
                Hkdf.derive(input, utf8("latchkey/1 auth_salt"), utf8("authentication_key"), 32));
        OperationKeys keys = KeySchedule.derive(callSeed, operation, timestamp);
        add(DERIVED + "request key", keys.requestKey().copy());
        ObjectWalk.from(DERIVED + "keys", keys, this::addOf);
        ClaimKey claim = keys.claimKey();
        ObjectWalk.from(DERIVED + "claim key", claim, this::addOf);
    }

    private static byte[] input(byte[] callSeed, String operation, long timestamp) {
        byte[] name = utf8(operation);
        return ByteBuffer.allocate(2 + callSeed.length + 2 + name.length + 8)
                .putShort((short) callSeed.length)
                .put(callSeed)
                .putShort((short) name.length)
                .put(name)
                .putLong(timestamp)
                .array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void addOf(String path, Object object) {
        if (!path.endsWith(PUBLIC)) {
            ObjectWalk.secretOf(object).forEach(secret -> add(path, secret));
        }
    }

    /** What they are called; several secrets may share a name, and several names a secret. */
    public Set<String> names() {
        return names;
    }

    /** Whether an orchestrator has this secret of its own right. */
    public boolean isOrchestrators(String name) {
        return name.startsWith(ORCHESTRATOR);
    }

    /** Looks for all of them. */
    public ByteScan scan() {
        ByteScan scan = new ByteScan();
        secrets.forEach(scan::add);
        return scan;
    }
}
