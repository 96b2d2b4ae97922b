// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/** A credential, and sealed records whose salts are given. */
final class StateVectors {
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);
    static final String DOMAIN = "vectors.example";
    static final byte[] SEED = counting(0x00);
    static final byte[] STATE_KEY = counting(0xa0);
    private static final byte[] DEPLOYER_KEY = counting(0x50);
    private static final byte[] SALT = counting(0x11);
    private static final int TAG_LENGTH = 16;

    private StateVectors() {}

    /** Bytes that count upwards: nobody takes them for a true key. */
    static byte[] counting(int first) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    static SigningKey deployerKey() {
        return SigningKey.of(SecretBytes.copyOf(DEPLOYER_KEY));
    }

    static Lease lease() {
        return new Lease(
                "web",
                Set.of("resize_image"),
                Set.of("process_image"),
                Lease.commitment(SecretBytes.copyOf(SEED)),
                1_800_000_300_050L);
    }

    static JsonObject credential() {
        return new JsonObject()
                .put("deployerKey", hex(DEPLOYER_KEY))
                .put("deployerPublicKey", hex(deployerKey().verifyingKey().encoded()))
                .put("issuer", "deployer")
                .put("trustDomain", DOMAIN)
                .put("service", "web")
                .put("issuedAt", CLOCK.instant().getEpochSecond())
                .put("lifetime", 3600)
                .put(
                        "compact",
                        DeployerJwt.issue(deployerKey(), "deployer", DOMAIN, "web", CLOCK, Duration.ofHours(1)));
    }

    static JsonObject records() {
        return new JsonObject()
                .put("stateKey", hex(STATE_KEY))
                .put("seed", hex(SEED))
                .put("seedCommitment", hex(lease().commitment().getBytes()))
                .put("lease", record("leases", "0123456789abcdef", lease().toBytes()))
                .put("keyLine", record("keylines", "process_image", keyLine()))
                .put("ratchet", ratchet())
                .put("seen", record("seen", "8f".repeat(32), new byte[0]));
    }

    /** By the formula of the page. */
    static JsonObject directoryKey() {
        String operation = "process_image";
        byte[] info = Buffer.buffer("directory key")
                .appendUnsignedShort(operation.length())
                .appendString(operation)
                .appendLong(3)
                .getBytes();
        return new JsonObject()
                .put("stateKey", hex(STATE_KEY))
                .put("operation", operation)
                .put("epoch", 3)
                .put("key", hex(Hkdf.derive(STATE_KEY, text("latchkey/1 directory_salt"), info, 32)));
    }

    private static byte[] keyLine() {
        return ByteBuffer.allocate(128)
                .put(counting(0x40))
                .putLong(3)
                .putLong(1_799_996_400_000L)
                .put(counting(0x20))
                .putLong(4)
                .putLong(1_800_000_000_000L)
                .put(counting(0x30))
                .array();
    }

    /** By HKDF alone, so that it says what the product should make. */
    private static JsonObject ratchet() {
        byte[] salt = text("latchkey/1 ratchet_salt");
        return new JsonObject()
                .put("chain", hex(counting(0x40)))
                .put("key", hex(Hkdf.derive(counting(0x40), salt, text("provider key"), 32)))
                .put("next", hex(Hkdf.derive(counting(0x40), salt, text("chain"), 32)));
    }

    private static JsonObject record(String map, String key, byte[] content) {
        byte[] aad = aad(map, key);
        return new JsonObject()
                .put("map", "latchkey." + map)
                .put("key", key)
                .put("aad", hex(aad))
                .put("content", hex(content))
                .put("record", hex(box("state " + map, aad, content)));
    }

    private static byte[] aad(String map, String key) {
        byte[] name = text(map);
        byte[] place = text(key);
        return ByteBuffer.allocate(Integer.BYTES + name.length + place.length)
                .putInt(name.length)
                .put(name)
                .put(place)
                .array();
    }

    private static byte[] box(String purpose, byte[] aad, byte[] plain) {
        byte[] derived = Hkdf.derive(STATE_KEY, SALT, text("latchkey/1 box " + purpose), 32);
        SealingKey key = new SealingKey(SecretBytes.taking(derived));
        byte[] sealed = Arrays.copyOf(SALT, SALT.length + plain.length + TAG_LENGTH);
        key.seal(key.claim(), aad, aad.length, plain, 0, plain.length, sealed, SALT.length);
        return sealed;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
