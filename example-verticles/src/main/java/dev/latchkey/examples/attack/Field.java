// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeCluster;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import dev.latchkey.examples.node.RawCodec;
import dev.latchkey.examples.node.RawFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where attacks are made: the nodes, and short words for what is done to them. */
final class Field {
    static final String OPEN = "vault.open";
    private static final long SECONDS = 40;

    private final NodeCluster cluster;
    private final Forge forge;
    private final String marker;
    private final String control;
    private final Insider insider = new Insider(this);
    private final List<HeapGrowth> heaps = new ArrayList<>();
    private String sender = "";
    private byte[] before = {};
    private int shots;

    /**
     * A field.
     *
     * @param marker what every honest message carries, and nobody else may read
     * @param control what an attacker sends in plaintext, and the wiretap has to see
     */
    Field(NodeCluster cluster, Forge forge, String marker, String control) {
        this.cluster = cluster;
        this.forge = forge;
        this.marker = marker;
        this.control = control;
    }

    NodeCluster cluster() {
        return cluster;
    }

    Forge forge() {
        return forge;
    }

    Insider insider() {
        return insider;
    }

    /** A legitimate instance of the service {@code mole}, just joined and run by hand. */
    Membership mole() throws NodeException {
        return insider.join("mole", forge.credential("mole"));
    }

    /** Lets the suite learn the vault's provider keys as the vault does. */
    void learnKeys() throws NodeException {
        insider.join("vault", forge.credential("vault")).granted().keys().forEach(forge::learn);
    }

    String control() {
        return control;
    }

    JsonObject tell(String node, String command, JsonObject arguments) throws NodeException {
        return cluster.node(node).tell(command, arguments, SECONDS);
    }

    JsonObject attacker(String command, JsonObject arguments) throws NodeException {
        return endAttack(beginAttack(command, arguments));
    }

    /** Tells the attacker, and does not wait. */
    CompletableFuture<JsonObject> beginAttack(String command, JsonObject arguments) {
        return cluster.node(AttackNode.ATTACKER).ask(command, arguments);
    }

    JsonObject endAttack(CompletableFuture<JsonObject> result) throws NodeException {
        return cluster.node(AttackNode.ATTACKER).get(result, SECONDS, "did not answer");
    }

    /** An id that no message had before. */
    String id(String kind) {
        return kind + "-" + ++shots;
    }

    /** An address at which the attacker will listen for an answer. */
    String replyAddress() {
        return id("attacker.reply");
    }

    int port(String node) {
        return cluster.busPort(node);
    }

    /** Sends a sealed body to a vault, as a request from the attacker's own reply address. */
    Seen ask(String node, Envelope envelope, byte[] body) throws NodeException {
        return ask(node, envelope, body, 1_200);
    }

    Seen ask(String node, Envelope envelope, byte[] body, long patienceMillis) throws NodeException {
        String reply = String.valueOf(envelope.replyAddress());
        return seen(attacker(
                "ask",
                new JsonObject()
                        .put("port", port(node))
                        .put("reply", reply)
                        .put("patience", patienceMillis)
                        .put("wire", wire(envelope, body))));
    }

    /** A request's envelope to an address, answered to the attacker. */
    Envelope request(String address) {
        return new Envelope(address, replyAddress(), true);
    }

    /** Answers go to the node that a message says it comes from. */
    byte[] wire(Envelope envelope, byte[] body) throws NodeException {
        return wire(envelope, sender(), body);
    }

    /** The attacker's own node. */
    String sender() throws NodeException {
        if (sender.isEmpty()) {
            sender = attacker("node", new JsonObject()).getString("node");
        }
        return sender;
    }

    static byte[] wire(Envelope envelope, String sender, byte[] body) {
        String reply = envelope.replyAddress() == null ? "" : envelope.replyAddress();
        return RawFrame.message(RawCodec.NAME, envelope.send(), envelope.address(), reply, sender, body)
                .getBytes();
    }

    /** Writes bytes to a node, and asks for nothing. */
    Seen write(String node, byte[] wire) throws NodeException {
        return write(node, wire, 1);
    }

    Seen write(String node, byte[] wire, int count) throws NodeException {
        attacker(
                "write",
                new JsonObject().put("port", port(node)).put("wire", wire).put("count", count));
        return Seen.silence();
    }

    /** What an answer to the attacker says. */
    static Seen seen(JsonObject told) {
        byte[] got = told.getBinary("got", new byte[0]);
        DenialReason reason = DenialReason.ofCode(told.getInteger("code", 0));
        if (reason != null) {
            return Seen.told(reason.name());
        }
        return got.length > 0 ? Seen.told(Attack.ACCEPTED, got) : Seen.silence();
    }

    /** An honest request of the teller; what came of it. */
    CompletableFuture<JsonObject> honest(String address, String id, int waitMillis) {
        return honest(address, id, waitMillis, 30_000);
    }

    /** The same, with a time after which the teller gives up. */
    CompletableFuture<JsonObject> honest(String address, String id, int waitMillis, long timeoutMillis) {
        JsonObject request = new JsonObject().put("address", address).put("id", id);
        return cluster.node(AttackNode.TELLER)
                .ask("request", request.put("wait", waitMillis).put("timeout", timeoutMillis));
    }

