// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static dev.latchkey.eventbus.bus.BusFixture.CONTENT;
import static dev.latchkey.eventbus.bus.BusFixture.ENVELOPE;
import static dev.latchkey.eventbus.bus.BusFixture.NOW;
import static dev.latchkey.eventbus.bus.BusFixture.assertRefused;
import static dev.latchkey.eventbus.bus.BusFixture.frame;
import static dev.latchkey.eventbus.wire.Plaintexts.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenMint;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.FrameWriter;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSessionsTest {
    private final Bounds bounds = new Bounds();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration SKEW = Duration.ofSeconds(2);
    private static final long BEGIN = GrantMaker.NOT_BEFORE * 1000;
    private static final long END = GrantMaker.EXPIRES * 1000;
    private static final byte[] NO_TOKEN = {};

    private final Issuing issuing = new Issuing();
    private final ServiceToken token = issuing.mint();
    private final ManualClock clock = new ManualClock(NOW);
    private final AtomicBoolean outage = new AtomicBoolean();
    private final Keys keys = new Keys(issuing.box(), grant -> outage.get() && grant.isInGraceAt(clock.millis(), SKEW));
    private final ProviderSessions sessions =
            new ProviderSessions(new TokenDesk(VERTX), issuing.reader(), keys, new TrustedTime(clock), SKEW, bounds);

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    @Test
    void session_tokenInline_isAdmittedOnce() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        assertThat(session.grant().id()).isEqualTo(token.id());
        assertThat(sessions.session(carrying(token))).isSameAs(session);
        assertThat(sessions.size()).isOne();
    }

    @Test
    void session_tokenKnown_needsItNoMore() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        assertThat(sessions.session(naming(token.id(), NO_TOKEN))).isSameAs(session);
    }

    @Test
    void session_requestOfTheCaller_opensByIt() throws Refusal {
        Frame frame = BusFixture.request(BusFixture.caller(issuing, token));
        assertThat(bytes(sessions.session(frame).open(frame, ENVELOPE))).isEqualTo(CONTENT);
    }

    @Test
    void session_unknownTokenNotInline_isUnknown() {
        assertRefused(DenialReason.UNKNOWN_TOKEN, () -> sessions.session(naming(token.id(), NO_TOKEN)));
        assertThat(sessions.size()).isZero();
    }

    @Test
    void session_idOfAnotherTokenThanInline_isABadToken() {
        Frame frame = naming(new TokenId(1, 2), token.compactBytes());
        assertRefused(DenialReason.BAD_TOKEN, () -> sessions.session(frame));
        assertThat(sessions.size()).isZero();
    }

    @Test
    void session_inlineGarbage_isABadToken() {
        assertBad("x");
        assertBad("a.b.c");
        assertBad("\u0000".repeat(100));
        assertBad("x".repeat(10_000));
    }

    @Test
    void session_signedByAStranger_isABadToken() {
        TokenMint stranger = new TokenMint(SigningKey.generate(), Issuing.DOMAIN);
        assertBad(stranger.mint(token.grant(), issuing.seed, issuing.box()).compact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"am", "sm", "tkt"})
    void session_codeChangedAndSignedAgain_isABadToken(String claim) {
        assertBad(issuing.resigned(token, claims -> flip(claims, claim)));
        assertBad(issuing.resigned(token, claims -> claims.put(claim, "")));
        assertBad(issuing.resigned(token, claims -> cut(claims, claim)));
    }

    @Test
    void session_scopeChangedAndSignedAgain_isABadToken() {
        assertBad(issuing.resigned(token, claims -> claims.put("sub", "admin")));
        assertBad(issuing.resigned(token, claims -> claims.put("adr", new JsonArray().add("**"))));
        assertBad(issuing.resigned(token, claims -> claims.put("exp", GrantMaker.EXPIRES + 1)));
        assertBad(issuing.resigned(token, claims -> claims.put("nbf", GrantMaker.NOT_BEFORE - 1)));
        assertBad(issuing.resigned(token, claims -> claims.put("ts", GrantMaker.TIMESTAMP + 1)));
        assertBad(issuing.resigned(token, claims -> claims.put("bak", new JsonArray().add("evil"))));
        assertBad(issuing.resigned(token, claims -> claims.put("grc", 3600)));
        assertBad(issuing.resigned(token, claims -> claims.put("grc", -1)));
    }

    @Test
    void session_tokenInItsGrace_isAdmittedInAnOutageOnly() throws Refusal {
        ServiceToken stretchable = issuing.mint(new GrantMaker().grace(60).make());
        clock.set(END + SKEW.toMillis());
        assertRefused(DenialReason.EXPIRED, () -> sessions.session(carrying(stretchable)));
        outage.set(true);
        ProviderSession session = sessions.session(carrying(stretchable));
        outage.set(false);
        assertRefused(DenialReason.EXPIRED, () -> sessions.session(carrying(stretchable)));
        outage.set(true);
        assertThat(sessions.session(carrying(stretchable))).isSameAs(session);
        clock.set(END + SKEW.toMillis() + 60_000);
        assertRefused(DenialReason.EXPIRED, () -> sessions.session(carrying(stretchable)));
    }

    @Test
    void session_tokenWithoutGrace_isRefusedInAnOutageToo() {
        outage.set(true);
        clock.set(END + SKEW.toMillis());
        assertRefused(DenialReason.EXPIRED, () -> sessions.session(carrying(token)));
    }

    /** It would be admitted again, with nothing known of what it has sent. */
    @Test
    void forgetExpired_tokenInItsGrace_isKeptToItsEnd() throws Refusal {
        ServiceToken stretchable = issuing.mint(new GrantMaker().grace(600).make());
        sessions.session(carrying(stretchable));
        outage.set(true);
        clock.set(END + SKEW.toMillis() + 599_999);
        sessions.forgetExpired();
        assertThat(sessions.size()).isOne();
        clock.set(END + SKEW.toMillis() + 600_000);
        sessions.forgetExpired();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void session_resignedUnchanged_isAdmitted() throws Refusal {
        byte[] again = issuing.resigned(token, claims -> {}).getBytes(StandardCharsets.US_ASCII);
        assertThat(sessions.session(naming(token.id(), again)).grant()).isEqualTo(token.grant());
    }

    @Test
    void session_macsOfAnotherToken_isABadToken() {
        ServiceToken other = issuing.mint(new GrantMaker().service("other").make());
        assertBad(issuing.resigned(token, claims -> claims.put("sm", claim(other, "sm"))));
    }

    @ParameterizedTest
    @ValueSource(longs = {-2001, -10_000_000})
    void session_beforeItsTime_isNotYetValid(long offset) {
        clock.set(BEGIN + offset);
        assertRefused(DenialReason.NOT_YET_VALID, () -> sessions.session(carrying(token)));
    }

    @ParameterizedTest
    @ValueSource(longs = {2000, 2001, 10_000_000})
    void session_afterItsTime_isExpired(long offset) {
        clock.set(END + offset);
        assertRefused(DenialReason.EXPIRED, () -> sessions.session(carrying(token)));
    }

    @Test
    void session_withinTheSkew_isAdmitted() throws Refusal {
        clock.set(BEGIN - 2000);
        assertThat(sessions.session(carrying(token)).grant().id()).isEqualTo(token.id());
        clock.set(END + 1999);
        assertThat(sessions.session(carrying(token)).grant().id()).isEqualTo(token.id());
    }

    @Test
    void session_knownAndExpired_isExpired() throws Refusal {
        sessions.session(carrying(token));
        clock.set(END + 2000);
        assertRefused(DenialReason.EXPIRED, () -> sessions.session(carrying(token)));
        assertRefused(DenialReason.EXPIRED, () -> sessions.session(naming(token.id(), NO_TOKEN)));
    }

    @Test
    void session_epochNotHeld_isAStaleEpoch() {
        ServiceToken next = issuing.mint(new GrantMaker().epoch(4).make());
        assertRefused(DenialReason.STALE_EPOCH, () -> sessions.session(carrying(next)));
        ServiceToken former = issuing.mint(new GrantMaker().epoch(2).make());
        assertRefused(DenialReason.STALE_EPOCH, () -> sessions.session(carrying(former)));
        assertThat(sessions.size()).isZero();
    }

    @Test
    void session_operationNotProvided_isOutOfScope() {
        ServiceToken other =
                issuing.mint(new GrantMaker().operation("calculate_risk").make());
        assertRefused(DenialReason.OUT_OF_SCOPE, () -> sessions.session(carrying(other)));
    }

    @Test
    void session_epochOfAnotherKey_isABadToken() {
        Issuing other = new Issuing();
        ServiceToken sealedToAnotherKey =
                new TokenMint(issuing.signing, Issuing.DOMAIN).mint(token.grant(), issuing.seed, other.box());
        assertBad(sealedToAnotherKey.compact());
    }

    @Test
    void session_providerKeyErased_isAStaleEpoch() {
        keys.box.close();
        assertRefused(DenialReason.STALE_EPOCH, () -> sessions.session(carrying(token)));
    }

    @Test
    void forgetExpired_withinTheGrace_keepsTheSession() throws Refusal {
        sessions.session(carrying(token));
        clock.set(END + 2000 + 29_999);
        sessions.forgetExpired();
        assertThat(sessions.size()).isOne();
    }

    @Test
    void forgetExpired_afterTheGrace_erasesTheSession() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        Frame frame = BusFixture.request(BusFixture.caller(issuing, token));
        clock.set(END + 2000 + 30_000);
        sessions.forgetExpired();
        assertThat(sessions.size()).isZero();
        assertRefused(DenialReason.EXPIRED, () -> session.open(frame, ENVELOPE));
    }

    @Test
    void forgetExpired_answerStillAwaited_keepsTheSessionUntilThen() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        session.keepFor(END, 600_000);
        session.keepFor(END, 60_000);
        clock.set(END + 600_000);
        sessions.forgetExpired();
        assertThat(sessions.size()).isOne();
        clock.set(END + 600_001);
        sessions.forgetExpired();
        assertThat(sessions.size()).isZero();
        assertThat(session.ended()).isEqualTo(DenialReason.EXPIRED);
    }

    @Test
    void forgetExpired_callerOfEndlessPatience_isKeptForAnHour() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        session.keepFor(END, Integer.MAX_VALUE);
        session.keepFor(END + 3_600_000, Integer.MAX_VALUE);
        clock.set(END + 3_600_001);
        sessions.forgetExpired();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void keepOnly_otherOperations_erasesTheSession() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        Frame frame = BusFixture.request(BusFixture.caller(issuing, token));
        sessions.keepOnly(Set.of("calculate_risk"));
        assertThat(sessions.size()).isZero();
        assertRefused(DenialReason.EXPIRED, () -> session.open(frame, ENVELOPE));
    }

    @Test
    void keepOnly_itsOperation_keepsTheSession() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        Frame frame = BusFixture.request(BusFixture.caller(issuing, token));
        sessions.keepOnly(Set.of("process_image", "calculate_risk"));
        assertThat(bytes(session.open(frame, ENVELOPE))).isEqualTo(CONTENT);
        assertThat(sessions.size()).isOne();
    }

    @Test
    void session_manyTokensOfOneInstance_areSeparate() throws Refusal {
        Set<ProviderSession> distinct = new HashSet<>();
        for (int serial = 0; serial < 20; serial++) {
            TokenId id = new TokenId(7, serial);
            distinct.add(sessions.session(
                    carrying(issuing.mint(new GrantMaker().id(id).make()))));
        }
        assertThat(distinct).hasSize(20);
        assertThat(sessions.size()).isEqualTo(20);
    }

    private void assertBad(String compact) {
        Frame frame = naming(token.id(), compact.getBytes(StandardCharsets.US_ASCII));
        assertRefused(DenialReason.BAD_TOKEN, () -> sessions.session(frame));
        assertThat(sessions.size()).isZero();
    }

    private static void flip(JsonObject claims, String claim) {
        change(claims, claim, bytes -> bytes[bytes.length - 1] ^= 1);
    }

    private static void cut(JsonObject claims, String claim) {
        String text = claims.getString(claim);
        claims.put(claim, text.substring(0, text.length() - 4));
    }

    private static void change(JsonObject claims, String claim, Consumer<byte[]> change) {
        byte[] bytes = Base64.getUrlDecoder().decode(claims.getString(claim));
        change.accept(bytes);
        claims.put(claim, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static String claim(ServiceToken of, String name) {
        String payload = of.compact().split("\\.", -1)[1];
        return new JsonObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .getString(name);
    }

    private static Frame carrying(ServiceToken inline) {
        return naming(inline.id(), inline.compactBytes());
    }

    /** What an attacker can make: a frame that names any token and carries any, under a key of its own. */
    private static Frame naming(TokenId id, byte[] inline) {
        byte[] name = new byte[TokenId.LENGTH];
        id.write(name, 0);
        SealingKey key = new SealingKey(SecretBytes.random(32));
        return frame(FrameWriter.request(key, name, inline, NOW, ENVELOPE, CONTENT));
    }

    @Test
    void session_tokenTooMany_isRefused_andThoseThatAreKnownStay() throws Refusal {
        ProviderSessions few = new ProviderSessions(
                new TokenDesk(VERTX), issuing.reader(), keys, new TrustedTime(clock), SKEW, bounds, 2);
        few.session(carrying(token(1)));
        assertThat(bounds.of(Bound.TOKENS_CACHED)).isZero();
        ProviderSession last = few.session(carrying(token(2)));
        assertRefused(DenialReason.OVERLOADED, () -> few.session(carrying(token(3))));
        assertThat(bounds.of(Bound.TOKENS_CACHED)).isOne();
        assertThat(few.session(carrying(token(2)))).isSameAs(last);
    }

    private ServiceToken token(int serial) {
        return issuing.mint(new GrantMaker()
                .id(new TokenId(7, serial))
                .timestamp(GrantMaker.TIMESTAMP + serial)
                .make());
    }

    @Test
    void session_newerKeyThanHeld_saysSo_andAnOlderDoesNot() {
        ServiceToken next = issuing.mint(new GrantMaker().epoch(4).make());
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> sessions.session(carrying(next)))
                .satisfies(refusal -> assertThat(refusal.ahead()).isEqualTo(next.grant()));
        ServiceToken former = issuing.mint(new GrantMaker().epoch(2).make());
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> sessions.session(carrying(former)))
                .satisfies(refusal -> assertThat(refusal.ahead()).isNull());
    }

    @Test
    void search_tokenUnderANewerKey_waitsForTheKey() throws Exception {
        ServiceToken next = issuing.mint(new GrantMaker().epoch(4).make());
        MessageConsumer<Object> desk = desk(Buffer.buffer(next.compactBytes()));
        Future<Void> search = sessions.search(next.id());
        await().until(() -> keys.missed.equals(List.of("process_image 4")));
        assertThat(search.isComplete()).isFalse();
        keys.newest = 4;
        keys.caughtUp.complete();
        done(search);
        assertThat(sessions.size()).isOne();
        done(desk.unregister());
    }

    @Test
    void search_tokenUnderAKeyThatDoesNotCome_fails() throws Exception {
        ServiceToken next = issuing.mint(new GrantMaker().epoch(4).make());
        MessageConsumer<Object> desk = desk(Buffer.buffer(next.compactBytes()));
        keys.caughtUp.complete();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(sessions.search(next.id())))
                .havingCause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(DenialReason.STALE_EPOCH));
        done(desk.unregister());
    }

    @Test
    void session_revoked_isRefusedBeforeItIsKnown() {
        keys.revocations = Revocations.none().withService("web", NOW + 1000, NOW);
        assertRefused(DenialReason.REVOKED, () -> sessions.session(carrying(token)));
        assertThat(sessions.size()).isZero();
    }

    @Test
    void session_revokedAfterItWasKnown_isRefusedAndErased() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        keys.revocations = Revocations.none().withService("web", NOW + 1000, NOW);
        assertRefused(DenialReason.REVOKED, () -> sessions.session(naming(token.id(), NO_TOKEN)));
        assertThat(session.ended()).isEqualTo(DenialReason.REVOKED);
    }

    @Test
    void session_belowTheFloor_isAStaleEpoch() {
        keys.revocations = floor(4);
        assertRefused(DenialReason.STALE_EPOCH, () -> sessions.session(carrying(token)));
        assertThat(sessions.size()).isZero();
    }

    private static Revocations floor(long epoch) {
        return Revocations.none().withFloors(Map.of("process_image", epoch), NOW);
    }

    @Test
    void endRevoked_revoked_endsItsSession_andNoOther() throws Refusal {
        ProviderSession revoked = sessions.session(carrying(token));
        ProviderSession other = sessions.session(carrying(token(2)));
        String name = token.id().instanceName();
        keys.revocations = Revocations.none().withInstance(name, NOW + 1000, NOW);
        sessions.endRevoked();
        assertThat(revoked.ended()).isEqualTo(DenialReason.REVOKED);
        assertThat(other.ended()).isNull();
        assertThat(sessions.size()).isEqualTo(2);
    }

    @Test
    void endRevoked_belowTheFloor_endsAsExpired_asAHandlerMayHaveSeenItsRequests() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        keys.revocations = floor(4);
        sessions.endRevoked();
        assertThat(session.ended()).isEqualTo(DenialReason.EXPIRED);
    }

    @Test
    void endRevoked_endedBefore_keepsItsReason() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        session.end(DenialReason.LEFT);
        keys.revocations = floor(4);
        sessions.endRevoked();
        assertThat(session.ended()).isEqualTo(DenialReason.LEFT);
    }

    @Test
    void keepOnly_otherOperations_givesBackTheMemoryOfWhatArrived() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        session.remember(carrying(token), true, new Object());
        assertThat(sessions.replayBudget().chunks()).isOne();
        sessions.keepOnly(Set.of());
        assertThat(sessions.replayBudget().chunks()).isZero();
    }

    @Test
    void takeInPlaceOf_firstWasTaken_isAReplay() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        session.remember(carrying(token), true, new Object());
        assertRefused(DenialReason.REPLAYED, () -> sessions.takeInPlaceOf(new SentName(token.id(), 0), session));
    }

    @Test
    void takeInPlaceOf_firstComesLater_thatIsAReplay() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        sessions.takeInPlaceOf(new SentName(token.id(), 0), session);
        assertRefused(DenialReason.REPLAYED, () -> sessions.requireFirst(carrying(token)));
        assertRefused(DenialReason.REPLAYED, () -> session.remember(carrying(token), true, new Object()));
    }

    @Test
    void takeInPlaceOf_third_isAReplay() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        SentName first = new SentName(new TokenId(token.id().instance(), 77), 5);
        sessions.takeInPlaceOf(first, session);
        assertRefused(DenialReason.REPLAYED, () -> sessions.takeInPlaceOf(first, session));
    }

    @Test
    void takeInPlaceOf_messageOfAnotherInstance_isOutOfScope_andWithdrawsNothing() throws Refusal {
        ProviderSession session = sessions.session(carrying(token));
        SentName foreign = new SentName(token(1).id(), 0);
        assertRefused(DenialReason.OUT_OF_SCOPE, () -> sessions.takeInPlaceOf(foreign, session));
        sessions.requireFirst(carrying(token(1)));
    }

    @Test
    void requireFirst_nothingWithdrawn_passes() throws Refusal {
        sessions.requireFirst(carrying(token));
        assertThat(sessions.size()).isZero();
    }

    /** Answers at the desk of the token's instance. */
    private MessageConsumer<Object> desk(Object answer) throws Exception {
        return desk(answer, Future.succeededFuture());
    }

    /** Answers there once it is shown, so that what a search does until then can be looked at. */
    private MessageConsumer<Object> desk(Object answer, Future<Void> shown) throws Exception {
        String address = "latchkey.tokens." + token.id().instanceName();
        MessageConsumer<Object> desk =
                VERTX.eventBus().consumer(address, message -> shown.onSuccess(now -> message.reply(answer)));
        done(desk.completion());
        return desk;
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void search_instanceShowsItsToken_admitsIt() throws Exception {
        Promise<Void> shown = Promise.promise();
        MessageConsumer<Object> desk = desk(Buffer.buffer(token.compactBytes()), shown.future());
        Future<Void> search = sessions.search(token.id());
        assertThat(sessions.search(token.id())).isSameAs(search);
        shown.complete();
        done(search);
        assertThat(sessions.size()).isOne();
        assertThat(sessions.search(token.id())).isNotSameAs(search);
        done(desk.unregister());
    }

    @Test
    void search_instanceShowsAnother_fails() throws Exception {
        MessageConsumer<Object> desk = desk(Buffer.buffer(token(1).compactBytes()));
        Future<Void> search = sessions.search(token.id());
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(search))
                .havingCause()
                .isInstanceOf(Refusal.class);
        assertThat(sessions.size()).isZero();
        done(desk.unregister());
    }

    @Test
    void learn_tokenInline_endsTheSearch() throws Exception {
        MessageConsumer<Object> silent =
                VERTX.eventBus().consumer("latchkey.tokens." + token.id().instanceName(), message -> {});
        done(silent.completion());
        Future<Void> search = sessions.search(token.id());
        sessions.learn(naming(token.id(), NO_TOKEN));
        assertThat(search.isComplete()).isFalse();
        sessions.learn(naming(token.id(), new byte[] {1}));
        assertThat(search.isComplete()).isFalse();
        sessions.learn(carrying(token));
        assertThat(search.succeeded()).isTrue();
        assertThat(sessions.size()).isOne();
        done(silent.unregister());
    }

    @Test
    void learn_nobodySearches_admitsTheToken() {
        sessions.learn(carrying(token));
        assertThat(sessions.size()).isOne();
    }

    /** Holds one key: that of process_image in epoch 3, and later ones once they came. */
    private static final class Keys implements ProviderSessions.ProviderKeys {
        private final SaltedBox box;
        private final Predicate<TokenGrant> grace;
        private final List<String> missed = new ArrayList<>();
        private final Promise<Void> caughtUp = Promise.promise();
        private long newest = 3;
        private Revocations revocations = Revocations.none();

        private Keys(SaltedBox box, Predicate<TokenGrant> grace) {
            this.box = box;
            this.grace = grace;
        }

        @Override
        public boolean stretches(TokenGrant grant) {
            return grace.test(grant);
        }

        @Override
        public boolean isBehind(TokenGrant grant) {
            return provides(grant.operation()) && grant.epoch() > newest;
        }

        @Override
        public Future<Void> missed(TokenGrant grant) {
            missed.add(grant.operation() + " " + grant.epoch());
            return caughtUp.future();
        }

        @Override
        public @Nullable SaltedBox box(String operation, long epoch) {
            return provides(operation) && epoch >= 3 && epoch <= newest ? box : null;
        }

        @Override
        public boolean provides(String operation) {
            return operation.equals("process_image");
        }

        @Override
        public Revocations revocations() {
            return revocations;
        }
    }
}
