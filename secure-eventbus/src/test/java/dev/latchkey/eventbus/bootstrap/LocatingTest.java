// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Endpoint;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocatingTest {
    private static final String NAME = "_http._tcp.weather.shop.svc.cluster.local";
    private final FakeDns dns = new FakeDns();
    private long now = 1_000_000;
    private final Locating locating = new Locating(dns, NAME, 80, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    });

    private void serve(int port) {
        dns.records.put(NAME, List.of(new Srv(0, 0, port, "weather-0", 5)));
        dns.addresses.put("weather-0", List.of("10.0.0.1"));
    }

    private List<Endpoint> found() {
        return locating.endpoints().result();
    }

    @Test
    void endpoints_withinTheTtl_areThoseOfTheLastAnswer() {
        serve(9001);
        assertThat(found()).containsExactly(new Endpoint("weather-0", "10.0.0.1", 9001));
        serve(9002);
        now += 4_999;
        assertThat(found()).containsExactly(new Endpoint("weather-0", "10.0.0.1", 9001));
        now += 1;
        assertThat(found()).containsExactly(new Endpoint("weather-0", "10.0.0.1", 9002));
    }

    @Test
    void endpoints_afterAFailure_areAskedForAnew() {
        serve(9001);
        found();
        serve(9002);
        locating.failed();
        assertThat(found()).containsExactly(new Endpoint("weather-0", "10.0.0.1", 9002));
    }

    @Test
    void endpoints_whileNoServerAnswers_areTheLastKnown() {
        serve(9001);
        found();
        dns.silent = true;
        now += 60_000;
        assertThat(found()).containsExactly(new Endpoint("weather-0", "10.0.0.1", 9001));
    }

    /** Its SRV records came, and the question for their target's addresses was lost. */
    @Test
    void endpoints_whileTheTargetCannotBeResolved_areTheLastKnown() {
        serve(9001);
        found();
        dns.records.put(NAME, List.of(new Srv(0, 0, 9001, "broken", 5)));
        now += 60_000;
        assertThat(found()).containsExactly(new Endpoint("weather-0", "10.0.0.1", 9001));
    }

    @Test
    void endpoints_whenNoServerEverAnswered_fail() {
        dns.silent = true;
        assertThat(locating.endpoints().failed()).isTrue();
        dns.silent = false;
        serve(9001);
        assertThat(found()).hasSize(1);
    }
}
