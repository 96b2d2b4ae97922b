// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapOptionsTest {
    private static final String PIN = "sha256:" + "0123456789abcdef".repeat(4);

    private static BootstrapOptions read(String json) {
        return BootstrapOptions.fromJson(new JsonObject(json.replace("PIN", PIN)));
    }

    @Test
    void fromJson_all_isThat() {
        BootstrapOptions options = read("""
                {"name": "_latchkey._tcp.a.b", "pins": ["PIN"], "port": 9443, "nameServer": "127.0.0.1:5353", "timeout": 500}""");
        assertThat(options.getName()).isEqualTo("_latchkey._tcp.a.b");
        assertThat(options.getPins()).containsExactly(PIN);
        assertThat(options.getPort()).isEqualTo(9443);
        assertThat(options.getNameServerHost()).isEqualTo("127.0.0.1");
        assertThat(options.getNameServerPort()).isEqualTo(5353);
        assertThat(options.getTimeout()).hasMillis(500);
    }

    @Test
    void fromJson_least_hasDefaults() {
        BootstrapOptions options = read("{\"name\": \"a.b\", \"pins\": [\"PIN\"]}");
        assertThat(options.getPort()).isEqualTo(8443);
        assertThat(options.getNameServerHost()).isNull();
        assertThat(options.getNameServerPort()).isEqualTo(53);
    }

    @Test
    void nameServer_withoutAPort_is53() {
        BootstrapOptions options = read("{\"name\": \"a.b\", \"pins\": [\"PIN\"], \"nameServer\": \"10.96.0.10\"}");
        assertThat(options.getNameServerHost()).isEqualTo("10.96.0.10");
        assertThat(options.getNameServerPort()).isEqualTo(53);
    }

    @Test
    void nameServer_ofIpv6_isWithoutBrackets() {
        BootstrapOptions options = read("{\"name\": \"a.b\", \"pins\": [\"PIN\"], \"nameServer\": \"[fd00::1]:5353\"}");
        assertThat(options.getNameServerHost()).isEqualTo("fd00::1");
        assertThat(options.getNameServerPort()).isEqualTo(5353);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"pins\": [\"PIN\"]} | bootstrap.name: is missing",
                "{\"name\": \"a b\", \"pins\": [\"PIN\"]} | bootstrap.name: 'a b' is no DNS name; give",
                "{\"name\": \"a.b\"} | bootstrap.pins: give one to 16 fingerprints",
                "{\"name\": \"a.b\", \"pins\": [\"sha256:12\"]} | bootstrap.pins: 'sha256:12' is no fingerprint; give",
                "{\"name\": \"a.b\", \"pins\": \"PIN\"} | bootstrap.pins: is no list of texts; give",
                "{\"name\": \"a.b\", \"pins\": [\"PIN\"], \"port\": 0} | bootstrap.port: 0 is no port; give one from",
                "{\"name\": \"a.b\", \"pins\": [\"PIN\"], \"port\": \"x\"} | bootstrap.port: is no whole number",
                "{\"name\": \"a.b\", \"pins\": [\"PIN\"], \"nameServer\": \"a:b:c\"} | bootstrap.nameServer: 'a:b:c' is no server; give the IP address",
                "{\"name\": \"a.b\", \"pins\": [\"PIN\"], \"timeout\": 0} | bootstrap.timeout: must be more than 0 ms",
                "{\"name\": \"a.b\", \"pin\": \"PIN\"} | bootstrap: unknown setting 'pin'"
            })
    void fromJson_wrong_namesTheSettingAndTheFix(String json, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessageContaining(problem);
    }
}
