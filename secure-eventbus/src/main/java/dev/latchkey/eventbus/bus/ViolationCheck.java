// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import java.util.function.Consumer;

/**
 * Tells refused messages that their sender must have made from those that anybody could have sent.
 *
 * <p>Of a message that was sealed under a token's keys for the very address where it arrived, and is new, nobody is the author but a holder
 * of those keys: the token's instance, a provider of its operation, an orchestrator. A copy of another message is never counted, wherever
 * it is sent: it does not open there, or was seen.
 */
final class ViolationCheck {
    private final Consumer<Violation> violations;

    /** A check that hands on what it finds. */
    ViolationCheck(Consumer<Violation> violations) {
        this.violations = violations;
    }

    /**
     * A message came to an address that its token does not name. When the token does name it, and this JVM thinks that the address
     * belongs to another operation, policy has changed, and nobody is to blame.
     */
    void outOfScope(ProviderSession session, Frame frame, Envelope envelope) {
        if (session.covers(envelope.address())) {
            return;
        }
        try (Plaintext opened = session.open(frame, envelope)) {
            session.remember(frame.sequence());
        } catch (Refusal noProof) {
            return;
        }
        note(ViolationKind.OUT_OF_SCOPE, session, frame);
    }

    /** A message opened, and its number was seen before. */
    void seenBefore(ProviderSession session, Frame frame) {
        if (session.takeOther(frame)) {
            note(ViolationKind.NUMBER_REUSED, session, frame);
        }
    }

    /** A new message opened, and claims to stand for one of another instance. */
    void foreign(ProviderSession session, Frame frame) {
        note(ViolationKind.FOREIGN_MESSAGE, session, frame);
    }

    private void note(ViolationKind kind, ProviderSession session, Frame frame) {
        violations.accept(
                new Violation(kind, session.grant().operation(), session.grant().id(), frame.sequence()));
    }
}
