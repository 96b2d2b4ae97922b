// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameServerTest {
    @ParameterizedTest
    @CsvSource({
        "10.96.0.10, 10.96.0.10, 53",
        "10.96.0.10:5353, 10.96.0.10, 5353",
        "10.96.0.10:65535, 10.96.0.10, 65535",
        "[fd00::1], fd00::1, 53",
        "[fd00::1]:1, fd00::1, 1",
        "[::ffff:10.0.0.1]:53, ::ffff:10.0.0.1, 53"
    })
    void parse_address_isThat(String text, String host, int port) {
        assertThat(NameServer.parse(text, "nameServer")).isEqualTo(new NameServer(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kube-dns.kube-system.svc",
                "localhost:53",
                "10.96.0",
                "10.96.0.256",
                "10.96.0.10:",
                "10.96.0.10:0",
                "10.96.0.10:65536",
                "10.96.0.10:-1",
                "[10.96.0.10]:53",
                "fd00::1",
                "[fd00::1",
                "[fd00::1]53",
                "[fd00:::1]",
                ":53"
            })
    void parse_anythingElse_namesTheSettingAndTheFix(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NameServer.parse(text, "nameServer"))
                .withMessage("nameServer: '" + text
                        + "' is no server; give the IP address, or address:port, such as 10.96.0.10:53");
    }
}
