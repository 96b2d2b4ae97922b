// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFileTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void load_goodFile_givesItsSettings() {
        Policy policy = PolicyText.load(directory, PolicyText.GOOD);
        assertThat(policy.trustDomain()).isEqualTo("example.latchkey");
        assertThat(policy.leaseDuration()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.operations().keySet()).containsExactly("process_image", "calculate_risk");
        assertThat(policy.services().keySet()).containsExactly("gateway", "image", "risk");
    }

    @Test
    void load_operationWithAllSettings_givesThem() {
        Policy policy = PolicyText.load(directory, PolicyText.GOOD);
        assertThat(policy.operations().get("process_image"))
                .isEqualTo(new OperationPolicy(
                        operation("process_image", "image.process.*", "image.backup.process"),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(10),
                        List.of("image.backup.process")));
    }

    @Test
    void load_operationWithoutSettings_takesDefaults() {
        String text = PolicyText.with("  tokenLifetime: 5m", "  tokenLifetime: 90s")
                .replace("  rotationInterval: 1h", "  rotationInterval: 2h");
        assertThat(PolicyText.load(directory, text).operations().get("calculate_risk"))
                .isEqualTo(new OperationPolicy(
                        operation("calculate_risk", "risk.calculate"),
                        Duration.ofSeconds(90),
                        Duration.ofHours(2),
                        List.of()));
    }

    @Test
    void load_noDefaults_takesStandardOnes() {
        String text = PolicyText.with(
                "defaults:\n  tokenLifetime: 5m\n  rotationInterval: 1h\n  leaseDuration: 5m\n", "defaults:\n");
        Policy policy = PolicyText.load(directory, text);
        assertThat(policy.leaseDuration()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.operations().get("calculate_risk"))
                .isEqualTo(new OperationPolicy(
                        operation("calculate_risk", "risk.calculate"),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        List.of()));
    }

    @Test
    void load_service_givesItsRights() {
        assertThat(PolicyText.load(directory, PolicyText.GOOD).services().get("image"))
                .isEqualTo(new ServicePolicy("image", Set.of("process_image"), Set.of("calculate_risk")));
    }

    @Test
    void load_failoverListedAsAddressToo_isThereOnce() {
        String text = PolicyText.with("[image.process.*]", "[image.process.*, image.backup.process]");
        assertThat(PolicyText.load(directory, text).addressBook().named("process_image"))
                .isEqualTo(operation("process_image", "image.process.*", "image.backup.process"));
    }

    @Test
    void load_emptyOptionalLists_areNone() {
        String text = PolicyText.with("failover: [image.backup.process]", "failover: []")
                .replace("gateway:\n", "gateway:\n    provides:\n");
        assertThat(PolicyText.load(directory, text).services().get("gateway"))
                .isEqualTo(new ServicePolicy("gateway", Set.of(), Set.of("process_image")));
    }

    @Test
    void load_aliasOfAList_isRead() {
        String text = PolicyText.with("provides: [process_image]", "provides: &all [process_image]")
                .replace("  risk:\n", "  backup:\n    provides: *all\n  risk:\n");
        assertThat(PolicyText.load(directory, text).mayProvide("backup", "process_image"))
                .isTrue();
    }

    @Test
    void load_byteOrderMark_isSkipped() {
        assertThat(PolicyText.load(directory, "\uFEFF" + PolicyText.GOOD).trustDomain())
                .isEqualTo("example.latchkey");
    }

    @Test
    void load_windowsLineEnds_areLineEnds() {
        assertThat(PolicyText.load(directory, PolicyText.GOOD.replace("\n", "\r\n"))
                        .services())
                .hasSize(3);
    }

    @Test
    void load_shortestAndLongestTimes_areTaken() {
        String text = PolicyText.with("tokenLifetime: 60s", "tokenLifetime: 24h")
                .replace("tokenLifetime: 5m", "tokenLifetime: 2s")
                .replace("leaseDuration: 5m", "leaseDuration: 2s")
                .replace("rotationInterval: 10m", "rotationInterval: 1s");
        assertThat(PolicyText.load(directory, text).leaseDuration()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void load_rotationOfHalfTheLease_isTaken() {
        String text = PolicyText.with("rotationInterval: 10m", "rotationInterval: 150s");
        assertThat(PolicyText.load(directory, text).operations()).hasSize(2);
    }

    @Test
    void load_manyProblems_reportsAllInTheOrderOfTheFile() {
        String text = PolicyText.with("version: 1", "version: 2")
                .replace("tokenLifetime: 60s", "tokenLifetime: 60")
                .replace("[risk.calculate]", "[risk..calculate, image.*.x]")
                .replace("invokes: [process_image]", "invoke: [process_image]")
                .replace("provides: [calculate_risk]", "provides: [calculate_riks]");
        assertThat(PolicyText.problems(directory, text))
                .containsExactly(
                        "conf/policy.yaml:1: version: version '2' is not known; write 'version: 1'",
                        "conf/policy.yaml:10: operations.process_image.tokenLifetime: '60' is no time; write a positive"
                                + " whole number and a unit, such as 500ms, 30s, 5m, 1h or 2d",
                        "conf/policy.yaml:14: operations.calculate_risk.addresses: 'risk..calculate' has an empty"
                                + " segment; put single dots between names, none at the ends",
                        "conf/policy.yaml:14: operations.calculate_risk.addresses: 'image.*.x' of operation"
                                + " 'calculate_risk' overlaps 'image.process.*' of operation 'process_image'; let every"
                                + " address belong to one operation",
                        "conf/policy.yaml:17: services.gateway.invoke: unknown key 'invoke'; did you mean 'invokes'?",
                        "conf/policy.yaml:22: services.risk.provides: unknown operation 'calculate_riks'; did you mean"
                                + " 'calculate_risk'?");
    }

    @Test
    void exception_message_isTheProblems() {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(
                        () -> PolicyText.load(directory, "version: 2\ntrustDomain: X\noperations: 1\nservices: 2\n"))
                .satisfies(e -> assertThat(e).hasMessage(String.join("\n", e.problems())))
                .satisfies(e -> assertThat(e.problems()).hasSize(4));
    }

    private static Operation operation(String name, String... addresses) {
        return new Operation(
                name, Stream.of(addresses).map(AddressPattern::parse).toList());
    }
}
