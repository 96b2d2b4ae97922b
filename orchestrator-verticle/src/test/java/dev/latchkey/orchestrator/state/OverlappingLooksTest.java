// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared map that answers late, so that one look at the key lines begins before the last one has ended. */
class OverlappingLooksTest {
    private static final String OPERATION = "greet";

    private final Vertx vertx = Vertx.vertx();
    private final Promise<Void> late = Promise.promise();
    private volatile Instant now = Instant.ofEpochSecond(1_800_000_000L);
    private final Promise<Void> written = Promise.promise();
    private volatile boolean holding;
    private KeyLines lines;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), """
                version: 1
                trustDomain: test.latchkey
                defaults: {rotationInterval: 1h}
                operations: {greet: {addresses: [greeting]}}
                services: {caller: {invokes: [greet]}, greeter: {provides: [greet]}}
                """);
        Policy policy = PolicyFile.load(file);
        SealedMap map = new SealedMap("keylines", held(), SecretBytes.random(32), new Noticed());
        lines = new KeyLines(map, policy, new MovedClock());
        await(lines.advanceAll());
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** The map, whose answers to writes can be held back; what they write is there at once. */
    @SuppressWarnings("unchecked")
    private AsyncMap<String, Object> held() {
        AsyncMap<String, Object> map = await(vertx.sharedData().getLocalAsyncMap("late"));
        return (AsyncMap<String, Object>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncMap.class},
                (proxy, method, arguments) -> answer(map, method, arguments));
    }

    private @Nullable Object answer(Object map, Method method, Object[] arguments) throws Throwable {
        try {
            Object answer = method.invoke(map, arguments);
            return holding && method.getName().equals("replaceIfPresent") ? hold((Future<?>) answer) : answer;
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private Future<?> hold(Future<?> answer) {
        holding = false;
        return answer.onComplete(done -> written.complete())
                .compose(done -> late.future().compose(released -> answer));
    }

    @Test
    void lookThatEndsAfterALaterOne_leavesKeysThatCanBeUsed() {
        now = now.plus(Duration.ofMinutes(90));
        long before = lines.line(OPERATION).highest();
        holding = true;
        Future<Void> first = lines.advanceAll();
        await(written.future());
        await(lines.advanceAll());
        late.complete();
        await(first);
        assertThat(lines.line(OPERATION).highest()).isGreaterThan(before);
        assertThat(lines.line(OPERATION).epochs())
                .allSatisfy(epoch -> assertThat(epoch.fingerprint()).hasSize(16));
    }

    private final class MovedClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
