// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Takes all that a consumer takes, and says that it will never hear anything. */
class RefusedConsumerTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final RefusedConsumer<Object> consumer = new RefusedConsumer<>(VERTX, "image.process");

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    @Test
    void completion_saysWhatPolicyLacks() {
        assertThat(consumer.completion().cause()).isInstanceOfSatisfying(DeniedException.class, denied -> {
            assertThat(denied.reason()).isEqualTo(DenialReason.NOT_A_PROVIDER);
            assertThat(denied).hasMessageContaining("'image.process'").hasMessageContaining("'provides'");
        });
        assertThat(consumer.isRegistered()).isFalse();
        assertThat(consumer.address()).isEqualTo("image.process");
        assertThat(consumer.unregister().succeeded()).isTrue();
    }

    @Test
    void handler_thatWouldHearNothing_isLogged() {
        try (LogLines log = LogLines.of("dev.latchkey.refusals")) {
            assertThat(consumer.handler(null)).isSameAs(consumer);
            assertThat(log.all()).isEmpty();
            assertThat(consumer.handler(message -> {})).isSameAs(consumer);
            assertThat(log.all()).singleElement().asString().contains("'image.process'");
        }
    }

    @Test
    void restOfIt_changesNothing() {
        assertThat(consumer.exceptionHandler(e -> {})).isSameAs(consumer);
        assertThat(consumer.pause()).isSameAs(consumer);
        assertThat(consumer.resume()).isSameAs(consumer);
        assertThat(consumer.fetch(1)).isSameAs(consumer);
        assertThat(consumer.endHandler(end -> {})).isSameAs(consumer);
    }

    @Test
    void bodyStream_isRefusedToo() {
        try (LogLines log = LogLines.of("dev.latchkey.refusals")) {
            ReadStream<Object> stream = consumer.bodyStream();
            assertThat(stream.handler(body -> {})).isSameAs(stream);
            assertThat(log.all()).hasSize(1);
            assertThat(stream.handler(null)).isSameAs(stream);
            assertThat(stream.exceptionHandler(e -> {})).isSameAs(stream);
            assertThat(stream.pause()).isSameAs(stream);
            assertThat(stream.resume()).isSameAs(stream);
            assertThat(stream.fetch(1)).isSameAs(stream);
            assertThat(stream.endHandler(end -> {})).isSameAs(stream);
            assertThat(log.all()).hasSize(1);
        }
    }
}
