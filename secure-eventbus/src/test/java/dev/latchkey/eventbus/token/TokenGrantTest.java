// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenGrantTest {
    private static final long BEGIN = GrantMaker.NOT_BEFORE * 1000;
    private static final long END = GrantMaker.EXPIRES * 1000;

    private final TokenGrant grant = new GrantMaker().make();

    @ParameterizedTest
    @CsvSource({
        "0, -1, NOT_YET", "0, 0, VALID", "0, 1, VALID",
        "2000, -2001, NOT_YET", "2000, -2000, VALID", "2000, 0, VALID"
    })
    void validityAt_aroundNotBefore_isInclusive(long skew, long offset, Validity expected) {
        assertThat(grant.validityAt(BEGIN + offset, Duration.ofMillis(skew))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, VALID", "0, 0, EXPIRED", "0, 1, EXPIRED",
        "2000, 0, VALID", "2000, 1999, VALID", "2000, 2000, EXPIRED"
    })
    void validityAt_aroundExpires_isExclusive(long skew, long offset, Validity expected) {
        assertThat(grant.validityAt(END + offset, Duration.ofMillis(skew))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, false", "0, 0, true", "0, 9999, true", "0, 10000, false",
        "2000, 1999, false", "2000, 2000, true", "2000, 11999, true", "2000, 12000, false"
    })
    void isInGraceAt_aroundItsEnds_isFromTheEndOn(long skew, long offset, boolean expected) {
        TokenGrant graced = new GrantMaker().grace(10).make();
        assertThat(graced.isInGraceAt(END + offset, Duration.ofMillis(skew))).isEqualTo(expected);
        assertThat(grant.isInGraceAt(END + offset, Duration.ofMillis(skew))).isFalse();
    }

    @Test
    void construct_negativeGrace_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GrantMaker().grace(-1).make());
    }

    @Test
    void validityAt_emptyInterval_isNeverValid() {
        TokenGrant empty = new GrantMaker().expires(GrantMaker.NOT_BEFORE).make();
        assertThat(empty.validityAt(BEGIN - 1, Duration.ZERO)).isEqualTo(Validity.NOT_YET);
        assertThat(empty.validityAt(BEGIN, Duration.ZERO)).isEqualTo(Validity.EXPIRED);
    }

    @Test
    void canonicalScope_equalGrants_isEqual() {
        assertThat(new GrantMaker().make().canonicalScope()).isEqualTo(grant.canonicalScope());
    }

    @Test
    void canonicalScope_anyFieldOrBoundaryChanged_differs() {
        List<String> encodings = variants()
                .map(TokenGrant::canonicalScope)
                .map(HexFormat.of()::formatHex)
                .toList();
        assertThat(encodings).hasSize(23).doesNotHaveDuplicates();
    }

    @Test
    void ticketBinding_idEpochTimestampOrOperationChanged_differs() {
        Stream<TokenGrant> variants = Stream.of(
                grant,
                new GrantMaker().id(new TokenId(1, 42)).make(),
                new GrantMaker().id(new TokenId(0x0123456789abcdefL, 43)).make(),
                new GrantMaker().epoch(4).make(),
                new GrantMaker().timestamp(GrantMaker.TIMESTAMP + 1).make(),
                new GrantMaker().operation("other").make());
        assertThat(variants.map(TokenGrant::ticketBinding).map(HexFormat.of()::formatHex))
                .doesNotHaveDuplicates();
    }

    @Test
    void construct_listsChangedLater_keepsItsOwn() {
        List<String> addresses = new ArrayList<>(List.of("a"));
        List<String> failover = new ArrayList<>(List.of("b"));
        TokenGrant copied = new TokenGrant(new TokenId(1, 2), "s", "o", addresses, 1, 1, 1, 2, failover);
        addresses.add("x");
        failover.clear();
        assertThat(copied.addresses()).containsExactly("a");
        assertThat(copied.failover()).containsExactly("b");
    }

    private static Stream<TokenGrant> variants() {
        return Stream.of(fields(), boundaries(), lists())
                .flatMap(makers -> makers)
                .map(GrantMaker::make);
    }

    private static Stream<GrantMaker> fields() {
        return Stream.of(
                new GrantMaker(),
                new GrantMaker().id(new TokenId(1, 42)),
                new GrantMaker().id(new TokenId(0x0123456789abcdefL, 43)),
                new GrantMaker().id(new TokenId(42, 0x0123456789abcdefL)),
                new GrantMaker().service("web2"),
                new GrantMaker().operation("process_images"),
                new GrantMaker().epoch(4),
                new GrantMaker().timestamp(GrantMaker.TIMESTAMP + 1),
                new GrantMaker().notBefore(GrantMaker.NOT_BEFORE + 1),
                new GrantMaker().expires(GrantMaker.EXPIRES + 1),
                new GrantMaker().grace(1),
                new GrantMaker().grace(2));
    }

    private static Stream<GrantMaker> boundaries() {
        return Stream.of(
                new GrantMaker().service("ab").operation("c"),
                new GrantMaker().service("a").operation("bc"),
                new GrantMaker().service("").operation("abc"),
                new GrantMaker().addresses("ab", "c"),
                new GrantMaker().addresses("a", "bc"),
                new GrantMaker().addresses("abc"));
    }

    private static Stream<GrantMaker> lists() {
        return Stream.of(
                new GrantMaker().addresses("a", "b").failover("c"),
                new GrantMaker().addresses("a").failover("b", "c"),
                new GrantMaker().addresses().failover("a", "b", "c"),
                new GrantMaker().addresses("b", "a").failover("c"),
                new GrantMaker().failover("image.process.backup"));
    }
}
