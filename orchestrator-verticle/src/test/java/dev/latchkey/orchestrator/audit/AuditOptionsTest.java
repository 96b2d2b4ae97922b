// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditOptionsTest {
    private static JsonObject with(String member, Object value) {
        return new JsonObject().put("folder", "audit").put(member, value);
    }

    @Test
    void folderAlone_isEnough() {
        AuditOptions options = AuditOptions.fromJson(new JsonObject().put("folder", "audit"));
        assertThat(options)
                .isEqualTo(new AuditOptions(
                        Path.of("audit"), 64 << 20, 0, Duration.ofSeconds(10), AuditFailurePolicy.STOP));
    }

    @Test
    void eachSetting_isRead() {
        assertThat(AuditOptions.fromJson(with("fileSize", "2MiB")).fileSize()).isEqualTo(2 << 20);
        assertThat(AuditOptions.fromJson(with("fileSize", 100_000)).fileSize()).isEqualTo(100_000);
        assertThat(AuditOptions.fromJson(with("keep", 7)).keep()).isEqualTo(7);
        assertThat(AuditOptions.fromJson(with("checkpointEvery", "3s")).checkpointEvery())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(AuditOptions.fromJson(with("onFailure", "continue")).onFailure())
                .isEqualTo(AuditFailurePolicy.CONTINUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fileSiz|1MiB|audit.fileSiz is unknown; did you mean 'fileSize'?",
                "fileSize|1MB|audit.fileSize is no size",
                "fileSize|1KiB|audit.fileSize is out of bounds",
                "fileSize|9GiB|audit.fileSize is out of bounds",
                "keep|many|audit.keep is no whole number",
                "checkpointEvery|soon|audit.checkpointEvery: 'soon' is no time",
                "checkpointEvery|2h|audit.checkpointEvery is too long",
                "onFailure|stopp|audit.onFailure cannot be 'stopp'; did you mean 'stop'?",
            })
    void wrongSetting_isRefused(String member, String value, String problem) {
        assertThatThrownBy(() -> AuditOptions.fromJson(with(member, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void keepOfOne_isRefused_andNoFolder() {
        assertThatThrownBy(() -> AuditOptions.fromJson(with("keep", 1))).hasMessageContaining("audit.keep");
        assertThatThrownBy(() -> AuditOptions.fromJson(new JsonObject()))
                .hasMessageContaining("audit.folder is missing");
    }
}
