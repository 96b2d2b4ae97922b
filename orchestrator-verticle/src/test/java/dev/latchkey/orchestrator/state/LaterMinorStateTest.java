// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.NodeAddress;
import dev.latchkey.eventbus.registration.SealedFlow;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Orchestrators of two minor versions share their maps while one after the other is upgraded. */
class LaterMinorStateTest {
    private static Lease lease() {
        return new Lease(
                "web",
                Set.of("a"),
                Set.of("b"),
                Lease.commitment(SecretBytes.random(32)),
                7,
                new NodeAddress("n1", "127.0.0.1", 5701),
                "bearer",
                Carried.since(1).and(List.of(new SealedFlow("shop", "a", 5)), 2));
    }

    @Test
    void lease_ofALaterMinor_isReadByThisOrchestrator() {
        Lease written = lease();
        JsonObject json = new JsonObject(Buffer.buffer(written.toBytes()));
        json.put("minor", 1).put("later", new JsonArray().add(1));
        json.getJsonObject("node").put("zone", "b");
        json.getJsonObject("carried")
                .put("later", 1)
                .getJsonArray("rows")
                .getJsonArray(0)
                .add("more");
        assertThat(Lease.fromBytes(json.toBuffer().getBytes())).isEqualTo(written);
    }

    @Test
    void lease_ofTheFirstMinor_isReadByThisOrchestrator() {
        JsonObject json = new JsonObject(Buffer.buffer(lease().toBytes()));
        json.remove("node");
        json.remove("bearer");
        json.remove("carried");
        Lease read = Lease.fromBytes(json.toBuffer().getBytes());
        assertThat(read.node()).isNull();
        assertThat(read.bearer()).isEmpty();
        assertThat(read.carried()).isEqualTo(Carried.nothing());
    }

    @Test
    void offences_ofALaterMinor_areReadByThisOrchestrator() {
        Offences written = new Offences(3, List.of(new Offence("a", "id", 5)));
        JsonObject json = new JsonObject(Buffer.buffer(written.toBytes()));
        json.put("later", 1).getJsonArray("offences").getJsonArray(0).add("more");
        assertThat(Offences.fromBytes(json.toBuffer().getBytes())).isEqualTo(written);
    }
}
