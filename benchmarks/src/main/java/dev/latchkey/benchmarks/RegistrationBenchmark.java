// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.ReceivedQuestion;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.Revocations;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a join costs both ends together in sealing, opening and formats: no network, no policy, no token is minted.
 *
 * <p>The answer is a provider's: one operation, one token, the keys of two epochs.
 */
@State(Scope.Thread)
public class RegistrationBenchmark {
    private static final long TIME = 1_800_000_000_000L;
    private static final int CREDENTIAL_LENGTH = 400;
    private static final int TOKEN_LENGTH = 700;

    private final HpkeKeyPair keys = HpkeKeyPair.generate();
    private final byte[] publicKey = keys.publicKey();
    private final Registration registration = registration();
    private final Answer.Granted answer = answer();

    private static Registration registration() {
        return new Registration(
                RegistrationKind.REGISTER,
                TIME,
                "image-service",
                "c".repeat(CREDENTIAL_LENGTH),
                "",
                Set.of(Grants.OPERATION),
                Set.of("score_risk"),
                SecretBytes.random(Registration.SEED_LENGTH));
    }

    private static Answer.Granted answer() {
        return new Answer.Granted(
                TIME,
                "0123456789abcdef",
                TIME + 300_000,
                150_000,
                List.of(new Operation(Grants.OPERATION, List.of(AddressPattern.parse("image.process")))),
                Mode.OFF,
                List.of("t".repeat(TOKEN_LENGTH)),
                IntStream.of(1, 2).mapToObj(RegistrationBenchmark::key).toList(),
                Revocations.none());
    }

    private static ProviderKey key(int epoch) {
        return new ProviderKey(Grants.OPERATION, epoch, SecretBytes.random(ProviderKey.LENGTH));
    }

    /** Erases the keys. */
    @TearDown
    public void tearDown() {
        registration.seed().close();
        answer.eraseKeys();
        keys.close();
    }

    /** Ask, understand, answer, understand. */
    @Benchmark
    public Answer roundTrip() throws OpenFailedException {
        try (Question question = Question.seal(registration, publicKey, Grants.TRUST_DOMAIN);
                ReceivedQuestion received = ReceivedQuestion.open(question.sealed(), keys, Grants.TRUST_DOMAIN)) {
            return question.open(received.seal(answer));
        }
    }
}
