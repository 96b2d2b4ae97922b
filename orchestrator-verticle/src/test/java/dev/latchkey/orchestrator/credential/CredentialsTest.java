// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.orchestrator.Realm;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.state.SealedMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which verifier judges, which join tokens are taken, and how often. */
class CredentialsTest {
    private static final String DOMAIN = "test.example";
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Buffer ONE = Buffer.buffer(new byte[32]);
    private static final Buffer OTHER = Buffer.buffer("x".repeat(32));

    private final Vertx vertx = Vertx.vertx();
    private final SecretBytes stateKey = SecretBytes.random(32);
    private final SigningKey key = SigningKey.generate();
    private final Deployer deployer = new Deployer("deployer", List.of(key.verifyingKey()));

    @AfterEach
    void stop() {
        Realm.await(vertx.close());
    }

    private SpentCredentials spent() {
        SealedMap map = Realm.await(SealedMap.open(vertx, "spent", stateKey, new Noticed()));
        return new SpentCredentials(map, vertx, CLOCK);
    }

    private Credentials credentials(CredentialVerifier... more) {
        List<CredentialVerifier> all = new java.util.ArrayList<>(List.of(more));
        all.add(new DeployerJwt(deployer, DOMAIN, CLOCK));
        all.add(new JoinToken(deployer, DOMAIN, CLOCK));
        return new Credentials(all, spent());
    }

    private String joinToken(Clock issued, Duration lifetime) {
        return JoinToken.issue(key, "deployer", DOMAIN, "web", issued, lifetime);
    }

    private String joinToken() {
        return joinToken(CLOCK, Duration.ofMinutes(10));
    }

    private String signedJoinToken(JsonObject claims) {
        return "lkj1." + new JwtSigner(key, JwtType.JOIN_TOKEN).sign(claims);
    }

    private static JsonObject claims() {
        long now = NOW.getEpochSecond();
        return new JsonObject()
                .put("iss", "deployer")
                .put("aud", DOMAIN)
                .put("sub", "web")
                .put("nbf", now)
                .put("exp", now + 600)
                .put("jti", "0".repeat(64));
    }

    private static void assertRefused(Future<?> future, String rule) {
        assertThat(future.cause()).isInstanceOf(CredentialException.class).hasMessageContaining(rule);
    }

    private static final class Counting implements CredentialVerifier {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public CredentialKind kind() {
            return CredentialKind.prefixed("own");
        }

        @Override
        public Future<Identity> verify(String credential) {
            asked.incrementAndGet();
            return Future.succeededFuture(Identity.of("web", Identity.idOf(credential)));
        }
    }

    @Test
    void verify_asksTheVerifierOfTheKindAndNoOther() {
        Counting own = new Counting();
        Credentials credentials = credentials(own);
        String jwt = DeployerJwt.issue(key, "deployer", DOMAIN, "web", CLOCK, Duration.ofHours(1));
        assertThat(credentials.verify(jwt).result().singleUseUntil()).isNull();
        assertThat(credentials.verify(joinToken()).result().singleUseUntil()).isNotNull();
        assertRefused(credentials.verify(jwt.substring(0, jwt.length() - 9) + "AAAAAAAAA"), "");
        assertRefused(credentials.verify("owner.x"), "trusted");
        assertThat(own.asked).hasValue(0);
        assertThat(credentials.verify("own.x").result().service()).isEqualTo("web");
        assertThat(own.asked).hasValue(1);
    }

    @Test
    void verify_kindThatNobodyJudges_isRefused() {
        Credentials credentials = credentials();
        assertRefused(credentials.verify(""), "empty");
        assertRefused(credentials.verify("x".repeat(CredentialKind.MAX_LENGTH + 1)), "longer");
        assertRefused(credentials.verify("other.abc"), "trusted");
        assertRefused(
                credentials.verify(DeployerJwt.issue(key, "other", DOMAIN, "web", CLOCK, Duration.ofHours(1))),
                "trusted");
        assertRefused(credentials.verify("no credential"), "neither");
    }

