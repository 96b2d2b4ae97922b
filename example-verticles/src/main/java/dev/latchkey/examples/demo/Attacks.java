// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.examples.Addresses;
import dev.latchkey.examples.node.NodeCluster;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeProcess;
import dev.latchkey.examples.node.Patience;
import dev.latchkey.examples.node.RawFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the intruder, and a service that oversteps its scope, try. Each attack is judged by the victim as well as by the
 * attacker: which refusals it counted meanwhile, and whether its handler ran.
 */
final class Attacks {
    private static final long SECONDS = 10;
    private static final int TOKEN_ID_LENGTH = 16;
    private static final int SEALED_LENGTH = 64;

    private final NodeCluster cluster;
    private final NodeProcess intruder;
    private final NodeProcess gateway;
    private final String marker;
    private final String control;
    private final List<AttackResult> results = new ArrayList<>();
    private byte[] captured = new byte[0];

    /**
     * The attacks on a running cluster.
     *
     * @param marker a text that honest messages carry, and nobody else may see
     * @param control a text that the intruder sends in plaintext: the wire log must see it, or it sees nothing at all
     */
    Attacks(NodeCluster cluster, String marker, String control) {
        this.cluster = cluster;
        this.intruder = cluster.node(NodeRole.INTRUDER.label());
        this.gateway = cluster.node(NodeRole.GATEWAY.label());
        this.marker = marker;
        this.control = control;
    }

    List<AttackResult> run() throws NodeException {
        plaintext();
        subscribe();
        replay();
        rawReplay();
        tamper();
        forge();
        forgeToken();
        registerWithoutCredential();
        overstep();
        overstepAroundTheLibrary();
        declareTooMuch();
        return results;
    }

    private void plaintext() throws NodeException {
        JsonObject facts = new JsonObject().put("note", control);
        attempt(
                "plaintext to a secured address",
                () -> intruder.tell(
                        "plaintext",
                        new JsonObject().put("address", Addresses.RISK).put("body", facts),
                        SECONDS));
    }

    /** Anyone can subscribe, and gets what is published; what it gets says nothing. */
    private void subscribe() throws NodeException {
        intruder.tell("listen", new JsonObject().put("address", Addresses.RISK), SECONDS);
        long handled = handled();
        int announced = 0;
        for (Patience patience = new Patience(SECONDS); captured.length == 0 && patience.waits(); announced++) {
            // More than once, since the nodes learn of a new subscription a moment after it was made.
            cluster.node(NodeRole.IMAGE.label()).tell("announce", new JsonObject().put("note", marker), SECONDS);
            captured = overheard();
        }
        boolean seen = contains(captured, marker);
        boolean refused = captured.length > 0 && !seen && handledBecomes(handled + announced);
        String reason = captured.length == 0 ? "nothing heard" : "SEALED";
        results.add(new AttackResult("subscribe to a secured address", refused, reason, false, seen));
    }

    private byte[] overheard() throws NodeException {
        JsonArray frames = intruder.tell("heard", new JsonObject(), SECONDS).getJsonArray("frames");
        return frames.isEmpty() ? new byte[0] : frames.getBinary(0);
    }

    /** The honest subscriber got every announcement, whoever listened beside it. */
    private boolean handledBecomes(long expected) throws NodeException {
        Patience patience = new Patience(SECONDS);
        while (handled() < expected && patience.waits()) {
            // Asked again below.
        }
        return handled() == expected;
    }

    private void replay() throws NodeException {
        attempt("replay a frame that it overheard", () -> publish(captured));
    }

    /** The very bytes of a request, with its true sender and reply address, to the node that got them. */
    private void rawReplay() throws NodeException {
        byte[] wire = captured(Addresses.RISK);
        attempt(
                "replay captured bytes on a raw socket",
                () -> intruder.tell("inject", target().put("wire", wire), SECONDS));
    }

    private void tamper() throws NodeException {
        byte[] changed = captured.clone();
        changed[changed.length - 1] ^= 1;
        attempt("change one bit of a frame", () -> publish(changed));
    }

    private void forge() throws NodeException {
        Buffer frame = header((byte) 0).appendBytes(random(SEALED_LENGTH));
        attempt("forge a frame", () -> inject(frame.getBytes()));
    }

