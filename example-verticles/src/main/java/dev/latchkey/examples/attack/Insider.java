// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Registers by hand, through the attacker's node: with a true credential, or with something else. */
final class Insider {
    private static final int ATTEMPTS = 5;

    private final Field field;

    Insider(Field field) {
        this.field = field;
    }

    /** What is asked for. */
    static Registration question(RegistrationKind kind, String service, String credential, String instance) {
        return new Registration(
                kind,
                System.currentTimeMillis(),
                service,
                credential,
                instance,
                Set.of(),
                Set.of(),
                SecretBytes.random(Registration.SEED_LENGTH));
    }

    /** Asks for the next lease and tokens of an instance, as it may. */
    static Registration renewal(Membership member) {
        return of(member, RegistrationKind.RENEW, List.of());
    }

    /** Tells of what an instance saw of others. */
    static Registration report(Membership member, List<Violation> violations) {
        return of(member, RegistrationKind.REPORT, violations);
    }

    private static Registration of(Membership member, RegistrationKind kind, List<Violation> violations) {
        return new Registration(
                kind,
                System.currentTimeMillis(),
                "",
                "",
                member.granted().instance(),
                Set.of(),
                Set.of(),
                List.of(),
                member.seed(),
                null,
                violations);
    }

    /** The orchestrator's answer; asked again, as the library does, while there is none. */
    Answer ask(Registration registration) throws NodeException {
        for (int attempt = 1; ; attempt++) {
            try (Question question = seal(registration)) {
                Buffer answer = send(question.sealed());
                if (answer.length() > 0 || attempt == ATTEMPTS) {
                    return opened(question, answer);
                }
            }
        }
    }

    /** What an answer says. */
    Answer opened(Question question, Buffer answer) throws NodeException {
        try {
            return question.open(answer);
        } catch (OpenFailedException e) {
            throw new NodeException("a registration was answered by nobody who could read it");
        }
    }

    Question seal(Registration registration) {
        return Question.seal(registration, field.forge().trust().registrationKey(), Forge.DOMAIN);
    }

    /** The sealed answer to a sealed question; empty when there is none but a failure. */
    Buffer send(Buffer sealed) throws NodeException {
        return end(begin(sealed));
    }

    /** Sends a sealed question, and does not wait. */
    CompletableFuture<JsonObject> begin(Buffer sealed) {
        return field.beginAttack(
                "request",
                new JsonObject().put("address", RegistrationWire.ADDRESS).put("bytes", sealed.getBytes()));
    }

    /** What {@link #begin} leads to, as {@link #send} has it. */
    Buffer end(CompletableFuture<JsonObject> answer) throws NodeException {
        return Buffer.buffer(field.endAttack(answer).getBinary("got", new byte[0]));
    }

    /** What came of a registration: the reason of its denial, or that it was granted. */
    Seen outcome(Registration registration) throws NodeException {
        return outcome(ask(registration));
    }

    static Seen outcome(Answer answer) {
        return answer instanceof Answer.Denied denied
                ? Seen.told(denied.reason().name())
                : Seen.told(Attack.ACCEPTED);
    }

    /** A granted registration of a service with its own credential. */
    Membership join(String service, String credential) throws NodeException {
        Registration registration = question(RegistrationKind.REGISTER, service, credential, "");
        if (ask(registration) instanceof Answer.Granted granted) {
            return new Membership(registration.seed(), granted);
        }
        throw new NodeException("the suite's own registration as " + service + " was refused");
    }
}
