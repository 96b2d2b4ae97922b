// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.TokenId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an instance holds ends when it must, and is erased. */
class HoldingsTest {
    private static final String OPERATION = "process_image";
    private static final String NAME = "0123456789abcdef";
    private static final TokenId FIRST = new TokenId(FakeOrchestrator.INSTANCE, 1);
    private static final TokenId SECOND = new TokenId(FakeOrchestrator.INSTANCE, 2);
    private static final long LONG_AFTER = (GrantMaker.EXPIRES + 3_600) * 1000;

    private final Issuing issuing = new Issuing();
    private final Holdings first = take(Holdings.none(), NAME, token(FIRST, 1), key(3));
    private final CallerSession session = requireNonNull(first.session(FIRST));
    private final SaltedBox box = requireNonNull(first.box(OPERATION, 3));

    private String token(TokenId id, long later) {
        return issuing.mint(new GrantMaker()
                        .id(id)
                        .timestamp(GrantMaker.TIMESTAMP + later)
                        .make())
                .compact();
    }

    /** Made with the key after the first one's. */
    private String freshToken(TokenId id) {
        return issuing.mint(new GrantMaker()
                        .id(id)
                        .epoch(4)
                        .timestamp(GrantMaker.TIMESTAMP + 2)
                        .make())
                .compact();
    }

    private ProviderKey key(long epoch) {
        return new ProviderKey(OPERATION, epoch, SecretBytes.taking(issuing.providerKey.copy()));
    }

    private Holdings take(Holdings before, String instance, String token, ProviderKey... keys) {
        return take(before, instance, token, BusFixture.NOW, keys);
    }

    private Holdings take(Holdings before, String instance, String token, long now, ProviderKey... keys) {
        Answer.Granted granted = new Answer.Granted(
                now, instance, 7, 1, List.of(), Mode.OFF, List.of(token), List.of(keys), Revocations.none());
        return before.replacedBy(granted, issuing.seed, issuing.reader(), now);
    }

    private static void assertErased(SaltedBox erased) {
        assertThatIllegalStateException().isThrownBy(() -> erased.seal(new byte[0], new byte[1]));
    }

    private static Revocations floor(long epoch) {
        return Revocations.none().withFloors(Map.of(OPERATION, epoch), BusFixture.NOW);
    }

    @Test
    void session_replaced_isStillFoundByItsId() {
        Holdings next = take(first, NAME, token(SECOND, 2), key(3));
        assertThat(next.session(FIRST)).isSameAs(session);
        assertThat(requireNonNull(next.session(SECOND)).token().id()).isEqualTo(SECOND);
        assertThat(next.session(new TokenId(9, 9))).isNull();
        assertThat(session.ended()).isNull();
    }

    @Test
    void session_retiredLongAgo_isErased() {
        Holdings next = take(first, NAME, token(SECOND, 2), key(3));
        Holdings last = take(next, NAME, token(new TokenId(FakeOrchestrator.INSTANCE, 3), 3), LONG_AFTER, key(3));
        assertThat(session.ended()).isEqualTo(DenialReason.EXPIRED);
        assertThat(last.session(FIRST)).isNull();
    }

    @Test
    void replacedBy_tokenThatIsNotNewer_isRefusedAsItsKeysWouldRepeat() {
        assertThatIllegalArgumentException().isThrownBy(() -> take(first, NAME, token(SECOND, 1), key(3)));
        assertThatIllegalArgumentException().isThrownBy(() -> take(first, NAME, token(SECOND, 0), key(3)));
        Holdings next = take(first, NAME, token(SECOND, 2), key(3));
        assertThatIllegalArgumentException().isThrownBy(() -> take(next, NAME, token(SECOND, 2), key(3)));
    }

    @Test
    void replacedBy_anotherInstance_mayHaveAnyTimestamp() {
        assertThat(take(first, "fedcba9876543210", token(SECOND, 1), key(3)).newest())
                .isEqualTo(GrantMaker.TIMESTAMP + 1);
    }

    @Test
    void replacedBy_keyThatIsNotBrought_isErased() {
        Holdings next = take(first, NAME, token(SECOND, 2), key(4));
        assertErased(box);
        assertThat(next.box(OPERATION, 3)).isNull();
        assertThat(next.box(OPERATION, 4)).isNotNull();
    }

    @Test
    void replacedBy_keyThatStays_keepsItsBox() {
        assertThat(take(first, NAME, token(SECOND, 2), key(3)).box(OPERATION, 3))
                .isSameAs(box);
        assertThat(box.seal(new byte[0], new byte[1])).hasSize(49);
    }

    @Test
    void isBehind_onlyOfANewerEpochOfWhatItProvides() {
        assertThat(first.isBehind(OPERATION, 4)).isTrue();
        assertThat(first.isBehind(OPERATION, 3)).isFalse();
        assertThat(first.isBehind("calculate_risk", 4)).isFalse();
    }

