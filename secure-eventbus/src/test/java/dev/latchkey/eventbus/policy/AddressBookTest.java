// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressBookTest {

    private static final Operation BATCH = operation("open_batch", "image.batch");
    private static final Operation PROCESS = operation("process_image", "image.process.*", "image.backup");
    private static final Operation AUDIT = operation("write_audit", "audit.**");
    private static final AddressBook BOOK = AddressBook.of(List.of(PROCESS, BATCH, AUDIT));

    @ParameterizedTest
    @CsvSource({
        "image.batch, open_batch",
        "image.process.7, process_image",
        "image.backup, process_image",
        "audit.a.b.c, write_audit"
    })
    void operationAt_claimedAddress_isItsOperation(String address, String name) {
        assertThat(BOOK.operationAt(address)).isSameAs(BOOK.named(name)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"image", "image.process", "image.process.7.8", "image.batch.1", "audit", "__vertx.reply.1"})
    void operationAt_otherAddress_isNull(String address) {
        assertThat(BOOK.operationAt(address)).isNull();
    }

    @Test
    void operationAt_askedAgain_isTheSame() {
        assertThat(BOOK.operationAt("audit.x")).isSameAs(AUDIT).isSameAs(BOOK.operationAt("audit.x"));
        assertThat(BOOK.operationAt("nothing")).isNull();
        assertThat(BOOK.operationAt("nothing")).isNull();
    }

    @Test
    void operationAt_addressesInTurns_isEachItsOwn() {
        for (int turn = 0; turn < 3; turn++) {
            assertThat(BOOK.operationAt("image.backup")).isSameAs(PROCESS);
            assertThat(BOOK.operationAt("nothing")).isNull();
            assertThat(BOOK.operationAt("audit.x")).isSameAs(AUDIT);
            assertThat(BOOK.operationAt(new String("image.backup"))).isSameAs(PROCESS);
        }
    }

    @Test
    void operationAt_hitsAndMissesOfPatterns_areRemembered() {
        AddressBook book = AddressBook.of(List.of(AUDIT));
        book.operationAt("audit.x");
        book.operationAt("nothing");
        assertThat(book.remembered()).isEqualTo(2);
    }

    @Test
    void operationAt_exactAddress_needsNoMemory() {
        AddressBook book = AddressBook.of(List.of(PROCESS));
        assertThat(book.operationAt("image.backup")).isSameAs(PROCESS);
        assertThat(book.remembered()).isZero();
    }

    @Test
    void operationAt_manyAddresses_memoryStaysBounded() {
        AddressBook book = AddressBook.of(List.of(AUDIT));
        IntStream.range(0, 20_000)
                .forEach(i -> assertThat(book.operationAt("audit." + i)).isSameAs(AUDIT));
        assertThat(book.remembered()).isLessThanOrEqualTo(AddressBook.CACHE_ENTRIES);
    }

    @Test
    void operationAt_overlongAddress_isFoundButNotRemembered() {
        AddressBook book = AddressBook.of(List.of(AUDIT));
        assertThat(book.operationAt("audit." + "x".repeat(300))).isSameAs(AUDIT);
        assertThat(book.remembered()).isZero();
    }

    @Test
    void named_unknown_isNull() {
        assertThat(BOOK.named("image.batch")).isNull();
    }

    @Test
    void operations_keepTheirOrder() {
        assertThat(BOOK.operations()).containsExactly(PROCESS, BATCH, AUDIT);
    }

    @Test
    void operations_areUnmodifiable() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> BOOK.operations().clear());
    }

    @Test
    void empty_knowsNothing() {
        assertThat(AddressBook.empty().operations()).isEmpty();
        assertThat(AddressBook.empty().operationAt("image.batch")).isNull();
        assertThat(AddressBook.empty().named("open_batch")).isNull();
    }

    @Test
    void of_sameName_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressBook.of(List.of(BATCH, operation("open_batch", "other"))))
                .withMessage("two operations are named 'open_batch'; rename one");
    }

    @ParameterizedTest
    @CsvSource({"x.y, x.y", "x.y, x.*", "x.*, x.y", "x.*, *.y", "x.**, x.y.z", "**, a"})
    void of_overlap_isRefused(String one, String two) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressBook.of(List.of(operation("one", one), operation("two", two))))
                .withMessageContainingAll("'one'", "'two'", "'" + one + "'", "'" + two + "'")
                .withMessageEndingWith("; let every address belong to one operation");
    }

    @Test
    void of_operationOverlapsItself_isTaken() {
        Operation operation = operation("one", "x.*", "x.y", "x.y");
        assertThat(AddressBook.of(List.of(operation)).operationAt("x.y")).isSameAs(operation);
    }

    private static Operation operation(String name, String... addresses) {
        return new Operation(
                name, Stream.of(addresses).map(AddressPattern::parse).toList());
    }
}
