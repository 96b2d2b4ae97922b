// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIdTest {
    private static final String TEXT = "0123456789abcdef00000000000000ff";
    private static final TokenId ID = new TokenId(0x0123456789abcdefL, 0xff);

    @Test
    void parse_ownText_isTheSameId() {
        assertThat(TokenId.parse(TEXT)).isEqualTo(ID);
        assertThat(ID).hasToString(TEXT);
    }

    @Test
    void parse_negativeHalves_isTheSameId() {
        TokenId id = new TokenId(-1, Long.MIN_VALUE);
        assertThat(id).hasToString("ffffffffffffffff8000000000000000");
        assertThat(TokenId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123",
                "0123456789abcdef00000000000000f",
                "0123456789abcdef00000000000000ff0",
                "0123456789abcdef00000000000000fg",
                "0123456789abcdef-0000000000000ff",
                " 123456789abcdef00000000000000ff",
                "0x23456789abcdef00000000000000ff"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TokenId.parse(text));
    }

    @Test
    void read_whatWasWritten_isTheSameId() {
        byte[] target = new byte[20];
        ID.write(target, 3);
        assertThat(TokenId.read(target, 3)).isEqualTo(ID);
    }

    @Test
    void write_atAnOffset_touchesItsSixteenBytesOnly() {
        byte[] target = new byte[18];
        new TokenId(-1, -1).write(target, 1);
        byte[] expected = new byte[18];
        Arrays.fill(expected, 1, 17, (byte) -1);
        assertThat(target).isEqualTo(expected);
    }

    @Test
    void write_outsideOfTheArray_isRefused() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ID.write(new byte[16], 1));
    }

    @Test
    void instanceName_anyId_isItsFirstHalf() {
        assertThat(ID.instanceName()).isEqualTo("0123456789abcdef");
        assertThat(new TokenId(1, -1).instanceName()).isEqualTo("0000000000000001");
    }
}
