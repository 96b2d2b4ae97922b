// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyDiffTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Policy load(String text) {
        return PolicyText.load(folder, text);
    }

    private PolicyDiff diff(String part, String changed) {
        return PolicyDiff.between(load(PolicyText.GOOD), load(PolicyText.with(part, changed)));
    }

    private static List<String> lines(PolicyDiff diff) {
        return diff.changes().stream()
                .map(change -> change.about() + ": " + change.effect() + ": " + change.text() + " " + change.services())
                .toList();
    }

    @Test
    void between_samePolicy_isEmpty() {
        PolicyDiff diff = PolicyDiff.between(load(PolicyText.GOOD), load(PolicyText.GOOD));
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.loosens()).isFalse();
        assertThat(diff.toJson().encode()).isEqualTo("{\"loosens\":false,\"changes\":[]}");
    }

    @Test
    void between_defaultWrittenOut_isEmpty() {
        assertThat(diff("addresses: [risk.calculate]", "{addresses: [risk.calculate], mode: strict, replay: node}")
                        .changes())
                .isEmpty();
    }

    @Test
    void between_callerAdded_loosensForItAlone() {
        PolicyDiff diff = diff("invokes: [process_image]", "invokes: [process_image, calculate_risk]");
        assertThat(lines(diff)).containsExactly("service gateway: loosens: may invoke calculate_risk [gateway]");
        assertThat(diff.loosens()).isTrue();
    }

    @Test
    void between_serviceRemoved_tightensInTheOtherDirectionOfAdded() {
        Policy with = load(PolicyText.GOOD + "  clerk:\n    invokes: [calculate_risk]\n");
        Policy without = load(PolicyText.GOOD);
        assertThat(lines(PolicyDiff.between(without, with)))
                .containsExactly(
                        "service clerk: loosens: is new: instances of it may register [clerk]",
                        "service clerk: loosens: may invoke calculate_risk [clerk]");
        PolicyDiff back = PolicyDiff.between(with, without);
        assertThat(lines(back))
                .containsExactly(
                        "service clerk: tightens: is removed: no instance of it may register, and none gets tokens"
                                + " or keys any more [clerk]");
        assertThat(back.loosens()).isFalse();
    }

    @Test
    void between_modeWeakened_namesWhomItConcerns() {
        assertThat(lines(diff("addresses: [risk.calculate]", "{addresses: [risk.calculate], mode: permissive}")))
                .containsExactly(
                        "operation calculate_risk: loosens: risk.calculate mode strict -> permissive: plaintext"
                                + " still passes, and is counted [image, risk]");
    }

    @Test
    void between_addressDropped_saysThatItIsOpen() {
        assertThat(lines(PolicyDiff.between(
                        load(PolicyText.with("[risk.calculate]", "[risk.calculate, risk.old]")),
                        load(PolicyText.GOOD))))
                .containsExactly(
                        "operation calculate_risk: loosens: risk.old becomes an address of no operation, strict"
                                + " until now: anybody in the cluster may send to it and read it [image, risk]");
    }

    @Test
    void between_addressUnderAPatternOfTheSameOperation_isNoChange() {
        assertThat(PolicyDiff.between(
                                load(PolicyText.with("[image.process.*]", "[image.process.*, image.process.one]")),
                                load(PolicyText.GOOD))
                        .changes())
                .isEmpty();
    }

    @Test
    void between_patternWidened_isNotTakenForTheNarrowOneLost() {
        assertThat(lines(diff("[image.process.*]", "[image.process.**]")))
                .containsExactly("operation process_image: tightens: image.process.** becomes an address of it, strict:"
                        + " plaintext is refused [gateway, image]");
    }

    @Test
    void between_patternNarrowed_saysThatTheRestIsOpen() {
        assertThat(lines(PolicyDiff.between(
                        load(PolicyText.with("[image.process.*]", "[image.process.**]")), load(PolicyText.GOOD))))
                .singleElement()
                .asString()
                .contains("loosens: image.process.** becomes an address of no operation");
    }

    @Test
    void between_addressMoves_isToldOnceWhereItGoes() {
        Policy before = load(PolicyText.with("[risk.calculate]", "[risk.calculate, risk.both]"));
        Policy after = load(PolicyText.with("[image.process.*]", "[image.process.*, risk.both]"));
        assertThat(lines(PolicyDiff.between(before, after)))
                .containsExactly(
                        "operation process_image: changes: risk.both moves here from calculate_risk, strict [gateway,"
                                + " image]");
    }

    @Test
    void between_longerTimes_loosen() {
        assertThat(lines(diff("tokenLifetime: 60s", "tokenLifetime: 2m")))
                .singleElement()
                .asString()
                .startsWith("operation process_image: loosens: tokenLifetime 1m -> 2m: ");
        assertThat(lines(diff("tokenLifetime: 60s", "tokenLifetime: 30s")))
                .singleElement()
                .asString()
                .startsWith("operation process_image: tightens: tokenLifetime 1m -> 30s: ");
    }

    @Test
    void between_graceAdded_loosens() {
        assertThat(lines(diff(
                        "tokenLifetime: 60s",
                        "{tokenLifetime: 60s, outageGrace: 5m}"
                                .replaceAll("[{}]", "")
                                .replace(", ", "\n    "))))
                .singleElement()
                .asString()
                .startsWith("operation process_image: loosens: outageGrace 0s -> 5m: ");
    }

    @Test
    void between_replayScope_tightensUpwards() {
        assertThat(lines(diff("addresses: [risk.calculate]", "{addresses: [risk.calculate], replay: sender}")))
                .containsExactly("operation calculate_risk: tightens: replay node -> sender [image, risk]");
    }

    @Test
    void between_trustDomain_concernsEverybody() {
        PolicyDiff diff = diff("trustDomain: example.latchkey", "trustDomain: other.latchkey");
        assertThat(lines(diff))
                .singleElement()
                .asString()
                .startsWith("everybody: changes: trustDomain example.latchkey -> other.latchkey: ")
                .endsWith("[gateway, image, risk]");
    }

    @Test
    void between_quarantineGivenUp_loosens() {
        Policy strict = load(PolicyText.GOOD + "breach: {action: quarantine, count: 3}\n");
        assertThat(lines(PolicyDiff.between(strict, load(PolicyText.GOOD))))
                .containsExactly(
                        "everybody: loosens: breach.count 3 -> 10 [gateway, image, risk]",
                        "everybody: loosens: breach.action quarantine -> alarm [gateway, image, risk]");
    }

    @Test
    void toJson_namesEveryField() {
        assertThat(diff("invokes: [process_image]", "invokes: [process_image, calculate_risk]")
                        .toJson()
                        .encode())
                .isEqualTo("{\"loosens\":true,\"changes\":[{\"about\":\"service gateway\",\"effect\":\"loosens\","
                        + "\"text\":\"may invoke calculate_risk\",\"services\":[\"gateway\"]}]}");
    }
}
