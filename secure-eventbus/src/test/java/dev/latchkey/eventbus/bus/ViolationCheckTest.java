// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a refused message is its sender's doing, and what anybody's. */
class ViolationCheckTest extends GuardedTest {
    /** Of the operation, and not of the token. */
    private static final String OUTSIDE = "image.other";

    private InboundInterceptor gate;

    @BeforeEach
    void build() {
        gate = new InboundInterceptor(guard);
    }

    private void pass(ArrivingMessage message) {
        gate.handle(message);
    }

    private static Envelope outside() {
        return new Envelope(OUTSIDE, REPLY, true);
    }

    private ArrivingMessage arrivingOutside(byte[] frame) {
        return ArrivingMessage.sealed(guard, OUTSIDE, REPLY, frame);
    }

    private long violations(ViolationKind kind) {
        return guard.violations().of(kind);
    }

    private void assertNoViolation() {
        for (ViolationKind kind : ViolationKind.values()) {
            assertThat(violations(kind)).as("%s", kind).isZero();
        }
    }

    @Test
    void messageSealedForAnAddressThatItsTokenDoesNotName_counts() {
        pass(arrivingOutside(request(outside())));
        assertThat(violations(ViolationKind.OUT_OF_SCOPE)).isOne();
        assertThat(guard.violations().take(operation -> true))
                .containsExactly(new Violation(ViolationKind.OUT_OF_SCOPE, "process_image", token.id(), 0));
    }

    @Test
    void messageUnderATokenOfAnotherOperation_countsForThatOperation() throws Exception {
        member(Set.of("calculate_risk"), Set.of());
        ServiceToken risk = orchestrator.issuing.mint(new GrantMaker()
                .id(new TokenId(98, 1))
                .operation("calculate_risk")
                .addresses("risk.*")
                .make());
        CallerSession other = CallerSession.derive(risk, orchestrator.issuing.seed);
        pass(arriving(Sealing.frame(other, BusFixture.NOW, envelope(), ContentFormat.write(text("x")))));
        assertThat(guard.violations().operations()).containsExactly("calculate_risk");
    }

    /** A member of the cluster can do this with what it hears: it must harm nobody. */
    @Test
    void violatingMessageSentAgain_countsOnce() {
        byte[] frame = request(outside());
        for (int i = 0; i < 5; i++) {
            pass(arrivingOutside(frame));
        }
        assertThat(violations(ViolationKind.OUT_OF_SCOPE)).isOne();
        assertThat(guard.refused()).containsEntry(DenialReason.OUT_OF_SCOPE, 5L);
    }

    @Test
    void publishThatReachesTwoHandlers_countsOnce() {
        Buffer arrival = Buffer.buffer(request(new Envelope(OUTSIDE, null, false)));
        pass(ArrivingMessage.sealed(guard, OUTSIDE, null, false, arrival));
        pass(ArrivingMessage.sealed(guard, OUTSIDE, null, false, arrival));
        assertThat(violations(ViolationKind.OUT_OF_SCOPE)).isOne();
    }

    @Test
    void honestMessage_countsNothing() {
        pass(arriving(request(envelope())));
        assertNoViolation();
    }

    @Test
    void honestMessageSentAgain_countsNothing() {
        byte[] frame = request(envelope());
        for (int i = 0; i < 5; i++) {
            pass(arriving(frame));
        }
        assertThat(guard.refused()).containsEntry(DenialReason.REPLAYED, 4L);
        assertNoViolation();
    }

    @Test
    void honestMessageMovedOutOfItsScope_countsNothing() {
        for (int i = 0; i < 5; i++) {
            pass(arrivingOutside(request(envelope())));
        }
        assertThat(guard.refused()).containsEntry(DenialReason.OUT_OF_SCOPE, 5L);
        assertNoViolation();
    }

    @Test
    void honestMessageWithABitChanged_countsNothing() {
        byte[] frame = request(envelope());
        pass(arriving(frame.clone()));
        frame[frame.length - 1] ^= 1;
        pass(arriving(frame));
        assertThat(guard.refused()).containsEntry(DenialReason.TAMPERED, 1L);
        assertNoViolation();
    }

    @Test
    void staleMessageOutOfScope_countsNothing() {
        pass(arrivingOutside(request(outside(), BusFixture.NOW - 60_001)));
        assertThat(guard.refused()).containsEntry(DenialReason.OUT_OF_SCOPE, 1L);
        assertNoViolation();
    }

    /** Its token names the address: it was issued under another policy than this node's, and nobody is to blame. */
    @Test
    void messageWithinItsTokenButOutOfThisNodesPolicy_countsNothing() throws Exception {
        member(Set.of("calculate_risk"), Set.of());
        ServiceToken before = orchestrator.issuing.mint(new GrantMaker()
                .id(new TokenId(98, 1))
                .operation("calculate_risk")
                .make());
        CallerSession other = CallerSession.derive(before, orchestrator.issuing.seed);
        pass(arriving(Sealing.frame(other, BusFixture.NOW, envelope(), ContentFormat.write(text("x")))));
        assertThat(guard.refused()).containsEntry(DenialReason.OUT_OF_SCOPE, 1L);
        assertNoViolation();
    }

    /** Its numbers began anew, as if an instance had been copied. */
    @Test
    void twoMessagesUnderOneNumber_countOnce_howeverOftenTheyAreSentAgain() {
        CallerSession copy = CallerSession.derive(token, orchestrator.issuing.seed);
        byte[] first = request(envelope());
        // Elsewhere, as the JDK refuses it on one thread.
        byte[] second = CompletableFuture.supplyAsync(
                        () -> Sealing.frame(copy, BusFixture.NOW, envelope(), ContentFormat.write(text("other"))))
                .join();
        for (int i = 0; i < 3; i++) {
            pass(arriving(first));
            pass(arriving(second));
        }
        assertThat(violations(ViolationKind.NUMBER_REUSED)).isOne();
        assertThat(guard.refused()).containsEntry(DenialReason.REPLAYED, 5L);
    }

    @Test
    void numbersThatAreFarApart_areToldApart() {
        byte[] first = request(envelope());
        pass(arriving(first));
        for (int i = 0; i < MessageMemory.KEPT; i++) {
            pass(arriving(request(envelope())));
        }
        pass(arriving(first));
        assertThat(guard.refused()).containsEntry(DenialReason.REPLAYED, 1L);
        assertNoViolation();
    }

    @Test
    void messageThatStandsForOneOfAnotherInstance_counts() {
        Content foreign = text("x").standingFor(new SentName(new TokenId(98, 1), 0));
        pass(arriving(Sealing.frame(caller, BusFixture.NOW, envelope(), ContentFormat.write(foreign))));
        assertThat(violations(ViolationKind.FOREIGN_MESSAGE)).isOne();
        assertThat(guard.refused()).containsEntry(DenialReason.OUT_OF_SCOPE, 1L);
    }

    @Test
    void messageThatStandsForOneThatWasTaken_countsNothing() {
        pass(arriving(request(envelope())));
        Content again = text("x").standingFor(new SentName(token.id(), 0));
        pass(arriving(Sealing.frame(caller, BusFixture.NOW, envelope(), ContentFormat.write(again))));
        assertThat(guard.refused()).containsEntry(DenialReason.REPLAYED, 1L);
        assertNoViolation();
    }
}
