// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "image.batch", "image.process.*", "*.process.*", "audit.**", "**", "*", "*.**", "latchkey"})
    void parse_wellFormed_keepsText(String text) {
        assertThat(AddressPattern.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bild.größe", "a-b_c:d/e", "画像.処理", "a.😀", "_vertx.x", "vertx", "mylatchkey.x"})
    void parse_anyVisibleCharacter_isTaken(String text) {
        assertThat(AddressPattern.parse(text).matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", "a.", "a..b", ".", "..", "*.", ".**"})
    void parse_emptySegment_isRefused(String text) {
        assertRefused(text, "'" + text + "' has an empty segment; put single dots between names, none at the ends");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "*a", "im*ge.x", "x.a**", "***", "a.*b.**"})
    void parse_wildcardInsideSegment_isRefused(String text) {
        assertRefused(text, "'" + text + "' mixes '*' with other characters; let '*' or '**' stand for whole segments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"**.a", "a.**.b", "**.**", "**.*"})
    void parse_manyBeforeEnd_isRefused(String text) {
        assertRefused(text, "'" + text + "' has '**' before its end; use '*' there, '**' only as last segment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"__vertx", "__vertx.reply.*", "__vertx.**", "__vertxtra", "latchkey.node", "latchkey.**"})
    void parse_reserved_isRefused(String text) {
        assertRefused(
                text,
                "'" + text + "' is reserved ('__vertx' belongs to Vert.x, 'latchkey.' to Latchkey);"
                        + " choose another first segment");
    }

    @ParameterizedTest
    @CsvSource({"0020", "0009", "000A", "0000", "007F", "0085", "00A0", "200B", "202E", "2028", "3000", "FEFF", "D800"})
    void parse_invisibleCharacter_isRefusedWithoutRepeatingIt(String code) {
        String text = "a" + Character.toString(Integer.parseInt(code, 16)) + "b";
        assertRefused(text, "the address contains the invisible character U+" + code + "; remove it");
    }

    @Test
    void parse_empty_isRefused() {
        assertRefused("", "the address is empty; write one such as 'image.process' or 'image.process.*'");
    }

    @Test
    void parse_longest_isTaken() {
        assertThat(AddressPattern.parse("a".repeat(255)).isExact()).isTrue();
    }

    @Test
    void parse_longer_isRefused() {
        assertRefused("a".repeat(256), "the address has 256 characters; use at most 255");
    }

    @ParameterizedTest
    @CsvSource({"a.b, true", "a.*, false", "**, false", "*, false", "a, true"})
    void isExact_onlyWithoutWildcards(String text, boolean exact) {
        assertThat(AddressPattern.parse(text).isExact()).isEqualTo(exact);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b",
        "a.*, a.b",
        "a.*, a.",
        "a.*, a.*",
        "*.b, a.b",
        "a.*.c, a.b.c",
        "a.*.c, a..c",
        "a.**, a.b",
        "a.**, a.b.c.d",
        "a.**, a.",
        "a.*.**, a.b.c",
        "**, a",
        "**, a.b.c",
        "*, a",
        "*, latchkey"
    })
    void matches_itsAddresses(String pattern, String address) {
        assertThat(AddressPattern.parse(pattern).matches(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.c",
        "a.b, a.b.",
        "a.b, A.b",
        "a.*, a",
        "a.*, a.b.c",
        "a.*, a.b.",
        "a.*, ab.c",
        "a.*, .a.b",
        "a.*.c, a.b",
        "a.*.c, a.b.d",
        "a.**, a",
        "a.**, ab",
        "a.*.**, a.b",
        "*, a.b",
        "*.b, a.bb",
        "*.bb, a.b"
    })
    void matches_noOthers(String pattern, String address) {
        assertThat(AddressPattern.parse(pattern).matches(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"**, __vertx.reply.1", "*.*.*, __vertx.reply.1", "*, __vertx", "**, latchkey.node", "*.*, latchkey.x"})
    void matches_reservedAddress_never(String pattern, String address) {
        assertThat(AddressPattern.parse(pattern).matches(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "**"})
    void matches_emptyAddress_isOneEmptySegment(String pattern) {
        assertThat(AddressPattern.parse(pattern).matches("")).isTrue();
    }

    @Test
    void equals_sameText() {
        assertThat(AddressPattern.parse("a.*"))
                .isEqualTo(AddressPattern.parse("a.*"))
                .hasSameHashCodeAs(AddressPattern.parse("a.*"))
                .isNotEqualTo(AddressPattern.parse("a.**"));
    }

    private static void assertRefused(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPattern.parse(text))
                .withMessage(reason);
    }
}
