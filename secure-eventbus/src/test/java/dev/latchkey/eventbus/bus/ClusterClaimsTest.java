// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.SharedData;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever puts a request's mark first has it. */
class ClusterClaimsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Issuing issuing = new Issuing();
    private final CallerSession caller = session(1);
    private final ClusterClaims claims = new ClusterClaims(vertx);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private CallerSession session(int serial) {
        return BusFixture.caller(
                issuing,
                issuing.mint(new GrantMaker()
                        .id(new TokenId(1, serial))
                        .timestamp(GrantMaker.TIMESTAMP + serial)
                        .make()));
    }

    private static Future<Void> ended(Future<Void> claim) {
        return claim.transform(done -> Future.succeededFuture(done.cause()))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .thenApply(cause -> cause == null ? Future.<Void>succeededFuture() : Future.<Void>failedFuture(cause))
                .join();
    }

    private static void assertReplayed(Future<Void> claim) {
        assertThat(ended(claim).cause()).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                .isEqualTo(DenialReason.REPLAYED));
    }

    private static void assertGranted(Future<Void> claim) {
        assertThat(ended(claim).succeeded()).isTrue();
    }

    @Test
    void claim_first_isGranted_andTheSecondIsAReplay() {
        assertGranted(claims.claim(caller, 7));
        assertReplayed(claims.claim(caller, 7));
    }

    @Test
    void claim_onAnotherNode_isAReplay() {
        assertGranted(claims.claim(caller, 7));
        assertReplayed(new ClusterClaims(vertx).claim(caller, 7));
    }

    @Test
    void claim_onTheOtherSide_isOfTheSameRequest() throws Refusal {
        ProviderSession provider = BusFixture.provider(issuing, caller.token());
        assertGranted(claims.claim(provider, BusFixture.request(caller)));
        assertReplayed(claims.claim(caller, 0));
    }

    @Test
    void claim_anotherRequest_isGranted() {
        assertGranted(claims.claim(caller, 7));
        assertGranted(claims.claim(caller, 8));
        assertGranted(claims.claim(session(2), 7));
    }

    @Test
    void claim_sessionThatHasEnded_fails() {
        caller.end(DenialReason.REVOKED);
        assertThat(ended(claims.claim(caller, 7)).failed()).isTrue();
    }

    @Test
    void claim_isKeptUnderItsNameInTheSharedMap() {
        assertGranted(claims.claim(caller, 7));
        AsyncMap<String, Buffer> map = vertx.sharedData()
                .<String, Buffer>getAsyncMap(ClusterClaims.MAP)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertThat(map.get(caller.claimName(7))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(Buffer.buffer());
    }

    @Test
    void claims_lookForTheMapOnce() {
        AtomicInteger looks = new AtomicInteger();
        ClusterClaims counted = new ClusterClaims(new VertxWrapper((VertxInternal) vertx) {
            @Override
            public SharedData sharedData() {
                looks.incrementAndGet();
                return super.sharedData();
            }
        });
        assertGranted(counted.claim(caller, 7));
        assertGranted(counted.claim(caller, 8));
        assertThat(looks).hasValue(1);
    }
}
