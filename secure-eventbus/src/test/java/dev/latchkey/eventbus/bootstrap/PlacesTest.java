// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Endpoint;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final String NAME = "_latchkey._tcp.latchkey.shop.svc.cluster.local";
    private final FakeDns dns = new FakeDns();

    private Places find(String name) {
        return Places.find(dns, name, 8443).result();
    }

    @Test
    void find_srvRecords_areTriedInOrderAtTheirOwnPorts() {
        dns.records.put(NAME, List.of(new Srv(10, 0, 9002, "b.local.", 30), new Srv(0, 0, 9001, "a.local", 5)));
        dns.addresses.put("a.local", List.of("10.0.0.1", "fd00::1"));
        dns.addresses.put("b.local", List.of("10.0.0.2"));
        assertThat(find(NAME).places())
                .containsExactly(
                        new Endpoint("a.local", "10.0.0.1", 9001),
                        new Endpoint("a.local", "fd00::1", 9001),
                        new Endpoint("b.local", "10.0.0.2", 9002));
    }

    @Test
    void find_srvRecords_holdForTheShortestTtl() {
        dns.records.put(NAME, List.of(new Srv(10, 0, 9002, "b", 30), new Srv(0, 0, 9001, "a", 7)));
        assertThat(find(NAME).ttl()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void find_noSrvRecords_isTheNameBehindServiceAndProtocol() {
        dns.addresses.put("latchkey.shop.svc.cluster.local", List.of("10.0.0.1"));
        assertThat(find(NAME).places())
                .containsExactly(new Endpoint("latchkey.shop.svc.cluster.local", "10.0.0.1", 8443));
    }

    @Test
    void find_plainName_isItsAddresses() {
        dns.addresses.put("orchestrators.example", List.of("10.0.0.1", "10.0.0.2"));
        assertThat(find("orchestrators.example").places()).hasSize(2);
    }

    /** RFC 2782: a target of "." says that the service is not there, so the name's own addresses are none of it. */
    @Test
    void find_targetOfADot_isNowhere() {
        dns.records.put(NAME, List.of(new Srv(0, 0, 0, ".", 5)));
        dns.addresses.put("latchkey.shop.svc.cluster.local", List.of("10.0.0.1"));
        assertThat(find(NAME).places()).isEmpty();
    }

    @Test
    void find_targetThatCannotBeResolved_isLeftOut() {
        dns.records.put(NAME, List.of(new Srv(0, 0, 9001, "broken", 5), new Srv(1, 0, 9002, "b", 5)));
        dns.addresses.put("b", List.of("10.0.0.2"));
        assertThat(find(NAME).places()).containsExactly(new Endpoint("b", "10.0.0.2", 9002));
    }

    @Test
    void find_onlyATargetThatCannotBeResolved_fails() {
        dns.records.put(NAME, List.of(new Srv(0, 0, 9001, "broken", 5), new Srv(1, 0, 9002, "none", 5)));
        assertThat(Places.find(dns, NAME, 8443).cause()).hasMessage("no answer");
    }

    @Test
    void find_thousandsOfRecords_areCut() {
        dns.records.put(NAME, Collections.nCopies(5_000, new Srv(0, 1, 9001, "a", 5)));
        dns.addresses.put("a", Collections.nCopies(1_000, "10.0.0.1"));
        assertThat(find(NAME).places()).hasSize(Places.MAX);
    }

    @Test
    void find_noServer_fails() {
        assertThat(Places.find(dns, "broken", 1).failed()).isTrue();
    }
}
