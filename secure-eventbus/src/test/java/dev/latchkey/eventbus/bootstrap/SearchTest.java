// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.BootstrapOptions;
import dev.latchkey.eventbus.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final Endpoint FIRST = new Endpoint("one", "10.0.0.1", 8443);
    private static final Endpoint SECOND = new Endpoint("two", "10.0.0.2", 8443);
    private final Map<Endpoint, Future<String>> documents = new HashMap<>();
    private final Search search = new Search(
            new BootstrapOptions("orchestrators.example", List.of("sha256:" + "0".repeat(64))),
            new FakeDns(),
            documents::get,
            () -> 0);

    /** An impostor in front of addresses that swallow packets. */
    @Test
    void timeIsUp_whileTheSecondSaysNothing_tellsOfTheFirst() {
        documents.put(FIRST, Future.failedFuture("a text of the first"));
        documents.put(SECOND, Promise.<String>promise().future());
        assertThat(search.first(List.of(FIRST, SECOND)).isComplete()).isFalse();
        assertThat(search.timeIsUp())
                .hasMessageStartingWith(
                        "bootstrap: no orchestrator at orchestrators.example can be believed, and the time is up: ")
                .hasMessageContaining(FIRST + " did not answer: a text of the first. If a key was presented");
    }

    @Test
    void timeIsUp_whenNobodySaidAnything_namesTheFix() {
        documents.put(FIRST, Promise.<String>promise().future());
        assertThat(search.first(List.of(FIRST)).isComplete()).isFalse();
        assertThat(search.timeIsUp()).hasMessageContaining("nobody at orchestrators.example has answered; check that");
    }

    @Test
    void timeIsUp_inTheNextPass_tellsOfThatPassOnly() {
        documents.put(FIRST, Future.failedFuture("refused"));
        assertThat(search.first(List.of(FIRST)).failed()).isTrue();
        documents.put(FIRST, Promise.<String>promise().future());
        assertThat(search.first(List.of(FIRST)).isComplete()).isFalse();
        assertThat(search.timeIsUp()).hasMessageContaining("nobody").message().doesNotContain("refused");
    }

    @Test
    void first_nobodyThatCanBeBelieved_tellsOfEach() {
        documents.put(FIRST, Future.succeededFuture("no document"));
        documents.put(SECOND, Future.failedFuture("a text of the second"));
        assertThat(search.first(List.of(FIRST, SECOND)).cause())
                .hasMessageContaining("can be believed: " + FIRST + " presented no bootstrap document")
                .hasMessageContaining("; " + SECOND + " did not answer: a text of the second. If a key");
    }
}
