// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModesTest {
    private static final AddressPattern EXACT = AddressPattern.parse("image.batch");
    private static final AddressPattern PATTERN = AddressPattern.parse("image.*");

    private static Operation operation(Modes modes) {
        return new Operation("image", List.of(PATTERN, AddressPattern.parse("photo")), modes);
    }

    private static Modes withExceptions() {
        Map<AddressPattern, Mode> exceptions = new LinkedHashMap<>();
        exceptions.put(EXACT, Mode.OBSERVE);
        exceptions.put(PATTERN, Mode.PERMISSIVE);
        return new Modes(Mode.STRICT, exceptions);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void named_itsOwnName_isTheMode(Mode mode) {
        assertThat(Mode.named(mode.toString())).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "STRICT", "Strict", "enforcing", "strict "})
    void named_anythingElse_isRefusedWithTheChoice(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mode.named(name))
                .withMessage("'" + name + "' is no mode; write one of off, observe, permissive, strict");
    }

    @Test
    void at_addressWithoutException_isTheGeneralMode() {
        assertThat(withExceptions().at("photo")).isEqualTo(Mode.STRICT);
        assertThat(Modes.STRICT.at("anything")).isEqualTo(Mode.STRICT);
    }

    @Test
    void at_addressOfTwoExceptions_isTheFirst() {
        assertThat(withExceptions().at("image.batch")).isEqualTo(Mode.OBSERVE);
        assertThat(withExceptions().at("image.other")).isEqualTo(Mode.PERMISSIVE);
    }

    @Test
    void exceptions_areACopy() {
        Map<AddressPattern, Mode> mine = new LinkedHashMap<>();
        Modes modes = new Modes(Mode.STRICT, mine);
        mine.put(EXACT, Mode.OFF);
        assertThat(modes.at("image.batch")).isEqualTo(Mode.STRICT);
    }

    @Test
    void json_roundTrip_keepsExceptionsInOrder() {
        Operation operation = operation(withExceptions());
        Operation read = Operation.fromJson(new JsonObject(operation.toJson().toBuffer()));
        assertThat(read).isEqualTo(operation);
        assertThat(read.modes().exceptions().keySet()).containsExactly(EXACT, PATTERN);
    }

    @Test
    void json_withoutModes_isStrict() {
        JsonObject old = new JsonObject("{\"name\":\"a\",\"addresses\":[\"a\"]}");
        assertThat(Operation.fromJson(old).modes()).isEqualTo(Modes.STRICT);
    }

    @Test
    void book_modeOfAnAddress_isItsOperations() {
        AddressBook book = AddressBook.of(List.of(operation(withExceptions())), Mode.OBSERVE);
        assertThat(book.modeAt("image.batch")).isEqualTo(Mode.OBSERVE);
        assertThat(book.modeAt("photo")).isEqualTo(Mode.STRICT);
    }

    @Test
    void book_unlistedAddress_hasTheModeOfAllOthers() {
        assertThat(AddressBook.of(List.of(), Mode.OBSERVE).modeAt("elsewhere")).isEqualTo(Mode.OBSERVE);
        assertThat(AddressBook.of(List.of()).modeAt("elsewhere")).isEqualTo(Mode.OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"__vertx.reply.1", "latchkey.orchestrator"})
    void book_reservedAddress_isAlwaysOff(String address) {
        Operation everything = new Operation("all", List.of(AddressPattern.parse("**")));
        AddressBook book = AddressBook.of(List.of(everything), Mode.OBSERVE);
        assertThat(book.modeAt(address)).isEqualTo(Mode.OFF);
        assertThat(book.remembered()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"PERMISSIVE", "STRICT"})
    void book_unlistedThatSeals_isRefused(Mode mode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressBook.of(List.of(), mode))
                .withMessageContaining("cannot be " + mode);
    }
}
