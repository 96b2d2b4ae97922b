// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/** An instance that keeps to no rule of the library: it registers, reports and seals by hand, whatever it likes. */
final class HandMadeInstance {
    private static final int ATTEMPTS = 4;
    private static final long TIMEOUT_MILLIS = 4_000;

    private final Realm realm;
    private final Vertx vertx;
    private final String service;
    private final String credential;
    private final SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
    private final Map<String, Papers> papers = new HashMap<>();
    private String name = "";

    /** What is sealed under one token. */
    private record Papers(String compact, TokenId id, SealingKey key) {}

    HandMadeInstance(Realm realm, Vertx vertx, String service, String credential) {
        this.realm = realm;
        this.vertx = vertx;
        this.service = service;
        this.credential = credential;
    }

    /** One that has registered, with a credential as the deployer signs them. */
    static HandMadeInstance joined(Realm realm, Vertx vertx, String service) {
        HandMadeInstance made = new HandMadeInstance(realm, vertx, service, realm.credential(service));
        if (!(made.register(Set.of()) instanceof Answer.Granted)) {
            throw new IllegalStateException("not granted");
        }
        return made;
    }

    String name() {
        return name;
    }

    /** Registers, as a provider of these operations, or of all that policy allows. */
    Answer register(Set<String> provides) {
        Answer answer = ask(registration(RegistrationKind.REGISTER, provides, List.of(), List.of()));
        if (answer instanceof Answer.Granted granted) {
            name = granted.instance();
            granted.tokens().forEach(this::take);
            granted.eraseKeys();
        }
        return answer;
    }

    private void take(String compact) {
        JsonObject claims = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(compact.split("\\.")[1])));
        String operation = claims.getString("op");
        long timestamp = claims.getLong("ts");
        try (SecretBytes callSeed = KeySchedule.callSeed(seed, operation, timestamp)) {
            OperationKeys keys = KeySchedule.derive(callSeed, operation, timestamp);
            papers.put(
                    operation,
                    new Papers(compact, TokenId.parse(claims.getString("jti")), new SealingKey(keys.requestKey())));
        }
    }

    Answer renew(Observation... observed) {
        return ask(registration(RegistrationKind.RENEW, Set.of(), List.of(observed), List.of()));
    }

    /** Says that it saw so many messages of an instance, numbered from a first one, at an operation. */
    Answer accuse(String instance, String operation, long first, int number) {
        TokenId token = TokenId.parse(instance + "0000000000000001");
        return report(LongStream.range(first, first + number)
                .mapToObj(sequence -> new Violation(ViolationKind.OUT_OF_SCOPE, operation, token, sequence))
                .toList());
    }

    Answer report(List<Violation> violations) {
        return ask(registration(RegistrationKind.REPORT, Set.of(), List.of(), violations));
    }

    /** A message under its own token of an operation, sealed for whatever address. */
    Buffer sealed(String operation, String address) {
        Papers of = Objects.requireNonNull(papers.get(operation), operation);
        byte[] id = new byte[TokenId.LENGTH];
        of.id().write(id, 0);
        byte[] token = of.compact().getBytes(StandardCharsets.US_ASCII);
        return Buffer.buffer(FrameWriter.request(
                of.key(), id, token, System.currentTimeMillis(), new Envelope(address, null, true), new byte[] {0, 0}));
    }

    /** A question, sealed, that can be sent more than once. */
    Question registering(Set<String> provides) {
        return seal(registration(RegistrationKind.REGISTER, provides, List.of(), List.of()));
    }

    private Registration registration(
            RegistrationKind kind, Set<String> provides, List<Observation> observed, List<Violation> violations) {
        String shown = kind == RegistrationKind.REGISTER ? credential : "";
        return new Registration(
                kind,
                realm.now(),
                service,
                shown,
                name,
                provides,
                Set.of(),
                new ArrayList<>(observed),
                seed,
                null,
                violations);
    }

    private Question seal(Registration registration) {
        return Question.seal(
                registration, realm.trust().registrationKey(), realm.trust().trustDomain());
    }

    /** Asks again as the library does: for a while, questions still go to a node that an orchestrator has left, and get lost there. */
    private Answer ask(Registration registration) {
        for (int left = ATTEMPTS; ; left--) {
            try (Question question = seal(registration)) {
                return ask(question);
            } catch (ReplyException lost) {
                if (left == 1 || lost.failureType() != ReplyFailure.TIMEOUT) {
                    throw lost;
                }
            }
        }
    }

    Answer ask(Question question) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS);
        try {
            return question.open(
                    await(vertx.eventBus().<Buffer>request(RegistrationWire.ADDRESS, question.sealed(), options))
                            .body());
        } catch (OpenFailedException e) {
            throw new IllegalStateException(e);
        }
    }
}
