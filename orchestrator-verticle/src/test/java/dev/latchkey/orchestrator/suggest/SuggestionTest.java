// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import dev.latchkey.orchestrator.policy.PolicyOutline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SuggestionTest {
    private static final String SMALL_SYSTEM = """
            # Suggested by 'latchkey policy suggest' from plaintext messages that were observed: 45 sent, at 6 addresses.
            # The counts are what happened, which is not always what should be allowed.
            # Suggested operations are in mode observe: messages go as they did, and are counted.
            # Next:
            # 1. Remove what nobody should do; rename operations as you like.
            # 2. Run 'latchkey policy check' on this file and start every orchestrator with it.
            # 3. Set operations to 'mode: permissive', and to 'mode: strict' once no plaintext is counted there.
            #
            # Warnings:
            # - 'risk.calculate': code on the plain bus in the JVM of batch sent 3; let it use a secure bus before this address becomes strict
            # - 'old.feed': no service sent what was received there; left out until one invokes it
            # - 'report.daily': no service received what was sent there; left out until one provides it
            version: 1
            trustDomain: shop.latchkey

            defaults:
              unlisted: observe

            operations:
              image_process:
                addresses:
                  - 'image.process.*' # sent 30, received 30, at 3 addresses such as image.process.large
                mode: observe
              risk_calculate:
                addresses:
                  - risk.calculate # sent 13, received 10
                mode: observe
              # Left out, since no service sent there:
              # old_feed:
              #   addresses:
              #     - old.feed # sent 0, received 4
              #   mode: observe
              # Left out, since no service received there:
              # report_daily:
              #   addresses:
              #     - report.daily # sent 2, received 0
              #   mode: observe

            services:
              batch: {} # may join, and do nothing yet
              gateway:
                invokes:
                  - image_process # sent 30
              image:
                provides:
                  - image_process # received 30
                invokes:
                  - risk_calculate # sent 10
              risk:
                provides:
                  - risk_calculate # received 10
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Traffic traffic = new Traffic();

    private void sent(String address, String service, String toldBy, long messages) {
        traffic.add(new Passage(address, Flow.SENT, service, toldBy), messages);
    }

    private void received(String address, String service, String toldBy, long messages) {
        traffic.add(new Passage(address, Flow.RECEIVED, service, toldBy), messages);
    }

    private void call(String address, String caller, String provider) {
        sent(address, caller, caller, 10);
        received(address, provider, provider, 10);
    }

    private Suggestion suggest() {
        return Suggestion.of(PolicyOutline.observing("shop.latchkey"), traffic, Mode.OBSERVE);
    }

    private Suggestion extend(String policy) {
        return Suggestion.of(PolicyOutline.load(file(policy)), traffic, Mode.OBSERVE);
    }

    private Policy load(Suggestion suggestion) {
        return PolicyFile.load(file(suggestion.text()));
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("policy.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String operationAt(Policy policy, String address) {
        var operation = policy.addressBook().operationAt(address);
        return operation == null ? "" : operation.name();
    }

    @Test
    void text_ofASmallSystem_isThis() {
        call("image.process.thumb", "gateway", "image");
        call("image.process.large", "gateway", "image");
        call("image.process.small", "gateway", "image");
        call("risk.calculate", "image", "risk");
        sent("risk.calculate", "", "batch", 3);
        sent("report.daily", "batch", "batch", 2);
        received("old.feed", "risk", "risk", 4);
        sent("__vertx.reply.1", "batch", "batch", 2);
        sent("latchkey.x", "batch", "batch", 2);
        Suggestion suggestion = suggest();
        assertThat(suggestion.text()).isEqualTo(SMALL_SYSTEM);
        assertThat(suggestion.warnings())
                .containsExactly(
                        "'risk.calculate': code on the plain bus in the JVM of batch sent 3; let it use a secure bus"
                                + " before this address becomes strict",
                        "'old.feed': no service sent what was received there; left out until one invokes it",
                        "'report.daily': no service received what was sent there; left out until one provides it");
        Policy policy = load(suggestion);
        assertThat(policy.services().keySet()).containsExactly("batch", "gateway", "image", "risk");
        assertThat(policy.addressBook().modeAt("risk.calculate")).isEqualTo(Mode.OBSERVE);
        assertThat(policy.unlisted()).isEqualTo(Mode.OBSERVE);
        assertThat(policy.mayInvoke("gateway", "image_process")).isTrue();
        assertThat(policy.mayProvide("gateway", "image_process")).isFalse();
    }

    @Test
    void nothing_isRefused() {
        sent("__vertx.x", "a", "a", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(this::suggest)
                .withMessageStartingWith("no message was observed; set 'defaults.unlisted: observe'");
    }

    @Test
    void onlyPlainBus_isAPolicyWithoutOperations() {
        sent("a.b", "", "batch", 3);
        received("a.b", "", "shop", 3);
        Suggestion suggestion = suggest();
        assertThat(suggestion.warnings()).hasSize(4);
        assertThat(load(suggestion).operations()).isEmpty();
        assertThat(load(suggestion).services().keySet()).containsExactly("batch", "shop");
    }

    @Test
    void pattern_ofTwo_isNone() {
        call("a.x", "one", "two");
        call("a.y", "one", "two");
        assertThat(load(suggest()).operations().keySet()).containsExactly("a_x", "a_y");
    }

    @ParameterizedTest
    @CsvSource({"a.d,other,two", "a.d,one,other", "a.d,one,''", "a.d,'',two"})
    void pattern_thatWouldTakeInOtherTraffic_isNone(String address, String sender, String receiver) {
        call("a.x", "one", "two");
        call("a.y", "one", "two");
        call("a.z", "one", "two");
        traffic.add(new Passage(address, Flow.SENT, sender, "other"), 1);
        traffic.add(new Passage(address, Flow.RECEIVED, receiver, "other"), 1);
        assertThat(operationAt(load(suggest()), "a.x")).isEqualTo("a_x");
    }

    @Test
    void pattern_ofSingleSegments_isNone() {
        call("x", "one", "two");
        call("y", "one", "two");
        call("z", "one", "two");
        assertThat(load(suggest()).operations()).hasSize(3);
    }

    @Test
    void pattern_mayBeInTheMiddle_andTheLargestWins() {
        for (String room : new String[] {"r1", "r2", "r3", "r4"}) {
            call("room." + room + ".open", "one", "two");
            call("room." + room + ".close", "one", "two");
            call("room." + room + ".lock", "one", "two");
        }
        Policy policy = load(suggest());
        assertThat(policy.operations().keySet()).containsExactly("room_close", "room_lock", "room_open");
        assertThat(operationAt(policy, "room.r9.open")).isEqualTo("room_open");
    }

    @Test
    void pattern_thatMeetsAnOperation_isNone() {
        call("a.x", "one", "two");
        call("a.y", "one", "two");
        call("a.z", "one", "two");
        Policy policy = load(extend("""
                version: 1
                trustDomain: a
                operations: {known: {addresses: [a.known]}}
                services: {one: {invokes: [known]}, two: {provides: [known]}}
                """));
        assertThat(policy.operations().keySet()).containsExactly("known", "a_x", "a_y", "a_z");
    }

    @Test
    void names_areValidAndUnique() {
        call("a-b", "one", "two");
        call("a.b", "one", "two");
        call("getUser", "one", "two");
        call("42", "one", "two");
        call("\u00fc", "one", "two");
        call("x".repeat(200), "one", "two");
        call("x".repeat(201), "one", "two");
        assertThat(load(suggest()).operations().keySet())
                .containsExactly("op_42", "a_b", "a_b_2", "get_user", "x".repeat(63), "x".repeat(61) + "_2", "op_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "off",
                "a:b",
                "a#b",
                "{a}",
                "[a,b]",
                "&a",
                "it's",
                "\"q\"",
                "\\x",
                "a'\"\\",
                "\u00fc.\uD83D\uDE00",
                "-",
                "~",
                "1",
                "%a",
                "@a"
            })
    void address_thatYamlWouldReadDifferently_isItself(String address) {
        call(address, "one", "two");
        assertThat(operationAt(load(suggest()), address)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a.*", "**", "a*", "a b", "a\nversion: 2", "a..b", "\u2028x", ".", "\uD83D"})
    void address_thatNoPolicyMayName_isLeftOutWithAWarning(String address) {
        call(address, "one", "two");
        call("good", "one", "two");
        Suggestion suggestion = suggest();
        assertThat(load(suggestion).operations().keySet()).containsExactly("good");
        assertThat(suggestion.warnings())
                .containsExactly("'" + YamlText.visible(address)
                        + "': no policy can name this address; left out, choose another in the code");
    }

    @Test
    void overflow_isAWarning() {
        call("a", "one", "two");
        traffic.addOverflow(7);
        assertThat(suggest().warnings()).hasSize(1).first().asString().startsWith("7 messages at further addresses");
    }

    @Test
    void existingPolicy_keepsAllOfItAndGetsWhatIsMissing() {
        call("image.process.a", "batch", "image2");
        sent("image.backup", "gateway", "gateway", 1);
        call("news", "gateway", "press");
        Suggestion suggestion = extend("""
                version: 1
                trustDomain: shop.latchkey
                defaults: {leaseDuration: 2m, mode: off}
                operations:
                  process_image:
                    addresses: ['image.process.*']
                    tokenLifetime: 60s
                    failover: [image.backup]
                    mode: permissive
                    modes: {image.process.a: observe}
                  idle: {addresses: [idle]}
                services:
                  gateway: {invokes: [process_image, idle]}
                  image: {provides: [process_image, idle]}
                """);
        assertThat(suggestion.text()).contains("""
                defaults:
                  leaseDuration: 2m
                  mode: off

                operations:
                  process_image:
                    addresses:
                      - 'image.process.*' # sent 10, received 10, at image.process.a
                    tokenLifetime: 60s
                    mode: permissive
                    failover:
                      - image.backup # sent 1, received 0
                    modes:
                      image.process.a: observe
                  idle:
                    addresses:
                      - idle
                  news:
                    addresses:
                      - news # sent 10, received 10
                    mode: observe

                services:
                  gateway:
                    invokes:
                      - process_image # sent 1
                      - idle
                      - news # sent 10
                  image:
                    provides:
                      - process_image
                      - idle
                  batch:
                    invokes:
                      - process_image # sent 10
                  image2:
                    provides:
                      - process_image # received 10
                  press:
                    provides:
                      - news # received 10
                """);
        assertThat(suggestion.warnings()).isEmpty();
        assertThat(load(suggestion).addressBook().modeAt("idle")).isEqualTo(Mode.OFF);
    }

    @Test
    void suggestion_extendedByItsOwnTraffic_saysTheSame() {
        call("image.process.thumb", "gateway", "image");
        call("risk.calculate", "image", "risk");
        Suggestion first = suggest();
        assertThat(extend(first.text()).text()).isEqualTo(first.text());
    }
}
