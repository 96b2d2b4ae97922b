// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One mistake, one line: exactly which. In the tables, {@code ~} stands for a line end. */
final class PolicyFileRefusalTest {

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        version: 1~            | ~             | 1: version: this key is missing; add 'version: 1'
        version: 1~            | version:~     | 1: version: this key has no value; add 'version: 1'
        version: 1~            | version: 2~   | 1: version: version '2' is not known; write 'version: 1'
        version: 1~            | version: [1]~ | 1: version: expected a text but found a list; write one value
        trustDomain: example.latchkey | ""            | 1: trustDomain: this key is missing; add a line such as 'trustDomain: example.latchkey'
        example.latchkey       | ""                   | 2: trustDomain: this key has no value; add a line such as 'trustDomain: example.latchkey'
        example.latchkey       | Example.latchkey     | 2: trustDomain: 'Example.latchkey' is no trust domain; write it like a DNS name in lower case, such as 'example.latchkey'
        example.latchkey       | a..b                 | 2: trustDomain: 'a..b' is no trust domain; write it like a DNS name in lower case, such as 'example.latchkey'
        example.latchkey       | -a.b                 | 2: trustDomain: '-a.b' is no trust domain; write it like a DNS name in lower case, such as 'example.latchkey'
        example.latchkey       | "'a b'"              | 2: trustDomain: 'a b' is no trust domain; write it like a DNS name in lower case, such as 'example.latchkey'
        example.latchkey       | "{a: b}"             | 2: trustDomain: expected a text but found keys and values; write one value
        """)
    void head_wrong_isRefused(String part, String changed, String problem) {
        assertRefused(part, changed, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        defaults:~             | default:~            | 3: default: unknown key 'default'; did you mean 'defaults'?
        leaseDuration: 5m      | leaseduration: 5m    | 6: defaults.leaseduration: unknown key 'leaseduration'; did you mean 'leaseDuration'?
        leaseDuration: 5m      | lease: 5m            | 6: defaults.lease: unknown key 'lease'; use one of tokenLifetime, rotationInterval, leaseDuration, outageGrace, mode, replay, unlisted
        tokenLifetime: 60s     | token_lifetime: 60s  | 10: operations.process_image.token_lifetime: unknown key 'token_lifetime'; did you mean 'tokenLifetime'?
        tokenLifetime: 60s     | leaseDuration: 60s   | 10: operations.process_image.leaseDuration: unknown key 'leaseDuration'; use one of addresses, tokenLifetime, rotationInterval, outageGrace, failover, idempotent, mode, modes, replay
        tokenLifetime: 60s     | <<: x                | 10: operations.process_image.<<: unknown key '<<'; use one of addresses, tokenLifetime, rotationInterval, outageGrace, failover, idempotent, mode, modes, replay
        invokes: [calculate_risk] | "provids: [calculate_risk]" | 20: services.image.provids: unknown key 'provids'; did you mean 'provides'?
        services:~             | extra: 1~services:~  | 15: extra: unknown key 'extra'; use one of version, trustDomain, defaults, breach, operations, services
        """)
    void key_unknown_isRefusedWithTheNearest(String part, String changed, String problem) {
        assertRefused(part, changed, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        leaseDuration: 5m         | tokenLifetime: 1m~  leaseDuration: 5m | 6: defaults.tokenLifetime: 'tokenLifetime' appears twice, first in line 4; keep one of them
        services:~                | "  calculate_risk: {addresses: [x]}~services:~" | 15: operations.calculate_risk: 'calculate_risk' appears twice, first in line 13; keep one of them
        "  risk:~"                | "  image:~    provides: [calculate_risk]~  risk:~" | 21: services.image: 'image' appears twice, first in line 18; keep one of them
        version: 1~               | version: 1~version: 1~ | 2: version: 'version' appears twice, first in line 1; keep one of them
        [risk.calculate]          | [risk.calculate, risk.calculate] | 14: operations.calculate_risk.addresses: 'risk.calculate' appears twice, first in line 14; keep one of them
        provides: [process_image] | provides: [process_image,~process_image] | 20: services.image.provides: 'process_image' appears twice, first in line 19; keep one of them
        """)
    void entry_twice_isRefused(String part, String changed, String problem) {
        assertRefused(part, changed, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        tokenLifetime: 5m      | "tokenLifetime: 0s"  | 4: defaults.tokenLifetime: '0s' is no time at all; write more than zero
        tokenLifetime: 5m      | tokenLifetime: -5m   | 4: defaults.tokenLifetime: '-5m' is no time; write a positive whole number and a unit, such as 500ms, 30s, 5m, 1h or 2d
        tokenLifetime: 5m      | tokenLifetime: 1999ms | 4: defaults.tokenLifetime: tokenLifetime '1999ms' is too short; write at least 2s
        tokenLifetime: 5m      | tokenLifetime: 25h   | 4: defaults.tokenLifetime: tokenLifetime '25h' is too long; write at most 1d
        tokenLifetime: 5m      | tokenLifetime: [5m]  | 4: defaults.tokenLifetime: expected a text but found a list; write one value
        tokenLifetime: 60s     | tokenLifetime: 60    | 10: operations.process_image.tokenLifetime: '60' is no time; write a positive whole number and a unit, such as 500ms, 30s, 5m, 1h or 2d
        tokenLifetime: 60s     | tokenLifetime: 1s    | 10: operations.process_image.tokenLifetime: tokenLifetime '1s' is too short; write at least 2s
        tokenLifetime: 60s     | tokenLifetime: 2d    | 10: operations.process_image.tokenLifetime: tokenLifetime '2d' is too long; write at most 1d
        rotationInterval: 1h   | rotationInterval: 999ms | 5: defaults.rotationInterval: rotationInterval '999ms' is too short; write at least 1s
        rotationInterval: 1h   | rotationInterval: 3651d | 5: defaults.rotationInterval: '3651d' is too long; write at most 3650d
        leaseDuration: 5m      | leaseDuration: 1s    | 6: defaults.leaseDuration: leaseDuration '1s' is too short; write at least 2s
        leaseDuration: 5m      | leaseDuration: soon  | 6: defaults.leaseDuration: 'soon' is no time; write a positive whole number and a unit, such as 500ms, 30s, 5m, 1h or 2d
        leaseDuration: 5m      | leaseDuration: 0m    | 6: defaults.leaseDuration: '0m' is no time at all; write more than zero
        """)
    void time_wrong_isRefused(String part, String changed, String problem) {
        assertRefused(part, changed, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        rotationInterval: 1h   | rotationInterval: 2m | 5: defaults.rotationInterval: rotationInterval 2m would outrun the providers, which learn the next key when they renew, at half of leaseDuration 5m; make it at least 150s or shorten leaseDuration
        rotationInterval: 10m  | rotationInterval: 149s | 11: operations.process_image.rotationInterval: rotationInterval 149s would outrun the providers, which learn the next key when they renew, at half of leaseDuration 5m; make it at least 150s or shorten leaseDuration
        "  rotationInterval: 1h~  leaseDuration: 5m~" | "  leaseDuration: 121m~" | "5: defaults.leaseDuration: rotationInterval 1h would outrun the providers, which learn the next key when they renew, at half of leaseDuration 121m; make it at least 3630s or shorten leaseDuration#10: operations.process_image.rotationInterval: rotationInterval 10m would outrun the providers, which learn the next key when they renew, at half of leaseDuration 121m; make it at least 3630s or shorten leaseDuration"
        """)
    void rotation_fasterThanHalfTheLease_isRefused(String part, String changed, String problems) {
        assertRefused(part, changed, problems.split("#", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        addresses: [risk.calculate] | ""                      | 13: operations.calculate_risk.addresses: this key is missing; list at least one, such as [image.process.*]
        [risk.calculate]            | ""                      | 14: operations.calculate_risk.addresses: this key has no value; list at least one, such as [image.process.*]
        [risk.calculate]            | []                      | 14: operations.calculate_risk.addresses: this key has no value; list at least one, such as [image.process.*]
        [risk.calculate]            | risk.calculate          | "14: operations.calculate_risk.addresses: expected a list but found a text; write it as [a, b]"
        [risk.calculate]            | [[risk.calculate]]      | 14: operations.calculate_risk.addresses: expected a text but found a list; write one value
        [risk.calculate]            | [risk.calculate, ~]     | 15: operations.calculate_risk.addresses: the address is empty; write one such as 'image.process' or 'image.process.*'
        [risk.calculate]            | [risk.calc*]            | 14: operations.calculate_risk.addresses: 'risk.calc*' mixes '*' with other characters; let '*' or '**' stand for whole segments
        [risk.calculate]            | "~    - risk.a~    - latchkey.b" | 16: operations.calculate_risk.addresses: 'latchkey.b' is reserved ('__vertx' belongs to Vert.x, 'latchkey.' to Latchkey); choose another first segment
        [image.backup.process]      | [image.backup.*]        | 12: operations.process_image.failover: 'image.backup.*' has a wildcard; a failover must be one exact address
        [image.backup.process]      | [.image]                | 12: operations.process_image.failover: '.image' has an empty segment; put single dots between names, none at the ends
        [image.backup.process]      | image.backup            | "12: operations.process_image.failover: expected a list but found a text; write it as [a, b]"
        """)
    void addresses_wrong_isRefused(String part, String changed, String problem) {
        assertRefused(part, changed.replace(", ~]", ",~ '']"), problem);
    }

    @ParameterizedTest
    @CsvSource({"image.process.7", "image.**", "*.process.x", "image.backup.process", "**"})
    void addresses_overlap_isRefusedWithBothNames(String address) {
        String overlapped = address.equals("image.backup.process") ? "image.backup.process" : "image.process.*";
        assertRefused(
                "[risk.calculate]",
                "['" + address + "']",
                "14: operations.calculate_risk.addresses: '" + address + "' of operation 'calculate_risk' overlaps '"
                        + overlapped + "' of operation 'process_image'; let every address belong to one operation");
    }

    @Test
    void failover_overlap_isRefusedWithBothNames() {
        assertRefused(
                "addresses: [risk.calculate]",
                "addresses: [risk.calculate]\n    failover: [image.process.1]",
                "15: operations.calculate_risk.failover: 'image.process.1' of operation 'calculate_risk' overlaps"
                        + " 'image.process.*' of operation 'process_image'; let every address belong to one operation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        "  risk:~" | "  Risk:~"   | 21: services.Risk: this is no name of a service; begin with a lower-case letter, then use up to 62 of a-z, 0-9 and '-'
        "  risk:~" | "  ri_sk:~"  | 21: services.ri_sk: this is no name of a service; begin with a lower-case letter, then use up to 62 of a-z, 0-9 and '-'
        "  risk:~" | "  ? [a]~  : x~  risk:~" | 21: services: a key is a list or a mapping; write a name before the colon
        services:~ | "  Bad-Op: {addresses: [x]}~services:~  bad: {provides: [Bad-Op], invokes: [Bad-Op]}~" | 15: operations.Bad-Op: this is no name of an operation; begin with a lower-case letter, then use up to 62 of a-z, 0-9 and '_'
        """)
    void name_malformed_isRefused(String part, String changed, String problem) {
        assertRefused(part, changed, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        provides: [process_image]  | provides: [proces_image]  | 19: services.image.provides: unknown operation 'proces_image'; did you mean 'process_image'?
        invokes: [calculate_risk]  | invokes: [calculaterisk]  | 20: services.image.invokes: unknown operation 'calculaterisk'; did you mean 'calculate_risk'?
        invokes: [calculate_risk]  | invokes: [calculate_risk, fly] | 20: services.image.invokes: unknown operation 'fly'; define it under 'operations'
        invokes: [calculate_risk]  | "invokes:~    - calculate_risk~    - fly" | 22: services.image.invokes: unknown operation 'fly'; define it under 'operations'
        invokes: [calculate_risk]  | invokes: calculate_risk   | "20: services.image.invokes: expected a list but found a text; write it as [a, b]"
        invokes: [process_image]   | ""                        | 16: services.gateway: the service provides nothing and invokes nothing; let it do either or remove it
        invokes: [process_image]   | invokes: []               | 16: services.gateway: the service provides nothing and invokes nothing; let it do either or remove it
        """)
    void service_wrong_isRefused(String part, String changed, String problem) {
        assertRefused(part, changed, problem);
    }

    @Test
    void service_noMapping_isRefused() {
        assertRefused(
                "  risk:\n",
                "  a: b\n  risk:\n",
                "21: services.a: expected keys and values but found a text; write lines such as 'key: value'");
    }

    @Test
    void operation_nobodyProvides_isRefused() {
        assertRefused(
                "provides: [calculate_risk]",
                "invokes: [calculate_risk]",
                "13: operations.calculate_risk: nobody provides this operation; add it to 'provides' of a service or"
                        + " remove it");
    }

    @Test
    void operation_nobodyInvokes_isRefused() {
        assertRefused(
                "provides: [calculate_risk]\n",
                "provides: [calculate_risk, idle]\n",
                "operations:\n",
                "operations:\n  idle: {addresses: [idle]}\n",
                "8: operations.idle: nobody invokes this operation; add it to 'invokes' of a service or remove it");
    }

    @Test
    void operation_nobodyUses_isRefusedForBoth() {
        assertRefused(
                "operations:\n",
                "operations:\n  idle: {addresses: [idle]}\n",
                "8: operations.idle: nobody provides this operation; add it to 'provides' of a service or remove it",
                "8: operations.idle: nobody invokes this operation; add it to 'invokes' of a service or remove it");
    }

    @Test
    void service_nobodyMayCall_isRefused() {
        assertRefused(
                "    invokes: [calculate_risk]\n",
                "",
                "20: services.risk: 'risk' is a service that nobody may call: no service invokes calculate_risk; add one of"
                        + " them to 'invokes' of a service that may call it, or remove the service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ": {}", ": []"})
    void operations_none_isRefused(String nothing) {
        String text = "version: 1\ntrustDomain: a\nservices: {a: {invokes: [b]}}\n";
        String lack = nothing.isEmpty() ? "1: operations: this key is missing" : "4: operations: this key has no value";
        String file = nothing.isEmpty() ? text : text + "operations" + nothing + "\n";
        assertThat(PolicyText.problems(directory, file))
                .containsExactly("conf/policy.yaml:" + lack + "; define at least one operation under it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ": {}", ": []"})
    void services_none_isRefused(String nothing) {
        String text = "version: 1\ntrustDomain: a\noperations: {a: {addresses: [b]}}\n";
        String lack = nothing.isEmpty() ? "1: services: this key is missing" : "4: services: this key has no value";
        String file = nothing.isEmpty() ? text : text + "services" + nothing + "\n";
        assertThat(PolicyText.problems(directory, file))
                .containsExactly("conf/policy.yaml:" + lack + "; define at least one service under it");
    }

    @Test
    void services_wrongType_isRefusedOnce() {
        assertThat(PolicyText.problems(
                        directory, "version: 1\ntrustDomain: a\noperations: {a: {addresses: [b]}}\nservices: 1\n"))
                .containsExactly("conf/policy.yaml:4: services: expected keys and values but found a text; write lines"
                        + " such as 'key: value'");
    }

    @Test
    void key_thatWouldForgeALogLine_isEscaped() {
        assertRefused(
                "version: 1\n",
                "version: 1\n\"x\\n\\e[2Jconf/policy.yaml: fine\": 1\n",
                "2: x\\u000A\\u001B[2Jconf/policy.yaml: fine: unknown key 'x\\u000A\\u001B[2Jconf/policy.yaml: fine'; use"
                        + " one of version, trustDomain, defaults, breach, operations, services");
    }

    @Test
    void key_veryLong_isCut() {
        String cut = "x".repeat(80) + "...";
        assertRefused(
                "version: 1\n",
                "version: 1\n? " + "x".repeat(5000) + "\n: 1\n",
                "2: " + cut + ": unknown key '" + cut
                        + "'; use one of version, trustDomain, defaults, breach, operations, services");
    }

    @Test
    void alias_ofItself_isRefused() {
        assertRefused(
                "  risk:\n",
                "  loop: &loop\n    loop: *loop\n  risk:\n",
                "22: services.loop.loop: unknown key 'loop'; use one of provides, invokes");
    }

    private void assertRefused(String part, String changed, String... problems) {
        String text = PolicyText.with(lines(part), lines(changed));
        assertThat(PolicyText.problems(directory, text)).containsExactly(inFile(problems));
    }

    private void assertRefused(String part, String changed, String part2, String changed2, String problem) {
        String text = PolicyText.with(part, changed).replace(part2, changed2);
        assertThat(PolicyText.problems(directory, text)).containsExactly(inFile(problem));
    }

    private static String[] inFile(String... problems) {
        String[] lines = problems.clone();
        Arrays.setAll(lines, i -> "conf/policy.yaml:" + problems[i]);
        return lines;
    }

    private static String lines(String text) {
        return text.replace('~', '\n');
    }
}
