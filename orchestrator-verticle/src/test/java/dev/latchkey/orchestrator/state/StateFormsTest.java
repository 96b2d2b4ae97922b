// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.NodeAddress;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that open and are of another form, that are too large, or that were put back. */
class StateFormsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String INSTANCE = "0123456789abcdef";
    private static final byte[] OTHER_FORM = "{\"service\":7,\"number\":\"x\"}".getBytes(StandardCharsets.UTF_8);

    private final Clock clock = Clock.systemUTC();
    private final Noticed noticed = new Noticed();
    private final SealedMap map =
            SealedMap.open(VERTX, "forms", SecretBytes.random(32), noticed).await();
    private final AsyncMap<String, Object> raw =
            VERTX.sharedData().<String, Object>getAsyncMap("latchkey.forms").await();
    private final Leases leases = new Leases(map, clock);

    @BeforeEach
    void clear() {
        raw.clear().await();
    }

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    private Lease lease(long left) {
        return new Lease(
                "web",
                Set.of("a"),
                Set.of(),
                Buffer.buffer(new byte[32]),
                clock.millis() + left,
                new NodeAddress("n", "h", 1));
    }

    private long tampered() {
        return noticed.of(Alarm.TAMPERED_RECORD);
    }

    private long rolledBack() {
        return noticed.of(Alarm.ROLLED_BACK_RECORD);
    }

    @Test
    void lease_ofAnotherForm_isAbsent() {
        map.overwrite(INSTANCE, OTHER_FORM).await();
        assertThat(leases.find(INSTANCE).await()).isEmpty();
        assertThat(leases.all().await()).isEmpty();
        assertThat(tampered()).isEqualTo(2);
    }

    @Test
    void revocations_ofAnotherForm_startOver_orArePutRight() {
        RevocationList list = new RevocationList(map, clock);
        map.overwrite("current", OTHER_FORM).await();
        long number = list.current().await().number();
        assertThat(number).isPositive();
        map.overwrite("current", OTHER_FORM).await();
        assertThat(list.current().await().number()).isEqualTo(number);
        Revocations changed = list.change(before -> before.withService("web", Long.MAX_VALUE, number))
                .await();
        map.overwrite("current", OTHER_FORM).await();
        assertThat(list.current().await().services()).isEqualTo(changed.services());
        assertThat(tampered()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void keyLine_ofAnotherForm_isAbsent() {
        for (int length : new int[] {0, 1, 32, 48, 79, 81}) {
            map.overwrite("op", new byte[length]).await();
            assertThat(map.getIf("op", KeyLine::isReadable).await())
                    .as("%d", length)
                    .isEmpty();
        }
        assertThat(tampered()).isEqualTo(6);
        map.overwrite("op", new byte[80]).await();
        assertThat(map.getIf("op", KeyLine::isReadable).await()).isPresent();
    }

    @Test
    void record_thatIsTooLarge_isNotOpened() {
        map.overwrite(INSTANCE, new byte[SealedMap.MAX_RECORD]).await();
        assertThat(map.get(INSTANCE).await()).isEmpty();
        assertThat(noticed.of(Bound.RECORD_SIZE)).isEqualTo(1);
        assertThat(tampered()).isEqualTo(1);
    }

    @Test
    void lease_thatIsPutBackAfterItsEnd_isNotFound() {
        leases.keep(INSTANCE, lease(60_000)).await();
        Object old = raw.get(INSTANCE).await();
        leases.end(INSTANCE).await();
        raw.put(INSTANCE, old).await();
        assertThat(leases.find(INSTANCE).await()).isEmpty();
        assertThat(rolledBack()).isEqualTo(1);
    }

    @Test
    void lease_thatAnotherOrchestratorWrote_isNotFoundAfterItsEndEither() {
        new Leases(map, clock).keep(INSTANCE, lease(60_000)).await();
        Object old = raw.get(INSTANCE).await();
        leases.find(INSTANCE).await();
        leases.end(INSTANCE).await();
        raw.put(INSTANCE, old).await();
        assertThat(leases.find(INSTANCE).await()).isEmpty();
        assertThat(rolledBack()).isEqualTo(1);
    }

    @Test
    void lease_thatIsPutBackByAnOlderOne_isWhatIsRemembered() {
        Lease newest = lease(600_000);
        leases.keep(INSTANCE, lease(60_000)).await();
        Object old = raw.get(INSTANCE).await();
        leases.keep(INSTANCE, newest).await();
        raw.put(INSTANCE, old).await();
        assertThat(leases.find(INSTANCE).await()).contains(newest);
        assertThat(rolledBack()).isEqualTo(1);
    }

    @Test
    void lease_thatAnotherOrchestratorRenewed_isTaken() {
        leases.keep(INSTANCE, lease(60_000)).await();
        Lease renewed = lease(120_000);
        new Leases(map, clock).keep(INSTANCE, renewed).await();
        assertThat(leases.find(INSTANCE).await()).contains(renewed);
        assertThat(rolledBack()).isZero();
        assertThat(leases.known()).containsExactly(renewed);
    }

    @Test
    void memory_isBounded_andForgetsWhatIsOverFirst() {
        Leases small = new Leases(map, clock, 2);
        small.keep("a", lease(-1)).await();
        small.keep("b", lease(60_000)).await();
        small.keep("c", lease(60_000)).await();
        assertThat(noticed.of(Bound.LEASES_REMEMBERED)).isZero();
        small.keep("d", lease(60_000)).await();
        assertThat(noticed.of(Bound.LEASES_REMEMBERED)).isEqualTo(1);
        assertThat(small.known()).hasSize(2);
    }

    @Test
    void lease_withANode_isReadAsItWasWritten() {
        Lease written = lease(60_000);
        assertThat(Lease.fromBytes(written.toBytes())).isEqualTo(written);
        assertThat(written.at(null)).isEqualTo(written);
        assertThat(written.at(new NodeAddress("m", "h", 2)).node()).isEqualTo(new NodeAddress("m", "h", 2));
    }
}
