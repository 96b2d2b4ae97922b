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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
        return tell(AttackNode.ATTACKER, command, arguments);
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

    static byte[] wire(Envelope envelope, byte[] body) {
        String reply = envelope.replyAddress() == null ? "" : envelope.replyAddress();
        return RawFrame.message(RawCodec.NAME, envelope.send(), envelope.address(), reply, "spoofed-sender", body)
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
        return cluster.node(AttackNode.TELLER)
                .ask(
                        "request",
                        new JsonObject().put("address", address).put("id", id).put("wait", waitMillis));
    }

    String outcome(CompletableFuture<JsonObject> request) throws NodeException {
        return cluster.node(AttackNode.TELLER).get(request, SECONDS, "did not get an answer").getString("reason");
    }

    String honestOutcome(String address, String id) throws NodeException {
        return outcome(honest(address, id, 0));
    }

    /** The newest message to an address that the wiretap has. */
    byte[] captured(String address) throws NodeException {
        Patience patience = new Patience(10);
        byte[] marked = Contents.text(address).getBytes();
        do {
            byte[] found = cluster.wire().lastFrameContaining(marked).orElse(null);
            if (found != null) {
                return found;
            }
        } while (patience.waits());
        throw new NodeException("the wiretap captured no message to " + address);
    }

    /** Has the teller send a request to an address, and takes it from the wire when it has been answered. */
    Captured capture(String address) throws NodeException {
        String id = id("shot");
        String outcome = honestOutcome(address, id);
        if (!outcome.equals(Attack.TRUE_ANSWER)) {
            throw new NodeException("an honest request to " + address + " was not answered: " + outcome);
        }
        return Captured.of(captured(address));
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
