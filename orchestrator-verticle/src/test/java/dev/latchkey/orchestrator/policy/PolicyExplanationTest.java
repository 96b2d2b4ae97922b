// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyExplanationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private PolicyExplanation explain(String service, String operation) {
        return PolicyExplanation.of(PolicyText.load(folder, PolicyText.GOOD), service, operation);
    }

    private static List<String> rules(PolicyExplanation explanation) {
        return explanation.why().stream().map(PolicyReason::rule).toList();
    }

    @Test
    void of_caller_isAllowedByItsList() {
        PolicyExplanation told = explain("gateway", "process_image");
        assertThat(told.allowed()).isTrue();
        assertThat(told.verdict()).isEqualTo("gateway may invoke process_image");
        assertThat(told.why().get(0))
                .isEqualTo(new PolicyReason("services.gateway.invokes", "names process_image: gateway may invoke it"));
        assertThat(told.why().get(1))
                .isEqualTo(new PolicyReason(
                        "services.gateway.provides", "does not name process_image: gateway may not provide it"));
        assertThat(rules(told))
                .contains("operations.process_image.addresses", "operations.process_image.failover")
                .contains("operations.process_image.tokenLifetime");
    }

    @Test
    void of_provider_isAllowedToProvideOnly() {
        assertThat(explain("image", "process_image").verdict()).isEqualTo("image may provide process_image");
    }

    @Test
    void of_stranger_isDeniedWithWhoMayAndTheFix() {
        PolicyExplanation told = explain("gateway", "calculate_risk");
        assertThat(told.allowed()).isFalse();
        assertThat(told.verdict())
                .isEqualTo(
                        "gateway may neither invoke nor provide calculate_risk (NOT_INVITED, NOT_A_PROVIDER); add it to"
                                + " services.gateway.invokes or .provides if it should");
        assertThat(told.why())
                .contains(
                        new PolicyReason("services", "image may invoke it"),
                        new PolicyReason("services", "risk may provide it"));
    }

    @Test
    void of_address_standsForItsOperation() {
        PolicyExplanation told = explain("gateway", "image.process.7");
        assertThat(told.allowed()).isTrue();
        assertThat(told.why().get(0))
                .isEqualTo(new PolicyReason(
                        "operations.process_image.addresses",
                        "image.process.7 belongs to the operation process_image"));
    }

    @Test
    void of_addressOfNoOperation_isOpenAndSaysSo() {
        PolicyExplanation told = explain("gateway", "news.daily");
        assertThat(told.allowed()).isTrue();
        assertThat(told.verdict()).startsWith("news.daily is not secured");
        assertThat(rules(told)).containsExactly("defaults.unlisted");
    }

    @Test
    void of_misspeltOperation_isDeniedWithAGuess() {
        PolicyExplanation told = explain("gateway", "proces_image");
        assertThat(told.allowed()).isFalse();
        assertThat(told.verdict()).isEqualTo("policy knows no operation 'proces_image'; did you mean 'process_image'?");
    }

    @Test
    void of_unknownService_isDeniedWhateverIsAsked() {
        assertThat(explain("gatewya", "process_image").verdict())
                .isEqualTo("policy knows no service 'gatewya'; did you mean 'gateway'?");
        assertThat(explain("nobody-at-all", "news.daily").allowed()).isFalse();
    }

    @Test
    void toJson_hasTheMembersOfTheContract() {
        assertThat(explain("nobody-at-all", "x").toJson().fieldNames()).containsExactly("allowed", "verdict", "why");
        assertThat(explain("gateway", "process_image")
                        .toJson()
                        .getJsonArray("why")
                        .getJsonObject(0)
                        .fieldNames())
                .containsExactly("rule", "text");
    }
}
