// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.ReceivedQuestion;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenMint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An orchestrator on a local bus that grants what is asked, or answers what a test says. */
final class FakeOrchestrator {
    static final long INSTANCE = 0x0123456789abcdefL;
    static final Operation IMAGE = operation("process_image", "image.process", "image.batch.*", "image.other");
    static final Operation RISK = operation("calculate_risk", "risk.calculate");

    final Issuing issuing = new Issuing();
    final HpkeKeyPair keys = HpkeKeyPair.generate();
    final ManualClock clock = new ManualClock(BusFixture.NOW);
    final List<Registration> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger serial = new AtomicInteger();
    volatile List<Operation> operations = List.of(IMAGE, RISK);
    volatile List<String> failover = List.of();
    volatile Mode unlisted = Mode.OFF;
    volatile long renewAfter = 3_600_000;
    volatile long epoch = 3;
    volatile Function<Registration, Answer> answers = this::granted;

    static Operation operation(String name, String... addresses) {
        return new Operation(
                name, List.of(addresses).stream().map(AddressPattern::parse).toList());
    }

    TrustBundle trust() {
        return new TrustBundle(Issuing.DOMAIN, keys.publicKey(), List.of(issuing.signing.verifyingKey()));
    }

    SecureEventBusOptions options(Set<String> provides, Set<String> invokes) {
        return new SecureEventBusOptions()
                .setService("web")
                .setTrustBundle(trust())
                .setCredential(() -> "credential")
                .setClock(clock)
                .setProvides(provides)
                .setInvokes(invokes);
    }

    void listen(Vertx vertx) {
        vertx.eventBus().<Buffer>consumer(RegistrationWire.ADDRESS, this::answer);
    }

    private void answer(Message<Buffer> message) {
        try (ReceivedQuestion question = ReceivedQuestion.open(message.body(), keys, Issuing.DOMAIN)) {
            asked.add(question.registration());
            message.reply(question.seal(answers.apply(question.registration())));
        } catch (OpenFailedException e) {
            message.fail(1, "cannot be read");
        }
    }

    Answer.Granted granted(Registration registration) {
        return new Answer.Granted(
                clock.millis(),
                "0123456789abcdef",
                clock.millis() + 60_000,
                renewAfter,
                operations,
                unlisted,
                registration.invokes().stream()
                        .map(name -> token(registration, name))
                        .toList(),
                registration.provides().stream()
                        .map(name -> new ProviderKey(name, epoch, SecretBytes.taking(issuing.providerKey.copy())))
                        .toList(),
                Revocations.none());
    }

    private GrantMaker image(GrantMaker grant) {
        return grant.addresses("image.**").failover(failover.toArray(String[]::new));
    }

    private String token(Registration registration, String operation) {
        int number = serial.incrementAndGet();
        GrantMaker grant = new GrantMaker()
                .id(new TokenId(INSTANCE, number))
                .operation(operation)
                .timestamp(GrantMaker.TIMESTAMP + number);
        GrantMaker scoped = operation.equals(RISK.name()) ? grant.addresses("risk.*") : image(grant);
        return new TokenMint(issuing.signing, Issuing.DOMAIN)
                .mint(scoped.make(), registration.seed(), issuing.box())
                .compact();
    }
}
