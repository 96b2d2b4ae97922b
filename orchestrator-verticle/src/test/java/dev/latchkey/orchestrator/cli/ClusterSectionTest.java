// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.orchestrator.cluster.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterSectionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private ClusterSection load(String text) throws IOException {
        return NodeFile.load(Files.writeString(folder.resolve("n.yaml"), text)).cluster();
    }

    @Test
    void settingsOnAnyPort_noPort_isAFreeOneThatJoinsTheFirst() throws IOException {
        ClusterSettings settings = ClusterSection.defaults().settingsOnAnyPort();
        assertThat(settings.members()).containsExactly("127.0.0.1:5701");
        assertThat(settings.port()).isGreaterThan(1023);
    }

    @Test
    void settingsOnAnyPort_port_isKept() throws IOException {
        assertThat(load("cluster: {port: 6001}").settingsOnAnyPort().port()).isEqualTo(6001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cluster: {prot: 1} | unknown setting 'prot'",
                "cluster: 5701 | 'cluster' is no section",
                "cluster: | 'cluster' is no section",
                "cluster: {port: } | cluster.port has no value",
                "cluster: {port: x} | wrong type",
                "port: 5701 | unknown setting 'port'"
            })
    void settings_wrong_namesFileAndSetting(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> load(text).settings())
                .withMessageStartingWith(folder.resolve("n.yaml") + ": ")
                .withMessageContaining(problem);
    }
}