    @Test
    void verifiers_twoOfOneKind_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> credentials(new Counting(), new Counting()));
    }

    /** Neither may be taken for the other: one works many times. */
    @Test
    void verify_credentialAsJoinTokenAndBack_isRefused() {
        String jwt = DeployerJwt.issue(key, "deployer", DOMAIN, "web", CLOCK, Duration.ofMinutes(1));
        assertRefused(credentials().verify("lkj1." + jwt), "typ");
        assertRefused(credentials().verify(joinToken().substring(5)), "typ");
    }

    @Test
    void joinToken_expiredEarlyOrTooLong_isRefused() {
        Clock before = Clock.offset(CLOCK, Duration.ofMinutes(-11));
        Clock after = Clock.offset(CLOCK, Duration.ofMinutes(1));
        assertRefused(credentials().verify(joinToken(before, Duration.ofMinutes(10))), "expired");
        assertRefused(credentials().verify(joinToken(after, Duration.ofMinutes(10))), "not valid yet");
        JsonObject claims = claims();
        assertRefused(credentials().verify(signedJoinToken(claims.put("exp", claims.getLong("nbf") + 3601))), "longer");
        assertThatIllegalArgumentException().isThrownBy(() -> joinToken(CLOCK, Duration.ofMinutes(61)));
    }

    @Test
    void joinToken_withoutAClaim_isRefused() {
        assertThat(credentials().verify(signedJoinToken(claims())).succeeded()).isTrue();
        for (String claim : List.of("iss", "aud", "sub", "nbf", "exp", "jti")) {
            JsonObject without = claims();
            without.remove(claim);
            assertRefused(credentials().verify(signedJoinToken(without)), "");
        }
        assertRefused(credentials().verify(signedJoinToken(claims().put("jti", "1"))), "jti");
    }

    @Test
    void spend_byAnotherInstance_isRefusedAndByTheSameIsNot() {
        Credentials credentials = credentials();
        Identity identity = credentials.verify(joinToken()).result();
        Realm.await(credentials.spend(identity, ONE));
        Realm.await(credentials.spend(identity, ONE));
        assertRefused(failed(credentials.spend(identity, OTHER)), "once");
    }

    @Test
    void spend_atTwoOrchestratorsAtOnce_isGrantedOnce() {
        for (int i = 0; i < 50; i++) {
            Identity identity = credentials().verify(joinToken()).result();
            Future<Void> first = spent().spend(identity, ONE);
            Future<Void> second = spent().spend(identity, OTHER);
            Realm.await(Future.join(first, second).otherwiseEmpty());
            assertThat(first.succeeded()).isNotEqualTo(second.succeeded());
        }
    }

    @Test
    void spend_afterTheRecordWasDeleted_isRefusedByWhoSawIt() {
        SpentCredentials granted = spent();
        SpentCredentials heard = spent();
        Realm.await(heard.listen());
        Identity identity = credentials().verify(joinToken()).result();
        Realm.await(granted.spend(identity, ONE));
        Realm.await(vertx.sharedData().getAsyncMap("latchkey.spent").compose(map -> map.clear()));
        assertRefused(failed(granted.spend(identity, OTHER)), "once");
        // Told on the bus, so a moment later.
        org.awaitility.Awaitility.await().until(() -> heard.remembers(identity));
        assertRefused(failed(heard.spend(identity, OTHER)), "once");
    }

    @Test
    void spend_afterTheRecordWasOverwritten_isRefused() {
        Identity identity = credentials().verify(joinToken()).result();
        Realm.await(spent().spend(identity, ONE));
        Realm.await(vertx.sharedData()
                .<String, Object>getAsyncMap("latchkey.spent")
                .compose(map -> map.put(identity.credentialId(), Buffer.buffer("garbage"))));
        assertRefused(failed(spent().spend(identity, OTHER)), "once");
    }

    /** Were it believed, any member could make join tokens useless, or fill the memory. */
    @Test
    void hear_whatNoOrchestratorSealed_isIgnored() {
        SpentCredentials listening = spent();
        Realm.await(listening.listen());
        Identity forged = credentials().verify(joinToken()).result();
        Identity told = credentials().verify(joinToken()).result();
        vertx.eventBus().publish(SpentCredentials.ADDRESS, Buffer.buffer(forged.credentialId() + "x".repeat(88)));
        vertx.eventBus().publish(SpentCredentials.ADDRESS, "no buffer");
        Realm.await(spent().spend(told, ONE));
        org.awaitility.Awaitility.await().until(() -> listening.remembers(told));
        assertThat(listening.remembers(forged)).isFalse();
    }

    private static Future<Void> failed(Future<Void> future) {
        return Future.failedFuture(Realm.failure(future));
    }
}
