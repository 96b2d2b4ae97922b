// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static dev.latchkey.eventbus.bus.BusFixture.CONTENT;
import static dev.latchkey.eventbus.bus.BusFixture.ENVELOPE;
import static dev.latchkey.eventbus.bus.BusFixture.NOW;
import static dev.latchkey.eventbus.bus.BusFixture.assertRefused;
import static dev.latchkey.eventbus.bus.BusFixture.frame;
import static dev.latchkey.eventbus.bus.BusFixture.reply;
import static dev.latchkey.eventbus.bus.BusFixture.request;
import static dev.latchkey.eventbus.wire.Plaintexts.bytes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller and a provider make of one token. */
class SessionTest {
    private final Issuing issuing = new Issuing();
    private final ServiceToken token = issuing.mint();
    private final CallerSession caller = BusFixture.caller(issuing, token);
    private final ProviderSession provider = provider();

    @Test
    void open_requestOfTheCaller_isItsContent() throws Refusal {
        Frame frame = request(caller);
        assertThat(frame.tokenId()).isEqualTo(token.id());
        assertThat(frame.token()).isEqualTo(token.compact());
        assertThat(bytes(provider.open(frame, ENVELOPE))).isEqualTo(CONTENT);
    }

    @Test
    void request_carriesItsToken_inTheFirstSecondOrTheFirstSixteen_andEvery256th() {
        long later = GrantMaker.TIMESTAMP + CallerSession.FRESH_MILLIS;
        List<Integer> carrying = IntStream.rangeClosed(1, 2 * CallerSession.REMINDER_INTERVAL + 1)
                .filter(number -> sealed(later).token() != null)
                .boxed()
                .toList();
        List<Integer> expected = new ArrayList<>(
                IntStream.rangeClosed(1, CallerSession.FRESH_MESSAGES).boxed().toList());
        expected.addAll(List.of(CallerSession.REMINDER_INTERVAL, 2 * CallerSession.REMINDER_INTERVAL));
        assertThat(carrying).isEqualTo(expected);
        assertThat(sealed(later).token()).isNull();
        assertThat(sealed(later - 1).token()).isNotNull();
    }

    private Frame sealed(long sentAt) {
        return frame(Sealing.frame(caller, sentAt, ENVELOPE, CONTENT));
    }

    @Test
    void seal_ofEither_saysTheNumberThatItSealedWith() {
        for (int i = 0; i < 3; i++) {
            Buffer out = Buffer.buffer();
            long request = caller.seal(NOW, ENVELOPE, buffer -> buffer.appendBytes(CONTENT), out);
            assertThat(requireNonNull(Frame.parse(0, out)).sequence()).isEqualTo(request);
            Buffer answer = Buffer.buffer();
            long reply = provider.replies().seal(NOW, ENVELOPE, buffer -> buffer.appendBytes(CONTENT), answer);
            assertThat(requireNonNull(Frame.parse(0, answer)).sequence()).isEqualTo(reply);
            assertThat(reply).isEqualTo(i);
        }
    }

    @Test
    void open_requestForAnotherEnvelope_isTampered() {
        Envelope other = new Envelope("image.other", ENVELOPE.replyAddress(), true);
        assertRefused(DenialReason.TAMPERED, () -> provider.open(request(caller), other));
    }

    @Test
    void open_requestUnderAnotherToken_isTampered() {
        ServiceToken other = issuing.mint(new GrantMaker()
                .id(new TokenId(1, 2))
                .timestamp(GrantMaker.TIMESTAMP + 1)
                .make());
        CallerSession stranger = BusFixture.caller(issuing, other);
        assertRefused(DenialReason.TAMPERED, () -> provider.open(request(stranger), ENVELOPE));
    }

    @Test
    void open_requestOfAnotherSeed_isTampered() {
        Issuing another = new Issuing();
        CallerSession stranger = BusFixture.caller(another, another.mint());
        assertRefused(DenialReason.TAMPERED, () -> provider.open(request(stranger), ENVELOPE));
    }

    @Test
    void derive_tokenOfAnotherSeed_isRefused() {
        SecretBytes seed = SecretBytes.random(32);
        assertThatIllegalArgumentException().isThrownBy(() -> CallerSession.derive(token, seed));
    }

