// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.policy.Mode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How far a policy is enforced, as its file says it. In the tables, {@code ~} stands for a line end. */
final class PolicyModesTest {
    private static final String FIRST_SETTING = "  tokenLifetime: 5m~";
    private static final String FAILOVER = "    failover: [image.backup.process]~";

    @TempDir
    Path directory = Path.of("");

    private Mode modeAt(String text, String address) {
        return PolicyText.load(directory, lines(text)).addressBook().modeAt(address);
    }

    private static String lines(String text) {
        return text.replace('~', '\n');
    }

    private static String with(String part, String more) {
        return PolicyText.with(lines(part), lines(part + more));
    }

    @Test
    void load_noModes_isStrictAndUnlistedOff() {
        assertThat(modeAt(PolicyText.GOOD, "risk.calculate")).isEqualTo(Mode.STRICT);
        assertThat(modeAt(PolicyText.GOOD, "news")).isEqualTo(Mode.OFF);
        assertThat(PolicyText.load(directory, PolicyText.GOOD).unlisted()).isEqualTo(Mode.OFF);
    }

    @ParameterizedTest
    @EnumSource
    void load_defaultMode_isThatOfOperationsWithoutOne(Mode mode) {
        String text = with(FIRST_SETTING, "  mode: " + mode + "~").replace(lines(FAILOVER), "    mode: strict\n");
        assertThat(modeAt(text, "risk.calculate")).isEqualTo(mode);
        assertThat(modeAt(text, "image.process.a")).isEqualTo(Mode.STRICT);
    }

    @Test
    void load_unlistedObserve_isTheModeOfOtherAddresses() {
        String text = with(FIRST_SETTING, "  unlisted: observe~");
        assertThat(modeAt(text, "news")).isEqualTo(Mode.OBSERVE);
        assertThat(modeAt(text, "risk.calculate")).isEqualTo(Mode.STRICT);
        assertThat(PolicyText.load(directory, text).unlisted()).isEqualTo(Mode.OBSERVE);
    }

    @Test
    void load_exceptions_exactOnesCountFirstWhateverTheOrder() {
        String text = with(
                FAILOVER,
                "    mode: permissive~    modes:~      image.process.*: observe~      image.process.thumb: strict~"
                        + "      image.process.old: off~");
        assertThat(modeAt(text, "image.process.thumb")).isEqualTo(Mode.STRICT);
        assertThat(modeAt(text, "image.process.large")).isEqualTo(Mode.OBSERVE);
        assertThat(modeAt(text, "image.process.old")).isEqualTo(Mode.OFF);
        assertThat(modeAt(text, "risk.calculate")).isEqualTo(Mode.STRICT);
    }

