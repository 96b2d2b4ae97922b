// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** When keys are fetched, how long they hold, and what happens when they cannot be had. */
class KeyCacheTest {
    private static final ClusterIssuer OLD = ClusterIssuer.ec("old");
    private static final ClusterIssuer NEW = ClusterIssuer.ec("new");

    private final SetClock clock = new SetClock();
    private Future<KeySet> answer = set(OLD);
    private int fetches;
    private final KeyCache cache = new KeyCache(this::fetch, Duration.ofMinutes(5), Duration.ofHours(1), clock);

    private static final class SetClock extends Clock {
        private Instant now = Instant.ofEpochSecond(ClusterIssuer.NOW);

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private Future<KeySet> fetch() {
        fetches++;
        return answer;
    }

    private static Future<KeySet> set(ClusterIssuer... issuers) {
        try {
            return Future.succeededFuture(KeySet.read(ClusterIssuer.keySet(issuers)));
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    private void fail() {
        answer = Future.failedFuture(new IOException("down"));
    }

    @Test
    void key_known_isFetchedOnce() {
        assertThat(cache.key("old").succeeded()).isTrue();
        assertThat(cache.key("old").succeeded()).isTrue();
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void key_new_isFoundWithoutARestart() {
        cache.key("old");
        answer = set(OLD, NEW);
        clock.advance(KeyCache.PAUSE);
        assertThat(cache.key("new").succeeded()).isTrue();
        assertThat(cache.key("old").succeeded()).isTrue();
    }

    @Test
    void key_thatLeftTheSet_isRefusedOnceTheSetIsOld() {
        cache.key("old");
        answer = set(NEW);
        clock.advance(Duration.ofMinutes(5));
        assertThat(cache.key("old").cause()).isInstanceOf(CredentialException.class);
    }

    /** Whoever makes up ids must not make the orchestrator knock at the cluster's door each time. */
    @Test
    void key_floodOfUnknownOnes_fetchesOncePerPause() {
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.key("made up " + i).cause()).isInstanceOf(CredentialException.class);
        }
        assertThat(fetches).isEqualTo(1);
        clock.advance(KeyCache.PAUSE);
        cache.key("made up");
        cache.key("made up");
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void key_whileAFetchIsUnderWay_waitsForThatOne() {
        Promise<KeySet> slow = Promise.promise();
        answer = slow.future();
        Future<SignatureKey> first = cache.key("old");
        Future<SignatureKey> second = cache.key("old");
        assertThat(first.isComplete() || second.isComplete()).isFalse();
        slow.complete(set(OLD).result());
        assertThat(first.succeeded() && second.succeeded()).isTrue();
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void key_duringAnOutage_holdsForABoundedTime() {
        cache.key("old");
        fail();
        clock.advance(Duration.ofMinutes(59));
        assertThat(cache.key("old").succeeded()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(cache.key("old").cause()).isInstanceOf(KeysUnavailableException.class);
        answer = set(OLD);
        clock.advance(KeyCache.PAUSE);
        assertThat(cache.key("old").succeeded()).isTrue();
    }

    @Test
    void key_neverFetched_failsClosed() {
        fail();
        assertThat(cache.key("old").cause()).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void key_afterTheClockWasSetBack_isFetchedAnew() {
        cache.key("old");
        answer = set(NEW);
        clock.advance(Duration.ofHours(-1));
        assertThat(cache.key("old").succeeded()).isFalse();
    }
}