    @Test
    void derive_anyToken_leavesTheSeedAlive() {
        caller.close();
        assertThat(issuing.seed.isErased()).isFalse();
    }

    @Test
    void admit_ticketOfAnotherProviderKey_isABadToken() {
        SaltedBox other = Tickets.box(SecretBytes.random(32));
        assertRefused(
                DenialReason.BAD_TOKEN, () -> ProviderSession.admit(token, other, new ReplayBudget(new Bounds())));
    }

    @Test
    void admit_erasedProviderKey_isAStaleEpoch() {
        SaltedBox box = issuing.box();
        box.close();
        assertRefused(
                DenialReason.STALE_EPOCH, () -> ProviderSession.admit(token, box, new ReplayBudget(new Bounds())));
    }

    @Test
    void openReply_ofTheProvider_isItsContent() throws Refusal {
        assertThat(bytes(caller.openReply(reply(provider), ENVELOPE, () -> {}))).isEqualTo(CONTENT);
    }

    @Test
    void openReply_ofTheCaller_isItsContent() throws Refusal {
        assertThat(bytes(provider.openReply(reply(caller), ENVELOPE, () -> {}))).isEqualTo(CONTENT);
    }

    @Test
    void openReply_manyOfOneResponder_opensAllInAnyOrder() throws Refusal {
        Frame one = reply(provider);
        Frame two = reply(provider);
        assertThat(bytes(caller.openReply(two, ENVELOPE, () -> {}))).isEqualTo(CONTENT);
        assertThat(bytes(caller.openReply(one, ENVELOPE, () -> {}))).isEqualTo(CONTENT);
    }

    private void haveAnswered(int responders, Runnable tooMany) throws Refusal {
        for (int i = 0; i < responders; i++) {
            Frame answer = reply(BusFixture.provider(issuing, token));
            assertThat(bytes(caller.openReply(answer, ENVELOPE, tooMany))).isEqualTo(CONTENT);
        }
    }

    /** Otherwise what the answer says would stay in the memory of its thread, which would get new one for each message from then on. */
    @Test
    void openReply_thatFailsAfterItOpened_givesItsMemoryBack() throws Refusal {
        Plaintext usual = provider.open(request(caller), ENVELOPE);
        usual.close();
        haveAnswered(256, () -> {});
        Frame answer = reply(BusFixture.provider(issuing, token));
        assertThatIllegalStateException()
                .isThrownBy(() -> caller.openReply(answer, ENVELOPE, () -> {
                    throw new IllegalStateException("for a test");
                }));
        assertThat(usual.buffer().getBytes()).containsOnly(0);
        try (Plaintext next = provider.open(request(caller), ENVELOPE)) {
            assertThat(next).isSameAs(usual);
        }
    }

    @Test
    void openReply_ofOneResponderTooMany_saysSo_andStillOpens() throws Refusal {
        AtomicInteger told = new AtomicInteger();
        haveAnswered(256, told::incrementAndGet);
        assertThat(told).hasValue(0);
        Frame answer = reply(BusFixture.provider(issuing, token));
        assertThat(bytes(caller.openReply(answer, ENVELOPE, told::incrementAndGet)))
                .isEqualTo(CONTENT);
        assertThat(told).hasValue(1);
    }

    @Test
    void openReply_reflected_isTampered() {
        assertRefused(DenialReason.TAMPERED, () -> caller.openReply(reply(caller), ENVELOPE, () -> {}));
        assertRefused(DenialReason.TAMPERED, () -> provider.openReply(reply(provider), ENVELOPE, () -> {}));
    }

    @Test
    void openReply_requestPassedOffAsReply_isTampered() {
        assertRefused(DenialReason.TAMPERED, () -> caller.openReply(request(caller), ENVELOPE, () -> {}));
        assertRefused(DenialReason.TAMPERED, () -> provider.openReply(request(caller), ENVELOPE, () -> {}));
    }

    @Test
    void open_replyPassedOffAsRequest_isTampered() {
        assertRefused(DenialReason.TAMPERED, () -> provider.open(reply(caller), ENVELOPE));
        assertRefused(DenialReason.TAMPERED, () -> provider.open(reply(provider), ENVELOPE));
    }