    private void forgeToken() throws NodeException {
        String token = new JwtSigner(SigningKey.generate(), JwtType.SERVICE_TOKEN)
                .sign(new JsonObject().put("sub", "image").put("op", "calculate_risk"));
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        Buffer frame = header((byte) 2).appendShort((short) bytes.length).appendBytes(bytes);
        attempt(
                "present a token of its own making",
                () -> inject(frame.appendBytes(random(SEALED_LENGTH)).getBytes()));
    }

    private static Buffer header(byte flags) {
        return Buffer.buffer()
                .appendByte((byte) 1)
                .appendByte(flags)
                .appendBytes(random(TOKEN_ID_LENGTH))
                .appendLong(0)
                .appendLong(System.currentTimeMillis());
    }

    private static byte[] random(int length) {
        return SecretBytes.random(length).copy();
    }

    private void registerWithoutCredential() throws NodeException {
        attempt(
                "register without a credential",
                () -> intruder.tell("register", new JsonObject().put("service", "image"), SECONDS));
    }

    private void overstep() throws NodeException {
        attempt("a service invokes what it may not", () -> gateway.tell("overstep", new JsonObject(), SECONDS));
    }

    /** The gateway's own token, in a frame of its own, on an address of another operation. */
    private void overstepAroundTheLibrary() throws NodeException {
        byte[] own = RawFrame.body(captured(Addresses.BATCH));
        attempt("a service uses its token for another operation", () -> inject(own));
    }

    private void declareTooMuch() throws NodeException {
        attempt(
                "a service declares what it may not provide",
                () -> gateway.tell("declare", new JsonObject().put("operation", "calculate_risk"), SECONDS));
    }

    private byte[] captured(String address) throws NodeException {
        return cluster.wire()
                .firstFrameContaining(address.getBytes(StandardCharsets.US_ASCII))
                .orElseThrow(() -> new NodeException("the wiretap captured no message to " + address));
    }

    /** As a request, whose refusal the intruder gets to read. */
    private JsonObject inject(byte[] body) throws NodeException {
        return intruder.tell("inject", target().put("address", Addresses.RISK).put("body", body), SECONDS);
    }

    /** As the publish that it once was, to the last bit: whoever publishes gets no answer. */
    private JsonObject publish(byte[] body) throws NodeException {
        return intruder.tell(
                "inject",
                target().put("address", Addresses.RISK).put("body", body).put("publish", true),
                SECONDS);
    }

    private JsonObject target() {
        return new JsonObject().put("port", cluster.busPort(NodeRole.RISK.label()));
    }

    /** Tries, and compares what the victim counts before and after. */
    private void attempt(String name, Attempt attempt) throws NodeException {
        JsonObject before = status();
        JsonObject told = attempt.make();
        JsonObject after = statusAfter(told, before);
        boolean reached = after.getLong("handled") > before.getLong("handled");
        String reason = reason(told, before, after);
        boolean seen = contains(told.encode().getBytes(StandardCharsets.UTF_8), marker);
        results.add(new AttackResult(name, !reason.isEmpty(), reason.isEmpty() ? "none" : reason, reached, seen));
    }

    /** What the attacker was told, or else what the victim counted; empty when nobody refused anything. */
    private static String reason(JsonObject told, JsonObject before, JsonObject after) {
        if (told.getBoolean("refused", false)) {
            return told.getString("reason");
        }
        DenialReason reason = DenialReason.ofCode(told.getInteger("code", 0));
        return reason == null ? counted(before, after) : reason.name();
    }

    private static String counted(JsonObject before, JsonObject after) {
        JsonObject then = before.getJsonObject("refusals");
        JsonObject now = after.getJsonObject("refusals");
        Set<String> reasons = now.fieldNames();
        return reasons.stream()
                .filter(reason -> now.getLong(reason) > then.getLong(reason, 0L))
                .findFirst()
                .orElse("");
    }

    /** Waits until the victim has counted a refusal, if the attacker was told of none. */
    private JsonObject statusAfter(JsonObject told, JsonObject before) throws NodeException {
        JsonObject after = status();
        Patience patience = new Patience(SECONDS);
        while (reason(told, before, after).isEmpty() && patience.waits()) {
            after = status();
        }
        return after;
    }

    private JsonObject status() throws NodeException {
        return cluster.node(NodeRole.RISK.label()).tell("status", new JsonObject(), SECONDS);
    }

    private long handled() throws NodeException {
        return status().getLong("handled");
    }

    private static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** One attack. */
    private interface Attempt {
        JsonObject make() throws NodeException;
    }
}
