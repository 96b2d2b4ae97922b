// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

class VertxDnsTest {
    private static final Future<List<String>> NONE = Future.succeededFuture(List.of());
    private static final Future<List<String>> LOST = Future.failedFuture("lost");

    @Test
    void both_nothingAndALostQuestion_failsWithItsCause() {
        assertThat(VertxDns.both(LOST, NONE).cause()).hasMessage("lost");
        assertThat(VertxDns.both(NONE, LOST).cause()).hasMessage("lost");
        assertThat(VertxDns.both(LOST, LOST).cause()).hasMessage("lost");
    }

    @Test
    void both_addressesAndALostQuestion_areTheAddresses() {
        Future<List<String>> one = Future.succeededFuture(List.of("10.0.0.1"));
        assertThat(VertxDns.both(one, LOST).result()).containsExactly("10.0.0.1");
        assertThat(VertxDns.both(LOST, one).result()).containsExactly("10.0.0.1");
    }

    @Test
    void both_nothingTwice_isNothing() {
        assertThat(VertxDns.both(NONE, NONE).result()).isEmpty();
    }
}