    @Test
    void openReply_forAnotherEnvelope_isTampered() {
        Envelope other = new Envelope("__vertx.reply.2", null, true);
        assertRefused(DenialReason.TAMPERED, () -> caller.openReply(reply(provider), other, () -> {}));
    }

    @Test
    void openReply_ofAnotherCallersProvider_isTampered() throws Refusal {
        Issuing another = new Issuing();
        ProviderSession stranger = BusFixture.provider(another, another.mint());
        assertRefused(DenialReason.TAMPERED, () -> caller.openReply(reply(stranger), ENVELOPE, () -> {}));
    }

    @Test
    void reply_twoProvidersOfOneToken_neverShareAKey() throws Refusal {
        ProviderSession second = provider();
        Frame one = reply(provider);
        Frame two = reply(second);
        assertThat(one.sequence()).isEqualTo(two.sequence());
        assertThat(one.salt()).isNotEqualTo(two.salt());
        assertThat(bytes(caller.openReply(one, ENVELOPE, () -> {}))).isEqualTo(CONTENT);
        assertThat(bytes(caller.openReply(two, ENVELOPE, () -> {}))).isEqualTo(CONTENT);
    }

    @Test
    void openReply_saltExchanged_isTampered() {
        byte[] one = Sealing.frame(provider.replies(), NOW, ENVELOPE, CONTENT);
        byte[] two = Sealing.frame(provider().replies(), NOW, ENVELOPE, CONTENT);
        System.arraycopy(two, 2, one, 2, 16);
        assertRefused(DenialReason.TAMPERED, () -> caller.openReply(frame(one), ENVELOPE, () -> {}));
    }

    @Test
    void openReply_afterManyForgeries_opensTheTrueOne() throws Refusal {
        assertThat(bytes(caller.openReply(reply(provider), ENVELOPE, () -> {}))).isEqualTo(CONTENT);
        for (int i = 0; i < 1000; i++) {
            byte[] forged = Sealing.frame(provider.replies(), NOW, ENVELOPE, CONTENT);
            System.arraycopy(SecretBytes.random(16).copy(), 0, forged, 2, 16);
            assertRefused(DenialReason.TAMPERED, () -> caller.openReply(frame(forged), ENVELOPE, () -> {}));
        }
        assertThat(bytes(caller.openReply(reply(provider), ENVELOPE, () -> {}))).isEqualTo(CONTENT);
    }

    @Test
    void remember_requestTwice_isReplayed() throws Refusal {
        Frame frame = request(caller);
        provider.remember(frame, true, new Object());
        assertRefused(DenialReason.REPLAYED, () -> provider.remember(frame, true, new Object()));
        provider.remember(request(caller), true, new Object());
    }

    @ParameterizedTest
    @CsvSource({
        "image.process, true",
        "image.batch.now, true",
        "image.batch, false",
        "image.processes, false",
        "image, false",
        "IMAGE.PROCESS, false",
        "risk.calculate, false"
    })
    void covers_anyAddress_isAsTheTokenSays(String address, boolean expected) {
        assertThat(caller.covers(address)).isEqualTo(expected);
        assertThat(provider.covers(address)).isEqualTo(expected);
    }

    @Test
    void open_closed_isExpired() {
        Frame frame = request(caller);
        provider.close();
        assertRefused(DenialReason.EXPIRED, () -> provider.open(frame, ENVELOPE));
    }

    @Test
    void openReply_closedBeforeTheFirstReply_isExpired() {
        Frame frame = reply(provider);
        caller.close();
        assertRefused(DenialReason.EXPIRED, () -> caller.openReply(frame, ENVELOPE, () -> {}));
    }

    @Test
    void openReply_closedAfterAReply_isExpired() throws Refusal {
        assertThat(bytes(caller.openReply(reply(provider), ENVELOPE, () -> {}))).isEqualTo(CONTENT);
        Frame frame = reply(provider);
        caller.close();
        assertRefused(DenialReason.EXPIRED, () -> caller.openReply(frame, ENVELOPE, () -> {}));
    }

    @Test
    void replies_ofOneSession_haveOneSalt() {
        assertThat(reply(provider).salt()).isEqualTo(reply(provider).salt());
    }

    @Test
    void reply_firstAfterTheEnd_isNotSealed() {
        provider.end(DenialReason.LEFT);
        assertThatIllegalStateException().isThrownBy(() -> reply(provider));
    }