    @ParameterizedTest
    @CsvSource({"''", "operations:~", "operations: {}~"})
    void load_unlistedObserve_needsNeitherOperationsNorRights(String operations) {
        Policy policy = PolicyText.load(
                directory,
                lines("version: 1~trustDomain: a~defaults: {unlisted: observe}~" + operations
                        + "services:~  shop: {}~  stock:~"));
        assertThat(policy.operations()).isEmpty();
        assertThat(policy.services().keySet()).containsExactly("shop", "stock");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        operations: {}~        | "services: {a: {invokes: [b]}}~" | 5: services.a.invokes: unknown operation 'b'; define it under 'operations'
        operations: {b: {addresses: [b]}}~ | "services: {a: {invokes: [b]}}~" | 4: operations.b: nobody provides this operation; add it to 'provides' of a service or remove it
        operations: 1~         | "services: {a: {invokes: [b]}}~" | "4: operations: expected keys and values but found a text; write lines such as 'key: value'"
        operations: {}~        | "services: {}~" | 5: services: this key has no value; define at least one service under it
        """)
    void load_unlistedObserve_keepsTheOtherRules(String operations, String services, String problem) {
        assertThat(PolicyText.problems(
                        directory,
                        lines("version: 1~trustDomain: a~defaults: {unlisted: observe}~" + operations + services)))
                .containsExactly("conf/policy.yaml:" + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        mode: strikt        | 5: defaults.mode: 'strikt' is no mode; did you mean 'strict'?
        mode: everything    | 5: defaults.mode: 'everything' is no mode; write one of off, observe, permissive, strict
        replay: clustre     | 5: defaults.replay: 'clustre' is no replay scope; did you mean 'cluster'?
        replay: everywhere  | "5: defaults.replay: 'everywhere' is no replay scope; write one of node, cluster, sender"
        mode: [strict]      | 5: defaults.mode: expected a text but found a list; write one value
        Mode: strict        | 5: defaults.Mode: unknown key 'Mode'; did you mean 'mode'?
        modes: {a: strict}  | 5: defaults.modes: unknown key 'modes'; did you mean 'mode'?
        unlisted: obsrve    | 5: defaults.unlisted: 'obsrve' is no mode of addresses outside of every operation; did you mean 'observe'?
        unlisted: strict    | "5: defaults.unlisted: 'strict' is no mode of addresses outside of every operation; write one of off, observe"
        """)
    void defaults_wrong_isRefused(String setting, String problem) {
        assertRefused(with(FIRST_SETTING, "  " + setting + "~"), problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        "mode: Observe"                     | 13: operations.process_image.mode: 'Observe' is no mode; did you mean 'observe'?
        "replay: senders"                   | 13: operations.process_image.replay: 'senders' is no replay scope; did you mean 'sender'?
        "mode: {a: strict}"                 | 13: operations.process_image.mode: expected a text but found keys and values; write one value
        "unlisted: observe"                 | "13: operations.process_image.unlisted: unknown key 'unlisted'; use one of addresses, tokenLifetime, rotationInterval, outageGrace, failover, idempotent, mode, modes, replay"
        "modes: [image.process.*]"          | "13: operations.process_image.modes: expected keys and values but found a list; write lines such as 'key: value'"
        "modes:~      image.process.*: of"  | 14: operations.process_image.modes.image.process.*: 'of' is no mode; did you mean 'off'?
        "modes:~      image.process.*:"     | 14: operations.process_image.modes.image.process.*: expected a text but found nothing; write one value
        "modes:~      image.process: off"   | "14: operations.process_image.modes.image.process: 'image.process' belongs to no address of this operation; name one of [image.process.*, image.backup.process], or an address that one of them matches"
        "modes:~      image.**: off"        | "14: operations.process_image.modes.image.**: 'image.**' belongs to no address of this operation; name one of [image.process.*, image.backup.process]"
        "modes:~      image..x: off"        | "14: operations.process_image.modes.image..x: 'image..x' has an empty segment; put single dots between names, none at the ends"
        """)
    void operation_wrong_isRefused(String setting, String problem) {
        assertRefused(with(FAILOVER, "    " + setting + "~"), problem);
    }

    @Test
    void exceptions_overlapping_areRefused() {
        String text = PolicyText.with("[image.process.*]", "[image.process.*, image.process.**]")
                .replace(lines(FAILOVER), lines("    modes: {image.process.*: off, image.process.**: strict}~"));
        assertRefused(
                text,
                "12: operations.process_image.modes.image.process.**: 'image.process.**' overlaps 'image.process.*';"
                        + " let every address have one mode");
    }

    @Test
    void exceptions_ofAMalformedAddress_areNotRefusedOnTop() {
        String text = PolicyText.with("[image.process.*]", "[image.process*]")
                .replace(lines(FAILOVER), lines("    modes: {image.process.thumb: off}~"));
        assertThat(PolicyText.problems(directory, text))
                .hasSize(1)
                .first()
                .asString()
                .contains(":9: ", "mixes '*'");
    }

    private void assertRefused(String text, String problem) {
        assertThat(PolicyText.problems(directory, text)).containsExactly("conf/policy.yaml:" + problem);
    }
}
