// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RiskReportTest {

    private static final RiskReport REPORT = new RiskReport(65, RiskLevel.HIGH, List.of("one", "two"));

    @Test
    void json_throughText_roundTrips() {
        assertThat(RiskReport.fromJson(new JsonObject(REPORT.toJson().encode())))
                .isEqualTo(REPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "level", "reasons"})
    void fromJson_fieldMissing_isRefused(String field) {
        JsonObject json = REPORT.toJson();
        json.remove(field);

        assertThatIllegalArgumentException().isThrownBy(() -> RiskReport.fromJson(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"score\":101}", "{\"level\":\"grave\"}", "{\"reasons\":[1]}", "{\"score\":\"9\"}"})
    void fromJson_wrongField_isRefused(String change) {
        JsonObject json = REPORT.toJson().mergeIn(new JsonObject(change));

        assertThatIllegalArgumentException().isThrownBy(() -> RiskReport.fromJson(json));
    }
}