    @Test
    void reply_anotherAfterTheEnd_isNotSealed() {
        reply(provider);
        provider.end(DenialReason.LEFT);
        assertThatIllegalStateException().isThrownBy(() -> reply(provider));
    }

    @Test
    void openReply_ofOneResponder_keepsOneKey() throws Refusal {
        bytes(caller.openReply(reply(provider), ENVELOPE, () -> {}));
        OpeningKey first = onlyKey();
        bytes(caller.openReply(reply(provider), ENVELOPE, () -> {}));
        assertThat(onlyKey()).isSameAs(first);
    }

    private OpeningKey onlyKey() {
        assertThat(caller.peers().asMap()).hasSize(1);
        return caller.peers().asMap().values().iterator().next();
    }

    @Test
    void close_erasesTheKeysOfResponders_andForgetsThem() throws Refusal {
        Frame frame = reply(provider);
        bytes(caller.openReply(frame, ENVELOPE, () -> {}));
        OpeningKey key = onlyKey();
        caller.close();
        assertThatIllegalStateException().isThrownBy(() -> frame.open(key, ENVELOPE));
        assertThat(caller.peers().asMap()).isEmpty();
    }

    @Test
    void close_erasesTheLastRespondersKey_alsoWhenOthersPushedItOut() throws Refusal {
        Frame frame = reply(provider);
        bytes(caller.openReply(frame, ENVELOPE, () -> {}));
        OpeningKey key = onlyKey();
        caller.peers().invalidateAll();
        bytes(caller.openReply(frame, ENVELOPE, () -> {}));
        caller.close();
        assertThatIllegalStateException().isThrownBy(() -> frame.open(key, ENVELOPE));
    }

    @Test
    void openReply_endedMeanwhile_keepsNoKeyAlive() throws Refusal {
        // As if it ended between opening the first reply and keeping its key.
        bytes(caller.openReply(reply(provider), ENVELOPE, () -> {}));
        for (int i = 1; i < 256; i++) {
            bytes(caller.openReply(reply(BusFixture.provider(issuing, token)), ENVELOPE, () -> {}));
        }
        Frame last = reply(BusFixture.provider(issuing, token));
        assertThat(bytes(caller.openReply(last, ENVELOPE, () -> caller.end(DenialReason.LEFT))))
                .isEqualTo(CONTENT);
        OpeningKey kept = requireNonNull(caller.peers().getIfPresent(Buffer.buffer(last.salt())));
        assertThatIllegalStateException().isThrownBy(() -> last.open(kept, ENVELOPE));
    }

    @Test
    void keepFor_noPatience_keepsNothing() {
        long end = GrantMaker.EXPIRES * 1000 + 2_000 + 30_000;
        long alive = GrantMaker.EXPIRES * 1000 - 1;
        caller.keepFor(alive, 0);
        assertThat(caller.isOver(end)).isTrue();
        caller.keepFor(alive, 32_003);
        assertThat(caller.isOver(end + 2)).isFalse();
        assertThat(caller.isOver(end + 3)).isTrue();
    }

    /** A token that is used past its end, in an outage: its answer comes later still. */
    @Test
    void keepFor_pastTheTokensEnd_keepsItForAnAnswerThatComesSoon() {
        long end = GrantMaker.EXPIRES * 1000 + 2_000 + 30_000;
        caller.keepFor(end, 0);
        assertThat(caller.isOver(end + 30_000)).isFalse();
        assertThat(caller.isOver(end + 30_001)).isTrue();
    }

    @Test
    void seal_closed_throws() {
        caller.close();
        provider.close();
        assertThatIllegalStateException().isThrownBy(() -> request(caller));
        assertThatIllegalStateException().isThrownBy(() -> reply(caller));
        assertThatIllegalStateException().isThrownBy(() -> reply(provider));
    }

    @Test
    void toString_bothSides_namesTheTokenOnly() {
        assertThat(Stream.of(caller, provider)).allSatisfy(session -> assertThat(session.toString())
                .contains(token.id().toString())
                .doesNotContain(token.compact().substring(0, 20)));
    }

    private ProviderSession provider() {
        try {
            return BusFixture.provider(issuing, token);
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }
}