    /** Waits until so many more frames of honest traffic, and nothing else, went over the wire; the newest of them. */
    List<byte[]> honestFrames(int count) throws NodeException {
        Patience patience = new Patience(30, 500);
        List<byte[]> frames = cluster.wire().frames();
        long from = cluster.wire().frameCount();
        while (cluster.wire().frameCount() - from < count * 2L && patience.waits()) {
            frames = cluster.wire().frames();
        }
        return cluster.wire().frames().stream()
                .filter(Captured::isSealed)
                .skip(Math.max(0, frames.size() - count * 3L / 2))
                .toList();
    }

    /** Starts one more node, or one that has ended. */
    void start(String node) throws NodeException {
        try {
            cluster.startReady(node, new JsonObject().put("marker", marker));
        } catch (IOException e) {
            throw new NodeException("the node " + node + " could not be started: " + e.getMessage());
        }
    }

    String outcome(CompletableFuture<JsonObject> request) throws NodeException {
        return cluster.node(AttackNode.TELLER)
                .get(request, SECONDS, "did not get an answer")
                .getString("reason");
    }

    String honestOutcome(String address, String id) throws NodeException {
        return outcome(honest(address, id, 0));
    }

    /** The newest message to an address that the wiretap has. */
    byte[] captured(String address) throws NodeException {
        Patience patience = new Patience(10, 5);
        byte[] marked = Contents.text(address).getBytes();
        do {
            byte[] found = cluster.wire().lastFrameContaining(marked).orElse(null);
            if (found != null) {
                return found;
            }
        } while (patience.waits());
        throw new NodeException("the wiretap captured no message to " + address);
    }

    /** The newest message of the wire that names an address, if it is not one that was looked at before. */
    private byte @Nullable [] newest(String address) {
        byte[] found = cluster.wire()
                .lastFrameContaining(Contents.text(address).getBytes())
                .orElse(null);
        return found == null || Arrays.equals(found, before) ? null : found;
    }

    /** A request to an address that an honest caller has just sent, and waits for. */
    Captured waitingFor(String address) throws NodeException {
        Patience patience = new Patience(10, 1);
        do {
            byte[] found = newest(address);
            if (found != null && Captured.of(found).envelope().replyAddress() != null) {
                before = found;
                return Captured.of(found);
            }
        } while (patience.waits());
        throw new NodeException("the wiretap captured no message to " + address);
    }

    /** Empty when the request ended as it had to, so that the victim's counters tell the reason. */
    Seen trueAnswer(CompletableFuture<JsonObject> request) throws NodeException {
        String outcome = outcome(request);
        return outcome.equals(Attack.TRUE_ANSWER) ? Seen.silence() : Seen.told(outcome);
    }

    /** Has the teller send a request to an address, and takes it from the wire when it has been answered. */
    Captured capture(String address) throws NodeException {
        String id = id("shot");
        String outcome = honestOutcome(address, id);
        if (!outcome.equals(Attack.TRUE_ANSWER)) {
            throw new NodeException("an honest request to " + address + " was not answered: " + outcome);
        }
        byte[] wire = captured(address);
        before = wire;
        return Captured.of(wire);
    }

    boolean containsSecret(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(marker);
    }

    /** What the attacker heard since the last time, one after the other. */
    byte[] heard() throws NodeException {
        JsonArray frames = attacker("heard", new JsonObject()).getJsonArray("frames");
        Buffer all = Buffer.buffer();
        for (int i = 0; i < frames.size(); i++) {
            all.appendBytes(frames.getBinary(i));
        }
        return all.getBytes();
    }

    /** Counts by name, as a node tells them. */
    static Map<String, Long> counts(JsonObject told) {
        Map<String, Long> counts = new HashMap<>();
        told.forEach(count -> counts.put(count.getKey(), ((Number) count.getValue()).longValue()));
        return counts;
    }

    /** Writes down the victims' heaps: the first time as before, then as after. */
    List<HeapGrowth> measureHeaps(List<HeapGrowth> before) throws NodeException {
        heaps.clear();
        for (String node : List.of(AttackNode.ORCHESTRATOR, AttackNode.VAULT, AttackNode.OTHER_VAULT)) {
            long used = tell(node, "heap", new JsonObject()).getLong("used");
            long first = before.stream()
                    .filter(heap -> heap.node().equals(node))
                    .mapToLong(HeapGrowth::before)
                    .findFirst()
                    .orElse(used);
            heaps.add(new HeapGrowth(node, first, used));
        }
        return List.copyOf(heaps);
    }

    /** Says that all is well if the teller still gets its true answers. */
    Seen unharmed() throws NodeException {
        String outcome = honestOutcome(OPEN, id("shot"));
        return Seen.told(outcome.equals(Attack.TRUE_ANSWER) ? Attack.UNHARMED : outcome);
    }

    /** The victims' heaps around the floods, if there were any. */
    List<HeapGrowth> heaps() {
        return heaps;
    }

    static byte[] changed(byte[] bytes, int offset, int mask) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        int at = offset < 0 ? bytes.length + offset : offset;
        copy[at] ^= (byte) mask;
        return copy;
    }
}