    @Test
    void end_isThatOfTheToken_orElseOfTheLease() {
        assertThat(first.end(false)).isEqualTo(GrantMaker.EXPIRES * 1000);
        assertThat(first.isOver(GrantMaker.EXPIRES * 1000 - 1, false)).isFalse();
        assertThat(first.isOver(GrantMaker.EXPIRES * 1000, false)).isTrue();
        assertThat(Holdings.none().isOver(Long.MAX_VALUE, true)).isFalse();
    }

    @Test
    void drop_instanceRevoked_endsItsSessionsAndAsksForNothing() {
        Revocations revoked = Revocations.none().withInstance(NAME, BusFixture.NOW + 1000, BusFixture.NOW);
        assertThat(first.drop(revoked, "web", BusFixture.NOW)).isFalse();
        assertThat(session.ended()).isEqualTo(DenialReason.REVOKED);
    }

    @Test
    void drop_instanceRevoked_endsSessionsBeforeItsLastRenewalToo() {
        Holdings next = take(first, NAME, token(SECOND, 2));
        Revocations revoked = Revocations.none().withInstance(NAME, BusFixture.NOW + 1000, BusFixture.NOW);
        assertThat(next.drop(revoked, "web", BusFixture.NOW)).isFalse();
        assertThat(session.ended()).isEqualTo(DenialReason.REVOKED);
    }

    @Test
    void drop_staleToken_endsItsSessionAndAsksForARenewal() {
        Holdings caller = take(Holdings.none(), NAME, token(SECOND, 2));
        assertThat(caller.drop(floor(4), "web", BusFixture.NOW)).isTrue();
        assertThat(requireNonNull(caller.session(SECOND)).ended()).isEqualTo(DenialReason.STALE_EPOCH);
    }

    /** Who has the key that is not honoured any more could seal answers to what was sent before the renewal. */
    @Test
    void drop_tokenThatIsStaleSinceARenewal_endsItsSession_andAsksForNothing() {
        Holdings next = take(first, NAME, freshToken(SECOND));
        assertThat(next.drop(floor(4), "web", BusFixture.NOW)).isFalse();
        assertThat(session.ended()).isEqualTo(DenialReason.STALE_EPOCH);
        assertThat(requireNonNull(next.session(SECOND)).ended()).isNull();
    }

    @Test
    void drop_tokenThatIsStaleSinceARenewal_andHasEndedBefore_keepsTheReason() {
        session.end(DenialReason.REVOKED);
        take(first, NAME, freshToken(SECOND)).drop(floor(4), "web", BusFixture.NOW);
        assertThat(session.ended()).isEqualTo(DenialReason.REVOKED);
    }

    @Test
    void drop_nothingOfItsOwn_changesNothing() {
        assertThat(first.drop(floor(3), "web", BusFixture.NOW)).isFalse();
        assertThat(first.drop(Revocations.none(), "web", BusFixture.NOW)).isFalse();
        assertThat(session.ended()).isNull();
    }

    @Test
    void drop_providerWithoutAnHonouredKey_asksForARenewal() {
        Holdings provider = provider(key(3));
        assertThat(provider.drop(floor(4), "web", BusFixture.NOW)).isTrue();
        assertThat(provider.drop(floor(3), "web", BusFixture.NOW)).isFalse();
        assertThat(provider(key(3), key(4)).drop(floor(4), "web", BusFixture.NOW))
                .isFalse();
    }

    /** What is held of one operation says nothing of another. */
    @Test
    void isBehind_andDrop_ofTwoOperations_lookAtOneOnly() {
        ProviderKey newer = new ProviderKey("calculate_risk", 9, SecretBytes.taking(issuing.providerKey.copy()));
        Holdings both = provider(key(3), newer);
        assertThat(both.isBehind(OPERATION, 4)).isTrue();
        assertThat(both.isBehind("calculate_risk", 9)).isFalse();
        assertThat(both.drop(floor(4), "web", BusFixture.NOW)).isTrue();
    }

    private Holdings provider(ProviderKey... keys) {
        Answer.Granted granted = new Answer.Granted(
                BusFixture.NOW, NAME, 7, 1, List.of(), Mode.OFF, List.of(), List.of(keys), Revocations.none());
        return Holdings.none().replacedBy(granted, issuing.seed, issuing.reader(), BusFixture.NOW);
    }

    @Test
    void close_anything_erasesCurrentAndRetiredSessionsAndKeys() {
        Holdings next = take(first, NAME, token(SECOND, 2), key(3));
        next.close();
        assertThat(session.ended()).isEqualTo(DenialReason.LEFT);
        assertThat(requireNonNull(next.session(SECOND)).ended()).isEqualTo(DenialReason.LEFT);
        assertErased(box);
    }
}
