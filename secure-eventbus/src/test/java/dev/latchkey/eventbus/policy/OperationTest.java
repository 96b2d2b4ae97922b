// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OperationTest {

    private static final Operation PROCESS =
            new Operation("process_image", List.of(AddressPattern.parse("image.process.*"), exact("image.backup")));

    @ParameterizedTest
    @CsvSource({"image.process.1, true", "image.backup, true", "image.process, false", "image.backup.1, false"})
    void covers_anyOfItsPatterns(String address, boolean covered) {
        assertThat(PROCESS.covers(address)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a1", "process_image", "x__"})
    void name_wellFormed_isTaken(String name) {
        assertThat(new Operation(name, PROCESS.addresses()).name()).isEqualTo(name);
    }

    @Test
    void name_longest_isTaken() {
        Operation.checkName("a".repeat(63));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "_a", "A", "a-b", "a.b", "a b", "a\n", "ä"})
    void name_malformed_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Operation(name, PROCESS.addresses()))
                .withMessage(
                        "this is no name of an operation; begin with a lower-case letter, then use up to 62 of a-z,"
                                + " 0-9 and '_'");
    }

    @Test
    void name_tooLong_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Operation.checkName("a".repeat(64)));
    }

    @Test
    void addresses_none_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Operation("a", List.of()))
                .withMessage("operation 'a' has no address; give it at least one");
    }

    @Test
    void addresses_callerChangesItsList_staysAsItWas() {
        List<AddressPattern> mine = new ArrayList<>(List.of(exact("x")));
        Operation operation = new Operation("a", mine);
        mine.clear();
        assertThat(operation.addresses()).containsExactly(exact("x"));
    }

    @Test
    void addresses_areUnmodifiable() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> PROCESS.addresses().clear());
    }

    @Test
    void json_hasNameAddressesAndModes() {
        assertThat(PROCESS.toJson().encode())
                .isEqualTo("{\"name\":\"process_image\",\"addresses\":[\"image.process.*\",\"image.backup\"],"
                        + "\"mode\":\"strict\",\"modes\":{},\"replay\":\"node\"}");
    }

    @Test
    void json_roundTrip_isEqual() {
        assertThat(Operation.fromJson(new JsonObject(PROCESS.toJson().toBuffer())))
                .isEqualTo(PROCESS);
    }

    @Test
    void json_idempotent_roundTrip_isEqual() {
        Operation operation = new Operation("a", List.of(exact("x")), Modes.STRICT, ReplayScope.SENDER, true);
        assertThat(Operation.fromJson(new JsonObject(operation.toJson().toBuffer())))
                .isEqualTo(operation);
    }

    @Test
    void json_idempotentOfAnotherType_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operation.fromJson(PROCESS.toJson().put("idempotent", "true")))
                .withMessage("field 'idempotent' is neither true nor false; write one of them");
    }

    @Test
    void json_unknownField_isIgnored() {
        assertThat(Operation.fromJson(PROCESS.toJson().put("later", 1))).isEqualTo(PROCESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name':'a'}",
                "{'name':'a','addresses':'x'}",
                "{'name':'a','addresses':[]}",
                "{'name':'a','addresses':[1]}",
                "{'name':'a','addresses':[null]}",
                "{'name':'a','addresses':['x..y']}",
                "{'addresses':['x']}",
                "{'name':1,'addresses':['x']}",
                "{'name':null,'addresses':['x']}",
                "{'name':'A','addresses':['x']}"
            })
    void json_malformed_isRefused(String json) {
        JsonObject object = new JsonObject(json.replace('\'', '"'));
        assertThatIllegalArgumentException().isThrownBy(() -> Operation.fromJson(object));
    }

    private static AddressPattern exact(String address) {
        return AddressPattern.parse(address);
    }
}
