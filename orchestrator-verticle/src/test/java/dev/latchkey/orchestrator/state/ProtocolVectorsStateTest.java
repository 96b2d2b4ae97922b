// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import dev.latchkey.orchestrator.directory.DirectoryKeys;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The orchestrators' part of the vectors of docs/protocol.md: what the product makes, and opens. */
class ProtocolVectorsStateTest {
    private static final Path FILE = Path.of("..", "docs", "protocol-vectors.json");
    private static final JsonObject MADE = new JsonObject()
            .put("credential", StateVectors.credential())
            .put("records", StateVectors.records())
            .put("directoryKey", StateVectors.directoryKey());

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if ("write".equals(System.getProperty("latchkey.vectors"))) {
            Files.writeString(FILE, read().mergeIn(MADE, false).encodePrettily() + "\n");
        }
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static JsonObject read() throws IOException {
        return new JsonObject(Files.readString(FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential", "records", "directoryKey"})
    void file_anySection_isWhatTheProductMakes(String name) throws IOException {
        assertThat(read().getJsonObject(name)).isEqualTo(MADE.getJsonObject(name));
    }

    @Test
    void credential_verified_isTheService() throws IOException {
        Deployer deployer =
                new Deployer("deployer", List.of(StateVectors.deployerKey().verifyingKey()));
        DeployerJwt verifier = new DeployerJwt(deployer, StateVectors.DOMAIN, StateVectors.CLOCK);
        String compact = read().getJsonObject("credential").getString("compact");
        assertThat(verifier.verify(compact).await().service()).isEqualTo("web");
    }

    @Test
    void lease_foundInItsMap_isTheLease() throws IOException {
        byte[] content = found("leases", "lease").orElseThrow().content();
        assertThat(Lease.fromBytes(content)).isEqualTo(StateVectors.lease());
        assertThat(content).isEqualTo(StateVectors.lease().toBytes());
    }

    @Test
    void lease_foundInItsMap_belongsToTheSeed() throws IOException {
        Lease lease = Lease.fromBytes(found("leases", "lease").orElseThrow().content());
        assertThat(lease.belongsTo(SecretBytes.copyOf(StateVectors.SEED))).isTrue();
    }

    @Test
    void keyLine_foundInItsMap_hasBothKeys() throws IOException {
        byte[] content = found("keylines", "keyLine").orElseThrow().content();
        KeyLine line = KeyLine.fromBytes(content);
        assertThat(line).hasToString("[KeyEpoch[3 from 1799996400000], KeyEpoch[4 from 1800000000000]]");
        assertThat(line.epochs().get(1).secret().copy()).isEqualTo(StateVectors.counting(0x30));
        assertThat(line.toBytes()).isEqualTo(content);
    }

    @Test
    void keyLine_advanced_hasTheKeyThatItsChainMakes() throws IOException {
        KeyLine line =
                KeyLine.fromBytes(found("keylines", "keyLine").orElseThrow().content());
        KeyLine next = line.advance(1_799_999_999_999L, Duration.ofHours(1), Duration.ofDays(1));
        JsonObject ratchet = read().getJsonObject("records").getJsonObject("ratchet");
        assertThat(hex(next.epochs().get(2).secret().copy())).isEqualTo(ratchet.getString("key"));
        assertThat(hex(Arrays.copyOf(next.toBytes(), KeyRatchet.LENGTH))).isEqualTo(ratchet.getString("next"));
    }

    @Test
    void directoryKey_derivedByTheProduct_isThat() throws IOException {
        JsonObject vector = read().getJsonObject("directoryKey");
        SecretBytes state = SecretBytes.copyOf(StateVectors.STATE_KEY);
        assertThat(hex(new DirectoryKeys(state)
                        .key(vector.getString("operation"), vector.getLong("epoch"))
                        .secret()
                        .copy()))
                .isEqualTo(vector.getString("key"));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void seen_foundInItsMap_isEmpty() throws IOException {
        assertThat(found("seen", "seen").orElseThrow().content()).isEmpty();
    }

    @Test
    void record_inAnotherMap_countsAsAbsent() throws IOException {
        assertThat(found("leases", "keyLine")).isEmpty();
    }

    /** The record of a vector, put into the shared map as any member of the cluster could. */
    private Optional<SealedMap.Found> found(String map, String name) throws IOException {
        JsonObject vector = read().getJsonObject("records").getJsonObject(name);
        String key = vector.getString("key");
        Buffer raw = Buffer.buffer(HexFormat.of().parseHex(vector.getString("record")));
        vertx.sharedData()
                .<String, Object>getAsyncMap("latchkey." + map)
                .compose(open -> open.put(key, raw))
                .await();
        SecretBytes stateKey = SecretBytes.copyOf(StateVectors.STATE_KEY);
        return SealedMap.open(vertx, map, stateKey, new Noticed())
                .compose(open -> open.get(key))
                .await();
    }
}
